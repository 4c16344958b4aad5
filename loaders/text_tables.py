"""Canonical CSV files as text, with the line each row stands in.

Strict: UTF-8 (with or without byte order mark), comma, one header line. Nothing is
repaired; what cannot be read is named in a finding and the rest is given.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.findings import Finding
from loaders.table_rows import MOST_NAMED, more_of_the_same

Rows = list[list[str]]
Lines = npt.NDArray[np.int64]
MAX_CELL = 1_000_000


@dataclass
class TextTable:
    """A file cut into cells.

    Attributes:
        file: name of the file in findings.
        cells: one column of text per header cell, one row per usable row of the file.
        lines: line of the file in which each row begins, counted from 1 with the header.
        findings: what was wrong.
        readable: ``False`` when nothing of the file can be used.
    """

    file: str
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: Lines = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    findings: list[Finding] = field(default_factory=list)
    readable: bool = True


def read_text_file(path: Path, file: str) -> TextTable:
    """The cells of a CSV file; a file that is not there is a finding."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return TextTable(file, findings=[Finding("table_missing", file)], readable=False)
    except OSError as fault:
        unreadable = Finding("table_unreadable", file, value=fault.strerror or "")
        return TextTable(file, findings=[unreadable], readable=False)
    return read_text_content(content, file)


def read_text_content(content: bytes, file: str) -> TextTable:
    """The cells of CSV content, for example of an upload.

    Args:
        content: the bytes of the file.
        file: name for the findings.

    Returns:
        The table; ``readable`` is ``False`` for an empty file, another encoding, another
        delimiter or a header that names a column twice.
    """
    table = TextTable(file)
    text = _decoded(content, table)
    if text is None:
        return table
    rows, lines = _parsed(text, table)
    if not rows or not rows[0]:
        return _unusable(table, Finding("table_empty", file, row=1))
    header = [name.strip() for name in rows[0]]
    if not _header_is_usable(header, table):
        return table
    if not text.endswith(("\n", "\r")):
        table.findings.append(Finding("table_end_open", file, row=int(lines[-1])))
    _keep_whole_rows(header, rows[1:], lines[1:], table)
    return table


def _unusable(table: TextTable, finding: Finding) -> TextTable:
    table.findings.append(finding)
    table.readable = False
    return table


def _decoded(content: bytes, table: TextTable) -> str | None:
    if not content.strip():
        _unusable(table, Finding("table_empty", table.file, row=1))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        value = content[fault.start : fault.end].hex()
        _unusable(table, Finding("table_encoding", table.file, row=line, value=value))
        return None


def _parsed(text: str, table: TextTable) -> tuple[Rows, Lines]:
    """All rows with the line they begin in; stops with a finding where quotes do not close."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    if '"' not in text:
        rows = list(reader)
        return rows, np.arange(1, len(rows) + 1)
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        table.findings.append(Finding("table_quotes", table.file, row=line))
    return rows, np.array(lines, dtype=np.int64)


def _header_is_usable(header: list[str], table: TextTable) -> bool:
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        _unusable(table, Finding("table_delimiter", table.file, row=1, value=header[0][:60]))
        return False
    twice = [name for name, count in Counter(header).items() if count > 1]
    for name in twice:
        _unusable(table, Finding("column_twice", table.file, row=1, column=name, value=name))
    return not twice


def _keep_whole_rows(header: list[str], rows: Rows, lines: Lines, table: TextTable) -> None:
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    whole = lengths == len(header)
    table.findings += _ragged(header, rows, lines, np.flatnonzero(~whole), table.file)
    kept = rows if whole.all() else [rows[position] for position in np.flatnonzero(whole)]
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(header)
    series = {
        name: pd.Series(column, dtype="str") for name, column in zip(header, columns, strict=True)
    }
    table.cells = pd.DataFrame(series, columns=pd.Index(header))
    table.lines = lines[whole]


def _ragged(
    header: list[str], rows: Rows, lines: Lines, positions: Lines, file: str
) -> list[Finding]:
    """Rows with another number of cells than the header; blank lines are none."""
    at_fault = [int(position) for position in positions if not _is_blank(rows[position])]
    findings = []
    for position in at_fault[:MOST_NAMED]:
        found = len(rows[position])
        is_cut = position == len(rows) - 1 and found < len(header)
        findings.append(
            Finding(
                "table_truncated" if is_cut else "row_length",
                file,
                row=int(lines[position]),
                value=",".join(rows[position])[:60],
                details={"expected": str(len(header)), "found": str(found)},
            )
        )
    return findings + more_of_the_same("row_length", file, "", len(at_fault))


def _is_blank(row: list[str]) -> bool:
    return not any(cell.strip() for cell in row) and len(row) < 2
