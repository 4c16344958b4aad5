"""Table CSV of GENESIS-Online, the Regionaldatenbank and the Regionalatlas.

Two layouts: date and key in the first two columns, or the key first and the dates in the
header. Three to seven header rows without a fixed number; labels repeat over columns, a
row of units may follow, names are indented, footnotes stand below ``__________``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.keys import level_of
from loaders.numbers import GERMAN, NumberStyle, decide_style
from loaders.readers.building import ReadingBuilder, by_period, existing
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading, refused

NAME = "genesis_table"
_TITLE = re.compile(r"^\W*(?:GENESIS-)?Tabelle:\s*(\S+)")
_EDITION = re.compile(r"Stand: (\d{2}\.\d{2}\.\d{4})")
_FOOTNOTES = "_____"
_UNIT_IN_TITLE = re.compile(r"(.*)\(([^()]*)\)\s*$")
_UNITS = frozenset(
    {
        "anzahl",
        "prozent",
        "%",
        "qkm",
        "ha",
        "ar",
        "eur",
        "euro",
        "tsd.",
        "mill.",
        "stück",
        "personen",
    }
)
_COUNT_UNITS = frozenset({"anzahl", "stück", "personen"})


@dataclass(frozen=True)
class _Column:
    position: int
    label: str
    unit: str
    period: str


@dataclass(frozen=True)
class _Layout:
    """Where things stand.

    ``date_position`` is ``None`` when dates are in the header, ``key_position`` when the
    table is about one place that a person has named.
    """

    date_position: int | None
    key_position: int | None
    columns: tuple[_Column, ...]
    data: tuple[Record, ...]


def recognises(original: Original) -> bool:
    """Whether the first line names a table the way these publishers do."""
    try:
        return _TITLE.match(original.text[:200]) is not None
    except UnreadableFile:
        return False


def read(original: Original, choices: Choices) -> Reading:
    """The table as long observations; ``indicator`` is the header labels joined by `` | ``."""
    match = _TITLE.match(original.text[:200])
    table = match[1].rstrip(";") if match else ""
    body = _above_footnotes(original.records)
    layout = _layout(body, choices)
    if layout is None:
        dated = [r.row for r in body if len(r.cells) > 2 and read_period(r.cell(0)) and r.cell(1)]
        if dated:
            return refused(original, NAME, "place_missing", rows=len(dated), at=dated[0])
        return refused(original, NAME, "table_without_keys")
    if not all(column.period for column in layout.columns) and layout.date_position is None:
        return refused(original, NAME, "period_missing", rows=len(layout.data), sheet="", column="")
    builder = ReadingBuilder(original, NAME, choices)
    styles = _styles(layout, builder)
    for record in layout.data:
        _read_row(record, layout, styles, builder, choices.place)
    return builder.finish(table, _edition(original.text))


def _edition(text: str) -> str:
    """Day after ``Stand:`` on the last line, as ISO; empty when there is none."""
    matches = _EDITION.findall(text[-2000:])
    return read_period(matches[-1]) or "" if matches else ""


def _above_footnotes(records: tuple[Record, ...]) -> tuple[Record, ...]:
    for position, record in enumerate(records):
        if record.cell(0).startswith(_FOOTNOTES):
            return records[:position]
    return records


def _layout(body: tuple[Record, ...], choices: Choices) -> _Layout | None:
    for position, record in enumerate(body):
        if len(record.cells) < 3:
            continue
        is_dated = read_period(record.cell(0)) is not None
        has_date_first = is_dated and _is_key(record, 1)
        if has_date_first or _is_key(record, 0):
            key = 1 if has_date_first else 0
            columns = _columns(body[:position], record, key + 2, choices.period)
            return _Layout(0 if has_date_first else None, key, columns, body[position:])
        if is_dated and choices.place:
            columns = _columns(body[:position], record, 1, choices.period)
            data = tuple(row for row in body[position:] if read_period(row.cell(0)))
            return _Layout(0, None, columns, data)
    return None


def _is_key(record: Record, position: int) -> bool:
    """Whether a complete key stands there, with a name beside it and not another number."""
    name = record.cell(position + 1).strip()
    is_complete = level_of(record.cell(position).strip()) is not None
    return is_complete and any(letter.isalpha() for letter in name)


def _columns(head: tuple[Record, ...], first: Record, start: int,
             chosen_period: str) -> tuple[_Column, ...]:  # fmt: skip
    titles = [record.cell(0).strip() for record in head if record.cell(0).strip()]
    rows = [record for record in head if not record.cell(0).strip()]
    unit_row = rows.pop() if rows and _is_unit_row(rows[-1], start) else None
    period = next((iso for title in titles if (iso := read_period(title))), chosen_period)
    label, title_unit = _from_title(titles)
    columns = []
    for position in range(start, len(first.cells)):
        cells = [row.cell(position).strip() for row in rows]
        dates = [iso for cell in cells if (iso := read_period(cell))]
        words = [cell for cell in cells if cell and not read_period(cell) and cell != "Stichtag"]
        unit = unit_row.cell(position).strip() if unit_row else title_unit
        name = " | ".join(dict.fromkeys(words)) or label
        columns.append(_Column(position, name, unit, dates[0] if dates else period))
    return tuple(columns)


def _is_unit_row(record: Record, start: int) -> bool:
    cells = [cell.strip().lower() for cell in record.cells[start:]]
    return bool(cells) and all(set(cell.split()) & _UNITS for cell in cells)


def _from_title(titles: list[str]) -> tuple[str, str]:
    """Measure and unit from the last title line, such as ``Bevölkerungsstand (Anzahl)``."""
    named = [title for title in titles if not read_period(title)]
    for title in reversed(named):
        if (match := _UNIT_IN_TITLE.match(title)) and not match[2].strip().isdigit():
            return match[1].strip(), match[2].strip()
    return (named[-1] if named else ""), ""


def _styles(layout: _Layout, builder: ReadingBuilder) -> dict[int, NumberStyle]:
    styles = {}
    for column in layout.columns:
        cells = (record.cell(column.position) for record in layout.data)
        decision = decide_style(cells, default=GERMAN)
        name = f"{column.label} {column.period}".strip()
        styles[column.position] = builder.style(name, decision)
    return styles


def _read_row(record: Record, layout: _Layout, styles: dict[int, NumberStyle],
              builder: ReadingBuilder, place: str) -> None:  # fmt: skip
    row_period = ""
    if layout.date_position is not None:
        row_period = read_period(record.cell(layout.date_position)) or ""
        if not row_period:
            builder.refuse("period_unreadable", record.row, "", record.cell(0))
            return
    key = place if layout.key_position is None else record.cell(layout.key_position)
    ags = builder.place(key, record.row, "")
    if ags is None:
        return
    periods = by_period(
        [(column.period, record.cell(column.position)) for column in layout.columns]
    )
    for column in layout.columns:
        is_count = column.unit.lower() in _COUNT_UNITS and " je " not in column.label
        nil_is_zero = is_count and existing(periods[column.period])
        meaning = builder.meaning(
            record.cell(column.position), styles[column.position], record.row, column.label,
            nil_is_zero=nil_is_zero,
        )  # fmt: skip
        builder.add(
            ags, column.label, row_period or column.period, meaning, record.row,
            column.label, column.unit,
        )  # fmt: skip
