"""Missing evidence: counts from the tables, a check with its consequence."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from views.texts import read_words

EVIDENCE = "pages/contribute/evidence.py"


def shown(page: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_counts_add_up(open_page, lang: str) -> None:
    page = open_page(EVIDENCE, lang)
    missing = int(re.search(r"\d+", page.title[0].value).group())
    known, every = (
        int(number.replace(".", "").replace(",", ""))
        for number in re.search(r"([\d.,]+) (?:von|of) ([\d.,]+)", shown(page)).groups()
    )
    assert known + missing == every
    by_measure = page.dataframe[0].value.iloc[:, 0]
    assert by_measure.sum() == missing


def test_one_solution_lists_its_gaps(open_page) -> None:
    page = open_page(EVIDENCE, solution="masterportal")
    count = int(re.search(r"Masterportal: (\d+)", shown(page)).group(1))
    assert shown(page).count("bis zu ") >= count


def test_an_unknown_solution_is_said(open_page) -> None:
    page = open_page(EVIDENCE, solution="nirgends")
    assert read_words("de")("frame.unknown_solution", value="nirgends") in shown(page)


def filled_template(value: str) -> bytes:
    header = (
        "solution_id;criterion;measure_id;value;grade;statement_de;statement_en;"
        "evidence_url;evidence_date;checked_on;note\r\n"
    )
    row = f"masterportal;C1;C1.1;{value};B;Messung;Measurement;https://example.org/m;2026-05;2026-11-22;\r\n"
    return (header + row).encode()


@pytest.mark.parametrize(("value", "accepted"), [("0,75", True), ("0,7", False), ("stark", False)])
def test_a_value_that_is_no_anchor_is_a_sentence(open_page, value: str, accepted: bool) -> None:
    page = open_page(EVIDENCE, ags="07312000")
    page.file_uploader[0].set_value(("belege.csv", filled_template(value), "text/csv")).run()
    assert not page.exception
    text, words = shown(page), read_words("de")
    assert words("evidence.outcome", n=int(accepted)) in text
    assert (words("evidence.nothing") in text) is not accepted
    if accepted:
        low, high, low_after, high_after = map(
            int, re.search(r"Spanne (\d+)–(\d+) wird (\d+)–(\d+)", text).groups()
        )
        assert low_after > low
        assert high_after - low_after < high - low
    else:
        assert "Zeile 2" in text
