"""The outcome page: the sentence of the rung reached, placebos, no pair without a stated link."""

from __future__ import annotations

import pytest

from views.texts import read_words

SCRIPT = "pages/compare/outcomes.py"
INCOME = "household_income_per_inhabitant"


def shown(page) -> str:
    kinds = ("title", "subheader", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(one.value) for kind in kinds for one in page.get(kind))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_opens_on_the_stated_pair_with_most_data(lang, open_page) -> None:
    page = open_page(SCRIPT, lang)
    text, words = shown(page), read_words(lang)
    assert page.query_params["indicator"] == "cars_per_1000"
    assert words("outcomes.rung", rung=words("outcomes.rung_1")) in text
    assert words("fixed.change") in text
    assert words("outcomes.calm") in text
    town = "Kreis Schleswig-Flensburg"
    assert words("outcomes.calm_same", town=town) in text.replace("\\", "")
    assert "2020, 2021, 2022, 2023" in text


def test_the_sentence_never_stands_above_its_rung(open_page) -> None:
    page = open_page(SCRIPT, "en")
    assert "similar places without the solution, 3 changed more" in shown(page)
    assert "placebo share 0" not in shown(page)


def test_the_second_rung_names_share_and_smallest_possible(open_page) -> None:
    page = open_page(SCRIPT, "en", solution="dorfshuttle-suederbrarup", indicator=INCOME)
    text, words = shown(page), read_words("en")
    assert words("outcomes.rung", rung=words("outcomes.rung_2")) in text
    assert "placebo share 0.43, smallest possible 0.05" in text
    assert "8 of 20 comparison places without the solution show a change at least" in text
    assert words("outcomes.why_placebo") in text


def test_the_take_away_holds_every_input_and_how_it_was_made(open_page) -> None:
    page = open_page(SCRIPT, "en", solution="dorfshuttle-suederbrarup", indicator=INCOME)
    how = next(str(m.value) for m in page.markdown if str(m.value).startswith("**Question**"))
    inputs = page.dataframe[0].value
    parts = ("DorfSHUTTLE", "01059, 2022", "population density", "Source", *inputs.iloc[1:, 0])
    assert [part for part in parts if part.lower() not in how.lower().replace("\\", "")] == []
    assert len(inputs) == 21
    assert inputs.iloc[0, 0] == "Kreis Schleswig-Flensburg"
    assert "2023" in inputs.columns


def test_a_pair_without_a_stated_link_opens_only_after_reading(open_page) -> None:
    other = {"solution": "masterportal", "indicator": "migration_balance_per_10000"}
    page = open_page(SCRIPT, "de", **other)
    assert read_words("de")("outcomes.no_link_refused") in shown(page)
    assert page.query_params["indicator"] != other["indicator"]
    page.checkbox("outcome_read").check().run()
    options = [box for box in page.selectbox if str(box.key).startswith("outcome_indicator")]
    assert any("kein erklärter Zusammenhang" in one for one in options[0].options)


@pytest.mark.parametrize(
    ("solution", "key"),
    [("leezenflow", "outcomes.no_start"), ("burgleben-digital", "outcomes.rung_none")],
)
def test_what_is_missing_is_a_sentence(solution: str, key: str, open_page) -> None:
    page = open_page(SCRIPT, "en", solution=solution)
    assert read_words("en")(key) in shown(page)


def test_an_unknown_solution_is_said(open_page) -> None:
    page = open_page(SCRIPT, "de", solution="nope")
    assert read_words("de")("frame.unknown_solution", value="nope") in shown(page)


def test_stopped_work_keeps_the_fixed_text_and_can_go_on(open_page) -> None:
    asked = {"solution": "dorfshuttle-suederbrarup", "indicator": INCOME}
    page = open_page(SCRIPT, "de", **asked)
    words = read_words("de")
    page.session_state["kept_outcome_stopped"] = page.session_state["kept_outcome_asked"]
    page.run()
    assert words("common.stopped") in shown(page)
    assert words("fixed.change") in shown(page)
    assert len(page.get("plotly_chart")) == 0
    page.button("outcome_go_on").click().run()
    assert words("common.stopped") not in shown(page)
    assert len(page.get("plotly_chart")) == 1
