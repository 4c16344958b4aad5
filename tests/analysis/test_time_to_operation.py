"""Who can be counted on the way to operation, and when a curve may be drawn at all."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.errors import TooFewDeployments
from analysis.time_to_operation import waiting

TODAY = date(2026, 11, 22)
SELECTED = "2020-09-08"
PLACES = {"origin": "07312000", "adopter": "02000000"}


def deployment(solution: str, phase: str, as_of: str = "", role: str = "origin") -> dict[str, str]:
    place = PLACES[role]
    known = {"solution_id": solution, "phase": phase, "as_of": as_of, "role": role}
    return {**known, "ags": place, "municipality": place}


def milestone(solution: str, day: str, role: str = "origin") -> dict[str, str]:
    place = PLACES[role]
    known = {"solution_id": solution, "milestone": "M6", "date": day}
    return {**known, "ags": place, "municipality": place}


def cases(
    rows: list[dict[str, str]], starts: dict[str, str], selected: dict[str, str] | None = None
):
    milestones = pd.DataFrame(
        [milestone(one, day) for one, day in starts.items()],
        columns=["solution_id", "ags", "municipality", "milestone", "date"],
    )
    everyone = {row["solution_id"]: SELECTED for row in rows}
    return waiting(pd.DataFrame(rows), milestones, selected or everyone, TODAY)


def test_each_deployment_is_counted_once_in_its_place() -> None:
    found = cases(
        [
            deployment("runs", "P4"),
            deployment("runs-undated", "P4"),
            deployment("ended", "stopped", "2023-12"),
            deployment("waits", "P3", "2024-01-08"),
            deployment("waits-unseen", "P3"),
            deployment("early", "P4"),
            deployment("alone", "P4"),
            deployment("runs", "P4", role="adopter"),
        ],
        {"runs": "2022-09-08", "early": "2018-06-07"},
        dict.fromkeys(
            ("runs", "runs-undated", "ended", "waits", "waits-unseen", "early"), SELECTED
        ),
    )
    assert found.cases[["solution_id", "event"]].to_numpy().tolist() == [
        ["ended", 2],
        ["runs", 1],
        ["waits", 0],
    ]
    assert (found.undated, found.before, found.without_look, found.without_cohort) == (1, 1, 1, 1)
    assert found.dated_share == pytest.approx(2 / 3)
    assert found.cases["months_low"].tolist()[1] == pytest.approx(24.0)


def test_ten_cases_with_dates_give_both_curves() -> None:
    rows = [deployment(f"s{n:02d}", "P4") for n in range(8)]
    rows += [deployment(f"t{n}", "stopped", "2023-09-08") for n in range(4)]
    starts = {f"s{n:02d}": f"{2021 + n // 4}" for n in range(8)}
    early, late = cases(rows, starts).curves()
    assert early["month"].tolist()[0] < late["month"].tolist()[0]
    # Rows end where fewer than five are at risk.
    assert early["at_risk"].min() >= 5


def test_nine_cases_give_no_curve() -> None:
    rows = [deployment(f"s{n}", "P4") for n in range(9)]
    with pytest.raises(TooFewDeployments):
        cases(rows, {f"s{n}": "2022" for n in range(9)}).curves()


def test_mostly_undated_events_give_no_curve() -> None:
    rows = [deployment(f"s{n:02d}", "P4") for n in range(30)]
    found = cases(rows, {f"s{n:02d}": "2022" for n in range(14)})
    assert found.dated_share < 0.5
    with pytest.raises(TooFewDeployments):
        found.curves()


def test_nothing_known_gives_no_curve() -> None:
    found = cases([deployment("s", "P3")], {})
    assert (found.events, found.dated_share) == (0, 0.0)
    with pytest.raises(TooFewDeployments):
        found.curves()


def test_the_start_of_an_adopter_is_not_that_of_the_origin() -> None:
    both = pd.DataFrame([deployment("s", "P4"), deployment("s", "P4", role="adopter")])
    taken = milestone("s", "2024-09-08", role="adopter")
    alone = waiting(both, pd.DataFrame([taken]), {"s": SELECTED}, TODAY)
    assert (len(alone.cases), alone.undated) == (0, 1)
    dated = pd.DataFrame([taken, milestone("s", "2022-09-08")])
    found = waiting(both, dated, {"s": SELECTED}, TODAY)
    assert found.cases[["months_low", "months_high"]].to_numpy().tolist() == [[24.0, 24.0]]


def test_too_few_at_risk_at_the_first_event_give_no_curve() -> None:
    rows = [deployment(f"w{n}", "P3", "2021-09-08") for n in range(8)]
    rows += [deployment(f"s{n}", "P4") for n in range(4)]
    with pytest.raises(TooFewDeployments):
        cases(rows, {f"s{n}": "2023-09-08" for n in range(4)}).curves()
