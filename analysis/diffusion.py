"""How widely solutions are taken over: shares with Wilson interval, Bass curve as explanation.

Documented adoptions are a lower bound. The Bass curve explains, it never forecasts: before
the peak its estimates are ill-conditioned (Van den Bulte and Lilien 1997).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
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


def bass_share(time: ArrayLike, innovation: float, imitation: float) -> NDArray[np.float64]:
    """Cumulative share F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t) of the Bass model.

    Args:
        time: periods since the start, from 0.
        innovation: p, above 0.
        imitation: q, from 0.

    Raises:
        OutOfRange: p or q outside their range.
    """
    _check_bass(innovation, imitation)
    decay = np.exp(-(innovation + imitation) * np.asarray(time, dtype=float))
    return np.asarray((1 - decay) / (1 + imitation / innovation * decay), dtype=np.float64)


def bass_peak(innovation: float, imitation: float, market: float) -> tuple[float, float]:
    """Time of the most adoptions and their rate; time 0 when imitation does not exceed innovation.

    Args:
        innovation: p, above 0.
        imitation: q, from 0.
        market: m, number that adopts in the end.
    """
    _check_bass(innovation, imitation)
    both = innovation + imitation
    at = max(0.0, log(imitation / innovation) / both) if imitation > 0 else 0.0
    decay = exp(-both * at)
    rate = both**2 / innovation * decay / (1 + imitation / innovation * decay) ** 2
    return at, market * rate


def may_forecast(periods: int, adopters: int, peak_passed: bool) -> bool:
    """Whether a fitted Bass forecast would be allowed at all."""
    return periods >= LEAST_PERIODS and adopters >= LEAST_ADOPTERS and peak_passed


def _check_bass(innovation: float, imitation: float) -> None:
    if not innovation > 0 or not imitation >= 0:
        raise OutOfRange([f"p={innovation}", f"q={imitation}"])
