"""A filled evidence template: unfilled rows skipped, faults named at their line."""

from pathlib import Path

import pandas as pd
import pytest

from loaders.evidence_rows import MOST_BYTES, FilledRows, read_filled
from loaders.schemas import read_schema
from loaders.tables import read_rows

HEADER = (
    "solution_id,criterion,measure_id,value,grade,statement_de,statement_en,"
    "evidence_url,evidence_date,checked_on,note\n"
)


@pytest.fixture
def read(data_folder: Path):
    schemas = {
        kind: read_schema(data_folder / "schemas" / f"{kind}.json")
        for kind in ("evidence", "solutions", "anchors")
    }
    targets = []
    for kind in ("solutions", "anchors"):
        content = (data_folder / "catalogue" / f"{kind}.csv").read_bytes()
        targets.append((schemas[kind], read_rows(content, kind, schemas[kind])[0].table))

    def check(text: str | bytes) -> FilledRows:
        content = text if isinstance(text, bytes) else text.encode()
        return read_filled(content, "belege.csv", schemas["evidence"], targets)

    return check


def line(solution="masterportal", value="0.25", url="https://example.org/x") -> str:
    return f"{solution},C1,C1.2,{value},C,Zahl,Figure,{url},2026,2026-11-22,\n"


def test_unfilled_rows_are_counted_and_keep_the_line_numbers(read) -> None:
    empty = "masterportal,C1,C1.1,,,,,,,2026-11-22,\n"
    filled = read(HEADER + empty + empty.replace("C1.1", "C1.3") + line(value="0.3"))
    assert filled.unfilled == 2
    (finding,) = filled.findings
    assert (finding.code, finding.row, finding.value) == ("cell_not_in_list", 4, "0.3")
    assert filled.table.empty


def test_a_german_spreadsheet_is_read(read) -> None:
    text = (HEADER + line(value="0§25")).replace(",", ";").replace("§", ",")
    filled = read(text.replace("Zahl", "Größe").encode("cp1252"))
    assert filled.findings == []
    assert filled.table[["value", "statement_de"]].to_dict("records") == [
        {"value": 0.25, "statement_de": "Größe"}
    ]


def test_an_unknown_solution_and_a_missing_grade_are_named(read) -> None:
    filled = read(HEADER + line(solution="gibt-es-nicht") + line().replace(",C,Zahl", ",,Zahl"))
    assert {(one.code, one.row) for one in filled.findings} >= {
        ("reference_unknown", 2),
        ("cell_empty", 3),
    }
    assert filled.errors == 2


def test_the_same_measure_twice_is_refused_once(read) -> None:
    filled = read(HEADER + line() + line(value="0.5"))
    assert len(filled.table) == 1
    assert [one.row for one in filled.findings] == [3]


@pytest.mark.parametrize("content", [b"", b"\n", b"solution_id\n"])
def test_an_empty_or_headless_file_is_said(read, content: bytes) -> None:
    filled = read(content)
    assert filled.errors == 1 or filled.findings[0].code.startswith(("table", "column"))
    assert isinstance(filled.table, pd.DataFrame)
    assert filled.table.empty


def test_a_file_too_large_is_refused_unread(read) -> None:
    filled = read(b"x" * (MOST_BYTES + 1))
    assert [one.code for one in filled.findings] == ["evidence_too_large"]
    assert "2 MB" in filled.findings[0].sentence("de")
