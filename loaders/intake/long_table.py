"""From the text of our long table to observations, faults and proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loaders.findings import Finding, count_errors
from loaders.intake.arrow_columns import (
    array_of,
    category,
    constant,
    numbers,
    truths,
    words_of,
)
from loaders.intake.byte_scan import Scan, Source
from loaders.intake.catalogue import Spellings
from loaders.intake.faults import Faults
from loaders.intake.handover import Handover
from loaders.intake.long_text import (
    OPTIONAL,
    REQUIRED,
    Head,
    TextColumns,
    further_columns,
    read_columns,
)
from loaders.intake.long_words import (
    WordMeaning,
    indicator_meaning,
    is_ordinary_key,
    key_meaning,
    meaning_as_it_stands,
    missing_meaning,
    period_meaning,
)
from loaders.intake.number_cells import (
    OPEN,
    CellText,
    ColumnStyle,
    NumberCells,
    column_style,
    read_number_cells,
)
from loaders.intake.reading_process import refused_reading
from loaders.intake.repairs import NONE_TICKED, Ticked, proposals
from loaders.keys import level_of
from loaders.missing import MISSING_KINDS
from loaders.numbers import ENGLISH, doubt_of
from loaders.readers.choices import Choices
from loaders.readers.original import UnreadableFile
from loaders.readers.reading import COLUMNS

NAME = "canonical_long"
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Words = npt.NDArray[np.object_]


def read_long(
    source: Source,
    head: Head,
    seen: Scan,
    choices: Choices,
    spellings: Spellings,
    ticked: Ticked = NONE_TICKED,
) -> Handover:
    """Reads our long table; every faulty cell is named at its row and column.

    Args:
        source: the bytes of the file.
        head: its header, see ``read_head``.
        seen: what ``scan`` said of the bytes.
        choices: number style of the value column, period and indicator of files without.
        spellings: names that may stand instead of keys and ids.
        ticked: repairs of numbers to apply.
    """
    name = source.name
    absent = _absent(head, choices)
    if absent:
        return _refused(Finding("columns_missing", name, details={"columns": ", ".join(absent)}))
    twice = _twice(head)
    if twice:
        return _refused(Finding("heading_twice", name, row=head.lines, value=twice))
    none = Finding("file_no_rows", name, row=head.lines)
    if seen.lines <= head.lines:
        return _refused(none)
    try:
        columns = read_columns(source, head, seen)
    except UnreadableFile as fault:
        return _refused(Finding("file_unreadable", name, details={"fault": str(fault)}))
    ours = ", ".join((*REQUIRED, *OPTIONAL))
    columns.notes += [
        Finding("column_unknown", name, "", head.lines, column, details={"expected": ours})
        for column in further_columns(head)
    ]
    table = _Table(columns, name, choices, spellings, ticked)
    if not table.count and not columns.misfits and not count_errors(columns.notes):
        columns.notes.append(none)
    return table.read()


def _refused(finding: Finding) -> Handover:
    return Handover.of(replace(refused_reading(finding), format=NAME))


def _twice(head: Head) -> str:
    """The first column name that stands in the header more than once."""
    names = [name.strip().lower() for name in head.names if name.strip()]
    return next((name for name in names if names.count(name) > 1), "")


def _absent(head: Head, choices: Choices) -> list[str]:
    chosen = {"period": choices.period, "indicator": choices.indicator}
    return [name for name in REQUIRED if name not in head.at and not chosen.get(name)]


class _Table:
    """One table while its columns are read one after the other."""

    def __init__(
        self,
        columns: TextColumns,
        name: str,
        choices: Choices,
        spellings: Spellings,
        ticked: Ticked,
    ) -> None:
        self.columns = columns
        self.choices = choices
        self.spellings = spellings
        self.ticked = ticked
        self.faults = Faults(name)
        self.repairs: list[pa.Table] = []
        self.refused: dict[str, Mask] = {}
        self.words: dict[str, Words] = {}
        self.name = name
        self._leave_out_rows_beside()
        self.rows = columns.rows
        self.count = len(self.rows)

    def read(self) -> Handover:
        self._misfits()
        key = partial(key_meaning, choices=self.choices)
        ags, ags_words = self._words("ags", key, is_ordinary_key)
        indicator = partial(indicator_meaning, choices=self.choices, spellings=self.spellings)
        columns = {
            "ags": category(ags, ags_words),
            "level": category(ags, [level_of(word) or "" for word in ags_words]),
            "indicator": category(*self._words("indicator", indicator)),
            "period": category(*self._words("period", period_meaning)),
        }
        style = self._style()
        columns |= self._values(style)
        columns |= {
            "unit": category(*self._words("unit", meaning_as_it_stands)),
            "source": category(*self._words("source", meaning_as_it_stands)),
            "sheet": constant("", self.count),
            "row": numbers(self.rows),
            "column": constant(self._heading("value"), self.count),
        }
        return self._finish(pa.table({name: columns[name] for name in COLUMNS}), style)

    def _leave_out_rows_beside(self) -> None:
        """Lines without any cell filled count as blank, words alone in their line as remarks."""
        cells = self.columns.cells
        filled = np.zeros(len(self.columns.rows), dtype=np.bool_)
        for known, column in cells.items():
            if known == "value":
                filled |= array_of(pc.binary_length(column)) > 0
            elif known != "ags" and not filled.all():
                codes, words = _decoded(column)
                filled |= np.array([bool(word.strip()) for word in words] or [False])[codes]
            if filled.all():
                return
        codes, words = _decoded(cells["ags"])
        is_key = np.array([word.strip().isdigit() for word in words] or [False])
        is_word = np.array([bool(word.strip()) for word in words] or [False]) & ~is_key
        self._note_remarks(np.flatnonzero(~filled & is_word[codes]), words[codes])
        filled |= is_key[codes]
        keep = truths(filled)
        for known, column in cells.items():
            cells[known] = column.filter(keep)
        self.columns.rows = self.columns.rows[filled]

    def _note_remarks(self, at: npt.NDArray[np.int64], keys: Words) -> None:
        if len(at):
            row, said = int(self.columns.rows[at[0]]), str(keys[at[0]])[:80]
            details = {"count": str(len(at))}
            self.columns.notes.append(
                Finding("rows_beside_table", self.name, row=row, value=said, details=details)
            )

    def _heading(self, known: str) -> str:
        return self.columns.headings.get(known, known)

    def _misfits(self) -> None:
        lines = np.array([line for line, _ in self.columns.misfits], dtype=np.int64)
        found = np.array([str(fields) for _, fields in self.columns.misfits], dtype=object)
        details: dict[str, str | Words] = {"found": found, "expected": str(self.columns.fields)}
        self.faults.add("field_count", lines, details=details)

    def _words(
        self,
        known: str,
        meaning_of: Callable[[str], WordMeaning],
        is_plain: Callable[[str], bool] = lambda word: False,
    ) -> tuple[Codes, list[str]]:
        """Codes and texts of a column of words; faults and proposals are kept.

        A word for which ``is_plain`` holds means itself and is not asked about further.
        """
        if known not in self.columns.cells:
            text = {"period": self.choices.period, "indicator": self.choices.indicator}
            return np.zeros(self.count, dtype=np.int32), [text.get(known, "")]
        codes, words = _decoded(self.columns.cells.pop(known))
        self.words[known] = words
        texts = words.tolist()
        found = {at: meaning_of(word) for at, word in enumerate(texts) if not is_plain(word)}
        for at, meaning in found.items():
            texts[at] = meaning.text
        for kind in {meaning.kind for meaning in found.values()} - {("", "", "")}:
            meanings = {at: meaning for at, meaning in found.items() if meaning.kind == kind}
            hit = np.zeros(len(words), dtype=np.bool_)
            hit[list(meanings)] = True
            self._keep(kind, np.flatnonzero(hit[codes]), known, codes, meanings)
        return codes, texts

    def _keep(
        self,
        kind: tuple[str, str, str],
        at: npt.NDArray[np.int64],
        known: str,
        codes: Codes,
        meanings: Mapping[int, WordMeaning],
    ) -> None:
        """Keeps faults, remarks and proposals of one kind at some rows of a column."""
        fault, remark, repair = kind
        heading = self._heading(known)
        here = codes[at]
        rows, cells = self.rows[at], self.words[known][here]
        shown = {number: meaning.details for number, meaning in meanings.items()}
        texts = np.array([meanings[number].text for number in here.tolist()], dtype=object)
        if repair:
            self.repairs.append(proposals(repair, rows, heading, cells, texts))  # type: ignore[arg-type]
        names = {name for details in shown.values() for name in details}
        details: dict[str, str | Words] = {
            name: np.array([shown[number].get(name, "") for number in here.tolist()], dtype=object)
            for name in names
        }
        for code in filter(None, (fault, remark)):
            self.faults.add(code, rows, heading, cells, details={**details, "proposal": texts})
        if fault:
            self._refuse(fault, at)

    def _refuse(self, code: str, at: npt.NDArray[np.int64]) -> None:
        mask = self.refused.setdefault(code, np.zeros(self.count, dtype=np.bool_))
        mask[at] = True

    def _style(self) -> ColumnStyle:
        cells = self.columns.cells["value"]
        heading = self._heading("value")
        chosen = self.choices.number_styles.get(heading)
        style = column_style(cells, chosen)
        if style.mixed or style.open:
            code = "number_style_mixed" if style.mixed else "number_style_open"
            cell = style.open_cell if style.open else ""
            doubt = doubt_of(cell, style.evidence, style.style or ENGLISH)
            self.columns.notes.append(
                Finding(code, self.name, column=heading, value=cell, details=doubt)
            )
        return style

    def _values(self, style: ColumnStyle) -> dict[str, pa.Array]:
        """The columns ``value``, ``missing`` and ``flag``."""
        text = self.columns.cells.pop("value")
        cells = read_number_cells(text, style)
        del text
        given, given_words = self._words("missing", missing_meaning)
        kinds = ["", *MISSING_KINDS]
        kind = np.array([kinds.index(w) if w in kinds else 0 for w in given_words], dtype=np.int8)[
            given
        ]
        flag, flag_words = self._words("flag", meaning_as_it_stands)
        has_number = np.isfinite(cells.values)
        self._conflicts(has_number & (kind > 0), given)
        meanings = [cells.meanings[text] for text in cells.texts]
        words = self.words.get("missing", [""])
        unexplained = np.array([not word.strip() for word in words], dtype=np.bool_)[given]
        self._odd_cells(cells, meanings, unexplained)
        signs = np.array([kinds.index(meaning.missing) for meaning in meanings], dtype=np.int8)
        kind[cells.odd] = np.where(kind[cells.odd] > 0, kind[cells.odd], signs)
        uncertain = np.array([bool(meaning.flag) for meaning in meanings], dtype=np.bool_)
        flag, flag_words = _with_flag(flag, flag_words, cells.odd[uncertain])
        is_missing = ~np.isfinite(cells.values)
        kind = np.where(is_missing, np.maximum(kind, 1), 0).astype(np.int8)
        return {
            "value": numbers(cells.values),
            "missing": category(kind, kinds),
            "flag": category(flag, flag_words),
        }

    def _conflicts(self, both: Mask, given: Codes) -> None:
        if not both.any():
            return
        at = np.flatnonzero(both)
        words = np.asarray(self.words["missing"], dtype=object)
        self.faults.add(
            "value_and_missing", self.rows[at], self._heading("missing"), words[given[at]]
        )
        self._refuse("value_and_missing", at)

    def _odd_cells(self, cells: NumberCells, meanings: list[CellText], unexplained: Mask) -> None:
        heading = self._heading("value")
        for fault in {meaning.fault for meaning in meanings} - {""}:
            self._odd(fault, [m.fault == fault for m in meanings], cells, meanings, heading)
        is_blank = [meaning.repair == "blanks" for meaning in meanings]
        self._odd("", is_blank, cells, meanings, heading)
        empty = np.array([not text.strip() for text in cells.texts], dtype=np.bool_)
        at = cells.odd[empty & unexplained[cells.odd]]
        self.faults.add("value_empty", self.rows[at], heading)

    def _odd(
        self,
        fault: str,
        hit: list[bool],
        cells: NumberCells,
        meanings: list[CellText],
        heading: str,
    ) -> None:
        chosen = np.flatnonzero(np.array(hit, dtype=np.bool_))
        if not len(chosen):
            return
        at, texts = cells.odd[chosen], cells.texts[chosen]
        proposed = np.array([meanings[i].proposal for i in chosen], dtype=object)
        repair = next((meanings[i].repair for i in chosen if meanings[i].repair), "")
        if repair:
            self.repairs.append(proposals(repair, self.rows[at], heading, texts, proposed))  # type: ignore[arg-type]
        mended = np.array([meanings[i].mended for i in chosen])
        is_mended = self.ticked.mask(repair, self.rows[at], heading) & np.isfinite(mended)
        cells.values[at[is_mended]] = mended[is_mended]
        for code, here in ((fault or "word_repaired", ~is_mended), ("word_mended", is_mended)):
            rows, details = self.rows[at[here]], {"proposal": proposed[here]}
            if code == OPEN:  # said once for the whole column
                continue
            self.faults.add(code, rows, heading, texts[here], details=details)
        if fault:
            self._refuse(fault, at[~is_mended])

    def _finish(self, observations: pa.Table, style: ColumnStyle) -> Handover:
        refused = np.zeros(self.count, dtype=np.bool_)
        counts: dict[str, int] = {}
        for code, mask in self.refused.items():
            new = int((mask & ~refused).sum())
            refused |= mask
            counts |= {code: new} if new else {}
        if self.columns.misfits:
            counts["field_count"] = len(self.columns.misfits)
        facts = {
            "format": NAME,
            "findings": (*self.columns.notes, *self.faults.findings()),
            "encoding": self.columns.encoding,
            "delimiter": self.columns.delimiter,
            "number_styles": {self._heading("value"): str(style.style or ENGLISH)},
            "rows_seen": self.count + len(self.columns.misfits),
            "rows_refused": counts,
        }
        repairs = pa.concat_tables(self.repairs) if self.repairs else pa.table({})
        if not refused.any():
            return Handover(observations, repairs, facts)
        kept, out = (observations.filter(truths(mask)) for mask in (~refused, refused))
        return Handover(kept, repairs, facts, out)


def _decoded(column: pa.DictionaryArray) -> tuple[Codes, Words]:
    """Codes and distinct words of a dictionary column."""
    codes = array_of(column.indices).astype(np.int32, copy=False)
    return codes, words_of(column.dictionary)


def _with_flag(flag: Codes, words: list[str], at: npt.NDArray[np.int64]) -> tuple[Codes, list[str]]:
    """The flags with ``uncertain`` at some positions that have none."""
    if not len(at):
        return flag, words
    flag = flag.copy()
    empty = np.array([word == "" for word in words], dtype=np.bool_)[flag[at]]
    flag[at[empty]] = len(words)
    return flag, [*words, "uncertain"]
