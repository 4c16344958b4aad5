"""Adoption potential as a range [L, U] with coverage (``docs/methods/adoption``).

Every known measure has a range from its grade, every unknown one the range 0 to 1. Means
inside a criterion, weighted sums over criteria; both are monotone, so the range is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import nan

import pandas as pd

from analysis.measures import CRITERIA
from analysis.weights import DEFAULT_VARIATION, keep_weights, weight_range


@dataclass(frozen=True)
class MeasureRange:
    """One applicable measure in a score.

    Attributes:
        measure_id: the measure.
        low: lower end, 0 to 1.
        high: upper end.
        value: known value, NaN when unknown.
    """

    measure_id: str
    low: float
    high: float
    value: float

    @property
    def known(self) -> bool:
        """Whether the measure has a value."""
        return self.value == self.value


class Measures(tuple[MeasureRange, ...]):
    """The applicable measures of one criterion with their means, which no weight changes."""

    @classmethod
    def of(cls, ranges: Iterable[MeasureRange]) -> Measures:
        """The same object where it is one already."""
        return ranges if isinstance(ranges, cls) else cls(ranges)

    @cached_property
    def means(self) -> tuple[float, float, float]:
        """Mean of the lower ends, of the upper ends, and share of known measures."""
        count = len(self)
        return (
            sum(m.low for m in self) / count,
            sum(m.high for m in self) / count,
            sum(m.known for m in self) / count,
        )

    @cached_property
    def known_mean(self) -> float:
        """Sum of the known values over the number of measures."""
        return sum(m.value for m in self if m.known) / len(self)


@dataclass(frozen=True)
class CriterionRange:
    """One criterion of a score.

    Attributes:
        criterion: C1 to C8.
        weight: normalised over the criteria of the score.
        low: mean of the lower ends of its applicable measures.
        high: mean of the upper ends.
        coverage: share of its applicable measures that are known.
        measures: its applicable measures.
    """

    criterion: str
    weight: float
    low: float
    high: float
    coverage: float
    measures: Measures


@dataclass(frozen=True)
class Score:
    """A range of adoption potential; there is no point estimate.

    Attributes:
        criteria: the criteria with weight above 0 and at least one applicable measure.
        low: L, 0 to 1.
        high: U.
        coverage: weighted share of known measures.
        mean_known: weighted mean of the known values, NaN if none; small print only.
        low_varied: L when every weight may move by ``variation``.
        high_varied: U in the same way.
        variation: share by which weights may move.
    """

    criteria: tuple[CriterionRange, ...]
    low: float
    high: float
    coverage: float
    mean_known: float
    low_varied: float
    high_varied: float
    variation: float

    def criterion(self, name: str) -> CriterionRange | None:
        """One criterion, ``None`` when it is not part of the score."""
        return next((c for c in self.criteria if c.criterion == name), None)

    def table(self) -> pd.DataFrame:
        """One row per criterion: criterion, weight, low, high, coverage."""
        names = ["criterion", "weight", "low", "high", "coverage"]
        rows = [[getattr(c, name) for name in names] for c in self.criteria]
        return pd.DataFrame(rows, columns=names)


def score(
    measures: Mapping[str, Iterable[MeasureRange]],
    weights: Mapping[str, float],
    variation: float = DEFAULT_VARIATION,
) -> Score:
    """The range of one solution.

    Args:
        measures: applicable measures per criterion; a criterion without any is left out and
            its weight shared among the others.
        weights: weight per criterion, from 0; criteria without weight are left out.
        variation: share by which each weight may move for the second range.

    Raises:
        BadWeights: unusable weights, or none left for the criteria that apply.
        OutOfRange: variation outside 0 to 1.
    """
    given = {criterion: Measures.of(ranges) for criterion, ranges in measures.items()}
    applicable = [criterion for criterion in CRITERIA if given.get(criterion)]
    normal = {c: w for c, w in keep_weights(weights, applicable).items() if w > 0}
    criteria = tuple(_criterion(c, normal[c], given[c]) for c in applicable if c in normal)
    return _sum_up(criteria, variation)


def ranges_by_solution(assessments: pd.DataFrame) -> dict[str, dict[str, Measures]]:
    """Applicable measures per solution and criterion, from the rows of ``measure_table``."""
    rows = assessments[assessments["origin"] != "not_applicable"]
    columns = ("solution_id", "criterion", "measure_id", "low", "high", "value")
    found: dict[str, dict[str, list[MeasureRange]]] = {}
    for solution, criterion, *rest in zip(*(rows[c].tolist() for c in columns), strict=True):
        found.setdefault(solution, {}).setdefault(criterion, []).append(MeasureRange(*rest))
    return {
        solution: {criterion: Measures(ranges) for criterion, ranges in criteria.items()}
        for solution, criteria in found.items()
    }


def _criterion(criterion: str, weight: float, measures: Measures) -> CriterionRange:
    low, high, coverage = measures.means
    return CriterionRange(criterion, weight, low, high, coverage, measures)


def _sum_up(criteria: tuple[CriterionRange, ...], variation: float) -> Score:
    weights = [c.weight for c in criteria]
    low, high = [c.low for c in criteria], [c.high for c in criteria]
    coverage = sum(c.weight * c.coverage for c in criteria)
    low_varied, high_varied = weight_range(low, high, weights, variation)
    return Score(
        criteria=criteria,
        low=sum(c.weight * c.low for c in criteria),
        high=sum(c.weight * c.high for c in criteria),
        coverage=coverage,
        mean_known=_mean_known(criteria, coverage),
        low_varied=low_varied,
        high_varied=high_varied,
        variation=variation,
    )


def _mean_known(criteria: tuple[CriterionRange, ...], coverage: float) -> float:
    if coverage == 0:
        return nan
    return sum(c.weight * c.measures.known_mean for c in criteria) / coverage
