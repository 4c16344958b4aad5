"""Small counts: a rate against the expected one, with its exact Poisson interval.

Method: ``docs/methods/outcome``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.errors import OutOfRange


@dataclass(frozen=True)
class CountRatio:
    """Events observed over events expected at the reference rate, with its interval.

    Attributes:
        ratio: observed / expected.
        low: lower end of the exact interval; 0 if nothing was observed.
        high: upper end.
        observed: number of events.
        expected: number expected at the reference rate.
        level: coverage of the interval.
    """

    ratio: float
    low: float
    high: float
    observed: int
    expected: float
    level: float


def poisson_ratio(observed: int, expected: float, level: float = 0.95) -> CountRatio:
    """Observed over expected events with the exact Poisson interval.

    Lower end chi2(a/2; 2 O) / 2, upper end chi2(1 - a/2; 2 (O + 1)) / 2, both divided by E.

    Raises:
        OutOfRange: a count that is no whole number from 0, expected not above 0, level not
            between 0 and 1.
    """
    whole = np.isfinite(observed) and observed >= 0 and float(observed).is_integer()
    if not whole or not (np.isfinite(expected) and expected > 0) or not 0 < level < 1:
        raise OutOfRange([f"observed={observed}", f"expected={expected}", f"level={level}"])
    tail, count = (1 - level) / 2, int(observed)
    low = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * (count + 1))) / 2
    return CountRatio(count / expected, low / expected, high / expected, count, expected, level)
