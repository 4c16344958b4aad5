"""Our own long CSV: one row per place, indicator and period.

Columns ``ags, indicator, period, value`` and, optional, ``missing, flag, unit, source``, in
any order, parted by ``,`` ``;`` tab or ``|``. Every fault of a row is reported at its row
and column; a row with an error is kept out, all others are placed. This reader serves where the
table comes inside an archive; a plain file is read by ``loaders.intake.long_table``. Both leave
it to ``loaders.intake.checks`` to compare with the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from loaders.missing import MISSING_KINDS, read_sign
from loaders.numbers import ENGLISH, NotANumber, NumberStyle, decide_style, parse_number
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.place_keys import read_place_key, reform_of
from loaders.readers.reading import Choices, Reading, refused

NAME = "canonical_long"
REQUIRED = ("ags", "indicator", "period", "value")
OPTIONAL = ("missing", "flag", "unit", "source")
_Fault = tuple[str, str, str, dict[str, str]]


@dataclass
class _Row:
    """One data row while it is being checked."""

    record: Record
    at: Mapping[str, int]
    faults: list[_Fault] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return self.record.cell(self.at[column]).strip() if column in self.at else ""

    def fault(self, code: str, column: str, **details: str) -> None:
        self.faults.append((code, column, self.cell(column), details))


def header_positions(record: Record) -> dict[str, int]:
    """Position per known column name of a header record; capitals and blanks do not matter."""
    names = [cell.strip().lower().lstrip("﻿") for cell in record.cells]
    return {name: names.index(name) for name in (*REQUIRED, *OPTIONAL) if name in names}


def recognises(original: Original) -> bool:
    """Whether the first record names at least key, indicator and value of the long table."""
    try:
        at = header_positions(original.records[0]) if original.records else {}
    except UnreadableFile:
        return False
    return {"ags", "value"} <= set(at) and len(set(at) & {"indicator", "period"}) >= 1


def read(original: Original, choices: Choices) -> Reading:
    """The long table; rows with an error are refused under the code of their first error.

    Args:
        original: the file.
        choices: number style of the column ``value`` where it stays open.
    """
    head, *data = original.records
    at = header_positions(head)
    absent = [name for name in REQUIRED if name not in at]
    if absent:
        return refused(original, NAME, "columns_missing", columns=", ".join(absent))
    builder = ReadingBuilder(original, NAME, choices)
    style = _style(data, at, choices, builder)
    first_rows: dict[tuple[str, str, str], int] = {}
    for record in data:
        row = _Row(record, at)
        if len(record.cells) != len(head.cells):
            expected, found = str(len(head.cells)), str(len(record.cells))
            row.fault("field_count", "", expected=expected, found=found)
        _place(row, style, first_rows, builder)
    return builder.finish(NAME)


def _style(data: list[Record], at: Mapping[str, int], choices: Choices,
           builder: ReadingBuilder) -> NumberStyle:  # fmt: skip
    chosen = choices.number_styles.get("value")
    if chosen:
        return chosen
    decision = decide_style(record.cell(at["value"]) for record in data)
    return builder.style("value", decision, ENGLISH)


def _place(
    row: _Row,
    style: NumberStyle,
    first_rows: dict[tuple[str, str, str], int],
    builder: ReadingBuilder,
) -> None:
    ags = _checked_key(row)
    indicator = _checked_indicator(row)
    period = _checked_period(row)
    meaning = _checked_value(row, style)
    number = row.record.row
    if ags and indicator and period:
        earlier = first_rows.setdefault((ags, indicator, period), number)
        if earlier != number:
            row.fault("row_twice", "ags", earlier=str(earlier))
    errors = builder.faults(row.faults, number)
    if errors:
        builder.refuse_row(errors[0])
        return
    builder.count_seen()
    unit, source = row.cell("unit"), row.cell("source")
    builder.add(ags, indicator, period, meaning, number, "value", unit, source)


def _checked_key(row: _Row) -> str:
    text = row.cell("ags")
    key = read_place_key(text)
    if key.refusal:
        row.fault(f"key_{key.refusal}", "ags", count="1")
        return ""
    if key.repair:
        row.fault("key_repaired", "ags", proposal=key.ags)
    reform = reform_of(key.ags)
    if reform:
        row.fault("key_is_dissolved", "ags", reform=reform.name, date=reform.date)
    return key.ags


def _checked_indicator(row: _Row) -> str:
    indicator = row.cell("indicator")
    if not indicator:
        row.fault("indicator_empty", "indicator")
    return indicator


def _checked_period(row: _Row) -> str:
    period = read_period(row.cell("period"))
    if period is None:
        row.fault("period_unreadable", "period")
        return ""
    return period


def _checked_value(row: _Row, style: NumberStyle) -> CellMeaning:
    text, missing, flag = row.cell("value"), row.cell("missing"), row.cell("flag")
    if missing and missing not in MISSING_KINDS:
        row.fault("missing_unknown", "missing", kinds=", ".join(MISSING_KINDS))
    sign = read_sign(text)
    if sign is not None and not sign.number:
        kind: Literal[""] | str = missing or sign.kind
        if not text and not missing:
            row.fault("value_empty", "value")
        return CellMeaning(None, kind, flag)
    if missing:
        row.fault("value_and_missing", "missing")
    try:
        return CellMeaning(parse_number(sign.number if sign else text, style), flag=flag)
    except NotANumber:
        row.fault("not_a_number", "value")
        return CellMeaning(None, "not_reported", flag)
