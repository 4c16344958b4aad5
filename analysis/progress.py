"""Progress of deployments: milestones, the project clock, time to operation.

"Stopped" is a result, not a gap: it competes with "in operation", so the curve is the
Aalen-Johansen cumulative incidence and never 1 - Kaplan-Meier, which overstates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import OutOfRange, TooFewDeployments
from analysis.grades import grade_at, middle_day

MILESTONES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8")

LEAST_DEPLOYMENTS = 10
LEAST_AT_RISK = 5
CENSORED, OPERATION, STOPPED = 0, 1, 2
_DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True)
class ProgressRange:
    """How far a deployment is, as a share of the eight milestones.

    Attributes:
        low: reached / 8.
        high: (reached + unknown) / 8.
        reached: number reached.
        unknown: number not known.
    """

    low: float
    high: float
    reached: int
    unknown: int


@dataclass(frozen=True)
class Months:
    """An age in months; a range where one of the dates is inexact."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether both dates are known to the day."""
        return self.low == self.high


def progress_range(reached: int, unknown: int) -> ProgressRange:
    """The range of progress from the number of milestones reached and unknown.

    Raises:
        OutOfRange: negative numbers or more than eight together.
    """
    total = len(MILESTONES)
    if reached < 0 or unknown < 0 or reached + unknown > total:
        raise OutOfRange([f"reached={reached}", f"unknown={unknown}"])
    return ProgressRange(reached / total, (reached + unknown) / total, reached, unknown)


def deployment_progress(
    deployments: pd.DataFrame, milestones: pd.DataFrame, data_date: date
) -> pd.DataFrame:
    """One row per deployment with its milestones and progress range.

    Recorded milestones count; where a deployment has none, those its phase implies (pilot:
    M4, operation: M4 and M6) count with grade C and ``basis`` says so; a phase older than 24
    months or undated counts one grade lower. A milestone without record is unknown, never
    unreached.

    Args:
        deployments: see ``analysis.deployments``.
        milestones: columns solution_id, ags, municipality, milestone, date; those of an
            association without key hold for all deployments that bear its name.
        data_date: day to which the data are stated.

    Returns:
        The deployments with ``reached`` (names separated by blanks), ``undated`` (those among
        them without date), ``low``, ``high``, ``basis`` (milestones, phase or none) and
        ``grade`` (C or D where the phase implies them, else "").
    """
    recorded = _recorded(milestones)
    # An association's milestones bear its name and no key; its members bear that name, too.
    named = zip(deployments["solution_id"], deployments["municipality"], strict=True)
    found = zip(place_keys(deployments), named, deployments["phase"], strict=True)
    rows = [
        _progress_row(recorded.get(key) or recorded.get(name, {}), phase)
        for key, name, phase in found
    ]
    progress = pd.DataFrame(rows, columns=["reached", "undated", "low", "high", "basis"])
    table = pd.concat([deployments.reset_index(drop=True), progress], axis=1)
    grades = [grade_at("C", day, data_date, time_bound=True) for day in table["as_of"]]
    return table.assign(grade=pd.Series(grades, dtype=object).where(table["basis"] == "phase", ""))


def project_clock(day: str, selected_on: str) -> Months | None:
    """Months from the public selection of the cohort to a date; ``None`` if it is undated.

    Whole calendar months and the days left over in months of 30.4375 days. A date known by
    month or year only gives a range from its first to its last day. Before the selection the
    number is negative.

    Raises:
        OutOfRange: a dated day, but no day of selection.
    """
    start, end = days_meant(selected_on), days_meant(day)
    if end is None:
        return None
    if start is None:
        raise OutOfRange(["selected_on=''"])
    return Months(_months(start[1], end[0]), _months(start[0], end[1]))


def days_meant(text: str) -> tuple[date, date] | None:
    """First and last day an inexact ISO date may mean; ``None`` for an empty text."""
    middle = middle_day(text)
    if middle is None:
        return None
    if len(text) == 4:
        return date(middle.year, 1, 1), date(middle.year, 12, 31)
    if len(text) == 7:
        last = pd.Timestamp(middle).days_in_month
        return middle.replace(day=1), middle.replace(day=last)
    return middle, middle


