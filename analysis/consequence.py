"""What moves when tables change: verdicts of solutions, ranges of indicators.

Given two states of the tables, this names every solution whose range or verdict differs and
every indicator whose newest spread differs; nothing is ordered and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from analysis.adoption import ranges_by_solution
from analysis.evidence import examined_solutions, measure_table, newest_check
from analysis.gates import all_gate_states
from analysis.judgement import judge_all
from analysis.verdict import Verdict

Tables = Mapping[str, pd.DataFrame]
JUDGED = ("solutions", "evidence", "lessons", "adoptions", "phases", "progress", "gates")
_COMPARED = ("low", "middle", "high", "word", "gates")
COLUMNS = ["what", "id", "level", "period"] + [
    f"{name}_{side}" for side in ("before", "after") for name in _COMPARED
]
_LEVELS = {2: "state", 3: "region", 5: "district", 8: "municipality"}


def consequence(before: Tables, after: Tables) -> pd.DataFrame:
    """Everything that moves between two states of the tables.

    Args:
        before: tables by kind; read only where something may have moved.
        after: the same with changed rows.

    Returns:
        ``what`` (``verdict`` or ``indicator``), ``id`` (solution or indicator), ``level`` and
        ``period`` (of an indicator, else empty), and before and after: ``low``, ``middle``
        and ``high`` (range of adoption potential, 0 to 1, without middle; or least, median
        and greatest value in the unit of the indicator; ``NaN`` where there was nothing)
        and ``word`` (code of the verdict, else empty) and ``gates`` (those that block it or
        are open, parted by commas). Only rows that differ.
    """
    parts = []
    if any(after[kind] is not before[kind] for kind in (*JUDGED, "prerequisites")):
        parts.append(_moved(_verdicts(before), _verdicts(after), "verdict"))
    if after["observations"] is not before["observations"]:
        old, new = before["observations"], after["observations"]
        touched = _touched(old, new)
        parts.append(_moved(_spreads(old, touched), _spreads(new, touched), "indicator"))
    given = [part for part in parts if len(part)]
    return pd.concat(given, ignore_index=True) if given else pd.DataFrame(columns=COLUMNS)


def _verdicts(tables: Tables) -> pd.DataFrame:
    """Range and verdict of every solution, without a town."""
    evidence = tables["evidence"]
    more = {name: tables[name] for name in ("lessons", "adoptions", "phases", "progress")}
    measures = measure_table(tables["solutions"], evidence, newest_check(evidence), **more)
    states = all_gate_states(tables["solutions"], tables["gates"], tables["prerequisites"])
    judged = judge_all(ranges_by_solution(measures), states, examined=examined_solutions(evidence))
    rows = [
        (one.solution_id, "", "", one.readiness.low, float("nan"), one.readiness.high,
         one.readiness_verdict.code, _gates(one.readiness_verdict))
        for one in judged
    ]  # fmt: skip
    return _as_states(rows)


def _gates(verdict: Verdict) -> str:
    return ",".join(verdict.blocked_by or verdict.subject_to)


def _touched(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Indicators of which any row differs."""
    columns = ["ags", "indicator", "period", "value"]
    kept = pd.concat([before[columns], after[columns]], ignore_index=True)
    text = ["ags", "indicator", "period"]
    kept[text] = kept[text].astype(str)
    once = ~kept.duplicated(keep=False)
    return sorted(kept.loc[once, "indicator"].unique())


def _spreads(observations: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """Least, median and greatest value of the newest period of each indicator and level."""
    rows = observations[observations["indicator"].isin(indicators)].dropna(subset="value")
    length = rows["ags"].astype(str).str.len()
    level = length.map(_LEVELS).mask(rows["ags"].astype(str) == "DG", "nation")
    rows = rows.assign(level=level, indicator=rows["indicator"].astype(str))
    newest = rows.groupby(["indicator", "level"])["period"].transform("max")
    grouped = rows[rows["period"] == newest].groupby(["indicator", "level"])
    found = [
        (indicator, level, str(part["period"].iloc[0]), part["value"].min(),
         part["value"].median(), part["value"].max(), "", "")
        for (indicator, level), part in grouped
    ]  # fmt: skip
    return _as_states(found)


def _as_states(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "level", "period", *_COMPARED])


def _moved(
    before: pd.DataFrame, after: pd.DataFrame, what: Literal["verdict", "indicator"]
) -> pd.DataFrame:
    """The rows of two states that differ; a newer period stands for the older one."""
    both = before.merge(
        after, on=["id", "level"], how="outer", suffixes=("_before", "_after"), indicator=True
    )
    same = both["_merge"] == "both"
    for name in _COMPARED:
        old, new = both[f"{name}_before"], both[f"{name}_after"]
        same &= (old == new) | (old.isna() & new.isna())
    moved = both[~same].assign(what=what)
    moved["period"] = moved["period_after"].fillna(moved["period_before"])
    texts = ["word_before", "word_after", "gates_before", "gates_after"]
    moved[texts] = moved[texts].fillna("")
    return moved[COLUMNS].reset_index(drop=True)
