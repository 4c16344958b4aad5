"""What an uploaded file may be at most, and the look at its bytes before anybody reads it.

A file over a limit is refused as a whole with one finding that states the limit. The look
costs one pass over the bytes and never decodes, unpacks or parses anything.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from loaders.findings import Finding

MIB = 1024**2
_BLOCK = 4 * MIB
_SMALL_ARCHIVE = 32 * MIB
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_QUOTE, _RETURN, _LINE = 0x22, 0x0D, 0x0A
# Programs and pictures that arrive under a table's name; Parquet and pickles can carry code.
_NOT_TABLES = {
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
    b"ARROW1": "Arrow",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"SQLite": "SQLite",
}


@dataclass(frozen=True)
class Limits:
    """What one file may be at most.

    Attributes:
        size: bytes of the file.
        line: bytes of the longest line of a text file.
        columns: fields of the first line of a text file, columns of a sheet.
        rows: lines of a text file, rows of all sheets together.
        unpacked: bytes of all members of an archive or workbook together.
        ratio: how many times larger an archive above 32 MiB unpacked may become.
        seconds: how long reading may take.
        memory: bytes of address space of the reading process.
    """

    size: int = 1100 * MIB
    line: int = 1 * MIB
    columns: int = 2_000
    rows: int = 30_000_000
    unpacked: int = 1100 * MIB
    ratio: int = 20
    seconds: float = 300.0
    memory: int = 4096 * MIB


DEFAULT = Limits()


def refusal_of(content: bytes, name: str, limits: Limits = DEFAULT) -> Finding | None:
    """Why a file is refused before reading, or ``None`` when its bytes are within limits.

    Args:
        content: the bytes as they came.
        name: file name, for the finding only; it never decides anything.
        limits: what is allowed.
    """
    if len(content) <= _BLOCK and not content.strip(b" \t\r\n\xef\xbb\xbf"):
        return Finding("file_empty", name)
    if len(content) > limits.size:
        return Finding("file_too_large", name, details={"limit": str(limits.size // MIB)})
    for mark, kind in _NOT_TABLES.items():
        if content.startswith(mark):
            return Finding("file_no_table", name, value=kind)
    if content.startswith(_ZIP):
        return _archive_refusal(content, name, limits)
    if content.startswith((_OLE, *_UTF16)):
        return None
    return _text_refusal(content, name, limits)


def _archive_refusal(content: bytes, name: str, limits: Limits) -> Finding | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        return Finding("file_unreadable", name, details={"fault": str(fault)})
    unpacked = sum(member.file_size for member in members)
    ratio = unpacked / max(len(content), 1)
    if unpacked > limits.unpacked or (unpacked > _SMALL_ARCHIVE and ratio > limits.ratio):
        details = {"unpacked": str(unpacked // MIB), "limit": str(limits.unpacked // MIB)}
        details |= {"ratio": f"{ratio:.0f}", "limit_ratio": str(limits.ratio)}
        return Finding("archive_too_large", name, details=details)
    if any(member.filename.lower().endswith(".zip") for member in members):
        return Finding("archive_in_archive", name)
    return None


def _text_refusal(content: bytes, name: str, limits: Limits) -> Finding | None:
    at = content.find(b"\x00")
    if at >= 0:
        row = content.count(b"\n", 0, at) + 1
        return Finding("byte_nul", name, row=row)
    first = content[: limits.line].split(b"\n", 1)[0]
    columns = max(first.count(sign) for sign in (b";", b"\t", b"|", b",")) + 1
    if columns > limits.columns:
        details = {"found": str(columns), "limit": str(limits.columns)}
        return Finding("columns_too_many", name, row=1, details=details)
    longest, row, lines = _longest_line(content)
    if longest > limits.line:
        details = {"found": str(longest), "limit": str(limits.line)}
        return Finding("line_too_long", name, row=row, details=details)
    if lines > limits.rows:
        details = {"found": str(lines), "limit": str(limits.rows)}
        return Finding("rows_too_many", name, details=details)
    return None


def _longest_line(content: bytes) -> tuple[int, int, int]:
    """Bytes of the longest line, its number and the number of lines."""
    longest, longest_row, lines, begun = 0, 1, 0, -1
    for start, ends in _line_ends(content):
        if not len(ends):
            continue
        absolute = ends + start
        lengths = np.diff(absolute, prepend=begun)
        position = int(lengths.argmax())
        if lengths[position] > longest:
            longest, longest_row = int(lengths[position]), lines + position + 1
        lines, begun = lines + len(ends), int(absolute[-1])
    rest = len(content) - 1 - begun
    if rest > longest:
        longest, longest_row = rest, lines + 1
    return longest, longest_row, lines + (1 if rest else 0)


def _line_ends(content: bytes) -> Iterator[tuple[int, np.ndarray]]:
    r"""Positions of line ends, block by block: ``\\n``, or ``\\r`` in files without any."""
    sign = _LINE if b"\n" in content else _RETURN
    whole = np.frombuffer(content, dtype=np.uint8)
    for start in range(0, len(whole), _BLOCK):
        yield start, np.flatnonzero(whole[start : start + _BLOCK] == sign)


def has_split_records(content: bytes) -> bool:
    """Whether a quoted field may run over a line end (a line has an odd number of quotes)."""
    if b'"' not in content:
        return False
    whole = np.frombuffer(content, dtype=np.uint8)
    open_quotes = 0
    for start, ends in _line_ends(content):
        block = whole[start : start + _BLOCK]
        quotes = np.cumsum(block == _QUOTE, dtype=np.int32) + open_quotes
        if (quotes[ends] % 2).any():
            return True
        open_quotes = int(quotes[-1]) % 2
    return bool(open_quotes)
