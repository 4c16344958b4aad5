"""The Deutschlandatlas workbook: all indicators, one sheet per level and territorial status.

The header stands in row 4 and holds short code, line break and a sentence with the year;
keys are numbers that lost their zero; missing is ``-9999``; rents and land prices are
classes in words; the sheet ends with ``Ende der Tabelle.``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.keys import Level
from loaders.numbers import ENGLISH, decide_style
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.original import Cell, Original, Sheet, UnreadableFile, cell_text
from loaders.readers.periods import period_in_words
from loaders.readers.reading import Choices, Reading

NAME = "deutschlandatlas"
_SHEET = re.compile(r"Deutschlandatlas_(VBGEM|GEM|KRS)(\d{2})(\d{2})")
_HEADER = re.compile(r"Indikatorkürzel:\s*(\S+)\s*(.*)", re.DOTALL)
_HEADER_ROW = 4
_END = "Ende der Tabelle"
_ASSOCIATION_DIGIT = "9"
_MISSPELT_MISSING = -99999
_LEVELS: dict[str, Level | None] = {"GEM": "municipality", "KRS": "district", "VBGEM": None}
_CLASS = re.compile(r"\b(bis unter|und mehr|unter|über)\b")


@dataclass(frozen=True)
class _Column:
    position: int
    code: str
    sentence: str
    period: str


def recognises(original: Original) -> bool:
    """Whether a workbook holds sheets of the Deutschlandatlas (told from their header)."""
    if not original.is_workbook:
        return False
    try:
        return any(_columns(sheet) for sheet in original.sheets)
    except UnreadableFile:
        return False


def read(original: Original, choices: Choices) -> Reading:
    """All sheets as long observations; ``source`` is the sheet (``GEM1224``).

    Args:
        original: the workbook.
        choices: not needed, everything stands in the file.
    """
    builder = ReadingBuilder(original, NAME, choices)
    for sheet in original.sheets:
        columns = _columns(sheet)
        if columns:
            _read_sheet(sheet, columns, builder)
    return builder.finish(NAME)


def _columns(sheet: Sheet) -> list[_Column]:
    if len(sheet.rows) < _HEADER_ROW:
        return []
    columns = []
    for position, cell in enumerate(sheet.rows[_HEADER_ROW - 1]):
        if match := _HEADER.match(cell_text(cell)):
            sentence = " ".join(match[2].split())
            period, _ = period_in_words(sentence)
            columns.append(_Column(position, match[1], sentence, period))
    return columns


def _read_sheet(sheet: Sheet, columns: list[_Column], builder: ReadingBuilder) -> None:
    match = _SHEET.match(sheet.name)
    kind = match[1] if match else ""
    status = sheet.name.removeprefix("Deutschlandatlas_").removesuffix("_b")
    for column in columns:
        _note_column(column, sheet, builder)
    key_name = cell_text(sheet.rows[_HEADER_ROW - 1][0])
    # One sheet of associations writes keys like those of municipalities, with 9 in place 6.
    keys = (cell_text(row[0]) for row in sheet.rows[_HEADER_ROW:] if row)
    is_short_form = kind == "VBGEM" and max(len(key) for key in keys if key.isdigit()) == 8
    for number, cells in enumerate(sheet.rows[_HEADER_ROW:], start=_HEADER_ROW + 1):
        key = cell_text(cells[0]) if cells else ""
        if not key:
            continue
        if key.startswith(_END):
            break
        if is_short_form and key[5:6] == _ASSOCIATION_DIGIT:
            builder.refuse_key("association", key, number, key_name, sheet.name)
            continue
        text = key if is_short_form or kind != "VBGEM" else key.zfill(9)
        ags = builder.place(text, number, key_name, _LEVELS.get(kind), sheet.name)
        if ags is None:
            continue
        for column in columns:
            meaning = _meaning(cells[column.position], number, column, sheet, builder)
            builder.add(
                ags, column.code, column.period or builder.choices.period, meaning, number,
                column.code, _unit(column.sentence), status, sheet.name,
            )  # fmt: skip


def _note_column(column: _Column, sheet: Sheet, builder: ReadingBuilder) -> None:
    """Says what is odd about a whole column: no year, a span, classes, misspelt codes."""
    period, is_span = period_in_words(column.sentence)
    cells = [row[column.position] for row in sheet.rows[_HEADER_ROW:] if len(row) > column.position]
    classes = sum(isinstance(cell, str) and bool(_CLASS.search(cell)) for cell in cells)
    misspelt = sum(cell == _MISSPELT_MISSING for cell in cells)
    noted: list[tuple[str, str, dict[str, str]]] = []
    if not (period or builder.choices.period):
        noted.append(("column_undated", column.sentence, {}))
    elif is_span:
        noted.append(("period_is_end_of_span", column.sentence, {"period": period}))
    if misspelt:
        noted.append(("missing_misspelt", str(_MISSPELT_MISSING), {"count": str(misspelt)}))
    if classes:
        noted.append(("classes_instead_of_numbers", "", {"count": str(classes)}))
    for code, value, details in noted:
        builder.note(code, _HEADER_ROW, column.code, value, sheet.name, **details)


def _meaning(cell: Cell, row: int, column: _Column, sheet: Sheet,
             builder: ReadingBuilder) -> CellMeaning:  # fmt: skip
    if isinstance(cell, str) and _CLASS.search(cell):
        return CellMeaning(None, "not_applicable", f"class: {cell.strip()}")
    if cell == _MISSPELT_MISSING:
        return CellMeaning(None, "not_reported")
    style = decide_style([cell_text(cell)], default=ENGLISH).style or ENGLISH
    return builder.meaning(cell, style, row, column.code, sheet.name)


def _unit(sentence: str) -> str:
    """The unit a header sentence states: what stands after its last ``in`` or ``je``."""
    match = re.search(r"\bin ((?:%|€|km|MW|Minuten|1\.000 €).*)$", sentence)
    if match:
        return match[1].strip()
    match = re.search(r"\b((?:je|pro) [\d.]* ?\S+)", sentence)
    return match[1].strip() if match else ""
