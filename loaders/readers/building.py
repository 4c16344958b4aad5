"""Collects the rows and findings of one file while a reader walks through it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from loaders.findings import Finding
from loaders.keys import Level, level_of
from loaders.missing import NIL_FLAG, UNCERTAIN_FLAG, read_sign
from loaders.numbers import (
    GERMAN,
    NotANumber,
    NumberStyle,
    StyleDecision,
    doubt_of,
    parse_number,
)
from loaders.readers.choices import Choices
from loaders.readers.original import Cell, Original, cell_text
from loaders.readers.place_keys import Refusal, read_place_key, reform_of, reform_that_made
from loaders.readers.place_names import is_future_key, match_name, reform_words
from loaders.readers.reading import COLUMNS, Reading, Restored

# Not errors, because nothing is wrong with the file; such rows are no places of ours.
_KEEPS_OUT = frozenset({"key_borough", "key_association", "key_special_territory"})


@dataclass
class _KeyNote:
    row: int
    sheet: str
    column: str
    details: Mapping[str, str] = field(default_factory=dict)
    count: int = 0


@dataclass(frozen=True)
class CellMeaning:
    """Value, missing kind and flag of one cell."""

    value: float | None
    missing: str = ""
    flag: str = ""


class ReadingBuilder:
    """Collects rows and findings while a reader walks through a file."""

    def __init__(self, original: Original, reader: str, choices: Choices | None = None) -> None:
        self._original = original
        self._reader = reader
        self._choices = choices or Choices()
        self._proposed = self._choices
        self._columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self._findings: list[Finding] = []
        self._notes: dict[tuple[str, str], _KeyNote] = {}
        self._refused: Counter[str] = Counter()
        self._styles: dict[str, str] = {}
        self._restored: dict[tuple[str, str, str], Restored] = {}
        self._seen = 0

    @property
    def choices(self) -> Choices:
        """What a person decided about the file."""
        return self._choices

    def propose(self, **values: Any) -> None:
        """Says with which choices the file is read (fields of ``Choices``)."""
        self._proposed = replace(self._proposed, **values)

    def note(self, code: str, row: int | None = None, column: str = "", value: str = "",
             sheet: str = "", **details: str) -> None:  # fmt: skip
        """Keeps one finding."""
        finding = Finding(code, self._original.name, sheet, row, column, value, details)
        self._findings.append(finding)

    def style(self, column: str, decision: StyleDecision, fallback: NumberStyle = GERMAN,
              sheet: str = "") -> NumberStyle:  # fmt: skip
        """The style to read a column with; an undecided column leaves a finding."""
        chosen = self._choices.number_styles.get(column)
        if chosen:
            self._styles[column] = str(chosen)
            return chosen
        if decision.mixed or decision.ambiguous:
            code = "number_style_mixed" if decision.mixed else "number_style_open"
            cell = decision.open_cell
            doubt = doubt_of(cell, decision.evidence, fallback)
            found = Finding(code, self._original.name, sheet, None, column, cell, doubt)
            self._findings.append(found)
        style = decision.style or fallback
        self._styles[column] = str(style)
        return style

    def place(self, text: str, row: int, column: str, level: Level | None = None,
              sheet: str = "") -> str | None:  # fmt: skip
        """The key of a data row, or ``None`` after the row was refused with its reason.

        Counts the row as seen. Repairs and refusals are kept once per key with their number.
        """
        self._seen += 1
        key = read_place_key(text, level)
        if key.refusal:
            self._seen -= 1
            self.refuse_key(key.refusal, text, row, column, sheet)
            return None
        if key.repair == "lost_zero" or key.repair == "regional_key":
            self._count(f"key_{key.repair}", "", row, column, sheet)
            fresh = Restored(key.repair, sheet, row, column, text.strip(), key.ags)
            self._restored.setdefault((key.repair, sheet, text.strip()), fresh)
        self._note_reform(key.ags, row, column, sheet)
        return key.ags

    def refuse_key(self, reason: Refusal, key: str, row: int, column: str,
                   sheet: str = "") -> None:  # fmt: skip
        """Counts one data row as seen and refused because of its key; one finding per key."""
        self._seen += 1
        self._refused[reason] += 1
        self._count(f"key_{reason}", key, row, column, sheet)

    def refuse_kind(self, reason: str, value: str, row: int, column: str, sheet: str = "") -> None:
        """Counts one data row as refused; one finding per kind of row with their number."""
        self._seen += 1
        self._refused[reason] += 1
        self._count(reason, value, row, column, sheet)

    def place_named(self, text: str, row: int, column: str, *, state: str = "", kind: str = "",
                    level: Level | None = None, sheet: str = "") -> str | None:  # fmt: skip
        """The key of a data row that only names its place, or ``None`` after a refusal.

        A name is taken only when it tells exactly one place by name, kind and state, and
        then leaves a note for review; a person's choice comes before that.

        Args:
            text: the name as it stands in the file.
            row: its row.
            column: its column.
            state: name or key of the state where the file states it.
            kind: ``city``, ``town`` or ``rural`` where all names of the file are of a kind.
            level: level of the key to give where a city has two.
            sheet: its sheet.
        """
        chosen = self._choices.places.get(text.strip())
        if chosen:
            return self.place(chosen, row, column, sheet=sheet)
        if chosen == "":
            self.refuse_kind("name_left_out", text.strip(), row, column, sheet)
            return None
        self._seen += 1
        match = match_name(text, state, kind, level)
        if not match.ags:
            reason = f"name_{match.reason}"
            self._refused[reason] += 1
            candidates = ", ".join(match.candidates) or "-"
            self._count(reason, text.strip(), row, column, sheet, candidates=candidates)
            return None
        code = "name_spelling" if match.spelling else "name_matched"
        self._count(code, text.strip(), row, column, sheet, ags=match.ags)
        self._note_reform(match.ags, row, column, sheet)
        return match.ags

    def _note_reform(self, ags: str, row: int, column: str, sheet: str) -> None:
        if reform := reform_of(ags):
            code = "key_dissolved" if reform.successors else "key_divided"
            self._count(code, ags, row, column, sheet)
        elif is_future_key(ags):
            self._count("key_future", ags, row, column, sheet)

    def faults(self, faults: list[tuple[str, str, str, dict[str, str]]], row: int) -> list[str]:
        """Keeps the faults (code, column, value, details) of one row; gives the error codes."""
        errors = []
        for code, column, value, details in faults:
            finding = Finding(code, self._original.name, "", row, column, value, details)
            self._findings.append(finding)
            if finding.severity == "error" or code in _KEEPS_OUT:
                errors.append(code)
        return errors

    def refuse(self, reason: str, row: int, column: str, value: str, sheet: str = "",
               **details: str) -> None:  # fmt: skip
        """Counts one data row as seen and refused, with a finding."""
        self._seen += 1
        self._refused[reason] += 1
        self.note(reason, row, column, value, sheet, **details)

    def add(self, ags: str, indicator: str, period: str, meaning: CellMeaning, row: int,
            column: str, unit: str = "", source: str = "", sheet: str = "") -> None:  # fmt: skip
        """Keeps one observation."""
        level = level_of(ags)
        values = (
            ags, level, indicator, period, meaning.value, meaning.missing, meaning.flag,
            unit, source, sheet, row, column,
        )  # fmt: skip
        for name, value in zip(COLUMNS, values, strict=True):
            self._columns[name].append(value)

    def meaning(self, cell: Cell, style: NumberStyle, row: int, column: str, sheet: str = "",
                nil_is_zero: bool = False) -> CellMeaning:  # fmt: skip
        """Value or missing kind of a cell; a cell that is neither leaves a finding.

        Args:
            cell: the cell of the original, a workbook's number or a text.
            style: number style of the column.
            row: its row, for findings.
            column: its column name.
            sheet: its sheet.
            nil_is_zero: the place existed and things were counted, so ``-`` is a zero.
        """
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell != -9999:
            return self._finite(float(cell), row, column, sheet)
        text = cell_text(cell)
        sign = read_sign(text)
        if sign is None:
            return self._number(text, style, row, column, sheet)
        if sign.is_nil and nil_is_zero:
            return CellMeaning(0.0, flag=NIL_FLAG)
        if sign.number:
            flagged = self._number(sign.number, style, row, column, sheet)
            return CellMeaning(flagged.value, flagged.missing, sign.flag or UNCERTAIN_FLAG)
        return CellMeaning(None, sign.kind, sign.flag)

    def _finite(self, value: float, row: int, column: str, sheet: str) -> CellMeaning:
        if value - value == 0:
            return CellMeaning(value)
        self.note("not_a_number", row, column, str(value), sheet)
        return CellMeaning(None, "not_reported")

    def _number(self, text: str, style: NumberStyle, row: int, column: str,
                sheet: str) -> CellMeaning:  # fmt: skip
        try:
            return CellMeaning(parse_number(text, style))
        except NotANumber:
            self.note("not_a_number", row, column, text, sheet)
            return CellMeaning(None, "not_reported")

    def _count(self, code: str, key: str, row: int, column: str, sheet: str,
               **details: str) -> None:  # fmt: skip
        fresh = _KeyNote(row, sheet, column, details)
        note = self._notes.setdefault((code, key + "\x00" + sheet), fresh)
        note.count += 1

    def _key_findings(self) -> list[Finding]:
        findings = []
        for (code, key), note in self._notes.items():
            value = key.split("\x00")[0]
            reform = reform_of(value) or reform_that_made(value)
            details = {"count": str(note.count), **note.details}
            if reform:
                details |= reform_words(reform)
            where = (self._original.name, note.sheet, note.row, note.column)
            findings.append(Finding(code, *where, value=value, details=details))
        return findings

    def finish(self, table: str = "", edition: str = "",
               meanings: Mapping[str, str] | None = None) -> Reading:  # fmt: skip
        """The reading with everything collected so far."""
        observations = pd.DataFrame(self._columns)
        observations["value"] = observations["value"].astype("float64")
        findings = self._key_findings() + self._findings
        is_text = not self._original.is_workbook
        if is_text:
            findings += damage_findings(self._original)
        order = sorted(findings, key=lambda finding: (finding.sheet, finding.row or 0))
        return Reading(
            format=self._reader,
            observations=observations,
            findings=tuple(order),
            table=table,
            edition=edition,
            encoding=self._original.encoding if is_text else "",
            delimiter=self._original.delimiter if is_text else "",
            number_styles=dict(self._styles),
            rows_seen=self._seen,
            rows_refused=dict(self._refused),
            proposed=self._proposed,
            meanings=dict(meanings or {}),
            restored=tuple(self._restored.values()),
        )


_CONTROL = re.compile("[\x80-\x9f]")
_GARBLED = re.compile("Ã[¤¶¼ŸœÃ„–]|â‚¬|â€[œžs“”]")


def damage_findings(original: Original) -> list[Finding]:
    """Findings on characters of a text file that were destroyed or garbled before it came."""
    damaged: dict[str, list[int]] = defaultdict(list)
    if original.encoding == "iso-8859-1":
        rows = [r.row for r in original.records if _CONTROL.search("".join(r.cells))]
        damaged["encoding_undefined"] = rows
    elif not any(sign in original.text for sign in ("\ufffd", "ï¿½", "Ã", "â")):
        return []
    for record in original.records:
        line = "\x00".join(record.cells)
        if "\ufffd" in line or "ï¿½" in line:
            damaged["text_destroyed"].append(record.row)
        elif _GARBLED.search(line):
            damaged["text_garbled"].append(record.row)
    return [
        Finding(code, original.name, row=rows[0], details={"count": str(len(rows))})
        for code, rows in damaged.items()
        if rows
    ]


def existing(cells: list[str]) -> bool:
    """Whether a place existed at a date: not all of its cells say "nothing there"."""
    return any(not ((sign := read_sign(cell)) and sign.is_nil) for cell in cells)


def by_period(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Groups cells by period, given pairs of period and cell."""
    groups: dict[str, list[str]] = defaultdict(list)
    for period, cell in pairs:
        groups[period].append(cell)
    return groups
