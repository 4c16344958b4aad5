"""Outliers of an indicator: pulled in, at most five values, or the whole scale bent.

Method: ``docs/methods/composite``. Nothing is changed without being named: the result
lists the places touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import NotFinite

SKEWED, PEAKED = 2.0, 3.5
MOST_TOUCHED = 5
TOUCHED_SHARE = 0.05
LOG_OFFSET = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Treated:
    """An indicator after the treatment of outliers.

    Attributes:
        values: same places and unit as given (``none``, ``winsorised``) or logarithms (``log``);
            missing stays missing.
        method: ``none``, ``winsorised`` or ``log``.
        touched: places whose value was pulled in, furthest first; with ``log`` every observed
            place.
        skewness: before the treatment (population formula).
        kurtosis: excess, before the treatment.
    """

    values: pd.Series
    method: Literal["none", "winsorised", "log"]
    touched: tuple[str, ...]
    skewness: float
    kurtosis: float


def treat_outliers(values: ArrayLike | pd.Series) -> Treated:
    """The indicator with its outliers treated, if |skewness| > 2 and excess kurtosis > 3.5.

    Up to max(1, floor(.05 n)) values, at most five, take the value of the nearest untouched
    one on their side, the furthest from the median first, until one of the two bounds holds.
    Where that does not suffice, ln(x - min + .01 range); to the left skewed indicators are
    mirrored, -ln(max - x + .01 range), so that the order of places stays.

    Args:
        values: one indicator, one value per place; missing values stay missing.

    Raises:
        NotFinite: an infinite value.
    """
    series = pd.Series(values, dtype=float)
    column = series.to_numpy(dtype=float, copy=True)
    if np.isinf(column).any():
        raise NotFinite(series.index[np.isinf(column)])
    known = np.flatnonzero(~np.isnan(column))
    skewness, kurtosis = _shape(column[known])
    if not _is_extreme(column[known]):
        return Treated(series, "none", (), skewness, kurtosis)
    pulled, count = _winsorise(column[known])
    if count:
        column[known] = pulled
        touched = known[_furthest(series.to_numpy()[known])[:count]]
    else:
        column[known] = _logarithm(column[known], skewness)
        touched = known
    names = tuple(str(key) for key in series.index[touched])
    after = pd.Series(column, index=series.index, name=series.name)
    return Treated(after, "winsorised" if count else "log", names, skewness, kurtosis)


def _shape(values: Floats) -> tuple[float, float]:
    if len(values) < 2 or values.min() == values.max():
        return 0.0, 0.0
    return float(stats.skew(values)), float(stats.kurtosis(values))


def _is_extreme(values: Floats) -> bool:
    skewness, kurtosis = _shape(values)
    return abs(skewness) > SKEWED and kurtosis > PEAKED


def _furthest(values: Floats) -> NDArray[np.intp]:
    return np.argsort(-np.abs(values - np.median(values)), kind="stable")


def _winsorise(values: Floats) -> tuple[Floats, int]:
    """The values with the fewest pulled in that suffice, and how many; 0 if none suffices."""
    most = min(MOST_TOUCHED, max(1, int(TOUCHED_SHARE * len(values))))
    order = _furthest(values)
    for count in range(1, most + 1):
        untouched = values[order[count:]]
        pulled = np.clip(values, untouched.min(), untouched.max())
        if not _is_extreme(pulled):
            return pulled, count
    return values, 0


def _logarithm(values: Floats, skewness: float) -> Floats:
    low, high = values.min(), values.max()
    offset = LOG_OFFSET * (high - low)
    if skewness < 0:
        return np.asarray(-np.log(high - values + offset))
    return np.asarray(np.log(values - low + offset))
