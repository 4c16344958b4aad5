"""Milestones, project clock and incidence: worked examples and edge cases."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import OutOfRange, TooFewDeployments
from analysis.progress import (
    cumulative_incidence,
    curve_to_show,
    deployment_progress,
    progress_range,
    project_clock,
)

MONTHS = [4, 6, 6, 9, 12, 15]
EVENTS = [0, 1, 2, 0, 1, 0]


def test_worked_example_progress_range() -> None:
    found = progress_range(5, 1)
    assert (found.low, found.high) == (0.625, 0.75)


def test_worked_example_pilot_and_nothing_else() -> None:
    found = progress_range(1, 7)
    assert (found.low, found.high) == (0.125, 1.0)


def test_worked_example_incidence() -> None:
    table = cumulative_incidence(MONTHS, EVENTS).set_index("month")
    assert table.loc[6, ["operation", "stopped", "survival"]].tolist() == pytest.approx(
        [0.2, 0.2, 0.6], abs=1e-9
    )
    assert table.loc[12, ["operation", "survival"]].tolist() == pytest.approx([0.5, 0.3], abs=1e-9)
    assert table["at_risk"].tolist() == [5, 2]


def test_worked_example_greenwood() -> None:
    table = cumulative_incidence(MONTHS, EVENTS)
    assert table["variance"].tolist() == pytest.approx([0.048, 0.057], abs=1e-9)


def test_the_naive_curve_would_overstate() -> None:
    starts_alone = cumulative_incidence(MONTHS, [int(e == 1) for e in EVENTS])
    naive = 1 - starts_alone["survival"].iloc[-1]
    assert naive == pytest.approx(0.6)
    assert cumulative_incidence(MONTHS, EVENTS)["operation"].iloc[-1] < naive


@pytest.mark.parametrize("count", [1, 6, 9])
def test_a_curve_needs_ten_deployments(count: int) -> None:
    months, events = (MONTHS * 2)[:count], (EVENTS * 2)[:count]
    with pytest.raises(TooFewDeployments) as error:
        curve_to_show(months, events)
    assert error.value.keys == (str(count),)


def test_ten_deployments_that_end_in_the_same_month_share_one_step() -> None:
    table = curve_to_show([6.0] * 10, [1] * 4 + [2] * 4 + [0] * 2)
    assert table[["month", "operation", "stopped"]].to_numpy().tolist() == [
        [6.0, pytest.approx(0.4), pytest.approx(0.4)]
    ]


def test_a_curve_ends_below_five_at_risk() -> None:
    table = curve_to_show(range(1, 13), [1] * 12)
    assert table["at_risk"].tolist() == [12, 11, 10, 9, 8, 7, 6, 5]


def test_everything_happened_leaves_no_survivor_and_no_variance() -> None:
    table = cumulative_incidence([1, 2], [1, 2])
    assert table.iloc[-1][["survival", "operation", "stopped", "variance"]].tolist() == [
        0,
        0.5,
        0.5,
        0,
    ]


def test_nothing_happened_is_an_empty_table() -> None:
    assert cumulative_incidence([3, 5], [0, 0]).empty


@pytest.mark.parametrize(("months", "event"), [([1.0], [3]), ([-1.0], [1]), ([np.nan], [1])])
def test_impossible_input_is_refused(months: list[float], event: list[int]) -> None:
    with pytest.raises(OutOfRange):
        cumulative_incidence(months, event)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0, 1, 2])), min_size=1, max_size=40))
def test_incidences_and_survival_sum_to_one(cases: list[tuple[int, int]]) -> None:
    table = cumulative_incidence([m for m, _ in cases], [e for _, e in cases])
    total = table[["survival", "operation", "stopped"]].sum(axis=1)
    assert total.tolist() == pytest.approx([1.0] * len(table))
    assert (table[["operation", "stopped"]].diff().dropna() >= -1e-12).to_numpy().all()


@pytest.mark.parametrize(
    ("day", "low", "high"),
    [
        ("2020-07-15", 12.0, 12.0),
        ("2020-07", 12 - 14 / 30.4375, 12 + 16 / 30.4375),
        ("2019", -6 - 14 / 30.4375, 5 + 16 / 30.4375),
    ],
)
def test_the_project_clock_counts_from_the_selection(day: str, low: float, high: float) -> None:
    clock = project_clock(day, "2019-07-15")
    assert clock is not None and (clock.low, clock.high) == pytest.approx((low, high))
    assert clock.exact == (len(day) == 10)


def test_an_undated_fact_has_no_place_on_the_clock() -> None:
    assert project_clock("", "2019-07-15") is None


def test_a_missing_milestone_is_unknown_and_order_is_free() -> None:
    places = pd.DataFrame(
        {
            "solution_id": ["s", "s", "t", "u"],
            "ags": ["1", "", "1", "1"],
            "municipality": ["A", "Amt B", "A", "A"],
            "phase": ["P4", "P4", "P3", ""],
            "as_of": ["2026", "", "2026-03", ""],
        }
    )
    recorded = pd.DataFrame(
        {
            "solution_id": ["s", "s", "s"],
            "ags": ["1", "1", ""],
            "municipality": ["A", "A", "Amt B"],
            "milestone": ["M6", "M1", "M2"],
            "date": ["2022", "", "2021-05"],
        }
    )
    table = deployment_progress(places, recorded, date(2026, 11, 22))
    assert table["reached"].tolist() == ["M1 M6", "M2", "M4", ""]
    assert table["undated"].tolist() == ["M1", "", "M4", ""]
    assert table["basis"].tolist() == ["milestones", "milestones", "phase", "none"]
    assert table["low"].tolist() == [0.25, 0.125, 0.125, 0.0]
    assert table["high"].tolist() == [1.0] * 4
    assert table["grade"].tolist() == ["", "", "C", ""]


@pytest.mark.parametrize(("as_of", "grade"), [("2026-01", "C"), ("2024-01", "D"), ("", "D")])
def test_a_bare_state_counts_less_when_old_or_undated(as_of: str, grade: str) -> None:
    columns = ["solution_id", "ags", "municipality", "phase", "as_of"]
    places = pd.DataFrame([("s", "1", "A", "P4", as_of)], columns=columns)
    nothing = pd.DataFrame(columns=["solution_id", "ags", "municipality", "milestone", "date"])
    row = deployment_progress(places, nothing, date(2026, 11, 22)).iloc[0]
    assert (row["reached"], row["grade"]) == ("M4 M6", grade)


def test_more_than_eight_milestones_are_refused() -> None:
    with pytest.raises(OutOfRange):
        progress_range(8, 1)


def test_milestones_of_an_association_hold_for_its_members() -> None:
    deployments = pd.DataFrame(
        {
            "solution_id": ["bus", "bus", "app"],
            "ags": ["01059006", "01059055", "01059006"],
            "municipality": ["Amt Süd", "Amt Süd", "Amt Süd"],
            "phase": ["P4", "P4", "P3"],
            "as_of": ["", "", ""],
        }
    )
    milestones = pd.DataFrame(
        {
            "solution_id": ["bus"],
            "ags": [""],
            "municipality": ["Amt Süd"],
            "milestone": ["M4"],
            "date": ["2021-12-11"],
        }
    )
    table = deployment_progress(deployments, milestones, date(2026, 11, 22))
    assert table["basis"].tolist() == ["milestones", "milestones", "phase"]
    assert table["reached"].tolist() == ["M4", "M4", "M4"]
