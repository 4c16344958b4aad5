"""Who can be counted on the way to operation, and when a curve may be drawn at all."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.errors import TooFewDeployments
from analysis.time_to_operation import waiting

TODAY = date(2026, 11, 22)
SELECTED = "2020-09-08"


def deployment(solution: str, phase: str, as_of: str = "", role: str = "origin") -> dict[str, str]:
    return {"solution_id": solution, "phase": phase, "as_of": as_of, "role": role}


def cases(
    rows: list[dict[str, str]], starts: dict[str, str], selected: dict[str, str] | None = None
):
    milestones = pd.DataFrame(
        [{"solution_id": one, "milestone": "M6", "date": day} for one, day in starts.items()],
        columns=["solution_id", "milestone", "date"],
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
