"""What every reader returns: one long table, all findings, and counts that add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from loaders.findings import Finding
from loaders.keys import NATION, Ags, Level
from loaders.missing import NIL_FLAG, UNCERTAIN_FLAG, read_sign
from loaders.numbers import GERMAN, NotANumber, NumberStyle, StyleDecision, parse_number
from loaders.readers.original import Cell, Original, cell_text
from loaders.readers.place_keys import PlaceKey, Refusal, read_place_key, reform_of

COLUMNS = (
    "ags", "level", "indicator", "period", "value", "missing", "flag",
    "unit", "source", "sheet", "row", "column",
)  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What only a person can say about a file; everything empty means "as proposed".

    Attributes:
        period: ISO period of a file that names none.
        place: key of the place of a file that holds one town without a key.
        number_styles: style per column name where the column cannot decide.
    """

    period: str = ""
    place: str = ""
    number_styles: Mapping[str, NumberStyle] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One file as understood.

    Attributes:
        format: id of the reader that understood it.
        table: the publisher's own name of the table (``12411-0015``), empty when unknown.
        edition: day the publisher states the figures were as of (ISO), empty when unknown.
        encoding, delimiter: as detected; empty for workbooks.
        number_styles: style per column.
        observations: columns ``COLUMNS``; ``ags`` as text, ``value`` NaN when missing,
            ``missing`` a missing kind or empty, ``row`` and ``column`` of the original.
        findings: everything that was noticed, in the order of the rows.
        rows_seen: data rows of the original.
        rows_refused: how many of them could not be placed, by reason.
        refusal: reason why the file was refused as a whole; empty otherwise.
    """

    format: str
    observations: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    table: str = ""
    edition: str = ""
    encoding: str = ""
    delimiter: str = ""
    number_styles: Mapping[str, str] = field(default_factory=dict)
    rows_seen: int = 0
    rows_refused: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""

    @property
    def rows_placed(self) -> int:
        """Data rows that were placed: seen minus refused."""
        return self.rows_seen - sum(self.rows_refused.values())

    @property
    def outcome(self) -> Literal["accepted", "partly_usable", "refused"]:
        """Whether the file can be used as a whole, in part or not at all."""
        if self.refusal or not len(self.observations):
            return "refused"
        return "partly_usable" if self.rows_refused else "accepted"


def refused(original: Original, reader: str, code: str, **details: str) -> Reading:
    """A reading that places nothing, with the one finding that says why."""
    finding = Finding(code, original.name, details=details)
    empty = pd.DataFrame(columns=list(COLUMNS))
    return Reading(reader, empty, (finding,), refusal=code)


# Not errors, because nothing is wrong with the file; such rows are no places of ours.
_KEEPS_OUT = frozenset({"key_borough", "key_association", "key_special_territory"})


@dataclass
class _KeyNote:
    row: int
    sheet: str
    column: str
    count: int = 0


@dataclass(frozen=True)
class CellMeaning:
    """Value, missing kind and flag of one cell."""

    value: float | None
    missing: str = ""
    flag: str = ""


class ReadingBuilder:
    """Collects rows and findings while a reader walks through a file."""

    def __init__(self, original: Original, reader: str) -> None:
        self._original = original
        self._reader = reader
        self._columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self._findings: list[Finding] = []
        self._notes: dict[tuple[str, str], _KeyNote] = {}
        self._refused: Counter[str] = Counter()
        self._styles: dict[str, str] = {}
        self._seen = 0

    def note(self, code: str, row: int | None = None, column: str = "", value: str = "",
             sheet: str = "", **details: str) -> None:  # fmt: skip
        """Keeps one finding."""
        finding = Finding(code, self._original.name, sheet, row, column, value, details)
        self._findings.append(finding)

    def style(self, column: str, decision: StyleDecision, fallback: NumberStyle = GERMAN,
              sheet: str = "") -> NumberStyle:  # fmt: skip
        """The style to read a column with; an undecided column leaves a finding."""
        if decision.mixed or decision.ambiguous:
            code = "number_style_mixed" if decision.mixed else "number_style_open"
            proofs = ", ".join(f"{proof}: {n}" for proof, n in sorted(decision.evidence.items()))
            self.note(code, column=column, sheet=sheet, evidence=proofs, style=str(fallback))
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
        if key.repair in ("lost_zero", "regional_key"):
            self._count(f"key_{key.repair}", "", row, column, sheet)
        if reform_of(key.ags):
            self._count("key_dissolved", key.ags, row, column, sheet)
        return key.ags

    def refuse_key(self, reason: Refusal, key: str, row: int, column: str,
                   sheet: str = "") -> None:  # fmt: skip
        """Counts one data row as seen and refused because of its key; one finding per key."""
        self._seen += 1
        self._refused[reason] += 1
        self._count(f"key_{reason}", key, row, column, sheet)

    def faults(self, faults: list[tuple[str, str, str, dict[str, str]]], row: int) -> list[str]:
        """Keeps the faults (code, column, value, details) of one row; gives the error codes."""
        errors = []
        for code, column, value, details in faults:
            finding = Finding(code, self._original.name, "", row, column, value, details)
            self._findings.append(finding)
            if finding.severity == "error" or code in _KEEPS_OUT:
                errors.append(code)
        return errors

    def count_seen(self) -> None:
        """Counts one data row that was placed."""
        self._seen += 1

    def refuse_row(self, reason: str) -> None:
        """Counts one data row as seen and refused; its findings are already kept."""
        self._seen += 1
        self._refused[reason] += 1

    def refuse(self, reason: str, row: int, column: str, value: str, sheet: str = "") -> None:
        """Counts one data row as seen and refused, with a finding."""
        self._seen += 1
        self._refused[reason] += 1
        self.note(reason, row, column, value, sheet)

    def add(self, ags: str, indicator: str, period: str, meaning: CellMeaning, row: int,
            column: str, unit: str = "", source: str = "", sheet: str = "") -> None:  # fmt: skip
        """Keeps one observation."""
        level = Ags(ags).level
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
            uncertain = self._number(sign.number, style, row, column, sheet)
            return CellMeaning(uncertain.value, uncertain.missing, UNCERTAIN_FLAG)
        return CellMeaning(None, sign.kind)

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

    def _count(self, code: str, key: str, row: int, column: str, sheet: str) -> None:
        note = self._notes.setdefault((code, key + "\x00" + sheet), _KeyNote(row, sheet, column))
        note.count += 1

    def _key_findings(self) -> list[Finding]:
        findings = []
        for (code, key), note in self._notes.items():
            value = key.split("\x00")[0]
            reform = reform_of(value)
            details = {"count": str(note.count)}
            if reform:
                details |= {"reform": reform.name, "date": reform.date}
                details["successors"] = ", ".join(reform.successors) or "-"
            where = (self._original.name, note.sheet, note.row, note.column)
            findings.append(Finding(code, *where, value=value, details=details))
        return findings

    def finish(self, table: str = "", edition: str = "") -> Reading:
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
        )


def damage_findings(original: Original) -> list[Finding]:
    """One finding when characters of a text file were destroyed before it came to us."""
    damaged = [record for record in original.records if any("�" in cell or "ï¿½" in cell
               for cell in record.cells)]  # fmt: skip
    if not damaged:
        return []
    details = {"count": str(len(damaged))}
    return [Finding("text_destroyed", original.name, row=damaged[0].row, details=details)]


def existing(cells: list[str]) -> bool:
    """Whether a place existed at a date: not all of its cells say "nothing there"."""
    return any(not ((sign := read_sign(cell)) and sign.is_nil) for cell in cells)


def by_period(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Groups cells by period, given pairs of period and cell."""
    groups: dict[str, list[str]] = defaultdict(list)
    for period, cell in pairs:
        groups[period].append(cell)
    return groups


def is_nation(ags: str) -> bool:
    """Whether a key means the whole country."""
    return ags == NATION


__all__ = [
    "COLUMNS", "CellMeaning", "Choices", "PlaceKey", "Reading", "ReadingBuilder",
    "by_period", "damage_findings", "existing", "is_nation", "refused",
]  # fmt: skip
