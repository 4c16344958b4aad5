"""Fit of a solution to one town: criterion C8 (``docs/methods/adoption``).

C8.1 is the similarity to the nearest town where the solution runs, C8.2 the share of declared
prerequisites the town meets by its own checklist. Both are unknown until something is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import nan
from typing import Literal

import pandas as pd

from analysis.adoption import MeasureRange
from analysis.deployments import nearest_running
from analysis.grades import as_grade, bounds
from analysis.pool_survey import similarity
from analysis.standardise import Standardised
from analysis.structure import SETS

Answer = Literal["met", "not_met", "unknown"]
Checklist = Mapping[str, Answer]


@dataclass(frozen=True)
class Fit:
    """Fit of one solution to one town.

    Attributes:
        solution_id: the solution.
        similarity: C8.1, 0 to 1; unknown when it runs in no comparable town.
        similarity_grade: A, C from the rough set of variables, U unknown.
        nearest: key of the nearest town where it runs, "" if none is comparable.
        distance: distance to that town, NaN if none.
        prerequisites: C8.2, share of declared prerequisites met; unknown ones widen it.
        met: prerequisites ticked met.
        not_met: ticked not met.
        open: not answered.
    """

    solution_id: str
    similarity: MeasureRange
    similarity_grade: str
    nearest: str
    distance: float
    prerequisites: MeasureRange
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def ranges(self) -> tuple[MeasureRange, MeasureRange]:
        """The two measures of C8."""
        return self.similarity, self.prerequisites


def fits(
    ags: str,
    solution_ids: list[str],
    table: pd.DataFrame,
    prerequisites: pd.DataFrame,
    *,
    pool: Standardised | None,
    pair_quantile: float = nan,
    checklist: Checklist | None = None,
) -> dict[str, Fit]:
    """Fit of every solution to one town.

    Args:
        ags: the town, at the level of the pool.
        solution_ids: the solutions.
        table: deployments.
        prerequisites: declared prerequisites with prerequisite_id.
        pool: standardised towns; ``None`` when the town cannot be compared, C8.1 is then unknown.
        pair_quantile: D95 of the pool, see ``survey_pool``.
        checklist: answer per prerequisite_id; unknown where missing.
    """
    near = _nearest(pool, ags, table)
    declared = prerequisites.groupby("solution_id")["prerequisite_id"].agg(list).to_dict()
    grade = SETS[pool.name].evidence_grade if pool is not None and pool.name in SETS else "A"
    return {
        solution: _fit(
            solution,
            near.get(solution),
            pair_quantile,
            grade,
            sort_answers(declared.get(solution, []), checklist or {}),
        )
        for solution in solution_ids
    }


def with_answers(fits_of_town: Mapping[str, Fit], checklist: Checklist) -> dict[str, Fit]:
    """The fits again with other answers to the declared prerequisites.

    Args:
        fits_of_town: fit per solution, with any answers.
        checklist: answer per prerequisite_id; unknown where missing.
    """
    return {solution: _answered(fit, checklist) for solution, fit in fits_of_town.items()}


def _answered(fit: Fit, checklist: Checklist) -> Fit:
    declared = (*fit.met, *fit.not_met, *fit.open)
    if not any(key in checklist for key in declared) and not fit.met and not fit.not_met:
        return fit
    answers = sort_answers(sorted(declared), checklist)
    return replace(
        fit,
        prerequisites=_checked(answers),
        met=answers["met"],
        not_met=answers["not_met"],
        open=answers["unknown"],
    )


def sort_answers(
    prerequisite_ids: list[str], checklist: Checklist
) -> dict[Answer, tuple[str, ...]]:
    """Declared prerequisites by answer; everything not ticked is unknown."""
    answers: dict[Answer, list[str]] = {"met": [], "not_met": [], "unknown": []}
    for prerequisite in prerequisite_ids:
        answers[checklist.get(prerequisite, "unknown")].append(prerequisite)
    return {answer: tuple(found) for answer, found in answers.items()}


def _nearest(
    pool: Standardised | None, ags: str, table: pd.DataFrame
) -> dict[str, tuple[str, float]]:
    if pool is None:
        return {}
    first = nearest_running(pool, ags, table).drop_duplicates("solution_id")
    rows = zip(first["solution_id"], first["ags"], first["distance"], strict=True)
    return {solution: (key, float(distance)) for solution, key, distance in rows}


def _fit(
    solution: str,
    near: tuple[str, float] | None,
    pair_quantile: float,
    grade: str,
    answers: Mapping[Answer, tuple[str, ...]],
) -> Fit:
    key, distance = near or ("", nan)
    value = nan if near is None else similarity(distance, pair_quantile)
    held = as_grade("U" if near is None else grade)
    low, high = bounds(value, held)
    return Fit(
        solution_id=solution,
        similarity=MeasureRange("C8.1", low, high, value),
        similarity_grade=held,
        nearest=key,
        distance=distance,
        prerequisites=_checked(answers),
        met=answers["met"],
        not_met=answers["not_met"],
        open=answers["unknown"],
    )


def _checked(answers: Mapping[Answer, tuple[str, ...]]) -> MeasureRange:
    """C8.2: unanswered prerequisites may be met or not; none answered is unknown."""
    met, missed, unknown = (len(answers[a]) for a in ("met", "not_met", "unknown"))
    total, answered = met + missed + unknown, met + missed
    if answered == 0:
        return MeasureRange("C8.2", 0.0, 1.0, nan)
    return MeasureRange("C8.2", met / total, (met + unknown) / total, met / answered)
