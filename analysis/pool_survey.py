"""What distances look like across a whole pool: the measure of "close" and of "similar".

One pass over all pairs in blocks, so that 11,000 towns need tens of megabytes. Source:
section 2.2 (quality flag, hub count) and D95 of criterion C8.1 in section 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.coverage import TOLERANCE
from analysis.errors import OutOfRange
from analysis.peers import LEAST_COVERAGE, LEAST_K, MOST_K, PeerList
from analysis.standardise import Standardised

CLOSE_QUANTILE = 0.95
HUB_FACTOR = 3
_BLOCK = 256
_SPARE = 8
_BINS = 200_000


@dataclass(frozen=True)
class PoolSurvey:
    """Distances of a pool in summary.

    Attributes:
        keys: towns in order.
        neighbours: rows of the 20 nearest towns per town, -1 where fewer are comparable.
        distances: their distances, NaN where fewer.
        pair_quantile: 95 % quantile of the distances of all comparable pairs (D95).
        pairs: number of comparable pairs.
    """

    keys: tuple[str, ...]
    neighbours: NDArray[np.int32]
    distances: NDArray[np.float64]
    pair_quantile: float
    pairs: int

    def close_limit(self, k: int) -> float:
        """95 % quantile of all towns' distance to their k-th peer; NaN if no town has k peers."""
        reached = self.distances[:, _column(k)]
        reached = reached[~np.isnan(reached)]
        return float(np.quantile(reached, CLOSE_QUANTILE)) if len(reached) else float("nan")

    def hub_counts(self, k: int) -> pd.Series:
        """In how many towns' lists of k each town stands; index ags."""
        listed = self.neighbours[:, : _column(k) + 1]
        counts = np.bincount(listed[listed >= 0], minlength=len(self.keys))
        return pd.Series(counts, index=list(self.keys), name="lists")

    def hubs(self, k: int) -> pd.Series:
        """Towns that stand in more than 3k lists, most first."""
        counts = self.hub_counts(k)
        return counts[counts > HUB_FACTOR * k].sort_values(ascending=False, kind="stable")

    def lacks_close_peers(self, peers: PeerList) -> bool:
        """Whether the list must carry the flag "no close peers".

        True when fewer peers than asked for are comparable, or when the last one is farther
        than 95 % of all towns' last peers.
        """
        if len(peers.peers) < peers.asked:
            return True
        return peers.farthest > self.close_limit(peers.asked) + TOLERANCE


def survey_pool(pool: Standardised) -> PoolSurvey:
    """Nearest 20 of every town and the quantile of all pair distances.

    The quantile is exact to 1 / 200,000 of the largest possible distance in the pool.
    Cost: all pairs, about 3 s for 11,000 towns and 6 variables; keep the result.
    """
    size = len(pool.keys)
    width = min(MOST_K, max(size - 1, 0))
    neighbours = np.full((size, MOST_K), -1, dtype=np.int32)
    near = np.full((size, MOST_K), np.nan)
    top = _largest_distance(pool)
    counts = np.zeros(_BINS, dtype=np.int64)
    for start in range(0, size, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, size))
        block = _block_distances(pool, rows)
        comparable = block[np.isfinite(block)]
        bins = np.minimum((comparable * (_BINS / top)).astype(np.int64), _BINS - 1)
        counts += np.bincount(bins, minlength=_BINS)
        _keep_nearest(
            block, width, neighbours[rows[0] : rows[-1] + 1], near[rows[0] : rows[-1] + 1]
        )
    total = int(counts.sum())
    quantile = _quantile(counts, top)
    return PoolSurvey(pool.keys, neighbours, near, quantile, total // 2)


def similarity(distance: float, pair_quantile: float) -> float:
    """Similarity 1 - min(1, d / D95), from 0 to 1 (measure C8.1)."""
    return 1.0 - min(1.0, distance / pair_quantile)


def _column(k: int) -> int:
    if not LEAST_K <= k <= MOST_K:
        raise OutOfRange([f"k={k}"])
    return k - 1


def _block_distances(pool: Standardised, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Distances rows x all towns; infinite for the town itself and where not comparable."""
    squared = np.zeros((len(rows), len(pool.keys)))
    mass = np.zeros_like(squared)
    for column, weight in enumerate(pool.weights):
        difference = _block_differences(pool, rows, column)
        known = ~np.isnan(difference)
        np.multiply(difference, difference, out=difference)
        difference[~known] = 0.0
        squared += weight * difference
        mass += weight * known
    with np.errstate(invalid="ignore", divide="ignore"):
        block = np.sqrt(squared / mass)
    block[mass < LEAST_COVERAGE - TOLERANCE] = np.inf
    block[np.arange(len(rows)), rows] = np.inf
    return np.asarray(block, dtype=np.float64)


def _block_differences(
    pool: Standardised, rows: NDArray[np.int64], column: int
) -> NDArray[np.float64]:
    numeric = pool.numbers.shape[1]
    if column < numeric:
        values = pool.numbers[:, column]
        return np.asarray(values[None, :] - values[rows, None], dtype=np.float64)
    kind = pool.categories[column - numeric]
    return np.vstack([kind.difference(slice(None), int(row)) for row in rows])


def _keep_nearest(
    block: NDArray[np.float64],
    width: int,
    neighbours: NDArray[np.int32],
    near: NDArray[np.float64],
) -> None:
    """Writes the nearest towns of a block, equal distances by key, into the two arrays."""
    if width == 0:
        return
    reach = min(width + _SPARE, block.shape[1] - 1)
    few = np.sort(np.argpartition(block, reach, axis=1)[:, : reach + 1], axis=1)
    values = np.take_along_axis(block, few, axis=1)
    order = np.argsort(values, axis=1, kind="stable")[:, :width]
    chosen = np.take_along_axis(values, order, axis=1)
    found = np.isfinite(chosen)
    neighbours[:, :width] = np.where(found, np.take_along_axis(few, order, axis=1), -1)
    near[:, :width] = np.where(found, chosen, np.nan)


def _largest_distance(pool: Standardised) -> float:
    """An upper bound of all distances: the widest range of a variable, at least 2."""
    spans = [2.0]
    for column in pool.numbers.T:
        spans.append(float(np.nanmax(column) - np.nanmin(column)))
    return max(spans) * (1 + TOLERANCE)


def _quantile(counts: NDArray[np.int64], top: float) -> float:
    """Quantile from bin counts, with the position inside the bin interpolated."""
    if counts.sum() == 0:
        return float("nan")
    cumulated = np.cumsum(counts)
    wanted = CLOSE_QUANTILE * counts.sum()
    at = int(np.searchsorted(cumulated, wanted))
    inside = (wanted - (cumulated[at] - counts[at])) / max(counts[at], 1)
    return float((at + inside) * top / _BINS)
