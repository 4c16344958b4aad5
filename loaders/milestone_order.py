"""Milestones whose dates cannot both be true: nothing runs before it could be shown.

Milestones need not be in order, and the shipped ones are not: a decision often follows the
prototype, a reuse pack the first adoption. Only what rests on the thing itself (pilot,
evaluation, operation, adoption elsewhere) cannot lie before its first prototype.
"""

from __future__ import annotations

import numpy as np

from loaders.findings import Finding
from loaders.table_rows import MOST_NAMED, TableRows, more_of_the_same

PREDECESSOR = "M3"
REST_ON_IT = ("M4", "M5", "M6", "M8")
PLACE = ["solution_id", "municipality", "ags"]
FIRST_DAY, LAST_DAY = "0000-01-01", "9999-12-31"


def check_milestone_dates(rows: TableRows) -> list[Finding]:
    """Leaves out milestones dated before the prototype they rest on, each with a finding.

    Dates as inexact as a year count in their favour: only what is earlier on its last
    possible day than the prototype on its first is impossible. Other tables are untouched.
    """
    if not {*PLACE, "milestone", "date"} <= set(rows.table.columns):
        return []
    dated = rows.table[rows.table["date"] != ""]
    shown = dated[dated["milestone"] == PREDECESSOR]
    first = dict(zip(shown[PLACE].itertuples(index=False, name=None), shown["date"], strict=True))
    resting = dated[dated["milestone"].isin(REST_ON_IT)]
    places = resting[PLACE].itertuples(index=False, name=None)
    wrong = [
        (int(position), first[place])
        for position, place, day in zip(resting.index, places, resting["date"], strict=True)
        if place in first
        and day + LAST_DAY[len(day) :] < first[place] + FIRST_DAY[len(first[place]) :]
    ]
    findings = [_finding(rows, position, shown_on) for position, shown_on in wrong[:MOST_NAMED]]
    if wrong:
        file = str(rows.files[wrong[-1][0]])
        findings += more_of_the_same("milestone_impossible", file, "date", len(wrong))
    kept = np.ones(len(rows.table), dtype=np.bool_)
    kept[[position for position, _ in wrong]] = False
    rows.keep(kept)
    return findings


def _finding(rows: TableRows, position: int, shown_on: str) -> Finding:
    row = rows.table.iloc[position]
    return Finding(
        "milestone_impossible",
        str(rows.files[position]),
        row=int(rows.lines[position]),
        column="date",
        value=str(row["date"]),
        details={
            "milestone": str(row["milestone"]),
            "solution": str(row["solution_id"]),
            "place": str(row["municipality"]),
            "predecessor": PREDECESSOR,
            "shown_on": shown_on,
        },
    )
