"""Uploads that are tables of our own: solutions, adoptions, lessons, milestones, evidence ...

Recognised by their header, read with their schema like the shipped tables, and checked
against the tables their keys point to. Identity is the primary key of the schema.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.catalogue import header_of, table_kinds
from loaders.intake.limits import refusal_of
from loaders.intake.long_text import is_guide
from loaders.intake.reading_process import refused_reading
from loaders.languages import WORD_KINDS
from loaders.milestone_order import check_milestone_dates
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import COLUMNS, Reading
from loaders.references import check_places, check_references, check_words
from loaders.schemas import TableSchema
from loaders.table_rows import TableRows
from loaders.tables import read_rows

if TYPE_CHECKING:
    from loaders.store import Store

FORMAT = "table_"
MOST_BYTES = 20 * 1024**2
_HEAD = 64 * 1024
_DELIMITERS = ",;\t|"
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_TARGETS = ("municipalities", "districts", "states", *WORD_KINDS)


def kind_of(content: bytes, name: str, store: Store) -> str:
    """The kind of table whose header a file has; empty when it has none of ours.

    A header fits when it names the whole primary key and every column that must be filled,
    and nothing that the schema does not know. Observations are not asked about here.
    """
    if len(content) > MOST_BYTES:
        return ""
    line = _header_line(content, name)
    kinds = table_kinds(store)
    return next((kind for kind in kinds if _delimiter(line, store.schema(kind))), "")


def _delimiter(line: str, schema: TableSchema) -> str:
    """The sign that makes a header of this kind of table out of a line; empty without one.

    Told by the header alone: cells may hold lists with any of the signs.
    """
    needed, known = map(set, header_of(schema))
    for sign in _DELIMITERS:
        header = {cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])}
        if needed <= header <= known:
            return sign
    return ""


def read_table_file(
    content: bytes, name: str, kind: str, store: Store, version: int
) -> tuple[Reading, pd.DataFrame]:
    """The typed rows without error, and a reading that says what was found.

    Args:
        content: bytes of a delimited text in any encoding and delimiter we read.
        name: for findings.
        kind: table kind, see ``kind_of``.
        store: for the schema and the tables the keys point to.
        version: version of the store.
    """
    whole = Original(name, content)
    schema = store.schema(kind)
    refusal = refusal_of(Source(name, content))
    try:
        table, above = ("", 0) if refusal else _below_guide(whole)
        delimiter = _delimiter(table.partition("\n")[0], schema)
        text, seen = _canonical(table, delimiter, schema, above) if delimiter else ("", 0)
    except (UnreadableFile, csv.Error) as fault:
        refusal = Finding("file_unreadable", name, details={"fault": str(fault)})
    if refusal:
        return refused_reading(refusal), TableRows.empty(schema, is_readable=False).table
    rows, findings = read_rows(text.encode(), name, schema)
    targets = _targets(schema, rows, store, version)
    findings = [replace(one, row=above + 1) if one.row == 1 else one for one in findings]
    findings += check_references(rows, targets)
    findings += check_places(rows, targets)
    findings += check_words(rows, targets)
    findings += _check_against_held(rows, store, version)
    faulty = seen - len(rows.table)
    reading = Reading(
        FORMAT + kind,
        pd.DataFrame(columns=list(COLUMNS)),
        tuple(findings),
        table=kind,
        encoding=whole.encoding,
        delimiter=delimiter,
        rows_seen=seen,
        rows_refused={"row_faulty": faulty} if faulty else {},
    )
    return reading, rows.table


def _header_line(content: bytes, name: str) -> str:
    beginning = Original(name, content[:_HEAD])
    if beginning.is_workbook or beginning.is_archive:
        return ""
    try:
        table, _ = _below_guide(beginning)
    except UnreadableFile:
        return ""
    return table.partition("\n")[0].rstrip("\r")


def _below_guide(original: Original) -> tuple[str, int]:
    """The table without the guide lines of its template above it, and their number."""
    lines = original.text.splitlines(keepends=True)
    above = next((at for at, line in enumerate(lines) if not is_guide(line)), len(lines))
    return "".join(lines[above:]).lstrip("\ufeff"), above


def _canonical(text: str, delimiter: str, schema: TableSchema, above: int) -> tuple[str, int]:
    """The text with commas between fields and decimal points, line by line, and its rows.

    The header comes first; lines that stood above it stand empty below it.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    seen = 0
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    numbers: list[int] = []
    for count, row in enumerate(reader):
        if not count:
            row = [cell.strip() for cell in row]
            known = {field.name for field in schema.fields if field.is_number}
            numbers = [place for place, cell in enumerate(row) if cell in known]
        elif delimiter != ",":
            for place in numbers:
                if place < len(row) and _DECIMAL_COMMA.fullmatch(row[place].strip()):
                    row[place] = row[place].replace(",", ".")
        is_filled = any(cell.strip() for cell in row)
        writer.writerow(row if is_filled else [])
        seen += bool(count) and is_filled
        if not count:
            written.write("\n" * above)
    return written.getvalue(), seen


def _check_against_held(rows: TableRows, store: Store, version: int) -> list[Finding]:
    """Milestones of a file against those published already; other tables have no such rule."""
    from loaders.store.queries import table

    if rows.schema.kind != "milestones" or "milestones" not in store.kinds():
        return []
    return check_milestone_dates(rows, table(store, "milestones", version))


def _targets(
    schema: TableSchema, rows: TableRows, store: Store, version: int
) -> dict[str, TableRows]:
    """The live tables that keys, places and words of a table point to."""
    from loaders.store.queries import table

    kinds = {key.kind for key in schema.foreign_keys} | set(_TARGETS)
    targets = {}
    for kind in sorted(kinds & set(store.kinds())):
        live = table(store, kind, version)
        if kind == schema.kind:  # rows may point to rows of the same file
            live = pd.concat([live, rows.table], ignore_index=True)
        none = np.zeros(len(live), dtype=np.int64)
        targets[kind] = TableRows(store.schema(kind), live, none.astype(object), none)
    return targets


def no_rows(name: str, reading: Reading) -> tuple[Finding, ...]:
    """What to say of a table of which no row can be used."""
    return () if reading.findings else (Finding("file_no_rows", name),)
