"""Dated milestones on two clocks: the calendar, and months since the cohort was selected.

Deployments are compared at equal age. A date known by month or year only is a range on both
clocks; an undated milestone stands on neither and is listed. Method: ``docs/methods/progress``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.progress import days_meant, project_clock

COLUMNS = [
    "solution_id",
    "ags",
    "municipality",
    "milestone",
    "date",
    "first_day",
    "last_day",
    "project_id",
    "cohort",
    "selected_on",
    "months_low",
    "months_high",
    "evidence_url",
    "note",
]


@dataclass(frozen=True)
class Reversal:
    """Two deployments whose order at one milestone differs between the clocks.

    Attributes:
        earlier, later: rows of ``milestone_clock`` in the order of the calendar; on the
            project clock ``later`` comes first, whatever the exact days were.
    """

    earlier: pd.Series
    later: pd.Series


def milestone_clock(
    milestones: pd.DataFrame,
    solutions: pd.DataFrame,
    projects: pd.DataFrame,
    cohorts: pd.DataFrame,
) -> pd.DataFrame:
    """One row per recorded milestone with both clocks.

    Args:
        milestones: columns solution_id, ags, municipality, milestone, date, evidence_url, note.
        solutions: for the project of each solution.
        projects: for its cohort.
        cohorts: columns cohort, selected_on.

    Returns:
        ``COLUMNS``: first_day and last_day the date may mean (ISO, "" when undated);
        project_id, cohort and selected_on ("" for a solution without a project of its own);
        months_low and months_high since the selection (NaN when undated or without cohort).
    """
    project = milestones["solution_id"].map(solutions.set_index("solution_id")["project_id"])
    cohort = project.map(projects.set_index("project_id")["cohort"])
    selected = cohort.map(cohorts.set_index("cohort")["selected_on"])
    spans = [days_meant(day) for day in milestones["date"]]
    table = milestones.assign(
        project_id=project.astype(object).fillna(""),
        cohort=cohort.astype(object).fillna(""),
        selected_on=selected.astype(object).fillna(""),
        first_day=[span[0].isoformat() if span else "" for span in spans],
        last_day=[span[1].isoformat() if span else "" for span in spans],
    )
    months = [
        project_clock(day, start) if start else None
        for day, start in zip(table["date"], table["selected_on"], strict=True)
    ]
    table["months_low"] = [age.low if age else float("nan") for age in months]
    table["months_high"] = [age.high if age else float("nan") for age in months]
    return table[COLUMNS].reset_index(drop=True)


def reversals(table: pd.DataFrame) -> list[Reversal]:
    """Pairs whose order at the same milestone certainly differs between the two clocks.

    Only ranges that do not overlap on either clock count. Widest turn first (by the sum of
    both gaps); pairs of one cohort can never turn round.

    Args:
        table: see ``milestone_clock``.
    """
    dated = table[(table["first_day"] != "") & table["months_low"].notna()]
    found: list[tuple[float, Reversal]] = []
    for _, rows in dated.groupby("milestone"):
        for one, other in combinations([row for _, row in rows.iterrows()], 2):
            found += [(_gap(turn), turn) for turn in _turned(one, other)]
    return [turn for _, turn in sorted(found, key=lambda pair: -pair[0])]


def _turned(one: pd.Series, other: pd.Series) -> Iterator[Reversal]:
    for first, second in ((one, other), (other, one)):
        before = first["last_day"] < second["first_day"]
        if before and second["months_high"] < first["months_low"]:
            yield Reversal(first, second)


def _gap(turn: Reversal) -> float:
    calendar = pd.Timestamp(turn.later["first_day"]) - pd.Timestamp(turn.earlier["last_day"])
    clock = turn.earlier["months_low"] - turn.later["months_high"]
    return float(min(calendar.days / 30.4375, clock))
