"""Similar towns: distance over structural variables, with the reasons for each peer.

Method: ``docs/methods/peers``. Distances use only what a town is (size, density,
age, tax capacity ...), never an outcome. A missing value is left out of a pair and its
weight is shared among the others; below 70 % of the weight the pair is not comparable.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import NotComparable, OutOfRange
from analysis.standardise import Standardised
from analysis.thresholds import TOLERANCE, reaches

DEFAULT_K, LEAST_K, MOST_K = 7, 3, 20
LEAST_COVERAGE = 0.7


@dataclass(frozen=True)
class Peer:
    """One similar town and why it is similar.

    Attributes:
        ags: key of the peer.
        distance: in standard deviations, 0 = alike in all listed variables.
        coverage: share of the weight of variables known for both, .7 to 1.
        contributions: share of the squared distance per variable, largest first, sum 1;
            empty when the distance is 0.
        differences: peer minus town per variable in standard deviations (categories: 0 same,
            1 same group, 2 otherwise); variables unknown for one of the two are left out.
    """

    ags: str
    distance: float
    coverage: float
    contributions: Mapping[str, float]
    differences: Mapping[str, float]


@dataclass(frozen=True)
class PeerList:
    """The towns most like one town, nearest first.

    Attributes:
        ags: the town asked for.
        variable_set: name of the set of variables, see ``analysis.structure``.
        asked: how many peers were asked for; fewer are given when fewer are comparable.
        peers: nearest first; equal distances by key.
        not_comparable: towns of the pool left out for lack of common variables.
        tied: whether the last place was decided by the key alone.
        dropped: variables without variation in the pool, left out with a warning.
    """

    ags: str
    variable_set: str
    asked: int
    peers: tuple[Peer, ...]
    not_comparable: int
    tied: bool
    dropped: tuple[str, ...]

    @property
    def farthest(self) -> float:
        """Distance of the last peer; NaN without peers."""
        return self.peers[-1].distance if self.peers else float("nan")

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the peers, nearest first."""
        return tuple(peer.ags for peer in self.peers)

    def table(self) -> pd.DataFrame:
        """One row per peer: rank in the list, ags, distance, coverage."""
        rows = [(n, p.ags, p.distance, p.coverage) for n, p in enumerate(self.peers, start=1)]
        return pd.DataFrame(rows, columns=["position", "ags", "distance", "coverage"])


def distances(pool: Standardised, ags: str) -> pd.DataFrame:
    """Distance from one town to every town of the pool, itself included.

    Returns:
        Index ags; columns ``distance`` (missing where not comparable) and ``coverage``.

    Raises:
        UnknownPlace: the town is not in the pool.
    """
    squared, shared = _squared_differences(pool, ags)
    mass = shared @ pool.weights
    coverage = mass / pool.weights.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.sqrt(squared @ pool.weights / mass)
    distance[coverage < LEAST_COVERAGE - TOLERANCE] = np.nan
    return pd.DataFrame({"distance": distance, "coverage": coverage}, index=pool.keys)


def nearest(
    pool: Standardised,
    ags: str,
    k: int = DEFAULT_K,
    *,
    among: Collection[str] | None = None,
    without: Collection[str] = (),
) -> PeerList:
    """The k most similar towns, with contributions per variable.

    Args:
        pool: standardised variables of all towns of one level.
        ags: the town.
        k: 3 to 20.
        among: keys a peer may come from (for example towns that run a solution); ``None``
            for the whole pool.
        without: keys that are never a peer (for example towns that run a solution, when
            looking for comparison towns).

    Raises:
        UnknownPlace: the town is not in the pool.
        OutOfRange: k outside 3 to 20.
        NotComparable: the town has too few variables to be compared with any other.
    """
    if not LEAST_K <= k <= MOST_K:
        raise OutOfRange([f"k={k}"])
    table = distances(pool, ags)
    if not reaches(table["coverage"].to_numpy()[pool.position(ags)], LEAST_COVERAGE):
        raise NotComparable([ags])
    candidates = _candidates(table.drop(index=ags), among, without)
    ordered = candidates.dropna().sort_index().sort_values("distance", kind="stable")
    chosen = ordered.head(k)
    return PeerList(
        ags=ags,
        variable_set=pool.name,
        asked=k,
        peers=tuple(_peer(pool, ags, str(key), row) for key, row in chosen.iterrows()),
        not_comparable=int(candidates["distance"].isna().sum()),
        tied=_is_tied(ordered["distance"].to_numpy(), k),
        dropped=pool.dropped,
    )


def contributions(pool: Standardised, ags: str, other: str) -> dict[str, float]:
    """Share of the squared distance per variable, largest first, sum 1; empty at distance 0."""
    squared, _ = _squared_differences(pool, ags, [other])
    parts = squared[0] * pool.weights
    total = parts.sum()
    if total == 0:
        return {}
    shares = zip(pool.variables, parts / total, strict=True)
    return dict(sorted(((n, float(s)) for n, s in shares), key=lambda item: -item[1]))


def _squared_differences(
    pool: Standardised, ags: str, others: Collection[str] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Squared difference (0 where unknown) and whether known, towns x variables."""
    difference = _differences(pool, ags, others)
    shared = ~np.isnan(difference)
    return np.where(shared, difference, 0.0) ** 2, shared.astype(float)


def _differences(
    pool: Standardised, ags: str, others: Collection[str] | None = None
) -> NDArray[np.float64]:
    here = pool.position(ags)
    rows = slice(None) if others is None else [pool.position(other) for other in others]
    numbers = pool.numbers[rows] - pool.numbers[here]
    kinds = [kind.difference(rows, here) for kind in pool.categories]
    return np.column_stack([numbers, *kinds])


def _candidates(
    table: pd.DataFrame, among: Collection[str] | None, without: Collection[str]
) -> pd.DataFrame:
    if among is not None:
        table = table[table.index.isin(list(among))]
    return table[~table.index.isin(list(without))]


def _peer(pool: Standardised, ags: str, other: str, row: pd.Series) -> Peer:
    difference = _differences(pool, ags, [other])[0]
    known = {n: float(d) for n, d in zip(pool.variables, difference, strict=True) if d == d}
    return Peer(
        ags=other,
        distance=float(row["distance"]),
        coverage=float(row["coverage"]),
        contributions=contributions(pool, ags, other),
        differences=known,
    )


def _is_tied(ordered: NDArray[np.float64], k: int) -> bool:
    return len(ordered) > k and bool(abs(ordered[k] - ordered[k - 1]) <= TOLERANCE)
