"""What is missing, and what would change the verdict (``docs/methods/adoption``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import nan
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.adoption import Score
from analysis.thresholds import TOLERANCE
from analysis.weights import normalise_weights

Order = Literal["ahead", "behind", "not_distinguishable"]


@dataclass(frozen=True)
class Information:
    """How much of the range one criterion or measure carries.

    Attributes:
        key: criterion or measure id.
        criterion: its criterion.
        value: width it adds to the range; all values sum to U - L.
        known: whether it has a value already (then a better grade would narrow it).
    """

    key: str
    criterion: str
    value: float
    known: bool


def information_values(score: Score) -> tuple[Information, ...]:
    """V = w (u - l) per criterion, largest first; the sum is U - L."""
    return _ordered(
        Information(c.criterion, c.criterion, c.weight * (c.high - c.low), c.coverage > 0)
        for c in score.criteria
    )


def measure_information(score: Score) -> tuple[Information, ...]:
    """The same split over measures: the first one is the document to ask for."""
    return _ordered(
        Information(
            m.measure_id, c.criterion, c.weight / len(c.measures) * (m.high - m.low), m.known
        )
        for c in score.criteria
        for m in c.measures
    )


def weight_flips(
    first: Mapping[str, float], second: Mapping[str, float], weights: Mapping[str, float]
) -> dict[str, float]:
    """Weight of each criterion at which two options change places; NaN for "no flip".

    With D = sum w (a - b), d = a - b and the other weights scaled in proportion:
    r = (D - w d) / (1 - w), w* = r / (r - d). A value of 1 or of 0 is a boundary at which the
    other criteria, or this one, no longer count, and is reported as no flip.

    Args:
        first: value per criterion, 0 to 1.
        second: the same for the other option.
        weights: weight per criterion, normalised here.
    """
    normal = normalise_weights(weights)
    total = sum(w * (first[c] - second[c]) for c, w in normal.items())
    return {c: _flip(total, w, first[c] - second[c]) for c, w in normal.items()}


class Range(Protocol):
    """Anything with two ends: a score, or what a page shows of it under other weights."""

    @property
    def low(self) -> float:
        """Lower end."""
        ...

    @property
    def high(self) -> float:
        """Upper end."""
        ...


def compare(first: Range, second: Range) -> Order:
    """Which of two is ahead: only where one range lies wholly above the other."""
    if first.low > second.high:
        return "ahead"
    return "behind" if second.low > first.high else "not_distinguishable"


def winning_index(first: Score, second: Score, draws: int = 10_000, seed: int = 0) -> float:
    """Share of draws in which the first option is ahead, ties one half.

    An assumption, not evidence: criterion values uniform in their ranges, weights free
    (Dirichlet). Both scores must rest on the same criteria.
    """
    names = [c.criterion for c in first.criteria if second.criterion(c.criterion)]
    random = np.random.Generator(np.random.PCG64(seed))
    weights = random.dirichlet(np.ones(len(names)), draws)
    a = (weights * _drawn(first, names, draws, random)).sum(axis=1)
    b = (weights * _drawn(second, names, draws, random)).sum(axis=1)
    return float((a > b).mean() + 0.5 * (a == b).mean())


def _drawn(
    score: Score, names: list[str], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    chosen = [c for c in score.criteria if c.criterion in names]
    low, high = np.array([c.low for c in chosen]), np.array([c.high for c in chosen])
    return random.uniform(low, high, (draws, len(chosen)))


def _flip(total: float, weight: float, difference: float) -> float:
    if weight >= 1 or difference == 0:
        return nan
    rest = (total - weight * difference) / (1 - weight)
    if abs(rest - difference) <= TOLERANCE:
        return nan
    at = rest / (rest - difference)
    return at if TOLERANCE < at < 1 - TOLERANCE else nan


def _ordered(items: Iterable[Information]) -> tuple[Information, ...]:
    return tuple(sorted(items, key=lambda item: (-item.value, item.key)))
