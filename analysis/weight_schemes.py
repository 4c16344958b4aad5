"""Ways of drawing weights: around the given ones, free, ordered, or inside bounds.

Method: ``docs/methods/robustness``. All draws are not negative; only their proportions
matter for ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.errors import BadWeights, OutOfRange, TooFewAccepted

DEFAULT_NOISE = 0.25
LEAST_ACCEPTED = 0.001
_TRIES = 20_000

Floats = NDArray[np.float64]


class WeightScheme(Protocol):
    """Anything that draws weights for the given indicators."""

    def draw(self, weights: Mapping[str, float], count: int, source: np.random.Generator) -> Floats:
        """Drawn weights, count x indicators, in the order of ``weights``."""
        ...

    def limits(self, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
        """Least and greatest weight a draw can give each indicator."""
        ...


@dataclass(frozen=True)
class Noise:
    """The given weights, each times 1 + u with u uniform in [-width, width]."""

    width: float = DEFAULT_NOISE

    def __post_init__(self) -> None:
        if not 0 <= self.width <= 1:
            raise OutOfRange([f"noise={self.width}"])

    def draw(self, weights: Mapping[str, float], count: int, source: np.random.Generator) -> Floats:
        """Not rescaled to sum 1, which no rank notices."""
        given = np.array(list(weights.values()))
        drawn = source.random((count, len(weights)))
        drawn *= 2 * self.width * given
        drawn += (1 - self.width) * given
        return drawn

    def limits(self, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
        """The weights times 1 - width and 1 + width."""
        given = np.array(list(weights.values()))
        return (1 - self.width) * given, (1 + self.width) * given


@dataclass(frozen=True)
class Free:
    """Every weighting equally likely: Dirichlet(1, ..., 1), the weights given do not matter."""

    def draw(self, weights: Mapping[str, float], count: int, source: np.random.Generator) -> Floats:
        """Uniform on the simplex, rows sum to 1."""
        return _simplex(count, len(weights), source)

    def limits(self, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
        """0 and 1."""
        return np.zeros(len(weights)), np.ones(len(weights))


@dataclass(frozen=True)
class Ordered:
    """Every weighting equally likely that follows an order of the indicators.

    Attributes:
        order: names of all indicators, the heaviest first.
    """

    order: Sequence[str]

    def draw(self, weights: Mapping[str, float], count: int, source: np.random.Generator) -> Floats:
        """Uniform on the ordered part of the simplex, rows sum to 1.

        Raises:
            BadWeights: the order does not name every indicator exactly once.
        """
        names = list(weights)
        unmatched = set(names) ^ set(self.order)
        if unmatched or len(self.order) != len(names):
            raise BadWeights(sorted(unmatched) or self.order)
        descending = -np.sort(-_simplex(count, len(names), source), axis=1)
        return np.ascontiguousarray(descending[:, [self.order.index(name) for name in names]])

    def limits(self, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
        """0 and 1."""
        return np.zeros(len(weights)), np.ones(len(weights))


@dataclass(frozen=True)
class Bounded:
    """Every weighting equally likely inside bounds, by rejection.

    Attributes:
        bounds: least and greatest weight per indicator, 0 to 1; without entry 0 to 1.
    """

    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def draw(self, weights: Mapping[str, float], count: int, source: np.random.Generator) -> Floats:
        """Uniform on the part of the simplex inside the bounds, rows sum to 1.

        Raises:
            BadWeights: bounds of an indicator that does not exist, or not in order.
            TooFewAccepted: fewer than one weighting in a thousand fits.
        """
        wrong = [n for n, (low, high) in self.bounds.items() if n not in weights or low > high]
        if wrong:
            raise BadWeights(wrong)
        ends = np.array([self.bounds.get(name, (0.0, 1.0)) for name in weights])
        found: list[Floats] = []
        tried = accepted = 0
        while accepted < count:
            drawn = _simplex(_TRIES, len(weights), source)
            inside = drawn[((drawn >= ends[:, 0]) & (drawn <= ends[:, 1])).all(axis=1)]
            found.append(inside)
            tried, accepted = tried + _TRIES, accepted + len(inside)
            if accepted < LEAST_ACCEPTED * tried:
                raise TooFewAccepted(f"{n}: {low}-{high}" for n, (low, high) in self.bounds.items())
        return np.vstack(found)[:count]

    def limits(self, weights: Mapping[str, float]) -> tuple[Floats, Floats]:
        """The bounds."""
        ends = np.array([self.bounds.get(name, (0.0, 1.0)) for name in weights])
        return ends[:, 0], ends[:, 1]


def _simplex(count: int, size: int, source: np.random.Generator) -> Floats:
    drawn = source.standard_exponential((count, size))
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn
