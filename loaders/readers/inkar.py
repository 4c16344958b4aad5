"""Exports of INKAR (BBSR): the long CSV, and the older wide workbook.

The CSV mixes nation, states, regions and districts; districts carry eight digits ending in
000. In the workbook the second row holds the year of each column.
"""

from __future__ import annotations

from loaders.keys import Level
from loaders.numbers import GERMAN, NumberStyle, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.original import Original, Record, Sheet, UnreadableFile, cell_text
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading, refused

NAME_LONG = "inkar_long"
NAME_WIDE = "inkar_wide"
_LONG_HEADER = {"Kuerzel", "Indikator", "Raumbezug", "Kennziffer", "Zeitbezug", "Wert"}
_WIDE_HEADER = ("Kennziffer", "Raumeinheit", "Aggregat")
_LEVELS: dict[str, Level] = {"Kreise": "district", "Gemeinden": "municipality"}


def recognises_long(original: Original) -> bool:
    """Whether the first record names the columns of the long export."""
    try:
        return bool(original.records) and set(original.records[0].cells) >= _LONG_HEADER
    except UnreadableFile:
        return False


def recognises_wide(original: Original) -> bool:
    """Whether a workbook has a sheet that begins like the wide export."""
    try:
        return original.is_workbook and _wide_sheet(original) is not None
    except UnreadableFile:
        return False


def read_long(original: Original, choices: Choices) -> Reading:
    """The long export; ``indicator`` is the short code, ``source`` the theme (``Bereich``)."""
    head, *data = original.records
    at = {name: position for position, name in enumerate(head.cells)}
    builder = ReadingBuilder(original, NAME_LONG, choices)
    style = builder.style("Wert", decide_style((r.cell(at["Wert"]) for r in data), GERMAN))
    for record in data:
        _read_long_row(record, at, style, builder)
    return builder.finish("inkar")


def _read_long_row(record: Record, at: dict[str, int], style: NumberStyle,
                   builder: ReadingBuilder) -> None:  # fmt: skip
    period = read_period(record.cell(at["Zeitbezug"]))
    if period is None:
        text = record.cell(at["Zeitbezug"])
        builder.refuse("period_unreadable", record.row, "Zeitbezug", text)
        return
    level = next(
        (lv for word, lv in _LEVELS.items() if record.cell(at["Raumbezug"]).startswith(word)), None
    )
    ags = builder.place(record.cell(at["Kennziffer"]), record.row, "Kennziffer", level)
    if ags is None:
        return
    meaning = builder.meaning(record.cell(at["Wert"]), style, record.row, "Wert")
    theme = record.cell(at["Bereich"]) if "Bereich" in at else ""
    code = record.cell(at["Kuerzel"])
    builder.add(ags, code, period, meaning, record.row, "Wert", source=theme)


def _wide_sheet(original: Original) -> Sheet | None:
    for sheet in original.sheets:
        first = tuple(cell_text(cell) for cell in sheet.rows[0][:3]) if sheet.rows else ()
        if first == _WIDE_HEADER and len(sheet.rows) > 2:
            return sheet
    return None


def read_wide(original: Original, choices: Choices) -> Reading:
    """The wide workbook; ``indicator`` is the shortened column name of the export."""
    sheet = _wide_sheet(original)
    if sheet is None:
        return refused(original, NAME_WIDE, "table_without_keys")
    builder = ReadingBuilder(original, NAME_WIDE, choices)
    names = [cell_text(cell) for cell in sheet.rows[0]]
    stated = builder.choices.period
    years = [read_period(cell_text(cell)) or stated for cell in sheet.rows[1]]
    for column in range(3, len(names)):
        cells = (cell_text(row[column]) for row in sheet.rows[2:] if isinstance(row[column], str))
        builder.style(names[column], decide_style(cells, GERMAN), sheet=sheet.name)
        if not years[column]:
            builder.note("column_undated", 2, names[column], sheet=sheet.name)
    for number, row in enumerate(sheet.rows[2:], start=3):
        ags = builder.place(cell_text(row[0]), number, names[0], "district", sheet.name)
        if ags is None:
            continue
        for column in range(3, len(names)):
            meaning = builder.meaning(row[column], GERMAN, number, names[column], sheet.name)
            builder.add(
                ags, names[column], years[column], meaning, number, names[column],
                sheet=sheet.name,
            )  # fmt: skip
    return builder.finish("inkar")
