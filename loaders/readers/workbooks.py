"""The sheets of a workbook, new or old, with values and not with formulas."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from datetime import datetime
from xml.etree import ElementTree

import openpyxl
import xlrd

from loaders.readers.original import OLE_SIGNATURE, Cell, Original, Sheet, UnreadableFile

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
_SPECIAL_CELLS = {xlrd.XL_CELL_DATE, xlrd.XL_CELL_ERROR, xlrd.XL_CELL_BOOLEAN}


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


def _new_sheets(content: bytes) -> tuple[Sheet, ...]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about print areas it does not need
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = tuple(
            Sheet(page.title, tuple(tuple(row) for row in page.iter_rows(values_only=True)))
            for page in book.worksheets
        )
        book.close()
    return sheets


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
