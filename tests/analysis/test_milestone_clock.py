"""Milestones on calendar and project clock: ranges, missing dates, certain reversals only."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.milestone_clock import milestone_clock, reversals

COHORTS = pd.DataFrame(
    {
        "cohort": ["2019", "2021"],
        "selected_on": ["2019-07-10", "2021-07-15"],
        "source_url": ["", ""],
    }
)
PROJECTS = pd.DataFrame({"project_id": ["old", "new"], "cohort": ["2019", "2021"]})
SOLUTIONS = pd.DataFrame({"solution_id": ["bus", "app", "core"], "project_id": ["old", "new", ""]})


def clock(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["solution_id", "milestone", "date"])
    table = table.assign(ags="", municipality="X", evidence_url="", note="")
    return milestone_clock(table, SOLUTIONS, PROJECTS, COHORTS)


def test_exact_dates_count_months_since_the_own_selection() -> None:
    table = clock(("bus", "M4", "2021-12-10"), ("app", "M4", "2022-07-15"))
    assert table["months_low"].tolist() == pytest.approx([29.0, 12.0])
    assert table["months_high"].tolist() == pytest.approx([29.0, 12.0])


def test_a_bare_year_is_a_range_on_both_clocks() -> None:
    row = clock(("app", "M4", "2022")).iloc[0]
    assert (row["first_day"], row["last_day"]) == ("2022-01-01", "2022-12-31")
    assert row["months_high"] - row["months_low"] == pytest.approx(11.99, abs=0.05)


def test_a_month_is_a_range_up_to_its_last_day() -> None:
    row = clock(("app", "M4", "2024-02")).iloc[0]
    assert (row["first_day"], row["last_day"]) == ("2024-02-01", "2024-02-29")


def test_undated_or_without_cohort_has_no_place_on_the_clock() -> None:
    table = clock(("bus", "M1", ""), ("core", "M3", "2024-04"))
    assert table["months_low"].isna().tolist() == [True, True]
    assert table["first_day"].tolist() == ["", "2024-04-01"]
    assert table["cohort"].tolist() == ["2019", ""]


def test_before_the_selection_is_negative() -> None:
    assert clock(("app", "M4", "2016")).iloc[0]["months_high"] < -54


def test_the_order_turns_round_when_an_older_round_takes_longer() -> None:
    found = reversals(clock(("bus", "M4", "2021-12-11"), ("app", "M4", "2022-05")))
    assert [(one.earlier["solution_id"], one.later["solution_id"]) for one in found] == [
        ("bus", "app")
    ]


def test_overlapping_ranges_and_other_milestones_turn_nothing_round() -> None:
    assert reversals(clock(("bus", "M4", "2022"), ("app", "M4", "2022-05"))) == []
    assert reversals(clock(("bus", "M4", "2021-12-11"), ("app", "M6", "2022-05"))) == []


def test_two_of_one_round_never_turn_round() -> None:
    table = clock(("bus", "M4", "2020-01-01"), ("bus", "M4", "2022-01-01"))
    assert reversals(table) == []
