"""A verdict under every weighting at once: what no choice of weights can hide.

Weights are drawn evenly from all that are possible (flat Dirichlet); values stay ranges and are
never drawn. So the shares speak of weightings, not of chances. Method: ``docs/methods/adoption``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.adoption import Score
from analysis.thresholds import TOLERANCE
from analysis.verdict import LEAST_COVERAGE, MODERATE_FROM, STRONG_FROM, VerdictCode

DRAWS, SEED = 10_000, 20_261_122
OUTER_SHARE = 0.05
_BY_ENDS: Mapping[tuple[int, int], VerdictCode] = {
    (0, 0): "weak",
    (0, 1): "weak_to_moderate",
    (0, 2): "open",
    (1, 1): "moderate",
    (1, 2): "moderate_to_strong",
    (2, 2): "strong",
}


@dataclass(frozen=True)
class AllWeightings:
    """What ranges and verdicts all weightings give.

    Attributes:
        low: lower end that 95 of 100 weightings reach or exceed, 0 to 1.
        high: upper end that 95 of 100 weightings do not exceed.
        shares: share of weightings per verdict, largest first; they sum to 1.
        draws: number of weightings drawn.
        seed: start of the random numbers.
    """

    low: float
    high: float
    shares: Mapping[VerdictCode, float]
    draws: int
    seed: int


def over_all_weightings(score: Score, draws: int = DRAWS, seed: int = SEED) -> AllWeightings:
    """Ranges and verdicts of one score over all weightings of its criteria.

    Gates are left out: they hold under every weighting. Share error at 10,000 draws is at
    most .005.
    """
    weights = _weightings(len(score.criteria), draws, seed)
    low = weights @ np.array([c.low for c in score.criteria])
    high = weights @ np.array([c.high for c in score.criteria])
    coverage = weights @ np.array([c.coverage for c in score.criteria])
    return AllWeightings(
        low=_nearest_rank(low, OUTER_SHARE),
        high=min(_nearest_rank(high, 1 - OUTER_SHARE), 1.0),
        shares=_shares(low, high, coverage),
        draws=draws,
        seed=seed,
    )


@lru_cache(maxsize=16)
def _weightings(criteria: int, draws: int, seed: int) -> NDArray[np.float64]:
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = random.dirichlet(np.ones(criteria), draws)
    drawn.setflags(write=False)
    return drawn


def _nearest_rank(values: NDArray[np.float64], share: float) -> float:
    at = max(int(np.ceil(share * len(values) - TOLERANCE)) - 1, 0)
    return float(np.partition(values, at)[at])


def _shares(
    low: NDArray[np.float64], high: NDArray[np.float64], coverage: NDArray[np.float64]
) -> dict[VerdictCode, float]:
    edges = np.array([MODERATE_FROM, STRONG_FROM]) - TOLERANCE
    ends = zip(
        np.searchsorted(edges, low, side="right").tolist(),
        np.searchsorted(edges, high, side="right").tolist(),
        (coverage >= LEAST_COVERAGE - TOLERANCE).tolist(),
        strict=True,
    )
    counted: Counter[VerdictCode] = Counter(
        _BY_ENDS[(first, last)] if enough else "not_assessable" for first, last, enough in ends
    )
    return {code: count / len(low) for code, count in counted.most_common()}
