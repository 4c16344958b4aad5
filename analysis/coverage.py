"""How much of what a result rests on is known, and the comparison with a threshold.

Thresholds are compared with a tolerance: exactly .50 counts as reached although sums of
weights rarely meet it bit for bit.
"""

from __future__ import annotations

from collections.abc import Mapping

TOLERANCE = 1e-9


def reaches(value: float, threshold: float) -> bool:
    """Whether a value is at or above a threshold, up to rounding of 1e-9."""
    return value >= threshold - TOLERANCE


def weighted_coverage(weights: Mapping[str, float], known: Mapping[str, bool]) -> float:
    """Share of weight whose item is known, 0 to 1.

    Args:
        weights: weight per item; need not sum to 1.
        known: whether the item is known; an item without entry is unknown.
    """
    total = sum(weights.values())
    return sum(weight for item, weight in weights.items() if known.get(item, False)) / total
