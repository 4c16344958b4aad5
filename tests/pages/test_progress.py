"""The progress page as a visitor sees it: board, milestones, clocks, ends, and wrong links."""

from __future__ import annotations

import pandas as pd
import pytest

from views import session
from views.texts import Formats, read_names, read_words
from views.widgets.progress_ends import curve_table

SCRIPT = "pages/compare/progress.py"
LANGUAGES = ("de", "en")


def texts(page) -> str:
    parts = [*page.markdown, *page.caption, *page.header, *page.subheader, *page.title]
    return "\n".join(part.value for part in parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_counts_decisions_and_lead_counts_places(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    words = read_words(lang)
    assert page.title[0].value == words(
        "progress.title", running="133", decisions="268", stopped="17"
    )
    assert words("progress.lead", places="367") in texts(page)


def test_a_joint_roll_out_is_one_decision_on_the_board(open_page) -> None:
    page = open_page(SCRIPT, lane="P4")
    (listed,) = [table.value for table in page.dataframe if "Grundlage" in table.value]
    rain = listed[listed["Lösung"] == "Starkregenfrühalarmsystem"]
    joint = rain[rain["Rolle"] == "Übernahme"]
    assert len(joint) == 1
    assert joint["Ort"].iloc[0].count(";") == 21


@pytest.mark.parametrize("lang", LANGUAGES)
def test_milestones_show_ranges_and_what_only_the_state_says(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, board="milestones")
    words = read_words(lang)
    said = {"de": "5 bis 8 von 8", "en": "5 to 8 of 8"}[lang]
    twins = [table.value for table in page.dataframe]
    twin, ranges = [table for table in twins if words("progress.column_range") in table]
    assert ranges.equals(twin[ranges.columns])
    ranges = dict(zip(twin.iloc[:, 0], twin[words("progress.column_range")], strict=True))
    assert ranges["Masterportal"] == said
    assert ranges["Smartes DorfSHUTTLE"] == said.replace("5", "1")
    assert words("progress.ranges_fine") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("axis", ["clock", "calendar"])
def test_timeline_tells_why_the_order_differs_and_lists_what_has_no_date(
    open_page, lang: str, axis: str
) -> None:
    page = open_page(SCRIPT, lang, board="time", axis=axis)
    shown = texts(page)
    assert {
        "de": "Kalender und Projektuhr ordnen",
        "en": "Calendar and project clock order",
    }[lang] in shown
    undated = {"clock": 15, "calendar": 12}[axis]
    assert read_words(lang)("progress.undated", n=undated) in shown
    assert {"de": "10. Juli 2019", "en": "10 July 2019"}[lang] in shown.replace(
        "\u202f", " "
    ).replace("\u00a0", " ")


def test_a_milestone_narrows_the_timeline(open_page) -> None:
    page = open_page(SCRIPT, board="time", milestone="M5")
    (twin,) = [table.value for table in page.dataframe if "Meilenstein" in table.value]
    assert set(twin["Meilenstein"]) == {"M5 Auswertung veröffentlicht"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stopped_is_shown_as_a_result_with_its_reason(open_page, lang: str) -> None:
    shown = texts(open_page(SCRIPT, lang))
    assert read_words(lang)("progress.stopped", n=17, solutions=7) in shown
    assert {"de": "Leihautomaten 2023 aus Spargründen", "en": "to save money"}[lang] in shown
    assert "suedkurier.de" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_curve_of_the_time_to_operation_and_why(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    words = read_words(lang)
    assert words("progress.wait_none", dated=13, undated=67, before=7, look=37) in texts(page)


def test_filters_narrow_every_part(open_page) -> None:
    page = open_page(SCRIPT, cohort="2019")
    assert "Konstanz" not in texts(page)
    assert read_words("de")("progress.stopped_none") in texts(page)


@pytest.mark.parametrize(
    "wrong", [{"board": "x"}, {"cohort": "1999"}, {"field": "nope"}, {"lane": "P9"}]
)
def test_unknown_choices_in_the_address_break_nothing(open_page, wrong: dict[str, str]) -> None:
    page = open_page(SCRIPT, **wrong)
    assert page.title[0].value.startswith("133")
    said = [warning.value for warning in page.warning]
    assert len(said) == (0 if "lane" in wrong else 1)


def test_a_choice_without_rows_says_so(open_page) -> None:
    page = open_page(SCRIPT, board="milestones", field="circular_economy")
    assert [info.value for info in page.info] == [read_words("de")("progress.nothing_milestones")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_the_curve_holds_both_readings_of_the_dates(lang: str) -> None:
    words, names = read_words(lang), read_names(session.data_folder() / "names", lang)
    visit = session.Visit(lang, "", 1, 1, "light", words, names, Formats(lang))
    early = pd.DataFrame({"month": [6.0, 12.0], "operation": [0.2, 0.5], "stopped": [0.2, 0.2]})
    late = pd.DataFrame({"month": [9.0], "operation": [0.2], "stopped": [0.1]})
    table = curve_table(visit, (early, late))
    (column, _) = [one for one in table.columns if one.startswith(words("progress.wait_operation"))]
    percent = Formats(lang).percent
    assert table[column].tolist() == [percent(0.2), percent(0.2), percent(0.5)]
    assert table.iloc[:, 2].tolist() == [percent(0.0), percent(0.2), "–"]
    assert table.iloc[:, 4].tolist() == [percent(0.0), percent(0.1), "–"]