def cumulative_incidence(months: Sequence[float], event: Sequence[int]) -> pd.DataFrame:
    """Aalen-Johansen incidence of operation and of being stopped, by event time.

    At each time with n at risk, d1 starts of operation and d2 stops: F1 += S d1 / n,
    F2 += S d2 / n, S *= 1 - (d1 + d2) / n. Cases censored at the same time are still at risk.

    Args:
        months: time of the event or of the last look, one per deployment.
        event: 0 censored, 1 in operation, 2 stopped.

    Returns:
        One row per event time: month, at_risk, operations, stops, survival (neither yet),
        operation, stopped (incidences, 0 to 1) and variance of the survival (Greenwood).

    Raises:
        OutOfRange: an event code other than 0, 1, 2, or a missing or negative time.
    """
    times, codes = _checked(months, event)
    rows, survival, incidence, hazard = [], 1.0, np.zeros(2), 0.0
    for at in np.unique(times[codes != CENSORED]):
        at_risk = int((times >= at).sum())
        happened = np.array([((times == at) & (codes == c)).sum() for c in (OPERATION, STOPPED)])
        both = int(happened.sum())
        incidence = incidence + survival * happened / at_risk
        survival *= 1 - both / at_risk
        hazard += both / (at_risk * (at_risk - both)) if at_risk > both else np.nan
        variance = 0.0 if survival == 0 else survival**2 * hazard
        rows.append((float(at), at_risk, *map(int, happened), survival, *incidence, variance))
    names = ["month", "at_risk", "operations", "stops", "survival", "operation", "stopped"]
    return pd.DataFrame(rows, columns=[*names, "variance"])


def curve_to_show(months: Sequence[float], event: Sequence[int]) -> pd.DataFrame:
    """The incidence table as far as it may be drawn: rows with at least 5 at risk.

    Raises:
        TooFewDeployments: fewer than 10; they are listed instead of drawn.
    """
    if len(months) < LEAST_DEPLOYMENTS:
        raise TooFewDeployments([len(months)])
    table = cumulative_incidence(months, event)
    return table[table["at_risk"] >= LEAST_AT_RISK].reset_index(drop=True)


def place_keys(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Solution and place of each row: the key of the place, its name where it has none."""
    place = table["ags"].where(table["ags"] != "", table["municipality"])
    return list(zip(table["solution_id"], place, strict=True))


def _recorded(milestones: pd.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    rows = zip(place_keys(milestones), milestones["milestone"], milestones["date"], strict=True)
    for key, milestone, day in rows:
        found.setdefault(key, {})[milestone] = day
    return found


def _progress_row(recorded: dict[str, str], phase: str) -> dict[str, object]:
    implied = {"P3": ("M4",), "P4": ("M4", "M6"), "P5": ("M4", "M6")}.get(phase, ())
    reached = [m for m in MILESTONES if m in (recorded or implied)]
    found = progress_range(len(reached), len(MILESTONES) - len(reached))
    basis = "milestones" if recorded else "phase" if reached else "none"
    return {
        "reached": " ".join(reached),
        "undated": " ".join(m for m in reached if not recorded.get(m)),
        "low": found.low,
        "high": found.high,
        "basis": basis,
    }


def _months(first: date, last: date) -> float:
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (last.day - first.day) / _DAYS_PER_MONTH


def _checked(
    months: Sequence[float], event: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    times, codes = np.asarray(months, dtype=float), np.asarray(event, dtype=int)
    bad = ~np.isfinite(times) | (times < 0)
    if bad.any():
        raise OutOfRange([f"months={value}" for value in times[bad]])
    wrong = ~np.isin(codes, (CENSORED, OPERATION, STOPPED))
    if wrong.any():
        raise OutOfRange([f"event={value}" for value in codes[wrong]])
    return times, codes
