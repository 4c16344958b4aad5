"""What distances look like across a whole pool: the measure of "close" and of "similar".

One pass over all pairs in blocks, so that 11,000 towns need tens of megabytes. Method:
``docs/methods/peers`` (quality flag, hub count), ``docs/methods/adoption`` (D95 of C8.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.all_pairs import embed, nearest_rows, pair_quantile
from analysis.errors import OutOfRange
from analysis.peers import LEAST_K, MOST_K, PeerList
from analysis.standardise import Standardised
from analysis.thresholds import TOLERANCE

CLOSE_QUANTILE = 0.95
HUB_FACTOR = 3


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

    Cost for 11,000 towns and 6 variables: about a second and a hundred megabytes.
    """
    points = embed(pool)
    neighbours, near = nearest_rows(points, min(MOST_K, len(pool.keys) - 1), MOST_K)
    quantile, pairs = pair_quantile(points, CLOSE_QUANTILE)
    return PoolSurvey(pool.keys, neighbours, near, quantile, pairs)


def similarity(distance: float, pair_quantile: float) -> float:
    """Similarity 1 - min(1, d / D95), from 0 to 1 (measure C8.1)."""
    return 1.0 - min(1.0, distance / pair_quantile)


def _column(k: int) -> int:
    if not LEAST_K <= k <= MOST_K:
        raise OutOfRange([f"k={k}"])
    return k - 1
