"""Lessons: what they are about, whose view they give, and their filters."""

import pandas as pd
import pytest

from analysis.lessons import LessonChoice, choose_lessons, lesson_entries, lesson_texts, view_of
from analysis.text_search import TextIndex
from analysis.use_figures import use_groups, use_series

LESSON = {"solution_id": "", "project_id": "", "lesson_en": "", "source_url": "", "source_date": ""}


LESSONS = [
    {
        "lesson_id": "1",
        "ref_type": "solution",
        "solution_id": "app",
        "project_id": "kn",
        "kind": "worked",
        "lesson_de": "Früh testen",
        "source_url": "https://www.konstanz.de/x",
    },
    {
        "lesson_id": "2",
        "ref_type": "project",
        "project_id": "kn",
        "kind": "did_not_work",
        "lesson_de": "Ohne Rat kein Bus",
        "source_date": "2024-01",
    },
    {
        "lesson_id": "3",
        "ref_type": "programme",
        "kind": "cost",
        "lesson_de": "Geld fehlt",
        "source_date": "2025",
    },
]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    catalogue = pd.DataFrame(
        {
            "solution_id": ["app"],
            "name": ["Die App"],
            "action_field": ["mobility"],
            "sizes": ["|rural|"],
        }
    )
    projects = pd.DataFrame(
        {
            "project_id": ["kn"],
            "name_de": ["Konstanz"],
            "website": ["https://konstanz.de"],
            "lead_municipality": ["Konstanz"],
        }
    )
    table = pd.DataFrame([{**LESSON, **lesson} for lesson in LESSONS])
    return lesson_entries(table, catalogue, projects)


def test_newest_first_undated_last(rows: pd.DataFrame) -> None:
    assert list(rows["lesson_id"]) == ["3", "2", "1"]


def test_what_a_lesson_is_about(rows: pd.DataFrame) -> None:
    assert list(rows["about"]) == ["", "Konstanz", "Die App"]
    assert list(rows["action_field"]) == ["", "", "mobility"]


@pytest.mark.parametrize(
    ("source", "website", "view"),
    [
        ("https://www.konstanz.de/x", "https://konstanz.de/", "own"),
        ("https://smartcity.konstanz.de/x", "https://konstanz.de/", "own"),
        ("https://suedkurier.de/x", "https://konstanz.de/", "other"),
        (
            "https://skalierung.smart-city-dialog.de/a",
            "https://smart-city-dialog.de/b",
            "programme",
        ),
        ("https://github.com/a", "https://github.com/b", "other"),
        ("https://www.koeln.de/x", "https://smartcity-cologne.de", "own"),
        ("https://koeln-bonn.de/x", "", "other"),
        ("", "", "other"),
    ],
)
def test_whose_view(source: str, website: str, view: str) -> None:
    assert view_of(source, website, "Köln") == view


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (LessonChoice(), ["3", "2", "1"]),
        (LessonChoice(kind="did_not_work"), ["2"]),
        (LessonChoice(field="mobility"), ["1"]),
        (LessonChoice(size="rural"), ["1"]),
        (LessonChoice(text="konstanz"), ["2", "1"]),
        (LessonChoice(text="Fehlschlag"), ["2"]),
        (LessonChoice(text="bus", kind="worked"), []),
    ],
)
def test_choice(rows, choice: LessonChoice, expected: list[str]) -> None:
    words = {"did_not_work": "Fehlschlag", "mobility": "Mobilität"}
    index = TextIndex(lesson_texts(rows, "de", words), "de")
    assert list(choose_lessons(rows, index, choice).rows["lesson_id"]) == expected


def test_figures_of_use_keep_results_plans_and_undated_apart() -> None:
    figures = pd.DataFrame(
        {
            "measure": ["rides", "rides", "stops", "rides"],
            "date": ["2024", "2023", "", "2026"],
            "value_type": ["actual", "actual", "actual", "planned"],
        }
    )
    groups = dict(use_groups(figures))
    assert list(groups["dated"].index) == [1, 0]
    assert list(groups["undated"].index) == [2]
    assert list(groups["planned"].index) == [3]
    assert [name for name, _ in use_groups(figures[:2])] == ["dated"]


def test_only_results_of_several_dates_make_a_series_and_inexact_dates_are_spans() -> None:
    figures = pd.DataFrame(
        {
            "measure": ["rides", "rides", "rides", "rides", "stops", "devices", "devices"],
            "unit": ["persons"] * 4 + ["stops", "devices", "devices"],
            "municipality": ["Gera"] * 7,
            "date": ["2023", "2023-01", "", "2030", "2024", "2024-05-01", "2024-05-01"],
            "value": [4000.0, 2700.0, 9.0, 9.0, 3.0, 1.0, 2.0],
            "value_type": ["actual", "actual", "actual", "planned", "actual", "actual", "actual"],
        }
    )
    (series,) = use_series(figures)
    assert (series.measure, series.unit, series.place) == ("rides", "persons", "Gera")
    assert series.rows["value"].tolist() == [2700.0, 4000.0]
    assert series.rows["first_day"].tolist() == ["2023-01-01", "2023-01-01"]
    assert series.rows["last_day"].tolist() == ["2023-01-31", "2023-12-31"]
    assert series.rows["middle"].tolist() == ["2023-01-16", "2023-07-02"]
    assert use_series(figures.iloc[:0]) == []
