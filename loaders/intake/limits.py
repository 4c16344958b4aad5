"""What an uploaded file may be at most, and the look at its bytes before anybody reads it.

A file over a limit is refused as a whole with one finding that states the limit. The look
costs one pass over the bytes and never decodes, unpacks or parses anything.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from loaders.findings import Finding
from loaders.intake.byte_scan import BLOCK, Scan, Source, scan

MIB = 1024**2
_SMALL_ARCHIVE = 32 * MIB
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
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


def refusal_of(source: Source, limits: Limits = DEFAULT) -> Finding | None:
    """Why a file is refused before reading, or ``None``; see ``look``."""
    return look(source, limits)[0]


def look(source: Source, limits: Limits = DEFAULT) -> tuple[Finding | None, Scan | None]:
    """Why a file is refused before reading, if it is, and what its bytes are like.

    Args:
        source: the bytes; their name never decides anything.
        limits: what is allowed.

    Returns:
        ``None`` and a scan for a text file within limits; twice ``None`` for a workbook, an
        archive or UTF-16, which are looked at when they are opened.
    """
    name, start = source.name, source.head(BLOCK)
    if source.size <= BLOCK and not start.strip(b" \t\r\n\xef\xbb\xbf"):
        return Finding("file_empty", name), None
    if source.size > limits.size:
        return Finding("file_too_large", name, details={"limit": str(limits.size // MIB)}), None
    for mark, kind in _NOT_TABLES.items():
        if start.startswith(mark):
            return Finding("file_no_table", name, value=kind), None
    if start.startswith(_ZIP):
        return _archive_refusal(source, limits), None
    if start.startswith((_OLE, *_UTF16)):
        return None, None
    return _look_at_text(source, start, limits)


def _archive_refusal(source: Source, limits: Limits) -> Finding | None:
    name = source.name
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        return Finding("file_unreadable", name, details={"fault": str(fault)})
    unpacked = sum(member.file_size for member in members)
    ratio = unpacked / max(source.size, 1)
    if unpacked > limits.unpacked or (unpacked > _SMALL_ARCHIVE and ratio > limits.ratio):
        details = {"unpacked": str(unpacked // MIB), "limit": str(limits.unpacked // MIB)}
        details |= {"ratio": f"{ratio:.0f}", "limit_ratio": str(limits.ratio)}
        return Finding("archive_too_large", name, details=details)
    if any(member.filename.lower().endswith(".zip") for member in members):
        return Finding("archive_in_archive", name)
    return None


def _look_at_text(
    source: Source, start: bytes, limits: Limits
) -> tuple[Finding | None, Scan | None]:
    name = source.name
    first = re.split(rb"[\r\n]", start[: limits.line], maxsplit=1)[0]
    columns = max(first.count(sign) for sign in (b";", b"\t", b"|", b",")) + 1
    if columns > limits.columns:
        details = {"found": str(columns), "limit": str(limits.columns)}
        return Finding("columns_too_many", name, row=1, details=details), None
    seen = scan(source, limits.line)
    if seen.nul_row:
        return Finding("byte_nul", name, row=seen.nul_row), seen
    if seen.longest > limits.line:
        details = {"found": str(seen.longest), "limit": str(limits.line)}
        return Finding("line_too_long", name, row=seen.longest_row, details=details), seen
    if seen.lines > limits.rows:
        details = {"found": str(seen.lines), "limit": str(limits.rows)}
        return Finding("rows_too_many", name, details=details), seen
    return None, seen
