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
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.findings import Finding
from loaders.intake.arrow_columns import texts
from loaders.intake.byte_scan import Scan, Source
from loaders.readers.original import Original, UnreadableFile

REQUIRED = ("ags", "indicator", "period", "value")
OPTIONAL = ("missing", "flag", "unit", "source")
# the name of a place may stand beside its key
_PLACE_NAMES = ("name", "ort", "gemeinde", "kreis", "stadt", "place", "town", "municipality")
# columns of a file given back: what was wrong in each row, and what else was noticed
BESIDE = {"de": ("fehler", "hinweis"), "en": ("error", "remark")}
REMARKS = tuple(name for pair in BESIDE.values() for name in pair)
COMMENT = "#"
_HEAD = 256 * 1024
_DELIMITERS = ";\t|,"
_TITLES = 20
_PARSED_AT_ONCE = 2 * 1024**2
_WORDS = pa.dictionary(pa.int32(), pa.binary())


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

    cells: dict[str, pa.Array]
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
        lines: lines up to and with the header (guide lines begin with ``#``, titles may stand
            above a full header).
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
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if not is_guide(line)]
    for n, line in lines[: _TITLES + 1]:
        # numbers with a decimal comma may outdo the sign between the fields; our header does not
        found = ((sign, _fields(line, sign)) for sign in _DELIMITERS)
        delimiter, names = next((one for one in found if is_long_header(one[1])), ("", ()))
        plain = _plain(names)
        if delimiter and (n == lines[0][0] or is_full_header(names)):
            at = {known: plain.index(known) for known in (*REQUIRED, *OPTIONAL) if known in plain}
            return Head(n, names, at, delimiter, beginning.encoding)
    return None


def _fields(line: str, sign: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([line], delimiter=sign), []))


def is_long_header(names: Sequence[str]) -> bool:
    """Whether column names are those of our long table, complete or not."""
    plain = set(_plain(names))
    return {"ags", "value"} <= plain and bool({"indicator", "period"} & plain)


def is_full_header(names: Sequence[str]) -> bool:
    """Whether no column of our long table is missing: a header even below rows of titles."""
    return set(REQUIRED) <= set(_plain(names))


def further_columns(head: Head) -> list[str]:
    """Columns of a header that are none of ours and are not read, as they are written.

    The name of a place beside its key is left out: the key says it.
    """
    ours = {*REQUIRED, *OPTIONAL, *REMARKS, *_PLACE_NAMES, ""}
    plain = zip(_plain(head.names), head.names, strict=True)
    return [written.strip() for name, written in plain if name not in ours]


def _plain(names: Sequence[str]) -> list[str]:
    return [cell.strip().lower().lstrip("\ufeff") for cell in names]


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
        cells, misfits = _parse(source, head, encoding)
    except (UnicodeDecodeError, pa.ArrowInvalid) as damage:
        raise UnreadableFile(f"{source.name}: {damage}") from damage
    total = len(cells["value"]) + len(misfits)
    rows = np.arange(head.lines + 1, head.lines + 1 + total, dtype=np.int32)
    if misfits:
        rows = rows[~np.isin(rows, [line for line, _ in misfits])]
    return TextColumns(
        cells,
        rows,
        [(line, found) for line, found in misfits if found > 1 or len(head.names) == 1],
        len(head.names),
        {known: head.names[position].strip() for known, position in head.at.items()},
        encoding,
        head.delimiter,
    )


def _column_names(head: Head) -> list[str]:
    return [str(position) for position in range(len(head.names))]


def _parse(
    source: Source, head: Head, encoding: str
) -> tuple[dict[str, pa.Array], list[tuple[int, int]]]:
    """The cells and the lines that do not fit the header (line, number of fields).

    Bytes are parted as they are: every encoding we read keeps the signs of the format, and
    only the distinct words of a column need to be decoded.
    """
    plain = "utf-8" if encoding.startswith("utf") else encoding
    try:
        table = _parse_with(source.arrow_stream(), head, None)
        return _decoded(table, head, plain), []
    except pa.ArrowInvalid as misfit:
        if "CSV parse error" not in str(misfit):
            raise
    misfits: list[tuple[int, int]] = []

    def keep(row: pacsv.InvalidRow) -> str:
        found = row.actual_columns if row.text.strip() else 0
        misfits.append((int(row.number), found))
        return "skip"

    stream = source.arrow_stream()
    if plain != "utf-8":  # the text of a line that does not fit is handed over as UTF-8
        stream = pa.transcoding_input_stream(stream, plain, "utf-8")
    return _decoded(_parse_with(stream, head, keep), head, "utf-8"), misfits


def _parse_with(stream: pa.NativeFile, head: Head, handler: object) -> pa.Table:
    names = _column_names(head)
    values = {str(head.at["value"])}
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
                column_types={one: pa.binary() if one in values else _WORDS for one in names},
                include_columns=[str(position) for position in head.at.values()],
                strings_can_be_null=False,
            ),
        )


def _decoded(table: pa.Table, head: Head, encoding: str) -> dict[str, pa.Array]:
    """The known columns as text; each column of the table is let go of when it is done."""
    cells: dict[str, pa.Array] = {}
    for known, position in head.at.items():
        column = table[str(position)]
        table = table.drop_columns([str(position)]) if table.num_columns > 1 else table
        as_text = _texts if known == "value" else _words
        cells[known] = as_text(column, encoding)
    return cells


def _words(column: pa.ChunkedArray, encoding: str) -> pa.DictionaryArray:
    """A dictionary column with its words as text."""
    whole = _one(column.unify_dictionaries())
    words = [word.decode(encoding) for word in whole.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(whole.indices, texts(words))


def _texts(column: pa.ChunkedArray, encoding: str) -> pa.Array:
    """A column of bytes as text: as it stands where that is the same, else word by word."""
    whole = _one(column)
    signs = whole.buffers()[2]
    if encoding == "utf-8" or signs is None or (np.frombuffer(signs, dtype=np.int8) >= 0).all():
        return whole.cast(pa.string())
    return _words(pa.chunked_array([whole.dictionary_encode()]), encoding).cast(pa.string())


def _one(column: pa.ChunkedArray) -> pa.Array:
    """All chunks as one array."""
    whole = column.combine_chunks()
    if not isinstance(whole, pa.ChunkedArray):
        return whole
    return whole.chunk(0) if whole.num_chunks else pa.array([], whole.type)


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
    cells_of = {
        known: pa.array([cells[position] for cells in kept], pa.string())
        for known, position in head.at.items()
    }
    for known in set(cells_of) - {"value"}:
        cells_of[known] = cells_of[known].dictionary_encode()
    headings = {known: head.names[position].strip() for known, position in head.at.items()}
    lines = np.array(rows, dtype=np.int32)
    fields = len(head.names)
    return TextColumns(cells_of, lines, misfits, fields, headings, encoding, head.delimiter, notes)
