"""Transfers by hand and as shipped: decisions, directions, years, base of a forecast."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.diffusion import wilson
from analysis.transfers import (
    decisions_by_year,
    forecast_base,
    project_reach,
    reached_projects,
    taken_over,
    transfer_counts,
    transfers,
    undated_decisions,
)

ROOT = Path(__file__).resolve().parents[2]
NO_YEAR = float("nan")


def adoption(place: str, ags: str, year: float, status: str, kind: str) -> dict[str, object]:
    return {
        "solution_id": "portal",
        "adopter_municipality": place,
        "adopter_ags": ags,
        "year": year,
        "status": status,
        "adoption_type": kind,
        "evidence_url": f"https://a.example/{place}",
        "note": "",
    }


SOLUTIONS = pd.DataFrame(
    {
        "solution_id": ["portal"],
        "project_id": ["twins"],
        "origin_municipalities": ["Astadt; Bstadt"],
        "origin_ags": ["01001000; 02000000"],
    }
)
PROJECTS = pd.DataFrame(
    {
        "project_id": ["twins", "valley", "coast"],
        "name_de": ["Zwillinge", "Tal", "Küste (Kreis K)"],
    }
)
PARTICIPATIONS = pd.DataFrame(
    {
        "project_id": ["twins", "twins", "valley"],
        "ags": ["01001000", "02000000", "03000000"],
        "name_de": ["Astadt", "Bstadt", "Cdorf"],
    }
)
PHASES = pd.DataFrame(
    {
        "solution_id": ["portal"],
        "municipality": ["Cdorf"],
        "phase": ["P4"],
        "evidence_url": ["https://other.example/"],
    }
)
ADOPTIONS = pd.DataFrame(
    [
        adoption("Bstadt", "02000000", 2020, "operation", "joint_project"),
        adoption("Cdorf", "03000000", 2021, "operation", "reuse"),
        adoption("Küste", "", 2022, "pilot", "reuse"),
        adoption("E", "05000000", 2022, "operation", "joint_rollout"),
        adoption("F", "06000000", NO_YEAR, "operation", "joint_rollout"),
        adoption("G", "07000000", 2023, "pilot", "trial"),
        adoption("H", "08000000", NO_YEAR, "ended", "trial"),
        adoption("I", "09000000", 2024, "announced", "reuse"),
    ]
)


@pytest.fixture
def table() -> pd.DataFrame:
    return transfers(ADOPTIONS, PHASES, SOLUTIONS, PARTICIPATIONS, PROJECTS)


def test_both_ends_are_named_and_the_origin_is_the_first_place(table: pd.DataFrame) -> None:
    assert set(table["from_place"]) == {"Astadt"}
    assert set(table["from_ags"]) == {"01001000"}
    assert table["to_place"].tolist()[:2] == ["Bstadt", "Cdorf"]


def test_members_are_told_from_others_and_a_keyless_adopter_by_its_project(
    table: pd.DataFrame,
) -> None:
    by_place = table.set_index("to_place")
    assert by_place["inside"].to_dict() == {
        **dict.fromkeys("EFGHI", False),
        "Bstadt": True,
        "Cdorf": False,
        "Küste": False,
    }
    assert by_place.loc["Cdorf", "to_projects"] == "valley"
    assert by_place.loc["Küste", "to_projects"] == "coast"


def test_a_trial_is_no_operation_and_a_second_link_is_a_second_source(table: pd.DataFrame) -> None:
    by_place = table.set_index("to_place")
    assert by_place.loc["G", "state"] == "trial"
    assert by_place.loc["H", "state"] == "ended"
    assert by_place["sources"].to_dict()["Cdorf"] == 2
    assert by_place["sources"].drop("Cdorf").unique().tolist() == [1]


def test_a_joint_roll_out_is_one_decision(table: pd.DataFrame) -> None:
    joint = table[table["adoption_type"] == "joint_rollout"]
    assert len(joint) == 2
    assert joint["decision"].nunique() == 1


def test_counts_of_a_project_are_ranges_from_running_to_recorded(table: pd.DataFrame) -> None:
    counts = transfer_counts(table, "twins")
    # Running elsewhere: Cdorf and the joint roll-out; recorded besides: Küste, G, H, I.
    assert counts["out"] == (2, 6)
    assert counts["inside"] == (0, 1)
    assert counts["into"] == (0, 0)
    assert transfer_counts(table, "valley")["into"] == (1, 1)
    assert transfer_counts(table, "coast")["into"] == (0, 1)


def test_curve_counts_a_decision_in_its_earliest_year_and_leaves_undated_ones_out(
    table: pd.DataFrame,
) -> None:
    kept = taken_over(table)
    assert decisions_by_year(kept).to_numpy().tolist() == [[2020, 1, 1], [2021, 1, 2], [2022, 2, 4]]
    assert undated_decisions(kept) == 0
    assert undated_decisions(table[table["to_place"] == "F"]) == 1


def test_reach_counts_other_projects_only(table: pd.DataFrame) -> None:
    assert reached_projects(table, "portal") == {"valley", "coast"}
    assert project_reach(table, "portal").to_numpy().tolist() == [[2021, 1, 1], [2022, 1, 2]]


def test_without_dates_there_is_no_curve_and_no_base(table: pd.DataFrame) -> None:
    undated = table.assign(year=NO_YEAR)
    assert project_reach(undated, "portal").empty
    base = forecast_base(undated, "portal")
    assert (base.periods, base.adopters, base.peak_passed, base.allowed) == (0, 0, False, False)


def many(years: list[int]) -> pd.DataFrame:
    rows = [
        adoption(f"P{n}", f"{n:08d}", year, "operation", "reuse") for n, year in enumerate(years)
    ]
    return transfers(pd.DataFrame(rows), PHASES, SOLUTIONS, PARTICIPATIONS, PROJECTS)


def test_base_of_a_forecast_needs_years_adopters_and_a_passed_peak() -> None:
    past = [2010 + year for year, n in enumerate([1, 2, 4, 8, 8, 4, 2, 1]) for _ in range(n)]
    assert forecast_base(many(past), "portal").allowed
    rising = [2010 + year for year, n in enumerate([1, 1, 2, 2, 4, 6, 7, 8]) for _ in range(n)]
    found = forecast_base(many(rising), "portal")
    assert (found.periods, found.adopters, found.peak_passed) == (8, 31, False)
    assert not found.allowed
    assert not forecast_base(many(past[:29]), "portal").allowed


def test_order_of_the_rows_changes_no_count() -> None:
    shuffled = ADOPTIONS.sample(frac=1, random_state=np.random.RandomState(4))
    table = transfers(shuffled, PHASES, SOLUTIONS, PARTICIPATIONS, PROJECTS)
    assert transfer_counts(table, "twins")["out"] == (2, 6)
    assert reached_projects(table, "portal") == {"valley", "coast"}


def shipped(name: str) -> pd.DataFrame:
    path = ROOT / "data" / f"{name}.csv"
    path = path if path.exists() else ROOT / "data" / "catalogue" / f"{name}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "year" in rows:
        rows["year"] = pd.to_numeric(rows["year"], errors="coerce")
    return rows


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    names = ("adoptions", "phases", "solutions", "participations", "model_projects")
    return transfers(*(shipped(name) for name in names))


def test_shipped_transfers_stay_complete(real: pd.DataFrame) -> None:
    assert len(real) == len(shipped("adoptions"))
    assert real["state"].value_counts().to_dict() == {
        "operation": 86,
        "pilot": 21,
        "ended": 11,
        "announced": 7,
        "trial": 1,
    }
    assert real["decision"].nunique() == 94


def test_shipped_joint_roll_outs_are_three_decisions(real: pd.DataFrame) -> None:
    joint = real[real["adoption_type"] == "joint_rollout"]
    assert (len(joint), joint["decision"].nunique()) == (35, 3)


def test_shipped_masterportal_reaches_four_other_projects(real: pd.DataFrame) -> None:
    reached = reached_projects(real, "masterportal")
    assert reached == {"berlin", "guetersloh", "kielregion", "kusel"}
    share = wilson(len(reached), 72)
    assert (round(share.low, 3), round(share.high, 3)) == (0.022, 0.134)


def test_no_shipped_solution_carries_a_forecast(real: pd.DataFrame) -> None:
    assert [one for one in set(real["solution_id"]) if forecast_base(real, one).allowed] == []
