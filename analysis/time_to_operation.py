"""Months from the selection of a cohort to regular operation: who can be counted.

The curve needs the date of every start and stop. Deployments known to run without a
published date cannot be entered, neither as an event nor as still waiting; when they are
many, the curve would show what was published and not what happened.
Method: ``docs/methods/progress``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.decisions import RUNNING_PHASES
from analysis.errors import TooFewDeployments
from analysis.progress import (
    CENSORED,
    OPERATION,
    STOPPED,
    curve_to_show,
    place_keys,
    project_clock,
)

LEAST_DATED_SHARE = 0.5


@dataclass(frozen=True)
class Waiting:
    """Deployments at the origin as cases of the time to operation.

    Attributes:
        cases: columns solution_id, event (0 still waiting, 1 in operation, 2 stopped),
            months_low, months_high since the selection of the cohort.
        undated: deployments that run or were stopped without a published date.
        before: events before the cohort was selected; the clock has no time for them.
        without_look: not yet in operation, but without the date of the last look.
        without_cohort: of no single model project.
    """

    cases: pd.DataFrame
    undated: int
    before: int
    without_look: int
    without_cohort: int

    @property
    def events(self) -> int:
        """Dated starts of operation and stops."""
        return int((self.cases["event"] != CENSORED).sum())

    @property
    def dated_share(self) -> float:
        """Share of the known events whose date is published; 0 when there is none."""
        known = self.events + self.undated
        return self.events / known if known else 0.0

    def curves(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Incidence with all dates early, and with all late.

        Raises:
            TooFewDeployments: fewer than 10 cases, fewer than half of the known events dated,
                or too few still at risk at the first event.
        """
        if self.dated_share < LEAST_DATED_SHARE:
            raise TooFewDeployments([self.events, self.undated])
        events = self.cases["event"].tolist()
        early = curve_to_show(self.cases["months_low"].tolist(), events)
        late = curve_to_show(self.cases["months_high"].tolist(), events)
        if early.empty or late.empty:
            raise TooFewDeployments([len(self.cases)])
        return early, late


def waiting(
    deployments: pd.DataFrame, milestones: pd.DataFrame, selected_on: dict[str, str], today: date
) -> Waiting:
    """The deployments at the origin as cases.

    A start is milestone M6 at the origin (the earliest of several), never that of a place that
    took the solution over; a stop is the date of the phase ``stopped``; a deployment in an
    earlier phase waits until the day its phase was last seen.

    Args:
        deployments: see ``analysis.deployments``; only rows with role origin are used, one
            per solution (the furthest phase).
        milestones: see ``analysis.milestone_clock``.
        selected_on: day of the selection of the cohort by solution.
        today: day to which the data are stated; later dates are cut to it.
    """
    starts = _starts_at_origin(milestones, deployments)
    own = deployments[deployments["role"] == "origin"]
    rank = own["phase"].map({"stopped": 0, "P1": 1, "P2": 2, "P3": 3, "P4": 4, "P5": 5})
    own = own.assign(rank=rank.fillna(-1)).sort_values("rank", kind="stable")
    rows: list[tuple[str, int, float, float]] = []
    count = {"undated": 0, "before": 0, "without_look": 0, "without_cohort": 0}
    for row in own.groupby("solution_id").last().reset_index().to_dict("records"):
        solution = str(row["solution_id"])
        event = _event(str(row["phase"]))
        day = str(starts.get(solution, "")) if event == OPERATION else str(row["as_of"])
        start = selected_on.get(solution, "")
        months = project_clock(min(day, today.isoformat()), start) if start else None
        if not start:
            count["without_cohort"] += 1
        elif months is None:
            count["without_look" if event == CENSORED else "undated"] += 1
        elif months.low < 0:
            count["before"] += 1
        else:
            rows.append((solution, event, months.low, months.high))
    columns = ["solution_id", "event", "months_low", "months_high"]
    return Waiting(pd.DataFrame(rows, columns=columns), **count)


def _starts_at_origin(milestones: pd.DataFrame, deployments: pd.DataFrame) -> pd.Series:
    """Earliest published date of milestone M6 by solution, places of adopters left out."""
    rows = milestones[(milestones["milestone"] == "M6") & (milestones["date"] != "")]
    adopters = set(place_keys(deployments[deployments["role"] == "adopter"]))
    own = [key not in adopters for key in place_keys(rows)]
    return rows[pd.Series(own, index=rows.index, dtype=bool)].groupby("solution_id")["date"].min()


def _event(phase: str) -> int:
    if phase in RUNNING_PHASES:
        return OPERATION
    return STOPPED if phase == "stopped" else CENSORED
