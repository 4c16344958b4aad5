"""Uploads that are tables of our own: solutions, adoptions, lessons, milestones, evidence ...

Recognised by their header, read with their schema like the shipped tables, and checked
against the tables their keys point to. Identity is the primary key of the schema.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.catalogue import header_of, table_kinds
from loaders.intake.limits import Limits, refusal_of
from loaders.intake.long_text import REMARKS, is_guide
from loaders.intake.reading_process import refused_reading
from loaders.intake.repairs import NONE_TICKED, Ticked, repair_table
from loaders.intake.table_text import TableText, table_text
from loaders.languages import WORD_KINDS
from loaders.milestone_order import check_milestone_dates
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import COLUMNS, TABLE_FORMAT, Reading
from loaders.references import check_places, check_references, check_words
from loaders.schemas import TableSchema
from loaders.table_rows import TableRows
from loaders.tables import read_rows

if TYPE_CHECKING:
    from loaders.readers.choices import Choices
    from loaders.store import Store

MOST_BYTES = 20 * 1024**2
_HEAD = 64 * 1024
_DELIMITERS = ",;\t|"
_MOST_UNKNOWN = 2  # fewer than one unknown column for two known ones
_NOT_MISSED = frozenset({"", *REMARKS})
_LINE_END = re.compile(r"[\r\n]")
# as a spreadsheet writes them, in English and in German
_FORMULA_ERRORS = (
    "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!",
    "#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#ÜBERLAUF!",
)  # fmt: skip
_TARGETS = ("municipalities", "districts", "states", *WORD_KINDS)


@dataclass(frozen=True)
class TableFile:
    """One of our tables as it came.

    Attributes:
        reading: what was found.
        rows: typed rows without error, none of which waits.
        repairs: proposals, columns ``repairs.COLUMNS``.
        waiting: rows without error that wait for a repair to be ticked.
    """

    reading: Reading
    rows: pd.DataFrame
    repairs: pd.DataFrame
    waiting: int = 0


def kind_of(content: bytes, name: str, store: Store) -> str:
    """The kind of table whose header a file has; empty when it has none of ours.

    A header fits when it names the whole primary key and every column that must be filled,
    and few or no columns that the schema does not know: an office adds a column of remarks.
    The kind that knows most of them is taken. Observations are not asked about here.
    """
    if len(content) > MOST_BYTES:
        return ""
    headers = _headers(_header_line(content, name)).values()
    unknown: dict[str, int] = {}
    for kind in table_kinds(store):
        needed, known = map(set, header_of(store.schema(kind)))
        fitting = [
            len(header - known)
            for header in headers
            if needed <= header and _MOST_UNKNOWN * len(header - known) < len(header & known)
        ]
        unknown |= {kind: min(fitting)} if fitting else {}
    return min(unknown, key=lambda kind: unknown[kind], default="")


def _headers(line: str) -> dict[str, set[str]]:
    """The column names of a header line, by the sign that may part them."""
    return {
        sign: {cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])} - {""}
        for sign in _DELIMITERS
    }


def _delimiter(line: str, schema: TableSchema) -> str:
    """The sign that makes a header of this kind of table out of a line; empty without one.

    Told by the header alone: cells may hold lists with any of the signs.
    """
    needed = set(header_of(schema)[0])
    return next((sign for sign, header in _headers(line).items() if needed <= header), "")


def read_table_file(
    content: bytes, name: str, kind: str, store: Store, version: int, ticked: Ticked = NONE_TICKED
) -> TableFile:
    """Reads one of our tables and checks it.

    Args:
        content: bytes of a delimited text in any encoding and delimiter we read.
        name: for findings.
        kind: table kind, see ``kind_of``.
        store: for the schema and the tables the keys point to.
        version: version of the store.
        ticked: repairs to apply.
    """
    whole = Original(name, content)
    schema = store.schema(kind)
    refusal = refusal_of(Source(name, content), Limits(size=MOST_BYTES))
    try:
        table, above = ("", 0) if refusal else _below_guide(whole)
        delimiter = _delimiter(_first_line(table), schema)
        text = table_text(table, delimiter, schema, name, above) if delimiter else TableText()
    except (UnreadableFile, csv.Error) as fault:
        refusal = Finding("file_unreadable", name, details={"fault": str(fault)})
    if refusal:
        none = TableRows.empty(schema, is_readable=False).table
        return TableFile(refused_reading(refusal), none, repair_table([], ticked))
    rows, findings = read_rows(text.text.encode(), name, schema)
    targets = _targets(schema, rows, store, version)
    findings = _in_the_file(findings, above) + text.findings
    findings += _leave_out_formula_errors(rows)
    findings += check_references(rows, targets)
    findings += check_places(rows, targets)
    findings += check_words(rows, targets)
    findings += _check_against_held(rows, store, version)
    faulty = text.rows_seen - len(rows.table)
    repairs = repair_table([one.to_pandas() for one in text.repairs()], ticked)
    waits = np.isin(rows.lines, repairs.loc[~repairs["ticked"].astype(bool), "row"])
    rows.keep(~waits)
    reading = Reading(
        TABLE_FORMAT + kind,
        pd.DataFrame(columns=list(COLUMNS)),
        tuple(findings),
        table=kind,
        encoding=whole.encoding,
        delimiter=delimiter,
        rows_seen=text.rows_seen,
        rows_refused={"row_faulty": faulty} if faulty else {},
    )
    return TableFile(reading, rows.table, repairs, int(waits.sum()))


def _in_the_file(findings: Sequence[Finding], above: int) -> list[Finding]:
    """Findings of the table at the rows of its file; columns nobody misses are not named."""
    return [
        replace(one, row=above + 1) if one.row == 1 else one
        for one in findings
        if not (one.code == "column_unknown" and one.column in _NOT_MISSED)
    ]


def _header_line(content: bytes, name: str) -> str:
    beginning = Original(name, content[:_HEAD])
    if beginning.is_workbook or beginning.is_archive:
        return ""
    try:
        table, _ = _below_guide(beginning)
    except UnreadableFile:
        return ""
    return _first_line(table)


def _first_line(text: str) -> str:
    """The first line without its end, which may be a carriage return alone."""
    return _LINE_END.split(text, maxsplit=1)[0]


def _below_guide(original: Original) -> tuple[str, int]:
    """The table without the guide lines of its template above it, and their number."""
    lines = original.text.splitlines(keepends=True)
    above = next((at for at, line in enumerate(lines) if not is_guide(line.rstrip())), len(lines))
    return "".join(lines[above:]).lstrip("\ufeff"), above


def on_its_sheet(table: TableFile, proposed: Choices) -> TableFile:
    """A text that stood on a sheet: findings and repairs point there."""
    sheet, reading = proposed.sheet, table.reading
    found = tuple(replace(one, sheet=sheet) for one in reading.findings)
    read = replace(reading, findings=found, encoding="", delimiter="", proposed=proposed)
    return replace(table, reading=read, repairs=table.repairs.assign(sheet=sheet))


def _leave_out_formula_errors(rows: TableRows) -> list[Finding]:
    """Texts that are the error of a formula are no texts; the row is left out."""
    findings: list[Finding] = []
    bad = np.zeros(len(rows.table), dtype=np.bool_)
    for field in rows.schema.fields:
        if field.is_number:  # there it is no number already
            continue
        cells = rows.table[field.name]
        hit = cells.isin(_FORMULA_ERRORS).to_numpy(dtype=bool)
        at = np.flatnonzero(hit)
        findings += rows.findings_at("cell_formula_error", at, field.name, cells.to_numpy()[at])
        bad |= hit
    rows.keep(~bad)
    return findings


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
