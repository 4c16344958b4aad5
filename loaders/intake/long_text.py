"""Our long table as delimited text, read column by column: millions of rows in a second.

Nothing is sniffed: every column is text first, then read by its own rule. A row keeps the
line it begins on. Cells that only need a repair are read with the proposal and listed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.findings import Finding
from loaders.intake.byte_scan import Scan, Source
from loaders.readers.original import Original, UnreadableFile

REQUIRED = ("ags", "indicator", "period", "value")
OPTIONAL = ("missing", "flag", "unit", "source")
COMMENT = "#"
_HEAD = 256 * 1024
_PARSED_AT_ONCE = 2 * 1024**2
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
    rows: npt.NDArray[np.int32]
    misfits: list[tuple[int, int]]
    fields: int
    headings: Mapping[str, str]
    encoding: str
    delimiter: str
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


def read_head(source: Source) -> Head | None:
    """The header when it is one of our long table, otherwise ``None``."""
    name, start = source.name, source.head(_HEAD)
    if source.size > _HEAD:
        start = start[: start.rfind(b"\n") + 1] or start
    beginning = Original(name, start)
    if beginning.is_workbook or beginning.is_archive:
        return None
    try:
        text = beginning.text
    except ValueError:
        return None
    lines = text.splitlines()
    above = next((n for n, line in enumerate(lines) if not is_guide(line)), len(lines))
    if above == len(lines):
        return None
    # the guide may hold any sign, so only the table itself tells the delimiter
    delimiter = Original(name, "\n".join(lines[above:]).encode()).delimiter
    names = tuple(next(csv.reader([lines[above]], delimiter=delimiter), []))
    plain = [cell.strip().lower().lstrip("\ufeff") for cell in names]
    at = {known: plain.index(known) for known in (*REQUIRED, *OPTIONAL) if known in plain}
    if not is_long_header(names):
        return None
    return Head(above + 1, names, at, delimiter, beginning.encoding)


def is_long_header(names: Sequence[str]) -> bool:
    """Whether column names are those of our long table, complete or not."""
    plain = {cell.strip().lower().lstrip("\ufeff") for cell in names}
    return {"ags", "value"} <= plain and bool({"indicator", "period"} & plain)


def is_guide(line: str) -> bool:
    """Whether a line is blank or a remark of the template and no part of the table."""
    plain = line.lstrip("\ufeff").lstrip('"')
    return plain.startswith(COMMENT) or not plain.strip(' ;,\t|"')


def read_columns(source: Source, head: Head, seen: Scan) -> TextColumns:
    """All cells of a long table as text, with their lines.

    Args:
        source: the bytes.
        head: its header.
        seen: what ``scan`` said of the bytes.

    Raises:
        UnreadableFile: the bytes contradict the mark they begin with.
    """
    encoding = seen.encoding
    try:
        if seen.splits_records:
            return _read_slowly(source, head, encoding)
        table, misfits = _parse(source, head, encoding, seen.is_ascii)
    except (UnicodeDecodeError, pa.ArrowInvalid) as damage:
        raise UnreadableFile(f"{source.name}: {damage}") from damage
    total = table.num_rows + len(misfits)
    rows = np.arange(head.lines + 1, head.lines + 1 + total, dtype=np.int32)
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
    )


def _stream(source: Source, encoding: str) -> pa.NativeFile:
    """The bytes as UTF-8; those of UTF-16 have been brought to it before."""
    plain = pa.PythonFile(source.open(), mode="r")
    if encoding.startswith("utf"):
        return plain
    return pa.transcoding_input_stream(plain, encoding, "utf-8")


def _column_names(head: Head) -> list[str]:
    return [str(position) for position in range(len(head.names))]


def _parse(
    source: Source, head: Head, encoding: str, is_ascii: bool
) -> tuple[pa.Table, list[tuple[int, int]]]:
    """The table and the lines that do not fit it (line, number of fields)."""
    try:
        return _parse_with(_stream(source, encoding), head, is_ascii, None), []
    except pa.ArrowInvalid as misfit:
        if "CSV parse error" not in str(misfit):
            raise
    misfits: list[tuple[int, int]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        found = row.actual_columns if row.text.strip() else 0
        misfits.append((int(row.number), found))
        return "skip"

    return _parse_with(_stream(source, encoding), head, is_ascii, keep), misfits


def _parse_with(stream: pa.NativeFile, head: Head, is_ascii: bool, handler: object) -> pa.Table:
    names = _column_names(head)
    values = {str(head.at["value"])}
    wanted = [str(position) for position in head.at.values()]
    with stream:
        return pacsv.read_csv(
            stream,
            read_options=pacsv.ReadOptions(
                column_names=names,
                skip_rows=head.lines,
                use_threads=handler is None,
                block_size=_PARSED_AT_ONCE,
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=head.delimiter, ignore_empty_lines=False, invalid_row_handler=handler
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={one: pa.string() if one in values else _WORDS for one in names},
                include_columns=wanted,
                strings_can_be_null=False,
                check_utf8=not is_ascii,
            ),
        )


def _read_slowly(source: Source, head: Head, encoding: str) -> TextColumns:
    """The same for files with line ends inside quoted fields, record by record."""
    text = source.content.decode("utf-8-sig" if encoding.startswith("utf") else encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=head.delimiter, strict=True)
    misfits: list[tuple[int, int]] = []
    rows: list[int] = []
    kept: list[list[str]] = []
    notes: list[Finding] = []
    row = 1
    try:
        for cells in reader:
            if row > head.lines:
                if len(cells) == len(head.names):
                    rows.append(row)
                    kept.append(cells)
                elif cells:
                    misfits.append((row, len(cells)))
            row = reader.line_num + 1
    except csv.Error:
        notes.append(Finding("quote_open", source.name, row=row))
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
    lines = np.array(rows, dtype=np.int32)
    fields = len(head.names)
    return TextColumns(cells_of, lines, misfits, fields, headings, encoding, head.delimiter, notes)
