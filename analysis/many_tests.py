"""Many comparisons on one page: how many false alarms to expect, and corrected p-values.

Method: ``docs/methods/outcome``: Benjamini-Hochberg for an exploratory list, Holm for
headline claims.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import OutOfRange

ALARM_LEVEL = 0.1

Floats = NDArray[np.float64]


def holm(p_values: ArrayLike) -> Floats:
    """Holm's adjusted p-values in the order given, at most 1.

    Raises:
        OutOfRange: a p-value missing or outside 0 to 1.
    """
    values = _checked(p_values)
    order = np.argsort(values, kind="stable")
    factors = np.arange(len(values), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(values[order] * factors), 1.0)
    return _in_order(adjusted, order)


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Benjamini-Hochberg q-values in the order given, at most 1.

    Raises:
        OutOfRange: a p-value missing or outside 0 to 1.
    """
    values = _checked(p_values)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    adjusted = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return _in_order(adjusted, order)


def expected_false_alarms(comparisons: int, level: float = ALARM_LEVEL) -> float:
    """How many of so many comparisons look remarkable by chance alone, at 10 % each."""
    return level * comparisons


def _checked(p_values: ArrayLike) -> Floats:
    values = np.atleast_1d(np.asarray(p_values, dtype=float))
    wrong = values[~((values >= 0) & (values <= 1))]
    if len(wrong):
        raise OutOfRange([f"p={value}" for value in wrong])
    return values


def _in_order(adjusted: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(adjusted)
    result[order] = adjusted
    return result
