"""The official register of municipalities and the list of districts (Destatis, workbooks).

The key of a municipality stands in five columns that must be joined; only rows of type 60
are municipalities. The list of districts holds one key column, area and population.
"""

from __future__ import annotations

import re

from loaders.numbers import GERMAN
from loaders.readers.building import ReadingBuilder
from loaders.readers.original import Original, Sheet, UnreadableFile, cell_text
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading, refused

NAME_MUNICIPALITIES = "municipal_register"
NAME_DISTRICTS = "district_list"
_DAY = re.compile(r"\d{2}\.\d{2}\.\d{4}")
_MUNICIPALITY_TYPE = "60"
_AREA, _POPULATION = "area_km2", "population"


def recognises_municipalities(original: Original) -> bool:
    """Whether a sheet has record types and a key in parts."""
    return _find(original, "Satzart") is not None


def recognises_districts(original: Original) -> bool:
    """Whether a sheet lists districts with key, area and population."""
    return _find(original, "Schlüsselnummer") is not None


def _find(original: Original, word: str) -> Sheet | None:
    try:
        sheets = original.sheets if original.is_workbook else ()
    except UnreadableFile:
        return None
    for sheet in sheets:
        for row in sheet.rows[:8]:
            first = re.sub(r"[-\s]", "", cell_text(row[0]) if row else "")
            if first.startswith(word):
                return sheet
    return None


def _day(sheet: Sheet, choices: Choices) -> str:
    texts = (cell_text(cell) for row in sheet.rows[:8] for cell in row)
    match = next((m for text in texts if (m := _DAY.search(text))), None)
    return choices.period or (read_period(match[0]) or "" if match else "")


def read_municipalities(original: Original, choices: Choices) -> Reading:
    """Area and population of every municipality; rows of other types are not data rows."""
    sheet = _find(original, "Satzart")
    if sheet is None:
        return refused(original, NAME_MUNICIPALITIES, "table_without_keys")
    day = _day(sheet, choices)
    builder = ReadingBuilder(original, NAME_MUNICIPALITIES, choices)
    for number, row in enumerate(sheet.rows, start=1):
        if not row or cell_text(row[0]) != _MUNICIPALITY_TYPE:
            continue
        parts = [cell_text(cell) for cell in row[2:7]]
        key = parts[0].zfill(2) + parts[1] + parts[2].zfill(2) + parts[4].zfill(3)
        ags = builder.place(key, number, "Amtlicher Regionalschlüssel", sheet=sheet.name)
        if ags is None:
            continue
        for at, indicator, unit in ((8, _AREA, "km2"), (9, _POPULATION, "persons")):
            meaning = builder.meaning(row[at], GERMAN, number, indicator, sheet.name)
            builder.add(ags, indicator, day, meaning, number, indicator, unit, sheet=sheet.name)
    return builder.finish(NAME_MUNICIPALITIES, day)


def read_districts(original: Original, choices: Choices) -> Reading:
    """Area and population of districts and district-free cities; sums of states are left out."""
    sheet = _find(original, "Schlüsselnummer")
    if sheet is None:
        return refused(original, NAME_DISTRICTS, "table_without_keys")
    day = _day(sheet, choices)
    builder = ReadingBuilder(original, NAME_DISTRICTS, choices)
    for number, row in enumerate(sheet.rows, start=1):
        key = cell_text(row[0]) if row else ""
        if not re.fullmatch(r"\d{5}", key):
            continue
        ags = builder.place(key, number, "Schlüsselnummer", sheet=sheet.name)
        if ags is None:
            continue
        for at, indicator, unit in ((4, _AREA, "km2"), (5, _POPULATION, "persons")):
            meaning = builder.meaning(row[at], GERMAN, number, indicator, sheet.name)
            builder.add(ags, indicator, day, meaning, number, indicator, unit, sheet=sheet.name)
    return builder.finish(NAME_DISTRICTS, day)
