"""Our other tables as people save them from a spreadsheet: a workbook, or packed into a ZIP.

Told by the header on a sheet, and turned into the text the same table has as CSV, with the
same row numbers: one reader and the same checks serve all three.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.long_text import is_guide, is_long_header
from loaders.intake.own_book import header_of_sheet, heads, written
from loaders.readers.archives import unpacked
from loaders.readers.original import Original, Sheet, UnreadableFile
from loaders.readers.workbooks import rough_dates

Tables = Mapping[str, Sequence[Sequence[str]]]
_DELIMITERS = ";,\t|"


@dataclass(frozen=True)
class InnerTable:
    """A table of ours found in a workbook or an archive.

    Attributes:
        kind: kind of the table.
        content: the table as delimited text, as if it had come as CSV.
        sheet: sheet it stands on, empty for a text in an archive.
        header_row: row of the header on that sheet.
    """

    kind: str
    content: bytes
    sheet: str = ""
    header_row: int = 1


def inner_table(source: Source, tables: Tables, asked: str = "") -> InnerTable | Finding | None:
    """The table of ours in a workbook or an archive; ``None`` when there is none.

    Dates come out as exact as the sheet shows them: a spreadsheet makes ``2024-12-01`` of a
    month and shows ``Dez 24``. Line ends inside a cell become blanks.

    Args:
        source: the bytes.
        tables: see ``Spellings.tables``.
        asked: sheet a person has chosen.

    Returns:
        A finding when tables of ours stand on several sheets, and nobody has chosen one.
    """
    original: Original | Finding = Original(source.name, source.content)
    if isinstance(original, Original) and original.is_archive:
        original = unpacked(original)
    if isinstance(original, Finding):
        return None  # the reader of archives says it
    if not original.is_workbook:
        kind = next(_kinds(_text_headers(original), tables), "")
        return InnerTable(kind, original.content) if kind else None
    try:
        return _on_a_sheet(original, tables, asked)
    except UnreadableFile:
        return None  # the reader of workbooks says it


def sheets_left(source: Source, tables: Tables, read: str) -> list[str]:
    """Names of the other sheets that hold a table of ours, in the order of the workbook.

    Args:
        source: the bytes of a workbook, or of an archive that holds one.
        tables: see ``Spellings.tables``.
        read: the sheet that is read.
    """
    original: Original | Finding = Original(source.name, source.content)
    if isinstance(original, Original) and original.is_archive:
        original = unpacked(original)
    if isinstance(original, Finding):
        return []
    headers = {one.name: header_of_sheet(one) for one in _beginnings(original, "")}
    return [
        name
        for name, header in headers.items()
        if name != read and (is_long_header(header) or [*_kinds([set(header) - {""}], tables)])
    ]


def _on_a_sheet(book: Original, tables: Tables, asked: str) -> InnerTable | Finding | None:
    headers = {one.name: set(header_of_sheet(one)) - {""} for one in _beginnings(book, asked)}
    found = {name: kind for name, one in headers.items() for kind in _kinds([one], tables)}
    if len(found) > 1:
        return Finding("tables_on_sheets", book.name, details={"sheets": ", ".join(found)})
    for name, kind in found.items():
        sheet = book.sheet(name)
        if sheet is not None:
            text = written(book.name, _with_rough_dates(book, sheet))
            return InnerTable(kind, text.source.content, name, text.header_row)
    return None


def _beginnings(book: Original, asked: str) -> list[Sheet]:
    """The sheets with their first rows at least; the old format opens as a whole anyway."""
    if zipfile.is_zipfile(BytesIO(book.content)):
        return heads(book, asked)
    return [one for one in book.sheets if asked in ("", one.name)]


def _kinds(headers: Sequence[set[str]], tables: Tables) -> Iterator[str]:
    """The kind of table each header is of, where it is of one."""
    for header in headers:
        fitting = (
            kind for kind, (needed, known) in tables.items() if set(needed) <= header <= set(known)
        )
        yield from [kind for kind in [next(fitting, "")] if kind]


def _text_headers(table: Original) -> list[set[str]]:
    try:
        lines = table.text.splitlines()
    except UnreadableFile:
        return []
    line = next((line for line in lines if not is_guide(line)), "").lstrip("\ufeff")
    cells = (next(csv.reader(StringIO(line), delimiter=sign), []) for sign in _DELIMITERS)
    return [{cell.strip() for cell in row} for row in cells]


def _with_rough_dates(book: Original, sheet: Sheet) -> Sheet:
    rough = rough_dates(book, sheet.name)
    return sheet.with_cells(rough) if rough else sheet
