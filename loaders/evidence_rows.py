"""Rows of evidence that a city filled in: read like a shipped table, every fault named.

The template names all measures of a solution; rows nobody filled in are counted, not faulted.
A German spreadsheet writes semicolons and decimal commas; both are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from loaders.findings import Finding, count_errors
from loaders.references import check_references
from loaders.schemas import TableSchema
from loaders.table_rows import TableRows
from loaders.tables import read_rows

KIND = "evidence"
GIVEN = ("solution_id", "criterion", "measure_id", "checked_on")
MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class FilledRows:
    """What a filled template holds.

    Attributes:
        table: rows without fault, in the columns of the schema.
        findings: every fault, with its line.
        unfilled: rows of the template left empty.
    """

    table: pd.DataFrame
    findings: list[Finding]
    unfilled: int

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return count_errors(self.findings)


def read_filled(
    content: bytes,
    file: str,
    schema: TableSchema,
    targets: Sequence[tuple[TableSchema, pd.DataFrame]],
) -> FilledRows:
    """A filled template, checked by its schema and against the tables its keys point to.

    Args:
        content: bytes of a CSV file, UTF-8 or Windows-1252, comma or semicolon.
        file: its name, for the findings.
        schema: schema of the evidence.
        targets: schema and rows of solutions and anchors.
    """
    if len(content) > MOST_BYTES:
        rows = TableRows.empty(schema, is_readable=False)
        details = {"limit": str(MOST_BYTES // 1_000_000)}
        return FilledRows(rows.table, [Finding("evidence_too_large", file, details=details)], 0)
    plain, unfilled = _canonical(_decoded(content), schema)
    rows, findings = read_rows(plain.encode(), file, schema)
    tables = {
        target.kind: TableRows.joined(target, [_rows_of(target, table)])
        for target, table in targets
    }
    findings += check_references(rows, tables)
    return FilledRows(rows.table, findings, unfilled)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _canonical(text: str, schema: TableSchema) -> tuple[str, int]:
    """The text with commas and decimal points, unfilled rows as empty lines."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    cells = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not cells:
        return text, 0
    header = [name.strip() for name in cells[0]]
    asked = [n for n, name in enumerate(header) if name in schema.columns and name not in GIVEN]
    numbers = [n for n, name in enumerate(header) if name == "value"]
    kept, unfilled = [header], 0
    for row in cells[1:]:
        if len(row) == len(header) and not any(row[n].strip() for n in asked):
            unfilled += any(cell.strip() for cell in row)
            kept.append([])
            continue
        for n in numbers:
            if n < len(row):
                row[n] = row[n].strip().replace(",", ".")
        kept.append(row)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(kept)
    return written.getvalue(), unfilled


def _rows_of(schema: TableSchema, table: pd.DataFrame) -> TableRows:
    rows = TableRows.empty(schema, is_readable=True)
    rows.table = table
    return rows
