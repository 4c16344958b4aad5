"""Milestones whose dates cannot both be true: nothing runs before it could be shown.

Milestones need not be in order, and the shipped ones are not: a decision often follows the
prototype, a reuse pack the first adoption. Only what rests on the thing itself (pilot,
evaluation, operation, adoption elsewhere) cannot lie before its first prototype.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loaders.findings import Finding
from loaders.table_rows import MOST_NAMED, TableRows, more_of_the_same

PREDECESSOR = "M3"
REST_ON_IT = ("M4", "M5", "M6", "M8")
PLACE = ["solution_id", "municipality", "ags"]
FIRST_DAY, LAST_DAY = "0000-01-01", "9999-12-31"


def check_milestone_dates(rows: TableRows, held: pd.DataFrame | None = None) -> list[Finding]:
    """Leaves out milestones dated before the prototype they rest on, each with a finding.

    Dates as inexact as a year count in their favour: only what is earlier on its last
    possible day than the prototype on its first is impossible. Other tables are untouched.

    Args:
        rows: the rows of a file; a row of the same place and milestone replaces a held one.
        held: milestones published already. A prototype of the file that is dated after what
            rests on it there is left out too.
    """
    if not {*PLACE, "milestone", "date"} <= set(rows.table.columns):
        return []
    wrong = _impossible(_with_held(rows.table, held))
    findings = [_finding(rows, pair) for pair in wrong[:MOST_NAMED]]
    if wrong:
        file = str(rows.files[wrong[-1].position])
        findings += more_of_the_same("milestone_impossible", file, "date", len(wrong))
    kept = np.ones(len(rows.table), dtype=np.bool_)
    kept[[pair.position for pair in wrong]] = False
    rows.keep(kept)
    return findings


@dataclass(frozen=True)
class _Pair:
    """Two dates that cannot both be true, and the row of the file that brings them."""

    position: int
    milestone: str
    day: str
    shown_on: str


def _with_held(table: pd.DataFrame, held: pd.DataFrame | None) -> pd.DataFrame:
    """Dated milestones of the file and of what is held, with ``at``: row, -1 where held."""
    columns = [*PLACE, "milestone", "date"]
    own = table[columns].assign(at=np.arange(len(table)))
    if held is None:
        return own[own["date"] != ""]
    both = pd.concat([held[columns].assign(at=-1), own], ignore_index=True)
    both = both.drop_duplicates([*PLACE, "milestone"], keep="last")
    return both[both["date"] != ""]


def _impossible(dated: pd.DataFrame) -> list[_Pair]:
    shown = dated[dated["milestone"] == PREDECESSOR].drop_duplicates(PLACE, keep="last")
    resting = dated[dated["milestone"].isin(REST_ON_IT)]
    pairs = resting.merge(shown[[*PLACE, "date", "at"]], on=PLACE, suffixes=("", "_shown"))
    found = [
        _Pair(pair["at"] if pair["at"] >= 0 else pair["at_shown"], *dates)
        for pair in pairs.to_dict("records")
        for dates in [(pair["milestone"], pair["date"], pair["date_shown"])]
        if max(pair["at"], pair["at_shown"]) >= 0 and _is_before(pair["date"], pair["date_shown"])
    ]
    return sorted(found, key=lambda pair: pair.position)


def _is_before(day: str, shown: str) -> bool:
    """Whether even the last possible day lies before the first possible one."""
    return day + LAST_DAY[len(day) :] < shown + FIRST_DAY[len(shown) :]


def _finding(rows: TableRows, pair: _Pair) -> Finding:
    row = rows.table.iloc[pair.position]
    return Finding(
        "milestone_impossible",
        str(rows.files[pair.position]),
        row=int(rows.lines[pair.position]),
        column="date",
        value=pair.day,
        details={
            "milestone": pair.milestone,
            "solution": str(row["solution_id"]),
            "place": str(row["municipality"]),
            "predecessor": PREDECESSOR,
            "shown_on": pair.shown_on,
        },
    )
