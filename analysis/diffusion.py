"""How widely solutions are taken over: shares with Wilson interval, and no early forecast.

Documented adoptions are a lower bound. Before the peak the estimates of a Bass curve are
ill-conditioned (Van den Bulte and Lilien 1997). Method: ``docs/methods/diffusion``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy import stats

from analysis.errors import OutOfRange

LEAST_PERIODS, LEAST_ADOPTERS = 8, 30


@dataclass(frozen=True)
class Share:
    """A share with its interval; it cannot be had without.

    Attributes:
        count: cases.
        total: out of.
        share: count / total.
        low: lower end.
        high: upper end.
        level: coverage probability of the interval.
    """

    count: int
    total: int
    share: float
    low: float
    high: float
    level: float


def wilson(count: int, total: int, level: float = 0.95) -> Share:
    """A share with its Wilson interval.

    Raises:
        OutOfRange: total below 1, count outside 0 to total, or a level outside 0 to 1.
    """
    if total < 1 or not 0 <= count <= total or not 0 < level < 1:
        raise OutOfRange([f"count={count}", f"total={total}", f"level={level}"])
    z = float(stats.norm.ppf(0.5 + level / 2))
    share = count / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total**2)) / (1 + z * z / total)
    # The ends meet 0 and 1 exactly where no case, or every case, counts.
    low = centre - half if count > 0 else 0.0
    high = centre + half if count < total else 1.0
    return Share(count, total, share, low, high, level)


def may_forecast(periods: int, adopters: int, peak_passed: bool) -> bool:
    """Whether a fitted Bass forecast would be allowed at all."""
    return periods >= LEAST_PERIODS and adopters >= LEAST_ADOPTERS and peak_passed
