"""The shortlist says the same in sentence, picture and table, whatever weights count."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from views import results
from views.texts import read_words
from views.widgets import verdict_words

ADOPTION, SHORTLIST = "pages/decide/adoption.py", "pages/decide/shortlist.py"
TWO = "masterportal,urban-stack"


def texts(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*page.title, *page.markdown))


def test_under_every_weighting_the_table_holds_the_ranges_drawn(open_page) -> None:
    page = open_page(SHORTLIST, ids=TWO, weights="all")
    whole = read_words("de")("shortlist.whole_short")
    (row,) = [
        one.value[one.value.iloc[:, 0] == whole].iloc[0]
        for one in page.dataframe
        if whole in one.value.iloc[:, 0].tolist()
    ]
    for solution, ends in zip(TWO.split(","), row.tolist()[1:], strict=True):
        said = texts(open_page(ADOPTION, solution=solution, weights="all"))
        assert re.search(r"\d+–\d+", said).group() == ends


@pytest.mark.parametrize("lang", ["de", "en"])
def test_ticks_count_without_a_town(open_page, lang: str) -> None:
    page = open_page(SHORTLIST, lang, ids=f"auf-regionalviewer,{TWO}", met="auf-cloud")
    said = texts(page)
    assert re.search(r"\d+ genannt; Ihre Angaben: 1 |\d+ named; your answers: 1 ", said)


def test_a_tie_is_no_lead(open_page) -> None:
    open_page(SHORTLIST)
    nothing = [j.solution_id for j in results.judgements() if j.score.coverage == 0][:2]
    page = open_page(SHORTLIST, ids=",".join(nothing))
    names = dict(
        zip(("ahead", "behind"), map(verdict_words.names_of_solutions().get, nothing), strict=True)
    )
    assert f"- {read_words('de')('shortlist.level', **names)}" in texts(page).replace(
        "\\", ""
    ).split("\n")
