"""Facts of the projects side by side: populations, ranges, choices; and the shipped rows."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.project_facts import ProjectChoice, choose_projects, project_facts
from analysis.transfers import COLUMNS

PROJECTS = pd.DataFrame(
    {
        "project_id": ["valley", "twins"],
        "name_de": ["Tal", "Äcker und Zwillinge"],
        "title": ["Smartes Tal", "Zwei"],
        "cohort": ["2020", "2021"],
        "kind": ["district", "inter_municipal"],
        "phase": ["strategy", ""],
    }
)
PARTICIPATIONS = pd.DataFrame(
    {
        "project_id": ["valley", "valley", "twins", "twins"],
        "ags": ["08226", "08226013", "01001000", ""],
        "name_de": ["Talkreis", "Eberstadt", "Astadt", "Verband"],
        "federal_state": ["Hessen", "Hessen", "Bayern", "Hessen; Bayern"],
        "population": [1000.0, 400.0, 50.0, float("nan")],
    }
)
ENTRIES = pd.DataFrame(
    {
        "project_id": ["twins", "twins", "twins", "", "valley"],
        "phase": ["P4", "P4", "", "P3", "stopped"],
        "phase_basis": ["deployment", "status", "", "deployment", "deployment"],
    }
)
LESSONS = pd.DataFrame(
    {
        "project_id": ["twins", "twins", ""],
        "ref_type": ["solution", "project", "programme"],
        "kind": ["worked", "did_not_work", "did_not_work"],
    }
)
FIGURES = pd.DataFrame({"project_id": ["twins", "twins"], "value_type": ["actual", "planned"]})
NO_TRANSFERS = pd.DataFrame({name: [] for name in COLUMNS}).astype({"inside": bool, "counts": bool})


@pytest.fixture
def table() -> pd.DataFrame:
    return project_facts(PROJECTS, PARTICIPATIONS, ENTRIES, NO_TRANSFERS, LESSONS, FIGURES)


def test_rows_stand_by_name_as_read(table: pd.DataFrame) -> None:
    assert table["project_id"].tolist() == ["twins", "valley"]


def test_a_place_inside_a_member_district_is_not_counted_twice(table: pd.DataFrame) -> None:
    people = table.set_index("project_id")
    assert people.loc["valley", "population"] == 1000
    assert bool(people.loc["valley", "population_whole"])
    assert people.loc["twins", "population"] == 50
    assert not people.loc["twins", "population_whole"]


def test_counts_are_ranges_from_evidenced_to_reported(table: pd.DataFrame) -> None:
    twins = table.set_index("project_id").loc["twins"]
    assert (twins["P4_low"], twins["P4_high"]) == (1, 2)
    assert (twins["unknown_low"], twins["unknown_high"]) == (0, 1)
    assert twins["solutions"] == 3
    assert (twins["out_low"], twins["out_high"]) == (0, 0)


def test_lessons_of_the_programme_belong_to_no_project(table: pd.DataFrame) -> None:
    twins = table.set_index("project_id").loc["twins"]
    assert (twins["lesson_count"], twins["failure_count"]) == (2, 1)
    assert (twins["actual_count"], twins["planned_count"]) == (1, 1)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (ProjectChoice(), ["twins", "valley"]),
        (ProjectChoice(text="eberst"), ["valley"]),
        (ProjectChoice(text="aecker"), ["twins"]),
        (ProjectChoice(cohort="2021"), ["twins"]),
        (ProjectChoice(kind="district", cohort="2021"), []),
        (ProjectChoice(state="Bayern"), ["twins"]),
        (ProjectChoice(phase="unknown"), ["twins"]),
        (ProjectChoice(marks=("stopped",)), ["valley"]),
        (ProjectChoice(marks=("lessons", "figures")), ["twins"]),
    ],
)
def test_choice(table: pd.DataFrame, choice: ProjectChoice, found: list[str]) -> None:
    assert choose_projects(table, choice)["project_id"].tolist() == found
