"""What a person takes home: the template, and their file with remarks beside the rows."""

from __future__ import annotations

import csv
import io

import pytest

from loaders.intake.annotate import annotated
from loaders.intake.templates import template
from loaders.store import queries

TEXT = (
    "ags;indicator;period;value;missing;flag;unit;source\n"
    "07312000;population;2023-12-31;1;;;persons;destatis_register_2023\n"
    "\n"
    "07312000;poplation;2023-12-31;2;;;persons;destatis_register_2023\n"
    '07312000;population;2022-12-31;=1+1;;"zwei\nZeilen";persons;destatis_register_2023\n'
    "Köln;population;2023-12-31;4;;;persons;destatis_register_2023\n"
)


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("lang", "headings"), [("de", ["fehler", "hinweis"]), ("en", ["error", "remark"])]
)
def test_rows_come_back_in_order_with_the_errors_beside_them(examined, lang, headings) -> None:
    examination = examined(TEXT)
    rows = rows_of(annotated(TEXT.encode(), examination, lang))
    assert rows[0][-2:] == headings
    assert [row[0] for row in rows[1:] if row[0]] == ["07312000"] * 3 + ["Köln"]
    assert rows[1][-2:] == ["", ""]
    wrong = next(one for one in examination.findings if one.row == 4)
    assert wrong.sentence(lang) in rows[3][-2]
    assert rows[4][3] == "'=1+1"
    assert rows[4][5] == "zwei\nZeilen"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_template_of_every_unit_comes_back_without_a_finding(store, examined, lang) -> None:
    held = queries.holdings(store)
    filled = held.loc[held["values"] > 1, "indicator"]
    indicators = queries.table(store, "indicators")
    chosen = indicators[indicators["indicator_id"].isin(filled)].drop_duplicates("unit")
    for indicator in chosen["indicator_id"]:
        examination = examined(template(store, indicator, lang), f"{indicator}.csv")
        assert (examination.errors, len(examination.accepted)) == (0, 2), indicator
