"""One project's page: answers first, money kept apart, ranges, and a sentence for a wrong link."""

from __future__ import annotations

import pytest

from views.texts import read_words

SCRIPT = "pages/compare/project.py"
LANGUAGES = ("de", "en")


def texts(page) -> str:
    parts = [*page.markdown, *page.caption, *page.header, *page.subheader, *page.title]
    return "\n".join(part.value for part in parts).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_cities_are_one_project(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, project="cut")
    assert page.title[0].value == "Connected Urban Twins (Hamburg, Leipzig, München)"
    (members,) = [
        table.value
        for table in page.dataframe
        if read_words(lang)("project.column_key") in table.value
    ]
    assert members.iloc[:, 0].tolist() == ["Hamburg", "Leipzig", "München"]
    assert members.iloc[:, 1].tolist() == ["02000000", "14713000", "09162000"]
    assert {"de": "4.020.706 Einwohner", "en": "4,020,706 inhabitants"}[lang] in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_volume_grant_and_spending_stand_apart(open_page, lang: str) -> None:
    shown = texts(open_page(SCRIPT, lang, project="cut"))
    words = read_words(lang)
    amounts = {"de": ("32.400.000 €", "21.000.000 €"), "en": ("32,400,000 €", "21,000,000 €")}[lang]
    assert words("project.total", amount=amounts[0]) in shown
    assert words("project.grant", amount=amounts[1]) in shown
    assert words("project.spent", amount=words("common.not_reported")) in shown


def test_an_unpublished_amount_is_not_reported_and_no_zero(open_page) -> None:
    shown = texts(open_page(SCRIPT, project="koeln"))
    assert "Volumen nicht gemeldet" in shown
    assert "Davon Zuschuss des Bundes 15.000.000 €" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_transfers_say_adoptions_decisions_and_own_operation_and_inner_ones_stand_apart(
    open_page, lang: str
) -> None:
    shown = texts(open_page(SCRIPT, lang, project="cut"))
    words = read_words(lang)

    def adopted(n: int) -> str:
        return f"{words('transfer.count', n=n)} {words('transfer.from_decisions', n=n)}"

    assert words("project.out", adopted=adopted(12), own=adopted(4)) in shown
    assert words("project.inside", adopted=adopted(3)) in shown
    none = words("common.not_reported")
    assert words("project.into", adopted=adopted(1), own=none) in shown


def test_start_is_a_span_of_the_project_clock(open_page) -> None:
    shown = texts(open_page(SCRIPT, project="cut"))
    assert "Ausgewählt am 8. September 2020, vor 74 Monaten" in shown
    assert "Monat 4 bis 16 der Projektuhr" in shown


def test_a_start_nobody_reports_is_said_and_unknown_phases_are_no_range(open_page) -> None:
    words = read_words("de")
    shown = texts(open_page(SCRIPT, project="barleben"))
    assert words("project.period_until", end="2027") in shown
    assert f"{words('solution.phase_unknown')}: 1" in shown


def test_planned_figures_stand_apart_from_reached_ones(open_page) -> None:
    page = open_page(SCRIPT, project="konstanz")
    subheads = [part.value for part in page.subheader]
    words = read_words("de")
    assert subheads == [words("solution.use_dated"), words("solution.use_planned")]
    planned = [table.value for table in page.dataframe if "Was gezählt wurde" in table.value][-1]
    assert planned["Wert"].str.replace("\u202f", " ").str.startswith("23").tolist() == [True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_indicators_name_the_range_the_date_and_claim_no_effect(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, project="cut", outcome="cars_per_1000")
    shown = texts(page)
    assert {"de": "377,3 bis 505,6", "en": "377.3 to 505.6"}[lang] in shown
    assert read_words(lang)("project.no_effect") in shown
    (twin,) = [
        table.value
        for table in page.dataframe
        if read_words(lang)("project.column_district") in table.value
    ]
    assert len(twin) == 3


def test_a_project_without_solutions_says_not_reported(open_page) -> None:
    shown = texts(open_page(SCRIPT, project="rhein_neckar"))
    words = read_words("de")
    assert words("project.solutions_none") in shown
    assert words("project.out_none") in shown
    assert "mindestens" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", ["", "nope", "<b>x</b>"])
def test_without_a_known_project_a_sentence_and_the_way_back(
    open_page, lang: str, asked: str
) -> None:
    page = open_page(SCRIPT, lang, project=asked)
    words = read_words(lang)
    title = words("project.unknown_title" if asked else "project.none_title")
    assert page.title[0].value == title
    labels = [one.proto.label for one in page.get("page_link")]
    assert words("project.to_all") in labels
    assert "<b>x</b>" not in texts(page).replace("\\<b\\>", "")


def test_every_project_opens(open_page) -> None:
    page = open_page(SCRIPT, project="cut")
    from views.session import table  # read after the run: the store is open

    ids = list(table("model_projects")["project_id"])
    assert len(ids) == 73
    for project in ids[::6]:
        page.query_params["project"] = project
        page.run()
        assert not page.exception
        assert read_words("de")("frame.went_wrong") not in [one.value for one in page.error]
        assert page.title[0].value != read_words("de")("project.unknown_title")
