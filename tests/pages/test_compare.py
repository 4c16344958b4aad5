"""The comparison page: groups, forms of values, breaks and own weights as visitors see them."""

from __future__ import annotations

import pandas as pd
import pytest

from views import results, session
from views.texts import Formats, read_names, read_words
from views.widgets import indicator_choice, slide_places
from views.widgets.comparison_series import (
    Break,
    Shape,
    breaks,
    broken,
    shaped,
    spread,
    year_of,
)

TOWN = {"ags": "07312000"}


def shown(page) -> str:
    kinds = ("subheader", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(one.value) for kind in kinds for one in page.get(kind))


def likeness(page) -> list:
    return [one for one in page.slider if str(one.key).startswith("likeness_")]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_two_indicators_have_a_panel_each_with_sentence_and_table(lang, open_page) -> None:
    page = open_page("pages/compare/compare.py", lang, **TOWN)
    assert len(page.get("plotly_chart")) == 2
    assert len(page.multiselect("compare_indicators").value) == 2
    assert read_words(lang)("fixed.change") in shown(page)
    assert read_words(lang)("fixed.peers") in shown(page)
    assert page.query_params["also"] == "household_income_per_inhabitant"


def test_a_break_of_the_source_is_said(open_page) -> None:
    page = open_page("pages/compare/compare.py", "en", indicator="cars_per_1000", **TOWN)
    words = {"before": "1 January 2019", "after": "2024"}
    assert read_words("en")("compare.break_source", **words) in shown(page)


def test_an_index_sets_the_base_year_to_100(open_page) -> None:
    page = open_page(
        "pages/compare/compare.py",
        "en",
        indicator="household_income_per_inhabitant",
        base="2000",
        **TOWN,
    )
    table = page.dataframe[0].value
    in_base = table[table[read_words("en")("compare.column_period")] == "2000"]
    assert set(in_base.iloc[:, 2]) == {"100.0"}


def test_the_own_value_of_a_municipality_stands_beside_similar_ones(open_page) -> None:
    page = open_page(
        "pages/compare/compare.py", "de", indicator="tax_capacity_per_inhabitant", ags="01059083"
    )
    text = shown(page)
    assert read_words("de")("compare.only_municipal") in text
    assert read_words("de")("compare.own", town="Süderbrarup") in text
    assert "7 ähnliche Gemeinden lagen zwischen" in text


def test_own_weights_change_the_proposed_places(open_page) -> None:
    page = open_page("pages/compare/compare.py", "de", **TOWN)
    before = list(page.multiselect("compare_places").value)
    for slider in likeness(page)[1:]:
        slider.set_value(0)
    page.run()
    after = list(page.multiselect("compare_places").value)
    assert before[0] == after[0] == "07312"
    assert before[1:] != after[1:]


def test_all_weights_zero_are_a_sentence_and_the_last_weights_stay(open_page) -> None:
    page = open_page("pages/compare/compare.py", "en", **TOWN)
    for slider in likeness(page):
        slider.set_value(0)
    page.run()
    assert not page.exception
    assert any("cannot be used" in str(one.value) for one in page.warning)
    assert any(slider.value > 0 for slider in likeness(page))


def test_a_line_ends_where_years_are_missing() -> None:
    rows = pd.DataFrame(
        {
            "period": ["2015", "2016", "2017", "2020"],
            "value": [1.0, 2.0, 3.0, 4.0],
            "flag": "",
            "source": "a",
        }
    )
    assert breaks(rows) == [Break("2017", "2020", "gap")]
    drawn = broken(rows)
    assert drawn["value"].isna().tolist() == [False, False, False, True, False]


def test_the_range_of_a_small_group_goes_from_lowest_to_highest() -> None:
    rows = pd.DataFrame({"ags": list("abc"), "period": "2020", "value": [1.0, 5.0, 3.0]})
    found = spread(rows)
    assert found[["q1", "median", "q3"]].iloc[0].tolist() == [1.0, 3.0, 5.0]
    assert spread(rows.head(2)).empty


def test_against_a_loss_there_is_no_index(open_page) -> None:
    open_page("pages/about/legal.py")
    towns = tuple(session.table("districts")["ags"])
    raw = results.series("migration_balance_per_10000", towns)
    year = year_of(raw["period"].min())
    rows = shaped("migration_balance_per_10000", towns, Shape(base_year=year))
    base = raw[raw["period"].map(year_of) == year].set_index("ags")["value"]
    below, above = ({*base.index[base < 0]}, {*base.index[base > 0]})
    assert below and above
    assert rows[rows["ags"].isin(below)]["value"].isna().all()
    in_base = rows[rows["ags"].isin(above) & (rows["period"].map(year_of) == year)]
    assert set(in_base["value"].round(9)) == {100.0}


def test_a_slide_has_as_many_digits_as_the_page(open_page) -> None:
    open_page("pages/about/legal.py")
    words, formats = read_words("de"), Formats("de")
    names = read_names(session.data_folder() / "names", "de")
    visit = session.Visit("de", "", 1, 1, "light", words, names, formats)
    asked = {"indicator": "household_income_per_inhabitant", "places": "07312"}
    slide = slide_places.compare(visit, {**asked, "per_inhabitant": "1"})
    assert slide.picture.decimals == indicator_choice.decimals(asked["indicator"])
