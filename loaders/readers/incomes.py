"""Regional accounts of the states (VGRdL), income of private households, workbook.

One sheet per measure, years over columns, header in row 5 with line breaks inside, an
empty row 6; nation (written ``17``), states, regions and districts stand mixed.
"""

from __future__ import annotations

import re
from collections import Counter

from loaders.numbers import GERMAN, decide_style
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.original import Original, Sheet, UnreadableFile, cell_text
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading

NAME = "vgrdl"
_HEADER_ROW = 5
_KEY_NAME = "Regionalschlüssel"
_NATION_ROW = "Deutschland"


def recognises(original: Original) -> bool:
    """Whether a workbook has a sheet whose fifth row names a regional key and years."""
    try:
        return original.is_workbook and any(_key_position(s) is not None for s in original.sheets)
    except UnreadableFile:
        return False


def read(original: Original, choices: Choices) -> Reading:
    """All data sheets; ``source`` is the sheet (``2.4``), ``indicator`` its title.

    Where several sheets share a title (in EUR, as a share, as a change), the unit follows it.
    """
    builder = ReadingBuilder(original, NAME, choices)
    found = [(s, at) for s in original.sheets if (at := _key_position(s)) is not None]
    titles = Counter(_title(sheet) for sheet, _ in found)
    for sheet, key_at in found:
        title, unit = _title(sheet), _unit(sheet)
        label = f"{title} | {unit}" if titles[title] > 1 else title
        _read_sheet(sheet, key_at, label, unit, builder)
    return builder.finish(NAME)


def _title(sheet: Sheet) -> str:
    text = next((t for row in sheet.rows[1::-1] if row and (t := cell_text(row[0]))), "")
    return re.sub(r"^[\d.]+\s+", "", text)


def _unit(sheet: Sheet) -> str:
    return cell_text(sheet.rows[2][0]).removeprefix("in ")


def _key_position(sheet: Sheet) -> int | None:
    if len(sheet.rows) <= _HEADER_ROW:
        return None
    head = [_plain(cell_text(cell)) for cell in sheet.rows[_HEADER_ROW - 1]]
    has_years = sum(read_period(name) is not None for name in head) > 1
    return head.index(_KEY_NAME) if _KEY_NAME in head and has_years else None


def _plain(header: str) -> str:
    """A header without hyphenation and line breaks."""
    return re.sub(r"-?\s+", "", header).replace("-", "")


def _read_sheet(sheet: Sheet, key_at: int, title: str, unit: str,
                builder: ReadingBuilder) -> None:  # fmt: skip
    head = [cell_text(cell) for cell in sheet.rows[_HEADER_ROW - 1]]
    years = {at: year for at, name in enumerate(head) if (year := read_period(name))}
    name_at = min(years) - 1
    for number, row in enumerate(sheet.rows[_HEADER_ROW:], start=_HEADER_ROW + 1):
        key = cell_text(row[key_at]) if len(row) > key_at else ""
        if not key:
            continue
        if cell_text(row[name_at]) == _NATION_ROW:
            key = "DG"
        ags = builder.place(key, number, _KEY_NAME, sheet=sheet.name)
        if ags is None:
            continue
        for at, year in years.items():
            cell = row[at] if len(row) > at else None
            style = decide_style([cell_text(cell)], GERMAN).style or GERMAN
            meaning = builder.meaning(cell, style, number, year, sheet.name)
            if meaning.missing == "suppressed":  # this publisher writes "." for not available
                meaning = CellMeaning(None, "not_reported")
            builder.add(ags, title, year, meaning, number, year, unit, sheet.name, sheet.name)
