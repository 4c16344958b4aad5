"""Weights: checked, normalised, and what a weighted sum can reach when they vary.

A weight is a convention and a trade-off, not an importance measured anywhere. Method:
``docs/methods/composite`` and ``docs/methods/adoption``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from analysis.errors import BadWeights, OutOfRange

DEFAULT_VARIATION = 0.25
DOMINANT = 0.5


def normalise_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights divided by their sum, in the given order; zero weights stay zero.

    Raises:
        BadWeights: empty, negative, missing, infinite or all zero; keys name the entries.
    """
    bad = [name for name, weight in weights.items() if not math.isfinite(weight) or weight < 0]
    if bad:
        raise BadWeights(bad)
    total = math.fsum(weights.values())
    if total <= 0:
        raise BadWeights(weights or ["-"])
    return {name: weight / total for name, weight in weights.items()}


def keep_weights(weights: Mapping[str, float], kept: Iterable[str]) -> dict[str, float]:
    """The weights of the kept names alone, rescaled to sum 1."""
    wanted = set(kept)
    return normalise_weights({name: w for name, w in weights.items() if name in wanted})


def dominant_weights(weights: Mapping[str, float]) -> tuple[str, ...]:
    """Names whose normalised weight exceeds one half; a reason to warn, not an error."""
    normal = normalise_weights(weights)
    return tuple(name for name, weight in normal.items() if weight > DOMINANT)


def weight_range(
    low: Sequence[float],
    high: Sequence[float],
    weights: Sequence[float],
    variation: float = DEFAULT_VARIATION,
) -> tuple[float, float]:
    """Exact least and greatest weighted sum when every weight may move by a share.

    Each weight is free in ``[(1 - variation) w, (1 + variation) w]`` with sum 1. Starting
    from the lower bounds, the remaining mass goes to the criteria in order of their value
    (greedy fill). Plain numbers: a handful of criteria costs arrays more.

    Args:
        low: lower bounds of the criteria, 0 to 1.
        high: upper bounds.
        weights: one per criterion, sum 1.
        variation: share from 0 to 1.

    Returns:
        The least sum of ``low`` and the greatest sum of ``high``.

    Raises:
        OutOfRange: variation below 0 or above 1.
    """
    if not 0 <= variation <= 1:
        raise OutOfRange([f"variation={variation}"])
    least = -_greatest([-float(value) for value in low], weights, variation)
    return least, _greatest(high, weights, variation)


def _greatest(values: Sequence[float], weights: Sequence[float], variation: float) -> float:
    total, left = 0.0, variation
    for value, weight in sorted(zip(values, weights, strict=True), key=lambda one: -one[0]):
        added = min(left, 2 * variation * weight)
        total += ((1 - variation) * weight + added) * value
        left -= added
    return float(total)
