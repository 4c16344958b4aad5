"""CSV for spreadsheets: formulas stay text, umlauts and numbers survive."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.exports.csv import canonical_csv, csv_of_rows, csv_of_view, neutral

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org";"x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "\t=1+1",
    "  =1+1",
    "\r=1+1",
    "＝1+1",
]


@pytest.mark.parametrize("cell", HOSTILE)
def test_formula_gets_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3,5", "-3.5", "+12", "-", "--", "1.234,5", "a=b", "", "Köln"])
def test_numbers_dashes_and_words_stay(cell: str) -> None:
    assert neutral(cell) == cell


@pytest.mark.parametrize("cell", [-3.5, 0, None, True])
def test_what_is_no_text_stays(cell: object) -> None:
    assert neutral(cell) is cell


def test_german_view_opens_with_a_double_click() -> None:
    view = pd.DataFrame({"Ort": ["Süderbrarup", "=1+1"], "Wert": [1234.5, float("nan")]})
    content = csv_of_view(view, "de")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "Ort;Wert\r\nSüderbrarup;1234,5\r\n'=1+1;\r\n"


def test_english_view_uses_comma_and_point() -> None:
    view = pd.DataFrame({"Place": ["Köln, Stadt"], "Value": [1234.5]})
    assert csv_of_view(view, "en").decode("utf-8-sig") == 'Place,Value\r\n"Köln, Stadt",1234.5\r\n'


def test_hostile_heading_is_neutralised_too() -> None:
    assert canonical_csv(pd.DataFrame({"=1+1": ["x"]})).decode("utf-8-sig") == "'=1+1\r\nx\r\n"


def test_the_view_itself_is_left_alone() -> None:
    view = pd.DataFrame({"text": ["=1+1"]})
    csv_of_view(view, "de")
    assert list(view["text"]) == ["=1+1"]


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), min_size=1, max_size=5))
def test_no_cell_of_any_file_begins_like_a_formula(rows: list[list[str]]) -> None:
    text = csv_of_rows(rows, ";").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        for cell in row:
            assert neutral(cell) == cell
