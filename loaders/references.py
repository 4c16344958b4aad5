"""Checks that hold between tables: keys into other tables, official keys, words.

Rows with an unknown key are left out. A table that could not be read judges nobody: then
one finding says that the column was not checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter

import numpy as np
import pandas as pd

from loaders.findings import Finding
from loaders.keys import NATION, level_of
from loaders.languages import LANGUAGES, WORD_KINDS
from loaders.schemas import Field, ForeignKey
from loaders.table_rows import Objects, TableRows

REGISTERS = {"municipality": "municipalities", "district": "districts", "state": "states"}
_FILES = dict(zip(WORD_KINDS, (f"names/{lang}.csv" for lang in LANGUAGES), strict=True))


def in_dependency_order(tables: Mapping[str, TableRows]) -> list[str]:
    """Kinds of tables so that each comes after those its keys point to."""
    needed = {
        kind: {key.kind for key in rows.schema.foreign_keys if key.kind in tables}
        for kind, rows in tables.items()
    }
    for kind, rows in tables.items():
        for field in rows.schema.fields:
            registers = {REGISTERS[level] for level in field.place if level in REGISTERS}
            needed[kind] |= registers & set(tables)
    return list(TopologicalSorter(needed).static_order())


def check_references(rows: TableRows, tables: Mapping[str, TableRows]) -> list[Finding]:
    """Leaves out rows whose foreign keys stand in no row of the other table."""
    findings: list[Finding] = []
    for key in rows.schema.foreign_keys:
        target = tables.get(key.kind)
        if target is None or not target.is_readable:
            findings += _unchecked(rows, key.fields[0], key.kind)
            continue
        findings += _check_reference(rows, key, target)
    return findings


def _check_reference(rows: TableRows, key: ForeignKey, target: TableRows) -> list[Finding]:
    own = rows.table[list(key.fields)]
    theirs = target.table[list(key.reference_fields)]
    filled = _filled(own)
    if len(key.fields) == 1:
        known = own.iloc[:, 0].isin(theirs.iloc[:, 0]).to_numpy(dtype=bool)
    else:
        known = pd.MultiIndex.from_frame(own).isin(pd.MultiIndex.from_frame(theirs))
    positions = np.flatnonzero(filled & ~known)
    values = np.array(
        [" / ".join(map(str, record)) for record in own.iloc[positions].to_numpy(dtype=object)],
        dtype=object,
    )
    found = rows.findings_at(
        "reference_unknown", positions, key.fields[0], values, {"target": key.kind}
    )
    rows.keep(~filled | known)
    return found


def _filled(columns: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    filled = np.ones(len(columns), dtype=np.bool_)
    for name in columns:
        filled &= (columns[name].notna() & (columns[name].astype("str") != "")).to_numpy(dtype=bool)
    return filled


def _unchecked(rows: TableRows, column: str, target: str) -> list[Finding]:
    if rows.table.empty:
        return []
    file = str(rows.files[0])
    return [Finding("reference_unchecked", file, column=column, details={"target": target})]


def check_places(rows: TableRows, tables: Mapping[str, TableRows]) -> list[Finding]:
    """Leaves out rows whose official keys are malformed, of a wrong level or in no register."""
    findings: list[Finding] = []
    for field in rows.schema.fields:
        if field.place:
            findings += _check_place(rows, field, tables)
    return findings


def _check_place(rows: TableRows, field: Field, tables: Mapping[str, TableRows]) -> list[Finding]:
    codes, found = pd.factorize(rows.table[field.name])
    keys: Objects = found.to_numpy(dtype=object)
    known = _register(field, tables)
    unreadable = [
        REGISTERS[level]
        for level in field.place
        if level in REGISTERS and not _is_readable(REGISTERS[level], tables)
    ]
    findings: list[Finding] = []
    for register in unreadable:
        findings += _unchecked(rows, field.name, register)
    faults = np.array([_place_fault(str(key), field, known, tables) for key in keys], dtype=object)
    wrong = faults[codes] if len(keys) else np.empty(0, dtype=object)
    for code in ("cell_key_malformed", "cell_key_level", "cell_key_unknown"):
        positions = np.flatnonzero(wrong == code)
        values = keys[codes[positions]] if len(positions) else np.empty(0, dtype=object)
        details = {"expected": ", ".join(field.place)}
        findings += rows.findings_at(code, positions, field.name, values, details)
    rows.keep(wrong == "")
    return findings


def _is_readable(kind: str, tables: Mapping[str, TableRows]) -> bool:
    return kind in tables and tables[kind].is_readable


def _register(field: Field, tables: Mapping[str, TableRows]) -> set[str]:
    known = {NATION}
    for level in field.place:
        if level in REGISTERS and _is_readable(REGISTERS[level], tables):
            known |= set(tables[REGISTERS[level]].table["ags"])
    return known


def _place_fault(key: str, field: Field, known: set[str], tables: Mapping[str, TableRows]) -> str:
    """Code of the fault of one key, "" when it is right, empty or cannot be checked."""
    if key == "":
        return ""
    level = level_of(key)
    if level is None:
        return "cell_key_malformed"
    if level not in field.place:
        return "cell_key_level"
    if level in REGISTERS and not _is_readable(REGISTERS[level], tables):
        return ""
    return "" if key in known else "cell_key_unknown"


def check_words(rows: TableRows, tables: Mapping[str, TableRows]) -> list[Finding]:
    """Names words of a vocabulary that a language lacks; the rows stay."""
    findings: list[Finding] = []
    for field in rows.schema.fields:
        if not field.vocabulary or field.is_number:
            continue
        for kind in WORD_KINDS:
            if _is_readable(kind, tables):
                findings += _missing_words(rows, field, kind, tables[kind].table)
    return findings


def _missing_words(rows: TableRows, field: Field, kind: str, words: pd.DataFrame) -> list[Finding]:
    known = set(words.loc[words["vocabulary"] == field.vocabulary, "word_id"]) | {""}
    column = rows.table[field.name]
    first = column.drop_duplicates()
    unknown = first[~first.isin(known)]
    details = {"target": _FILES[kind], "vocabulary": field.vocabulary}
    positions = unknown.index.to_numpy(dtype=np.int64)
    values = unknown.to_numpy(dtype=object)
    return rows.findings_at("word_missing", positions, field.name, values, details)
