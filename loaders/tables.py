"""Reads the tables of a data folder: typed, checked, with every fault named.

A row with an error is left out of the typed table and named in a finding; everything
else works on. Typed tables hold text as ``str`` ("" where empty), numbers as float64 (NaN
where empty) and dates as ISO text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns import Fault, read_column
from loaders.findings import Finding
from loaders.milestone_order import check_milestone_dates
from loaders.references import check_places, check_references, check_words, in_dependency_order
from loaders.schemas import Resource, TableSchema, usable_package
from loaders.table_rows import MOST_NAMED, TableRows, findings_for, more_of_the_same
from loaders.text_tables import TextTable, read_text_content, read_text_file

TABLE_FOLDERS = ("catalogue", "observations", "names")


@dataclass(frozen=True)
class DataFolder:
    """All tables of a data folder.

    Attributes:
        tables: typed table per kind; a table that cannot be read has its columns and no rows.
        findings: all faults, in the order of the tables.
        resources: description of each table: files, schema, sources, licences.
    """

    tables: Mapping[str, pd.DataFrame]
    findings: list[Finding] = field(default_factory=list)
    resources: Mapping[str, Resource] = field(default_factory=dict)


def read_rows(content: bytes, file: str, schema: TableSchema) -> tuple[TableRows, list[Finding]]:
    """Canonical CSV content as typed table, checked within itself.

    Args:
        content: the bytes, for example of an upload.
        file: its name for the findings.
        schema: its Table Schema.

    Returns:
        The rows without error with the line of each, columns in the order of the schema; all
        findings. Keys into other tables are not checked here, see ``read_data_folder``.
    """
    rows, findings = _typed(read_text_content(content, file), schema)
    findings += _drop_duplicates(rows)
    findings += check_milestone_dates(rows)
    return rows, findings


def read_data_folder(data: Path) -> DataFolder:
    """All tables that ``datapackage.json`` lists, checked singly and against each other.

    Args:
        data: the folder that holds ``datapackage.json``.

    Returns:
        Typed tables by kind and all findings: missing, empty, truncated or wrongly encoded
        files, an unusable description, wrong columns, types, limits, duplicate keys, unknown
        keys and words, files that lie in the folder without being listed.
    """
    resources, findings = usable_package(data)
    tables: dict[str, TableRows] = {}
    for kind, resource in resources.items():
        tables[kind], found = _read_resource(data, resource)
        findings += found
    findings += _unlisted_files(data, resources)
    for kind in in_dependency_order(tables):
        findings += check_references(tables[kind], tables)
        findings += check_places(tables[kind], tables)
        findings += check_words(tables[kind], tables)
    return DataFolder({kind: rows.table for kind, rows in tables.items()}, findings, resources)


def _read_resource(data: Path, resource: Resource) -> tuple[TableRows, list[Finding]]:
    findings: list[Finding] = []
    parts = []
    for path in resource.paths:
        part, found = _typed(read_text_file(data / path, path), resource.schema)
        parts.append(part)
        findings += found
    rows = TableRows.joined(resource.schema, parts)
    findings += _drop_duplicates(rows)
    findings += check_milestone_dates(rows)
    return rows, findings


def _unlisted_files(data: Path, resources: Mapping[str, Resource]) -> list[Finding]:
    listed = {path for resource in resources.values() for path in resource.paths}
    folders = {data, *(data / name for name in TABLE_FOLDERS)}
    there = sorted(
        path.relative_to(data).as_posix() for folder in folders for path in folder.glob("*.csv")
    )
    return [Finding("table_not_listed", path) for path in there if path not in listed]


def _typed(text: TextTable, schema: TableSchema) -> tuple[TableRows, list[Finding]]:
    """The rows of a file without those that break the schema, and what was wrong."""
    findings = list(text.findings)
    if text.readable:
        findings += _check_header(text, schema)
    if not text.readable:
        return TableRows.empty(schema, is_readable=False), findings
    columns: dict[str, pd.Series] = {}
    bad = np.zeros(len(text.cells), dtype=np.bool_)
    for place in schema.fields:
        column = read_column(text.cells[place.name], place)
        columns[place.name] = column.values
        for fault in column.faults:
            named = _name_fault(text, place.name, fault)
            findings += named
            if named[0].severity == "error":
                bad[fault.positions] = True
    rows = TableRows(
        schema, pd.DataFrame(columns), np.full(len(bad), text.file, dtype=object), text.lines
    )
    findings += _check_value_or_reason(rows, bad)
    rows.keep(~bad)
    return rows, findings


def _check_header(text: TextTable, schema: TableSchema) -> list[Finding]:
    """Missing columns are added empty, or make the file unreadable where rows need them."""
    found = []
    expected = ", ".join(schema.columns)
    for name in text.cells.columns.difference(schema.columns, sort=False):
        details = {"expected": expected}
        found.append(Finding("column_unknown", text.file, row=1, column=name, details=details))
    for name in schema.columns:
        if name not in text.cells.columns:
            found.append(Finding("column_missing", text.file, row=1, column=name))
            text.cells[name] = pd.Series([""] * len(text.cells), dtype="str")
            text.readable = text.readable and not schema.is_needed(name)
    is_bare = text.readable and text.cells.empty and not text.findings
    if is_bare and not schema.may_be_empty:
        found.append(Finding("table_no_rows", text.file, row=1))
    return found


def _name_fault(text: TextTable, column: str, fault: Fault) -> list[Finding]:
    cells = text.cells[column].to_numpy(dtype=object)[fault.positions]
    files = np.full(len(cells), text.file, dtype=object)
    lines = text.lines[fault.positions]
    return findings_for(fault.code, files, lines, column, cells, fault.details)


def _check_value_or_reason(rows: TableRows, bad: npt.NDArray[np.bool_]) -> list[Finding]:
    """Observations: a row has a value or the reason why there is none, never both or neither."""
    if not {"value", "missing"} <= set(rows.table.columns):
        return []
    has_value = rows.table["value"].notna().to_numpy(dtype=bool)
    has_reason = (rows.table["missing"] != "").to_numpy(dtype=bool)
    wrong = np.flatnonzero((has_value == has_reason) & ~bad)
    bad[wrong] = True
    values = rows.table["value"].to_numpy(dtype=object)[wrong]
    return rows.findings_at("row_value_or_reason", wrong, "value", values)


def _drop_duplicates(rows: TableRows) -> list[Finding]:
    """Of rows with the same primary key the first stays."""
    key = list(rows.schema.primary_key)
    repeated = rows.table.duplicated(key).to_numpy(dtype=bool)
    if not repeated.any():
        return []
    group = rows.table.groupby(key, sort=False).ngroup().to_numpy()
    first = np.unique(group, return_index=True)[1][group]
    positions = np.flatnonzero(repeated)
    findings = [
        _duplicate(rows, key, position, int(first[position]))
        for position in map(int, positions[:MOST_NAMED])
    ]
    file = str(rows.files[positions[-1]])
    findings += more_of_the_same("row_duplicate", file, key[0], len(positions))
    rows.keep(~repeated)
    return findings


def _duplicate(rows: TableRows, key: list[str], position: int, earlier: int) -> Finding:
    return Finding(
        "row_duplicate",
        str(rows.files[position]),
        row=int(rows.lines[position]),
        column=key[0],
        value=", ".join(str(rows.table[name].iloc[position]) for name in key),
        details={
            "first_row": str(rows.lines[earlier]),
            "first_file": str(rows.files[earlier]),
        },
    )
