"""What a new version of the evidence changed: values and grades, measure by measure."""

from __future__ import annotations

import pandas as pd

KEY = ["solution_id", "measure_id"]
COLUMNS = [*KEY, "value_before", "grade_before", "value", "grade", "change"]
_RANK = {"A": 4, "B": 3, "C": 2, "D": 1, "": 0}


def evidence_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row per solution and measure that differs in value or grade.

    Args:
        before: evidence rows of the earlier version; grades before the age rule.
        after: the same of the later one.

    Returns:
        Columns solution_id, measure_id, value_before (NaN where new), grade_before ("" where
        new), value, grade (NaN and "" where the row is gone), change: ``new``, ``raised``
        (better grade), ``lowered``, ``value`` (same grade, other value) or ``gone``.
    """
    columns = [*KEY, "value", "grade"]
    both = before[columns].merge(
        after[columns], on=KEY, how="outer", suffixes=("_before", ""), indicator=True
    )
    both["grade_before"] = both["grade_before"].fillna("").astype(str)
    both["grade"] = both["grade"].fillna("").astype(str)
    same_value = both["value_before"].eq(both["value"])
    differs = both[~(same_value & (both["grade_before"] == both["grade"]))].copy()
    differs["change"] = [
        _change(str(side), grade_before, grade)
        for side, grade_before, grade in zip(
            differs["_merge"], differs["grade_before"], differs["grade"], strict=True
        )
    ]
    return differs[COLUMNS].sort_values(KEY, ignore_index=True)


def _change(side: str, before: str, after: str) -> str:
    if side == "right_only":
        return "new"
    if side == "left_only":
        return "gone"
    if _RANK[after] == _RANK[before]:
        return "value"
    return "raised" if _RANK[after] > _RANK[before] else "lowered"


def with_rows(evidence: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The evidence with some rows added or replaced, by solution and measure."""
    replaced = pd.MultiIndex.from_frame(evidence[KEY]).isin(pd.MultiIndex.from_frame(rows[KEY]))
    return pd.concat([evidence[~replaced], rows[evidence.columns]], ignore_index=True)
