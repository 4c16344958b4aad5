"""One solution's page: every field filled or "not reported", with source and age."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
LANGUAGES = ("de", "en")
NAMED = (
    "masterportal",
    "dipas",
    "civitas-core",
    "open-smartcity-app",
    "leezenflow",
    "hal-plan",
    "smart-village-app",
    "konstanz-youtopia",
    "giessen-digital-mobil",
)
SECTIONS = ("stage", "spread", "learnt", "questions", "cost", "use", "needs", "parts", "evidence")
Open = Callable[..., AppTest]


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture
def opened(open_page: Open) -> Open:
    return partial(open_page, "pages/look/solution.py")


def texts(at: AppTest) -> str:
    return "\n".join(part.value for part in [*at.markdown, *at.caption])


def links(at: AppTest) -> list[str]:
    return [f"{link.proto.page} {link.proto.query_string}" for link in at.get("page_link")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("solution", NAMED)
def test_every_section_stands_and_says_something(opened: Open, solution: str, lang: str) -> None:
    at = opened(lang, solution=solution)
    words = read_words(lang)
    row = table("catalogue/solutions").set_index("solution_id").loc[solution]
    assert at.title[0].value.replace("\\", "") == row["name"]
    headings = [heading.value for heading in at.header]
    assert headings[: len(SECTIONS)] == [words(f"solution.section.{name}") for name in SECTIONS]
    for question in ("stage", "spread", "cost", "contact"):
        assert words(f"solution.answer.{question}") in texts(at)


def test_every_solution_of_the_catalogue_opens(opened: Open) -> None:
    at = opened()
    for solution in table("catalogue/solutions")["solution_id"][::9]:
        at.query_params["solution"] = solution
        at.run()
        assert not at.exception
        assert not at.error


def test_joint_roll_out_counts_once(opened: Open) -> None:
    shown = texts(opened(solution="eichenzell-starkregen"))
    assert "22 weitere Orte sind belegt. Eigener Betrieb: **22 Übernahmen aus einer" in shown
    assert "**Gemeinsame Einführung: 22 Orte.**" in shown
    assert "Eigener Betrieb: 22 Übernahmen aus einer Entscheidung" in shown


@pytest.mark.parametrize(
    ("solution", "said"),
    [
        ("partheland-buergermessstationen", "4 Übernahmen aus einer Entscheidung"),
        ("urban-stack", "9 Übernahmen aus einer Entscheidung"),
    ],
)
def test_head_and_text_count_a_joint_roll_out_alike(solution: str, said: str, opened: Open) -> None:
    shown = texts(opened(solution=solution))
    adopted = r"\d+ Übernahmen aus (?:einer Entscheidung|\d+ Entscheidungen)"
    counts = re.findall(rf"Eigener Betrieb: (?:\*\*)?({adopted})", shown)
    assert len(counts) == 2
    assert counts[0] == counts[1] == said


def test_numbers_equal_the_tables(opened: Open) -> None:
    at = opened(solution="smart-village-app")
    adoptions = table("adoptions")
    adopters = adoptions.loc[adoptions["solution_id"] == "smart-village-app"]
    shown = next(twin.value for twin in at.dataframe if "Art" in twin.value.columns)
    assert sorted(shown["Ort"]) == sorted(adopters["adopter_municipality"])
    phases = table("phases")
    places = phases.loc[phases["solution_id"] == "smart-village-app", "municipality"]
    assert sorted(at.dataframe[0].value["Ort"]) == sorted(places)


def test_cost_with_what_it_covers_source_and_age(opened: Open) -> None:
    shown = texts(opened(solution="eichenzell-starkregen"))
    assert "830.000\u202f€" in shown
    assert "830.000 EUR Landesförderung für das kreisweite Vorhaben" in shown
    assert "[rhoenkanal.de](https://rhoenkanal.de/" in shown
    assert "Stand Juli 2023" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_published_reads_not_reported(opened: Open, lang: str) -> None:
    at = opened(lang, solution="konstanz-youtopia")
    missing = read_words(lang)("common.not_reported")
    shown = texts(at)
    for key in ("open_source", "licence", "code", "interfaces", "data", "start"):
        label = read_words(lang)(f"solution.{key}")
        assert f":small[{label}]  \n**{missing}**" in shown


def test_stopped_is_a_result_with_its_reason(opened: Open) -> None:
    shown = texts(opened(solution="heidenheim-frequenztest"))
    assert "Auch das ist ein Ergebnis" in shown
    assert "Nach vier Monaten lieferte die Zählung" in shown
    assert "Grund des Stopps ist berichtet" in texts(opened(solution="konstanz-youtopia"))


def test_planned_and_undated_figures_stand_apart(opened: Open) -> None:
    progress = table("progress")
    own = progress[progress["solution_id"] == "hof-pegelsensoren"]
    at = opened(solution="hof-pegelsensoren")
    headings = [heading.value for heading in at.subheader]
    for kept, heading in (
        (own["value_type"] != "actual", "Geplant oder im Haushalt"),
        ((own["value_type"] == "actual") & (own["date"] == ""), "Erreicht, ohne Datum"),
        ((own["value_type"] == "actual") & (own["date"] != ""), "Erreicht, mit Datum"),
    ):
        assert (heading in headings) == bool(kept.any())


def test_figures_of_several_dates_are_drawn_with_sentence_and_table(opened: Open) -> None:
    words = read_words("de")
    at = opened(solution="leezenflow")
    shown = texts(at)
    assert "**Geräte in Betrieb**, Münster: 2 datierte Angaben, 1 (Mai 2021) und 9 (2024)." in shown
    assert words("solution.use_inexact") in shown
    measured = [frame.value for frame in at.dataframe if "Was gezählt wurde" in frame.value]
    values = measured[0]["Wert"].str.replace("\u00a0", " ").tolist()
    assert values == ["1 Gerät", "9 Geräte"]
    assert len(at.get("plotly_chart")) == 1
    single = opened(solution="hof-pegelsensoren")
    assert single.get("plotly_chart") == []


def test_addresses_in_notes_are_links_by_host_and_the_project_is_one_click_away(
    opened: Open,
) -> None:
    at = opened(solution="leezenflow")
    shown = texts(at)
    assert "[de.digital](https://www.de.digital/" in shown
    assert "https\\://" not in shown
    assert any(link.startswith("project") and "project=muenster" in link for link in links(at))


def test_four_questions_each_with_answer_or_not_reported(opened: Open) -> None:
    answers = table("programme_questions").set_index(["solution_id", "question"])
    shown = texts(opened("en", solution="civitas-core"))
    for question, heading in (
        ("benefit_for_residents", "What do residents gain?"),
        ("data_use_promise", "What is promised about data?"),
        ("operator_and_funding_after", "Who runs and pays afterwards?"),
        ("separable_parts_and_interfaces", "What can be taken singly?"),
    ):
        assert f"**{heading}**" in shown
        if ("civitas-core", question) in answers.index:
            said = answers.loc[("civitas-core", question), "answer_en"].split(":")[0]
            assert said in shown.replace("\\", "")


def test_evidence_names_grades_and_no_score(opened: Open) -> None:
    at = opened(solution="masterportal")
    twin = at.table[0].value
    assert list(twin.columns) == ["Kriterium", "Belegt", "Beleggrade"]
    assert len(twin) == 7
    assert all("\u00a0von\u00a0" in known for known in twin["Belegt"])


def test_one_link_leads_to_the_adoption_view_of_my_town(opened: Open) -> None:
    at = opened(solution="dipas", ags="07312000")
    adoption = [link for link in links(at) if "solution=dipas" in link and "ags=07312000" in link]
    assert len(adoption) == 1
    labels = [link.proto.label for link in at.get("page_link")]
    assert "**Passt das zu Kaiserslautern?**" in labels


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("asked", "title"), [("", "none_title"), ("xyz", "unknown_title")])
def test_no_or_unknown_solution_leads_to_the_catalogue(
    opened: Open, asked: str, title: str, lang: str
) -> None:
    at = opened(lang, **({"solution": asked} if asked else {}))
    words = read_words(lang)
    assert at.title[0].value == words(f"solution.{title}")
    assert asked in texts(at)
    assert words("solution.to_catalogue") in [link.proto.label for link in at.get("page_link")]
    assert not at.header


def test_announced_adoption_is_no_operation(opened: Open) -> None:
    shown = texts(opened(solution="leezenflow"))
    assert "Ein weiterer Ort ist belegt. Ein Betrieb dort ist nicht gemeldet." in shown


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("solution", "counted", "others"),
    [("masterportal", 4, 4), ("open-smartcity-app", 0, 3), ("hal-plan", 2, 0), ("dipas", 1, 1)],
)
def test_operation_that_counts_is_told_from_what_one_source_says(
    solution: str, counted: int, others: int, lang: str, opened: Open
) -> None:
    text = texts(opened(lang, solution=solution))
    words = read_words(lang)
    decisions = words("transfer.from_decisions", n=counted)
    adopted = f"{words('transfer.count', n=counted)} {decisions}"
    assert (words("solution.spread_decisions", adopted=adopted) in text) == (counted > 0)
    said = "spread_uncounted" if counted else "spread_not_counted"
    assert (words(f"solution.{said}", n=others) in text) == (others > 0)
    assert words("solution.spread_not_running") not in text
