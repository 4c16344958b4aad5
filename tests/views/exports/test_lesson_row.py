"""The visitor's lesson as a row: header of the table, one line, no formula."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

from views.exports.lesson_row import COLUMNS, filled, lesson_row

ROOT = Path(__file__).resolve().parents[3]


def test_columns_are_those_of_the_table() -> None:
    schema = json.loads((ROOT / "data" / "schemas" / "lessons.json").read_text("utf-8"))
    assert list(COLUMNS) == [field["name"] for field in schema["fields"]]


def test_one_row_reads_back() -> None:
    text = lesson_row({"kind": "worked", "lesson_de": 'Früh "testen",\nimmer'}).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows == [
        {**dict.fromkeys(COLUMNS, ""), "kind": "worked", "lesson_de": 'Früh "testen", immer'}
    ]


def test_formula_is_made_harmless() -> None:
    text = lesson_row({"lesson_de": "=HYPERLINK(1)"}).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["lesson_de"] == "'=HYPERLINK(1)"


def test_filled_row_names_solution_language_and_day() -> None:
    day = dt.date(2026, 11, 22)
    texts = {"de": "Früh beginnen", "en": " Start early "}
    row = filled(texts, "dipas", "cut", "worked", "https://example.org/a", day)
    mark = row["lesson_id"].removeprefix("dipas-20261122-")
    assert row == {
        "lesson_id": f"dipas-20261122-{mark}",
        "ref_type": "solution",
        "solution_id": "dipas",
        "project_id": "cut",
        "kind": "worked",
        "lesson_de": "Früh beginnen",
        "lesson_en": "Start early",
        "source_url": "https://example.org/a",
        "source_date": "2026-11-22",
    }
    other = filled(texts | {"de": "Teuer"}, "", "", "cost", "", day)
    assert (other["ref_type"], len(mark)) == ("programme", 6)
    assert not other["lesson_id"].endswith(mark)
