"""An original file before anybody has understood it: text, records and sheets.

Everything keeps the row number of the original, so that a finding can point there.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

Cell = str | int | float | date | bool | None
_DELIMITERS = ";\t|,"
_ZIP_SIGNATURE = b"PK\x03\x04"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
_NOT_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFile(ValueError):
    """The bytes are neither text nor a workbook that can be opened."""


@dataclass(frozen=True)
class Record:
    """One record of a text file.

    Attributes:
        row: line of the original on which the record begins, counted from 1.
        cells: its fields; quoted line breaks stay inside a field.
    """

    row: int
    cells: tuple[str, ...]

    def cell(self, position: int) -> str:
        """The field at a position, empty when the record is too short."""
        return self.cells[position] if position < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; ``rows[0]`` is row 1 of the original."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def with_cells(self, cells: Mapping[tuple[int, int], Cell]) -> Sheet:
        """The sheet with some cells changed, by row and column counted from 1."""
        rows = [list(row) for row in self.rows]
        for (row, column), cell in cells.items():
            rows[row - 1][column - 1] = cell
        return Sheet(self.name, tuple(map(tuple, rows)))


@dataclass(frozen=True)
class Original:
    """One file as it came: its name is for findings only, never for recognition.

    Attributes:
        name: file name.
        content: its bytes.
        companion: text of the description that came beside it, empty when there is none.

    Raises:
        UnreadableFile: from the properties, when the bytes are not what they must be.
    """

    name: str
    content: bytes
    companion: str = ""

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the bytes are an Excel workbook, new or old."""
        is_zip = self.content.startswith(_ZIP_SIGNATURE)
        is_new = is_zip and b"xl/" in self.content and _has_workbook_parts(self.content)
        return is_new or self.content.startswith(OLE_SIGNATURE)

    @property
    def is_archive(self) -> bool:
        """Whether the bytes are a ZIP archive that is no workbook."""
        return self.content.startswith(_ZIP_SIGNATURE) and not self.is_workbook

    @cached_property
    def encoding(self) -> str:
        """Encoding told by mark, by strict UTF-8, else Windows-1252, else ISO-8859-1."""
        for mark, name in _BYTE_ORDER_MARKS:
            if self.content.startswith(mark):
                return name
        if _is_utf8(self.content):
            return "utf-8"
        # Five bytes mean nothing in Windows-1252; looking for them is cheaper than decoding.
        return "iso-8859-1" if any(map(self.content.__contains__, _NOT_CP1252)) else "cp1252"

    @cached_property
    def text(self) -> str:
        """The decoded text.

        Raises:
            UnreadableFile: workbook, archive, or bytes that contradict their mark.
        """
        if self.is_workbook or self.is_archive or b"\x00" in self._text_bytes():
            raise UnreadableFile(f"{self.name} is no text file")
        try:
            return self.content.decode(self.encoding)
        except UnicodeDecodeError as damage:
            raise UnreadableFile(f"{self.name}: {damage}") from damage

    def _text_bytes(self) -> bytes:
        return b"" if self.encoding == "utf-16" else self.content

    @cached_property
    def delimiter(self) -> str:
        """The sign that parts the fields: the one that splits most lines most evenly."""
        lines = [line for line in self.text.splitlines()[:400] if line.strip()]
        return max(_DELIMITERS, key=lambda sign: (_evenness(lines, sign), sign == ";"))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All records with the line they begin on; blank lines are left out.

        Raises:
            UnreadableFile: no text, or a field longer than the csv module reads.
        """
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        records: list[Record] = []
        row = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    records.append(Record(row, tuple(cells)))
                row = reader.line_num + 1
        except csv.Error as damage:
            raise UnreadableFile(f"{self.name}, line {reader.line_num}: {damage}") from damage
        return tuple(records)

    def open(self) -> None:
        """Opens the file once, so that damage shows even when no reader asked for it.

        Raises:
            UnreadableFile: the file cannot be opened.
        """
        if self.is_workbook:
            _ = self.sheets
        elif not self.is_archive:
            _ = self.records

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets of a workbook, with values and not with formulas.

        Raises:
            UnreadableFile: the workbook is damaged or protected.
        """
        if not self.is_workbook:
            raise UnreadableFile(f"{self.name} is no workbook")
        from loaders.readers.workbooks import sheets_of  # texts are read without it: quicker

        return sheets_of(self)

    @cached_property
    def percents(self) -> Mapping[str, Set[tuple[int, int]]]:
        """Cells of a workbook that are shown as percentages, see ``percent_cells``."""
        if not self.is_workbook:
            return {}
        from loaders.readers.workbooks import percent_cells

        return percent_cells(self)

    @cached_property
    def uncalculated(self) -> Mapping[str, Mapping[tuple[int, int], str]]:
        """Formulas of a workbook without a stored result, see ``uncalculated``."""
        if not self.is_workbook:
            return {}
        from loaders.readers.workbooks import uncalculated

        return uncalculated(self)

    def as_shown(self, sheet: Sheet) -> Sheet:
        """A sheet with formulas instead of the empty cells of results that were never stored."""
        formulas = self.uncalculated.get(sheet.name)
        return sheet.with_cells(formulas) if formulas else sheet

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def _has_workbook_parts(content: bytes) -> bool:
    """Whether parts of a workbook stand in a ZIP itself, and not in a workbook packed in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return True  # a damaged workbook, or only its beginning


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _evenness(lines: list[str], sign: str) -> int:
    """How many lines share the most frequent number of this sign (lines without count none)."""
    counts = Counter(line.count(sign) for line in lines)
    counts.pop(0, None)
    return max(counts.values(), default=0)


def in_percent(cell: Cell) -> Cell:
    """The number a sheet shows before the percent sign: 12.5 for 0.125."""
    return cell if not isinstance(cell, (int, float)) else float(Decimal(str(cell)) * 100)


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without ``.0``, dates as ISO, empty for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    return str(cell).strip()
