"""Historical broadband figures: the workbook 2010 to 2018 and the half-yearly CSV files.

Shares of households that can get a line of a given speed. The CSV files name no date; a
person must state it. In the workbook a place whose share for the lowest speed is zero was
not surveyed in that year: a town without any line of 2 Mbit/s does not exist.
"""

from __future__ import annotations

import re

from loaders.keys import Level
from loaders.numbers import ENGLISH
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.keyed_columns import read_keyed_columns
from loaders.readers.original import Original, Sheet, UnreadableFile, cell_text
from loaders.readers.reading import Choices, Reading

NAME_CSV = "breitbandatlas_csv"
NAME_WORKBOOK = "breitbandatlas_workbook"
_COVERAGE = re.compile(r"verf_\w+")
_COVERAGE_IN_YEAR = re.compile(r"(verf_\d+_(\d+))_((?:19|20)\d{2})")
_NOT_SURVEYED = "zero_means_no_data"
_LEVEL_BY_WORD: dict[str, Level] = {
    "bundesland": "state",
    "landkreis": "district",
    "gemeinde": "municipality",
}


def recognises_csv(original: Original) -> bool:
    """Whether the first record is a key column and coverage columns."""
    try:
        head = original.records[0].cells if original.records else ()
    except UnreadableFile:
        return False
    return len(head) > 2 and head[0] == "ags" and all(map(_COVERAGE.fullmatch, head[1:]))


def recognises_workbook(original: Original) -> bool:
    """Whether a workbook has a sheet with coverage columns that end in a year."""
    try:
        return original.is_workbook and any(_positions(sheet) for sheet in original.sheets)
    except UnreadableFile:
        return False


def read_csv(original: Original, choices: Choices) -> Reading:
    """One half-yearly file; ``indicator`` is the column name (``verf_100_1000``)."""
    return read_keyed_columns(
        original, choices, NAME_CSV, "percent", lambda _: lambda key: (key, "district")
    )


def read_workbook(original: Original, choices: Choices) -> Reading:
    """All sheets with keys; ``indicator`` is the column name without its year."""
    builder = ReadingBuilder(original, NAME_WORKBOOK, choices)
    for sheet in original.sheets:
        positions = _positions(sheet)
        if positions and "ags" in map(cell_text, sheet.rows[0]):
            _read_sheet(sheet, positions, builder)
    return builder.finish(NAME_WORKBOOK)


def _positions(sheet: Sheet) -> dict[int, tuple[str, str, str]]:
    """Column position to (measure, speed, year)."""
    head = [cell_text(cell) for cell in sheet.rows[0]] if sheet.rows else []
    matches = {at: _COVERAGE_IN_YEAR.fullmatch(name) for at, name in enumerate(head)}
    return {at: (m[1], m[2], m[3]) for at, m in matches.items() if m}


def _read_sheet(sheet: Sheet, positions: dict[int, tuple[str, str, str]],
                builder: ReadingBuilder) -> None:  # fmt: skip
    head = [cell_text(cell) for cell in sheet.rows[0]]
    key_at = head.index("ags")
    level = next((lv for word, lv in _LEVEL_BY_WORD.items() if word in sheet.name), None)
    for number, row in enumerate(sheet.rows[1:], start=2):
        ags = builder.place(cell_text(row[key_at]), number, "ags", level, sheet.name)
        if ags is None:
            continue
        # A small village may really have had no line; a whole district or large city had.
        is_large = level == "district" or (level == "municipality" and ags.endswith("000"))
        unsurveyed = {year for at, (_, speed, year) in positions.items()
                      if is_large and speed == "2" and row[at] == 0}  # fmt: skip
        for year in sorted(unsurveyed):
            builder.note("zero_means_no_data", number, f"verf_300_2_{year}", "0", sheet.name,
                         ags=ags, year=year)  # fmt: skip
        for at, (measure, _, year) in positions.items():
            meaning = builder.meaning(row[at], ENGLISH, number, head[at], sheet.name)
            if year in unsurveyed and meaning.value == 0:
                meaning = CellMeaning(None, "not_reported", _NOT_SURVEYED)
            builder.add(ags, measure, year, meaning, number, head[at], "percent",
                        sheet=sheet.name)  # fmt: skip
