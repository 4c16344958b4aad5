"""From the text of our long table to observations, faults and proposals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from loaders.findings import Finding
from loaders.intake.byte_scan import Scan, Source
from loaders.intake.catalogue import Spellings, folded
from loaders.intake.faults import Faults
from loaders.intake.long_text import REQUIRED, Head, TextColumns, read_columns
from loaders.intake.number_cells import (
    OPEN,
    CellText,
    ColumnStyle,
    NumberCells,
    column_style,
    read_number_cells,
)
from loaders.intake.reading_process import empty_observations, refused_reading
from loaders.intake.repairs import NONE_TICKED, RepairKind, Ticked, proposals
from loaders.keys import level_of
from loaders.missing import MISSING_KINDS
from loaders.numbers import ENGLISH
from loaders.readers.choices import Choices
from loaders.readers.original import UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.place_keys import read_place_key, reform_of
from loaders.readers.place_names import match_name
from loaders.readers.reading import COLUMNS, Reading

NAME = "canonical_long"
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Words = npt.NDArray[np.object_]
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_KEY_REPAIRS: dict[str, RepairKind] = {
    "lost_zero": "lost_zero",
    "regional_key": "regional_key",
    "filled_up": "regional_key",
}


@dataclass(frozen=True)
class WordMeaning:
    """What one word of a column means.

    Attributes:
        text: the key, id or period it stands for; empty when it stands for none.
        fault: code of an error that keeps the row out.
        remark: code of a warning or note.
        repair: kind of repair that leads from the word to ``text``.
        details: further words for the finding.
    """

    text: str = ""
    fault: str = ""
    remark: str = ""
    repair: RepairKind | str = ""
    details: dict[str, str] = field(default_factory=dict)


@dataclass
class LongReading:
    """A long table as read.

    Attributes:
        reading: observations, findings and counts.
        repairs: proposals, see ``repairs.repair_table``.
        refused: rows kept out of the observations, in the same columns, so that what the
            catalogue finds wrong with them is said in the same pass.
    """

    reading: Reading
    repairs: list[pd.DataFrame]
    refused: pd.DataFrame = field(default_factory=empty_observations)


def read_long(
    source: Source,
    head: Head,
    seen: Scan,
    choices: Choices,
    spellings: Spellings,
    ticked: Ticked = NONE_TICKED,
) -> LongReading:
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
    try:
        columns = read_columns(source, head, seen)
    except UnreadableFile as fault:
        return _refused(Finding("file_unreadable", name, details={"fault": str(fault)}))
    if not len(columns.rows) and not columns.misfits and not columns.notes:
        return _refused(Finding("file_no_rows", name, row=head.lines))
    return _Table(columns, name, choices, spellings, ticked).read()


def _refused(finding: Finding) -> LongReading:
    return LongReading(replace(refused_reading(finding), format=NAME), [])


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
        self.repairs: list[pd.DataFrame] = []
        self.refused: dict[str, Mask] = {}
        self.words: dict[str, Words | list[str]] = {}
        self.name = name
        self._leave_out_blank_rows()
        self.rows = columns.rows
        self.count = len(self.rows)

    def read(self) -> LongReading:
        self._misfits()
        ags, ags_words = self._words("ags", self._key)
        indicator, indicator_words = self._words("indicator", self._indicator)
        period, period_words = self._words("period", self._period)
        style = self._style()
        values, missing, flag = self._values(style)
        unit, unit_words = self._words("unit", _as_it_stands)
        source, source_words = self._words("source", _as_it_stands)
        levels = [level_of(word) or "" for word in ags_words]
        observations = pd.DataFrame(
            {
                "ags": _category(ags, ags_words),
                "level": _category(ags, levels),
                "indicator": _category(indicator, indicator_words),
                "period": _category(period, period_words),
                "value": values,
                "missing": missing,
                "flag": flag,
                "unit": _category(unit, unit_words),
                "source": _category(source, source_words),
                "sheet": _constant("", self.count),
                "row": self.rows,
                "column": _constant(self._heading("value"), self.count),
            },
            columns=list(COLUMNS),
        )
        return self._finish(observations, style)

    def _leave_out_blank_rows(self) -> None:
        """Lines without any cell filled count as blank, as in any spreadsheet."""
        cells = self.columns.cells
        filled = np.zeros(len(self.columns.rows), dtype=np.bool_)
        for known, column in cells.items():
            if known == "value":
                text = pa.compute.utf8_length(column)
                filled |= text.to_numpy() > 0
            elif not filled.all():
                codes, words = _decoded(column)
                filled |= np.array([bool(word.strip()) for word in words] or [False])[codes]
            if filled.all():
                return
        keep = pa.array(filled)
        for known, column in cells.items():
            cells[known] = column.filter(keep)
        self.columns.rows = self.columns.rows[filled]

    def _heading(self, known: str) -> str:
        return self.columns.headings.get(known, known)

    def _misfits(self) -> None:
        lines = np.array([line for line, _ in self.columns.misfits], dtype=np.int64)
        found = np.array([str(fields) for _, fields in self.columns.misfits], dtype=object)
        details: dict[str, str | Words] = {"found": found, "expected": str(self.columns.fields)}
        self.faults.add("field_count", lines, details=details)

    def _words(
        self, known: str, meaning_of: Callable[[str], WordMeaning]
    ) -> tuple[Codes, list[str]]:
        """Codes and texts of a column of words; faults and proposals are kept."""
        if known not in self.columns.cells:
            text = {"period": self.choices.period, "indicator": self.choices.indicator}
            return np.zeros(self.count, dtype=np.int32), [text.get(known, "")]
        codes, words = _decoded(self.columns.cells.pop(known))
        self.words[known] = words
        meanings = [meaning_of(word) for word in words]
        heading = self._heading(known)
        for kind in {(m.fault, m.remark, m.repair) for m in meanings} - {("", "", "")}:
            hit = [(m.fault, m.remark, m.repair) == kind for m in meanings]
            at = np.flatnonzero(np.array(hit)[codes])
            self._keep(kind, at, heading, codes, words, meanings)
        return codes, [meaning.text for meaning in meanings]

    def _keep(
        self,
        kind: tuple[str, str, str],
        at: npt.NDArray[np.int64],
        heading: str,
        codes: Codes,
        words: Words,
        meanings: list[WordMeaning],
    ) -> None:
        fault, remark, repair = kind
        rows, cells = self.rows[at], words[codes[at]]
        texts = np.array([meaning.text for meaning in meanings], dtype=object)[codes[at]]
        if repair:
            self.repairs.append(proposals(repair, rows, heading, cells, texts))  # type: ignore[arg-type]
        for code in filter(None, (fault, remark)):
            names = {name for meaning in meanings for name in meaning.details}
            details: dict[str, str | Words] = {
                name: np.array([m.details.get(name, "") for m in meanings], dtype=object)[codes[at]]
                for name in names
            }
            self.faults.add(code, rows, heading, cells, details={**details, "proposal": texts})
        if fault:
            self._refuse(fault, at)

    def _refuse(self, code: str, at: npt.NDArray[np.int64]) -> None:
        mask = self.refused.setdefault(code, np.zeros(self.count, dtype=np.bool_))
        mask[at] = True

    def _key(self, word: str) -> WordMeaning:
        plain = word.strip()
        if _is_disguised(plain) or (not plain.isascii() and _is_key_like(plain)):
            return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
        if plain == word and _is_ordinary(word):
            return WordMeaning(word)
        key = read_place_key(plain)
        if key.refusal:
            known = self.choices.places.get(plain)
            if known:
                return WordMeaning(known)
            if key.refusal == "no_key" and (match := match_name(plain)).ags:
                return WordMeaning(match.ags, remark="key_repaired", repair="known_name")
            return WordMeaning(fault=f"key_{key.refusal}", details={"count": "1"})
        repair = _KEY_REPAIRS.get(key.repair, "blanks" if plain != word else "")
        reform = reform_of(key.ags)
        details = {"reform": reform.name, "date": reform.date} if reform else {}
        remark = "key_is_dissolved" if reform else "key_repaired" if repair else ""
        return WordMeaning(key.ags, "", remark, repair, details)

    def _indicator(self, word: str) -> WordMeaning:
        plain = word.strip()
        if not plain:
            return WordMeaning(fault="indicator_empty")
        chosen = self.choices.indicators.get(plain)
        if chosen:
            return WordMeaning(chosen)
        if _is_disguised(plain):
            return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
        known = self.spellings.indicators.get(folded(plain), plain)
        if known != plain:
            return WordMeaning(known, remark="word_repaired", repair="known_spelling")
        if plain != word:
            return WordMeaning(plain, remark="word_repaired", repair="blanks")
        return WordMeaning(plain)

    def _period(self, word: str) -> WordMeaning:
        period = read_period(word)
        if period is None:
            return WordMeaning(fault="period_unreadable")
        if word.strip() != word:
            return WordMeaning(period, remark="word_repaired", repair="blanks")
        return WordMeaning(period)

    def _style(self) -> ColumnStyle:
        cells = self.columns.cells["value"] = self.columns.cells["value"].combine_chunks()
        heading = self._heading("value")
        chosen = self.choices.number_styles.get(heading)
        style = column_style(cells, chosen)
        if style.mixed or style.open:
            code = "number_style_mixed" if style.mixed else "number_style_open"
            proofs = ", ".join(f"{proof}: {n}" for proof, n in sorted(style.evidence.items()))
            details = {"evidence": proofs, "style": str(style.style or ENGLISH)}
            self.columns.notes.append(Finding(code, self.name, column=heading, details=details))
        return style

    def _values(self, style: ColumnStyle) -> tuple[npt.NDArray[np.float64], pd.Series, pd.Series]:
        text = self.columns.cells.pop("value")
        cells = read_number_cells(text, style)
        del text
        given, given_words = self._words("missing", _missing_kind)
        kinds = ["", *MISSING_KINDS]
        kind = np.array([kinds.index(w) if w in kinds else 0 for w in given_words], dtype=np.int8)[
            given
        ]
        flag, flag_words = self._words("flag", _as_it_stands)
        has_number = np.isfinite(cells.values)
        self._conflicts(has_number & (kind > 0), given)
        meanings = [cells.meanings[text] for text in cells.texts]
        words = self.words.get("missing", [""])
        unexplained = np.array([not word.strip() for word in words])[given]
        self._odd_cells(cells, meanings, unexplained)
        signs = np.array([kinds.index(meaning.missing) for meaning in meanings], dtype=np.int8)
        kind[cells.odd] = np.where(kind[cells.odd] > 0, kind[cells.odd], signs)
        uncertain = np.array([bool(meaning.flag) for meaning in meanings], dtype=np.bool_)
        flag, flag_words = _with_flag(flag, flag_words, cells.odd[uncertain])
        is_missing = ~np.isfinite(cells.values)
        kind = np.where(is_missing, np.maximum(kind, 1), 0).astype(np.int8)
        return cells.values, _category(kind, kinds), _category(flag, flag_words)

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

    def _finish(self, observations: pd.DataFrame, style: ColumnStyle) -> LongReading:
        refused = np.zeros(self.count, dtype=np.bool_)
        counts: dict[str, int] = {}
        for code, mask in self.refused.items():
            new = int((mask & ~refused).sum())
            refused |= mask
            counts |= {code: new} if new else {}
        if self.columns.misfits:
            counts["field_count"] = len(self.columns.misfits)
        kept = observations if not refused.any() else observations[~refused]
        heading = self._heading("value")
        reading = Reading(
            format=NAME,
            observations=kept.reset_index(drop=True),
            findings=(*self.columns.notes, *self.faults.findings()),
            encoding=self.columns.encoding,
            delimiter=self.columns.delimiter,
            number_styles={heading: str(style.style or ENGLISH)},
            rows_seen=self.count + len(self.columns.misfits),
            rows_refused=counts,
        )
        return LongReading(reading, self.repairs, observations[refused].reset_index(drop=True))


def _decoded(column: pa.ChunkedArray) -> tuple[Codes, Words]:
    """Codes and distinct words of a dictionary column."""
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], whole.type)
    codes = whole.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return codes, whole.dictionary.to_numpy(zero_copy_only=False)


def _category(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pd.Series:
    """A column of few words; words that mean the same become one category."""
    distinct = list(dict.fromkeys(words))
    place = {word: number for number, word in enumerate(distinct)}
    if len(distinct) != len(words):
        codes = np.array([place[word] for word in words], dtype=np.int32)[codes]
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(distinct, dtype=object)))


def _constant(word: str, count: int) -> pd.Series:
    return _category(np.zeros(count, dtype=np.int8), [word])


def _with_flag(flag: Codes, words: list[str], at: npt.NDArray[np.int64]) -> tuple[Codes, list[str]]:
    """The flags with ``uncertain`` at some positions that have none."""
    if not len(at):
        return flag, words
    flag = flag.copy()
    empty = np.array([word == "" for word in words])[flag[at]]
    flag[at[empty]] = len(words)
    return flag, [*words, "uncertain"]


def _as_it_stands(word: str) -> WordMeaning:
    plain = word.strip()
    if _is_disguised(plain):
        return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
    return WordMeaning(plain)


def _is_disguised(text: str) -> bool:
    """Whether a text holds signs nobody sees, or letters of several scripts in one word."""
    if text.isascii() and text.isprintable():
        return False
    if _HIDDEN.search(text):
        return True
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH"}) > 1


def _missing_kind(word: str) -> WordMeaning:
    plain = word.strip()
    if plain and plain not in MISSING_KINDS:
        kinds = ", ".join(MISSING_KINDS)
        return WordMeaning(fault="missing_unknown", details={"kinds": kinds})
    return WordMeaning(plain)


def _is_ordinary(key: str) -> bool:
    """Whether a key is complete and names no special territory: most keys of most files."""
    if not (key.isascii() and key.isdigit() and len(key) in (5, 8) and "01" <= key[:2] <= "16"):
        return False
    return key[:2] != "11" and not key.endswith("999") and reform_of(key) is None


def _is_key_like(text: str) -> bool:
    """Whether a text looks like a key although it is written with other signs than 0 to 9."""
    return any(letter.isdigit() for letter in text)


def _shown(text: str) -> dict[str, str]:
    """The text with every sign that cannot be seen written by its name."""
    parts = [
        letter
        if letter.isascii() and letter.isprintable()
        else f"[{unicodedata.name(letter, '?')}]"
        for letter in text
    ]
    return {"shown": "".join(parts)}
