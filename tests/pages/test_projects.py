"""All projects as a table and side by side: no total, no order of merit, ranges and dates."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from views.texts import read_words

SCRIPT = "pages/compare/projects.py"
LANGUAGES = ("de", "en")


def texts(page) -> str:
    parts = [*page.markdown, *page.caption, *page.header, *page.subheader, *page.title]
    return "\n".join(part.value for part in parts).replace("\u202f", " ").replace("\u00a0", " ")


def main_table(page, lang: str = "de"):
    return page.dataframe[0].value.set_index(read_words(lang)("projects.column_name"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_73_stand_by_name(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang)
    words = read_words(lang)
    assert page.title[0].value == words("projects.title", projects=73, given=12, taken=21)
    names = main_table(page, lang).index.tolist()
    assert len(names) == 73
    assert names[:3] == [
        "5 für Südwestfalen",
        "Aalen und Heidenheim an der Brenz",
        "Amt Süderbrarup",
    ]


def test_total_and_grant_stand_apart_and_missing_is_missing(open_page) -> None:
    rows = main_table(open_page(SCRIPT))
    cut = rows.loc["Connected Urban Twins (Hamburg, Leipzig, München)"]
    assert (cut["Volumen (€)"], cut["Zuschuss (€)"]) == (32_400_000, 21_000_000)
    assert rows["Volumen (€)"].isna().sum() == 19
    assert not (rows["Volumen (€)"] == 0).any()


def test_counts_are_ranges_and_nothing_published_is_no_zero(open_page) -> None:
    rows = main_table(open_page(SCRIPT))
    assert rows.loc["Halle (Saale)", "Weitergegeben"] == "\u20072 bis 13"
    assert rows.loc["Connected Urban Twins (Hamburg, Leipzig, München)", "Übernommen"] == (
        "\u20070 bis \u200a1"
    )
    assert rows.loc["Hagenow", "Weitergegeben"] == "nicht gemeldet"
    assert rows["Lösungen"].isna().sum() == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"cohort": "2019"}, 13),
        ({"cohort": "2019", "kind": "district"}, 1),
        ({"project_find": "leipzig"}, 1),
        ({"with": "given"}, 12),
        ({"project_phase": "completed"}, 2),
        ({"land": "Saarland"}, 1),
    ],
)
def test_filters_stand_in_the_address(open_page, asked: dict[str, str], count: int) -> None:
    page = open_page(SCRIPT, **asked)
    assert read_words("de")("projects.count", n=count, total=73) in texts(page)
    assert len(page.dataframe) == (1 if count else 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_side_by_side(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, projects="cut-halle-konstanz")
    words = read_words(lang)
    shown = texts(page)
    heads = [part.value for part in page.subheader]
    assert heads == [
        words(f"projects.{name}_title") for name in ("solutions", "transfers", "lessons", "figures")
    ]
    unknown = words("common.not_reported")
    said = {"de": ("4 bis 12", "2 bis 13"), "en": ("4 to 12", "2 to 13")}[lang]
    assert words("projects.transfers_of", name="Halle (Saale)", out=said[1], into=unknown) in shown
    assert said[0] in shown
    assert (
        words("projects.lessons_of", name="Konstanz", n=6, failed=words("lessons.failed", n=2))
        in shown
    )
    assert {"de": "393,2", "en": "393.2"}[lang] in shown


def test_side_by_side_keeps_the_order_of_the_choice(open_page) -> None:
    page = open_page(SCRIPT, projects="konstanz-cut")
    lessons = page.table[0].value
    columns = lessons.columns.tolist()
    assert columns[1:] == ["Konstanz", "Connected Urban Twins"]
    ended = lessons[lessons.iloc[:, 0] == "Beendete Lösungen"].iloc[0].tolist()
    assert ended[1:] == ["4", "nicht gemeldet"]


def test_planned_figures_stand_apart(open_page) -> None:
    page = open_page(SCRIPT, projects="konstanz-kempten")
    tables = [table.value for table in page.dataframe if "Was gezählt wurde" in table.value]
    assert [len(table) for table in tables] == [4, 2]


def test_one_project_is_not_compared(open_page) -> None:
    page = open_page(SCRIPT, projects="cut")
    assert [info.value for info in page.info] == [read_words("de")("projects.choose_more")]
    assert page.subheader.len == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unknown_projects_are_said_and_the_rest_is_shown(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang, projects="cut-nope-halle")
    said = [warning.value for warning in page.warning]
    assert said == [read_words(lang)("frame.unknown_project", value="nope")]
    assert len(page.subheader) == 4


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("asked", [{"with": "given-stopped"}, {"project_find": "xyzzy"}])
def test_nothing_found_is_said_with_the_way_back(open_page, lang: str, asked) -> None:
    page = open_page(SCRIPT, lang, cohort="2019", **asked)
    words = read_words(lang)
    assert words("projects.nothing") in [part.value for part in page.markdown]
    assert not page.dataframe
    page.button(key="projects_all").click().run()
    assert len(page.dataframe[0].value) == 73
    assert not {"project_find", "cohort", "with"} & set(page.query_params)


@pytest.mark.parametrize(
    ("script", "ids"), [(SCRIPT, {}), ("pages/look/solutions.py", {"view": "table"})]
)
def test_the_ways_on_from_a_table_keep_the_town(open_page, script: str, ids) -> None:
    page = open_page(script, "en", ags="07312000", **ids)
    ways = page.dataframe[0].value[read_words("en")("solutions.column_open")].tolist()
    assert {dict(parse_qsl(urlsplit(one).query)).get("ags") for one in ways} == {"07312000"}
    assert {dict(parse_qsl(urlsplit(one).query)).get("lang") for one in ways} == {"en"}
