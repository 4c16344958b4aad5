"""Our long table as delimited text, read column by column: millions of rows in a second.

Nothing is sniffed: every column is text first, then read by its own rule. A row keeps the
line it begins on. Cells that only need a repair are read with the proposal and listed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.findings import Finding
from loaders.intake.limits import has_split_records
from loaders.readers.original import Original

REQUIRED = ("ags", "indicator", "period", "value")
OPTIONAL = ("missing", "flag", "unit", "source")
COMMENT = "#"
_HEAD = 256 * 1024
_BOM = b"\xef\xbb\xbf"
_WORDS = pa.dictionary(pa.int32(), pa.string())


@dataclass
class TextColumns:
    """The columns of a long table as text.

    Attributes:
        cells: ``value`` as plain strings, every other column as dictionary, one entry per
            usable row.
        rows: line of the original on which each row begins, counted from 1.
        misfits: lines with another number of fields: line, fields found.
        fields: number of fields of the header.
        headings: name of each column as the file writes it.
        encoding, delimiter: as detected.
    """

    cells: dict[str, pa.ChunkedArray]
    rows: npt.NDArray[np.int64]
    misfits: list[tuple[int, int]]
    fields: int
    headings: Mapping[str, str]
    encoding: str
    delimiter: str
    blank: int = 0
    notes: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """The header of a delimited text.

    Attributes:
        lines: lines up to and with the header (guide lines begin with ``#``).
        names: column names as written.
        at: position of each known column.
        delimiter, encoding: as detected on the beginning of the file.
    """

    lines: int
    names: tuple[str, ...]
    at: Mapping[str, int]
    delimiter: str
    encoding: str


def read_head(content: bytes, name: str) -> Head | None:
    """The header when it is one of our long table, otherwise ``None``."""
    start = content[:_HEAD]
    if len(content) > _HEAD:
        start = start[: start.rfind(b"\n") + 1] or start
    beginning = Original(name, start)
    if beginning.is_workbook or beginning.is_archive:
        return None
    try:
        text = beginning.text
    except ValueError:
        return None
    lines = text.splitlines()
    above = next((n for n, line in enumerate(lines) if not _is_guide(line)), len(lines))
    if above == len(lines):
        return None
    # the guide may hold any sign, so only the table itself tells the delimiter
    delimiter = Original(name, "\n".join(lines[above:]).encode()).delimiter
    names = tuple(next(csv.reader([lines[above]], delimiter=delimiter), []))
    plain = [cell.strip().lower().lstrip("\ufeff") for cell in names]
    at = {known: plain.index(known) for known in (*REQUIRED, *OPTIONAL) if known in plain}
    if not {"ags", "value"} <= set(at) or not {"indicator", "period"} & set(at):
        return None
    return Head(above + 1, names, at, delimiter, beginning.encoding)


def _is_guide(line: str) -> bool:
    plain = line.lstrip("\ufeff").lstrip('"')
    return plain.startswith(COMMENT) or not plain.strip(' ;,\t|"')


def read_columns(content: bytes, name: str, head: Head) -> TextColumns:
    """All cells of a long table as text, with their lines."""
    encoding, payload = _as_utf8(content, head)
    if has_split_records(payload):
        return _read_slowly(payload, name, head, encoding)
    table, misfits = _parse(payload, head)
    total = table.num_rows + len(misfits)
    rows = np.arange(head.lines + 1, head.lines + 1 + total, dtype=np.int64)
    if misfits:
        rows = rows[~np.isin(rows, [line for line, _ in misfits])]
    names = _column_names(head)
    cells = {known: table[names[position]] for known, position in head.at.items()}
    return TextColumns(
        cells,
        rows,
        [(line, found) for line, found in misfits if found > 1 or len(head.names) == 1],
        len(head.names),
        {known: head.names[position].strip() for known, position in head.at.items()},
        encoding,
        head.delimiter,
        blank=sum(found <= 1 for _, found in misfits),
    )


def _as_utf8(content: bytes, head: Head) -> tuple[str, bytes]:
    """Name of the encoding and the bytes as UTF-8 without mark."""
    if head.encoding == "utf-16":
        return head.encoding, content.decode("utf-16").encode()
    if content.startswith(_BOM):
        return "utf-8-sig", content[len(_BOM) :]
    if content.isascii():
        return "utf-8", content
    encoding = Original("", content).encoding
    return encoding, content if encoding == "utf-8" else content.decode(encoding).encode()


def _column_names(head: Head) -> list[str]:
    return [str(position) for position in range(len(head.names))]


def _parse(payload: bytes, head: Head) -> tuple[pa.Table, list[tuple[int, int]]]:
    """The table and the lines that do not fit it (line, number of fields)."""
    try:
        return _parse_with(payload, head, None), []
    except pa.ArrowInvalid:
        misfits: list[tuple[int, int]] = []

        def keep(row: pacsv.InvalidRow) -> str:
            found = row.actual_columns if row.text.strip() else 0
            misfits.append((int(row.number), found))
            return "skip"

        return _parse_with(payload, head, keep), misfits


def _parse_with(payload: bytes, head: Head, handler: object) -> pa.Table:
    names = _column_names(head)
    values = {str(head.at["value"])}
    wanted = [str(position) for position in head.at.values()]
    return pacsv.read_csv(
        pa.BufferReader(payload),
        read_options=pacsv.ReadOptions(
            column_names=names,
            skip_rows=head.lines,
            use_threads=handler is None,
            block_size=4 * 1024**2,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=head.delimiter, ignore_empty_lines=False, invalid_row_handler=handler
        ),
        convert_options=pacsv.ConvertOptions(
            column_types={one: pa.string() if one in values else _WORDS for one in names},
            include_columns=wanted,
            strings_can_be_null=False,
            check_utf8=True,
        ),
    )


def _read_slowly(payload: bytes, name: str, head: Head, encoding: str) -> TextColumns:
    """The same for files with line ends inside quoted fields, record by record."""
    text = payload.decode()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=head.delimiter, strict=True)
    misfits: list[tuple[int, int]] = []
    rows: list[int] = []
    kept: list[list[str]] = []
    notes: list[Finding] = []
    row, blank = 1, 0
    try:
        for cells in reader:
            if row > head.lines:
                if not cells:
                    blank += 1
                elif len(cells) == len(head.names):
                    rows.append(row)
                    kept.append(cells)
                else:
                    misfits.append((row, len(cells)))
            row = reader.line_num + 1
    except csv.Error:
        notes.append(Finding("quote_open", name, row=row))
    table = pd.DataFrame(kept, columns=range(len(head.names)), dtype=object)
    cells_of = {
        known: pa.chunked_array(
            [
                pa.array(table[position], pa.string())
                if known == "value"
                else pa.array(table[position], pa.string()).dictionary_encode()
            ]
        )
        for known, position in head.at.items()
    }
    headings = {known: head.names[position].strip() for known, position in head.at.items()}
    lines = np.array(rows, dtype=np.int64)
    found = TextColumns(
        cells_of, lines, misfits, len(head.names), headings, encoding, head.delimiter, blank
    )
    found.notes = notes
    return found
