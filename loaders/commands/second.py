"""Commands about the second scoring: write the blinded sheet, take a scored one in."""

from __future__ import annotations

import argparse

import pandas as pd

from loaders.commands.files import CLEAN, FAULTY, NOTHING
from loaders.commands.report import say_with_places
from loaders.findings import Finding, count_errors
from loaders.schemas import read_package
from loaders.second_sheet import KEPT, anchor_sheet, blinded_sheet, scored_rows
from loaders.table_rows import TableRows
from loaders.tables import read_data_folder, read_rows

TABLE = "second_scores"


def sheet(options: argparse.Namespace) -> int:
    """Writes ``sheet.csv`` and ``anchors.csv`` into a folder."""
    tables = read_data_folder(options.data).tables
    options.out.mkdir(parents=True, exist_ok=True)
    rows = blinded_sheet(tables, options.solutions, options.seed)
    for name, table in (("sheet", rows), ("anchors", anchor_sheet(tables))):
        table.to_csv(options.out / f"{name}.csv", index=False, lineterminator="\n")
    with_statement = int((rows["statement_en"] != "").sum())
    solutions = rows["solution_id"].nunique()
    print(f"{solutions} solutions, {len(rows)} rows, {with_statement} with a statement")
    return CLEAN


def take(options: argparse.Namespace) -> int:
    """Writes the answers of a scored sheet to ``second_scores.csv`` when they have no fault."""
    answers = pd.read_csv(options.file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in KEPT if name not in answers.columns]
    if missing:
        print(f"nothing changed: the file has no column {', '.join(missing)}")
        return NOTHING
    content = scored_rows(answers, options.on).to_csv(index=False, lineterminator="\n")
    findings = _check(options, content.encode())
    say_with_places(findings, options.lang)
    if count_errors(findings):
        print("nothing changed: mend the errors first")
        return FAULTY
    (options.data / read_package(options.data)[TABLE].paths[0]).write_text(content, "utf-8")
    print(f"{len(answers)} rows taken")
    return CLEAN


def _check(options: argparse.Namespace, content: bytes) -> list[Finding]:
    from loaders.references import check_references

    folder = read_data_folder(options.data)
    schema = folder.resources[TABLE].schema
    rows, findings = read_rows(content, options.file.name, schema)
    tables = {}
    for key in schema.foreign_keys:
        target = TableRows.empty(folder.resources[key.kind].schema, is_readable=True)
        target.table = folder.tables[key.kind]
        tables[key.kind] = TableRows.joined(target.schema, [target])
    return findings + check_references(rows, tables)
