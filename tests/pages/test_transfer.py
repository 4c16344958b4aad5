"""The transfer page: lower bound, joint decisions, years, intervals, no forecast."""

from __future__ import annotations

import json

import pytest

from views.texts import read_words

SCRIPT = "pages/compare/transfer.py"
LANGUAGES = ("de", "en")


def texts(page) -> str:
    parts = [*page.markdown, *page.caption, *page.header, *page.subheader, *page.title]
    return "\n".join(part.value for part in parts)


def twin_with(page, column: str):
    (found,) = [table.value for table in page.dataframe if column in table.value]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_and_lower_bound(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    words = read_words(lang)
    assert page.title[0].value == words("transfer.title", solutions=15, places=113)
    assert {"de": "fast 300", "en": "close to 300"}[lang] in texts(page)
    assert words("transfer.lower_bound") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_joint_roll_outs_count_as_decisions(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    words = read_words(lang)
    assert words("transfer.joint", n=3, places=35) in texts(page)
    twin = twin_with(page, words("transfer.column_decision"))
    assert len(twin) == 126
    assert twin[words("transfer.column_decision")].nunique() == 94


def test_year_leaves_undated_transfers_out_and_says_so(open_page) -> None:
    page = open_page(SCRIPT, until="2020")
    words = read_words("de")
    twin = twin_with(page, words("transfer.column_decision"))
    assert len(twin) == 8
    assert set(twin["Jahr"]) == {"2018", "2020"}
    assert words("transfer.undated_out", n=59) in texts(page)


def test_places_without_key_are_named_beside_the_map(open_page) -> None:
    shown = texts(open_page(SCRIPT))
    assert "Verbandsgemeinde Arneburg-Goldbeck" in shown
    assert "CIVITAS/CORE" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_matrix_shows_places_with_several_solutions_first(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, picture="matrix")
    words = read_words(lang)
    said = words(
        "transfer.matrix_reading",
        n=11,
        places=113,
        most=3,
        named={"de": "Mönchengladbach und Paderborn", "en": "Mönchengladbach and Paderborn"}[lang],
    )
    assert said in texts(page)
    twin = twin_with(page, "Masterportal")
    assert len(twin) == 11
    page.toggle(key="transfer_all_places").set_value(True).run()
    assert len(twin_with(page, "Masterportal")) == 113


def test_network_has_the_transfers_as_its_twin(open_page) -> None:
    page = open_page(SCRIPT, picture="network", solution="eichenzell-starkregen")
    twin = twin_with(page, "Entscheidung Nr.")
    assert (len(twin), twin["Entscheidung Nr."].nunique()) == (22, 1)
    assert set(twin["Art"]) == {"Gemeinsame Einführung"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_solution_has_its_curve_and_its_interval(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, solution="masterportal")
    words = read_words(lang)
    curve = twin_with(page, words("transfer.cumulative"))
    assert curve[words("transfer.cumulative")].tolist() == [5, 7, 8]
    said = {"de": "2 bis 13", "en": "2 to 13"}[lang]
    assert f"**{4} {'von' if lang == 'de' else 'of'} 72**" in texts(page)
    assert said in texts(page).replace("\u202f", " ").replace("\u00a0", " ")
    assert words("transfer.curve_undated", n=3) in texts(page)


def test_a_solution_without_years_has_no_curve(open_page) -> None:
    page = open_page(SCRIPT, solution="smart-village-app")
    assert read_words("de")("transfer.curve_none", n=33) in texts(page)
    assert [table for table in page.dataframe if "Zusammen" in table.value] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_year_or_nothing_running_is_said_and_not_drawn(open_page, lang: str) -> None:
    words = read_words(lang)
    one = texts(open_page(SCRIPT, lang, solution="open-smartcity-app"))
    assert words("transfer.curve_one_year", n=1, year=2023) in one
    assert words("transfer.share_one_year", n=1, year=2023) in one
    announced = texts(open_page(SCRIPT, lang, solution="leezenflow"))
    assert words("transfer.curve_not_running") in announced
    assert words("transfer.share_undated") not in announced


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_forecast_and_the_reason(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    said = read_words(lang)(
        "transfer.forecast",
        years=8,
        adopters=30,
        longest="Masterportal",
        periods=9,
        longest_adopters=8,
        most="Starkregengefahrenkarte",
        most_adopters=11,
    )
    assert said in texts(page)


@pytest.mark.parametrize("wrong", [{"solution": "nope"}, {"picture": "x"}, {"until": "1800"}])
def test_unknown_choices_in_the_address_break_nothing(open_page, wrong: dict[str, str]) -> None:
    page = open_page(SCRIPT, **wrong)
    assert page.title[0].value.startswith("15 Lösungen")
    assert len(page.warning) == (0 if "until" in wrong else 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_joint_roll_out_is_one_decision_beside_the_map(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, solution="eichenzell-starkregen")
    words = read_words(lang)
    assert f"{words('transfer.count', n=22)} {words('transfer.from_decisions', n=1)}" in texts(page)
    assert words("transfer.joint", n=1, places=22) in texts(page)


def test_what_bears_no_year_is_listed_beside_the_map(open_page) -> None:
    page = open_page(SCRIPT, solution="masterportal")
    assert read_words("de")("transfer.undated_title", n=3) in [one.label for one in page.expander]
    assert "Berlin, Metropolregion Rhein-Neckar und Stuttgart" in texts(page)


def test_the_twin_links_its_sources_and_has_room_for_long_names(open_page) -> None:
    words = read_words("de")
    tables = open_page(SCRIPT).dataframe
    (twin,) = [one for one in tables if words("transfer.column_decision") in one.value]
    columns = json.loads(twin.proto.columns)
    assert columns[words("common.source")]["type_config"]["type"] == "link"
    longest = twin.value[words("transfer.column_to")].str.len().max()
    assert columns[words("transfer.column_to")]["width"] >= 7 * longest
