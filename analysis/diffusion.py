"""How widely solutions are taken over: counts by decision, Wilson interval, Bass curve (7.3).

Documented adoptions are a lower bound. The Bass curve explains, it never forecasts: before
the peak its estimates are ill-conditioned (Van den Bulte and Lilien 1997).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.decisions import decisions_elsewhere, with_decisions
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


def adoption_counts(adoptions: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """Per solution how many rows, places and decisions are documented.

    Returns:
        Columns solution_id, rows, decisions (a joint roll-out is one), running (decisions that
        count as running elsewhere, measure C7.1), ended and undated (rows), sorted by solution.
    """
    all_rows = with_decisions(adoptions)
    counted = decisions_elsewhere(adoptions, phases)
    grouped = all_rows.groupby("solution_id")
    table = pd.DataFrame({"rows": grouped.size(), "decisions": grouped["decision"].nunique()})
    running = counted.groupby("solution_id")["decision"].nunique()
    table["running"] = running.reindex(table.index, fill_value=0)
    table["ended"] = grouped["status"].agg(lambda status: int((status == "ended").sum()))
    table["undated"] = grouped["year"].agg(lambda year: int(year.isna().sum()))
    return table.rename_axis("solution_id").reset_index()


def cumulative_adoptions(adoptions: pd.DataFrame, solution_id: str) -> pd.DataFrame:
    """Documented decisions of one solution added up by year.

    A decision counts from its earliest documented year; undated decisions are not drawn.

    Returns:
        Columns year, new, cumulative; empty when no decision is dated.
    """
    rows = with_decisions(adoptions[adoptions["solution_id"] == solution_id])
    first = rows.groupby("decision")["year"].min().dropna().astype(int)
    new = first.value_counts().sort_index()
    table = pd.DataFrame({"year": new.index.astype(int), "new": new.to_numpy()})
    return table.assign(cumulative=table["new"].cumsum())


def joint_rollouts(adoptions: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Members of every joint roll-out per solution: one decision, several towns."""
    joint = adoptions[adoptions["adoption_type"] == "joint_rollout"]
    members = joint.groupby("solution_id")["adopter_municipality"].agg(tuple)
    return {str(solution): towns for solution, towns in members.items()}


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
