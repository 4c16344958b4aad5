"""Zensus 2022, regional table of the population, its sheet made for machines.

One row per nation, state, region, district, association and municipality; the key has 2, 3,
5, 9 or 12 digits. The nation stands there three times, with and without Germans abroad.
"""

from __future__ import annotations

from loaders.numbers import GERMAN
from loaders.readers import free_table
from loaders.readers.building import ReadingBuilder
from loaders.readers.column_roles import period_of_cell
from loaders.readers.original import Original, Sheet, UnreadableFile, cell_text
from loaders.readers.reading import Choices, Reading

NAME = "census_2022"
_HEADER = ("Berichtszeitpunkt", "_RS", "Name", "Regionalebene")
_NATION_KEY = "00"
_COMPARABLE = "Bund (ohne Deutsche im Ausland)"


def recognises(original: Original) -> bool:
    """Whether a workbook has a sheet that begins with date, key, name and level."""
    try:
        return original.is_workbook and _sheet(original) is not None
    except UnreadableFile:
        return False


def _sheet(original: Original) -> Sheet | None:
    for sheet in original.sheets:
        head = tuple(cell_text(cell) for cell in sheet.rows[0][:4]) if sheet.rows else ()
        if head == _HEADER:
            return sheet
    return None


def read(original: Original, choices: Choices) -> Reading:
    """The sheet as long observations; ``indicator`` is the column name (``EWZ``).

    The nation that compares with the sum of the states is the one without Germans abroad;
    the two other rows carry their level behind the column name. Another sheet that a person
    chose is read as a free table.
    """
    sheet = _sheet(original)
    if sheet is None or choices.sheet not in ("", sheet.name):
        return free_table.read(original, choices)
    builder = ReadingBuilder(original, NAME, choices)
    builder.propose(sheet=sheet.name)
    names = [cell_text(cell) for cell in sheet.rows[0]]
    for number, row in enumerate(sheet.rows[1:], start=2):
        texts = [cell_text(cell) for cell in row]
        if not any(texts):
            continue
        period = period_of_cell(texts[0])
        if not period:
            builder.refuse("period_unreadable", number, names[0], texts[0], sheet.name)
            continue
        ags = builder.place(texts[1], number, names[1], sheet=sheet.name)
        if ags is None:
            continue
        is_other_nation = texts[1] == _NATION_KEY and texts[3] != _COMPARABLE
        for at in range(len(_HEADER), len(names)):
            meaning = builder.meaning(row[at], GERMAN, number, names[at], sheet.name)
            label = f"{names[at]} | {texts[3]}" if is_other_nation else names[at]
            of_column = period_of_cell(names[at].rpartition("_")[2]) or period
            builder.add(ags, label, of_column, meaning, number, names[at], "Personen",
                        sheet=sheet.name)  # fmt: skip
    return builder.finish("zensus2022")
