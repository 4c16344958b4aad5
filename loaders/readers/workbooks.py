"""The sheets of a workbook, new or old, with values and not with formulas."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import openpyxl
import xlrd
from openpyxl.utils.cell import coordinate_to_tuple

from loaders.readers.original import OLE_SIGNATURE, Cell, Original, Sheet, UnreadableFile

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

# What openpyxl and xlrd raise for damaged, truncated or protected workbooks.
_BROKEN_WORKBOOK = (
    xlrd.XLRDError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    KeyError,
    ValueError,
    IndexError,
    EOFError,
    OSError,
    struct.error,
)
# Parts of a number format that are shown as they stand: quoted, in brackets, behind a backslash.
_AS_IT_STANDS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
# The built-in formats of percentages have numbers, all others are written out.
_MAY_BE_PERCENT = re.compile(rb'%|numFmtId="(?:9|10)"')
# A cell with a formula that is no text and has no value.
_WITHOUT_RESULT = re.compile(
    rb'<c (?![^>]*t="str")[^>]*?r="(?P<at>[A-Z]+[0-9]+)"[^>]*><f[^>]*>(?P<text>[^<]*)</f>'
    rb"(?:<v ?/>|<v></v>)?</c>"
)
_SPECIAL_CELLS = {xlrd.XL_CELL_DATE, xlrd.XL_CELL_ERROR, xlrd.XL_CELL_BOOLEAN}
Places = Mapping[str, Set[tuple[int, int]]]


def sheets_of(original: Original) -> tuple[Sheet, ...]:
    """All sheets of a workbook.

    Raises:
        UnreadableFile: the workbook is damaged or protected.
    """
    try:
        if original.content.startswith(OLE_SIGNATURE):
            return _old_sheets(original.content)
        return _new_sheets(original.content)
    except _BROKEN_WORKBOOK as damage:
        raise UnreadableFile(f"{original.name}: {damage}") from damage


def rough_dates(original: Original, name: str) -> dict[tuple[int, int], str]:
    """Dates that a sheet shows as a month or a year alone, by row and column counted from 1.

    Args:
        original: a workbook that can be opened.
        name: one of its sheets.
    """
    is_old = original.content.startswith(OLE_SIGNATURE)
    dates = _old_dates(original.content, name) if is_old else _new_dates(original.content, name)
    texts = {(row, column): _as_shown(day, form) for row, column, day, form in dates}
    return {at: text for at, text in texts.items() if text}


def percent_cells(original: Original) -> Places:
    """Numbers that the sheets show as percentages: ``0.125`` stands there as ``12.5 %``.

    Returns:
        By name of the sheet, row and column counted from 1; sheets without any are left out.
        Nothing of a workbook whose formats are damaged: ``sheets_of`` says what is.
    """
    is_old = original.content.startswith(OLE_SIGNATURE)
    places: dict[str, set[tuple[int, int]]] = {}
    try:
        numbers = _old_numbers(original.content) if is_old else _new_numbers(original.content)
        for sheet, row, column, form in numbers:
            if "%" in _AS_IT_STANDS.sub("", form):
                places.setdefault(sheet, set()).add((row, column))
    except _BROKEN_WORKBOOK:
        return {}
    return places


def uncalculated(original: Original) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Formulas of a new workbook whose result no program has stored: their cells read as empty.

    Returns:
        By name of the sheet, the formula by row and column counted from 1; sheets without any
        are left out. A formula whose result is an empty text has a result.
    """
    if original.content.startswith(OLE_SIGNATURE):
        return {}
    try:
        found = _formulas_by_part(original.content)
        if not found:
            return {}
        book = openpyxl.load_workbook(io.BytesIO(original.content), read_only=True)
        named = {one._worksheet_path: one.title for one in book.worksheets}
        book.close()
    except _BROKEN_WORKBOOK:
        return {}
    return {named[part]: formulas for part, formulas in found.items() if part in named}


def _formulas_by_part(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/"):
                matches = _WITHOUT_RESULT.finditer(archive.read(part))
                found[part] = {
                    coordinate_to_tuple(one["at"].decode()): f"={unescape(one['text'].decode())}"
                    for one in matches
                }
    return {part: formulas for part, formulas in found.items() if formulas}


def _as_shown(day: datetime, form: str) -> str:
    signs = set(_AS_IT_STANDS.sub("", form).lower())
    if "d" in signs or "y" not in signs:
        return ""
    return f"{day:%Y-%m}" if "m" in signs else f"{day:%Y}"


_Dates = Iterator[tuple[int, int, datetime, str]]
_Numbers = Iterator[tuple[str, int, int, str]]


def _new_dates(content: bytes, name: str) -> _Dates:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        page = book[name]
        page.reset_dimensions()
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime):
                    yield cell.row, cell.column, cell.value, cell.number_format
        book.close()


def _old_dates(content: bytes, name: str) -> _Dates:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    page = book.sheet_by_name(name)
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind == xlrd.XL_CELL_DATE:
                day = xlrd.xldate_as_datetime(page.cell_value(row, column), book.datemode)
                form = book.xf_list[page.cell_xf_index(row, column)].format_key
                yield row + 1, column + 1, day, book.format_map[form].format_str


def _new_numbers(content: bytes) -> _Numbers:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not _MAY_BE_PERCENT.search(archive.read("xl/styles.xml")):
            return  # most workbooks: not gone through a second time
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for page in book.worksheets:
            page.reset_dimensions()
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                        yield page.title, cell.row, cell.column, cell.number_format
        book.close()


def _old_numbers(content: bytes) -> _Numbers:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    for page in book.sheets():
        for row in range(page.nrows):
            for column, kind in enumerate(page.row_types(row)):
                if kind == xlrd.XL_CELL_NUMBER:
                    form = book.xf_list[page.cell_xf_index(row, column)].format_key
                    yield page.name, row + 1, column + 1, book.format_map[form].format_str


def _new_sheets(content: bytes) -> tuple[Sheet, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about print areas it does not need
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = tuple(Sheet(page.title, _new_rows(page)) for page in book.worksheets)
        book.close()
    return sheets


def _new_rows(page: ReadOnlyWorksheet) -> tuple[tuple[Cell, ...], ...]:
    """All rows of a sheet, equally wide.

    The extent a sheet states about itself is not asked: some programs write a wrong one, and
    rows and columns outside it would be lost.
    """
    page.reset_dimensions()
    rows = [tuple(row) for row in page.iter_rows(values_only=True)]
    width = max(map(len, rows), default=0)
    return tuple(row + (None,) * (width - len(row)) for row in rows)


def _old_sheets(content: bytes) -> tuple[Sheet, ...]:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return tuple(
        Sheet(page.name, tuple(_old_row(page, row, book.datemode) for row in range(page.nrows)))
        for page in book.sheets()
    )


def _old_row(page: xlrd.sheet.Sheet, row: int, datemode: int) -> tuple[Cell, ...]:
    """One row; the old format keeps dates as numbers and errors as codes."""
    types, values = page.row_types(row), page.row_values(row)
    if not _SPECIAL_CELLS & set(types):
        return tuple(values)
    return tuple(
        _old_cell(kind, value, datemode) for kind, value in zip(types, values, strict=True)
    )


def _old_cell(kind: int, value: Cell, datemode: int) -> Cell:
    if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
        day: datetime = xlrd.xldate_as_datetime(value, datemode)
        return day
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#?"))
    return bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value
