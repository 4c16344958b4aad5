"""Transfer twins: the places most like mine where a solution runs, and those without it.

Distances are those of ``docs/methods/peers``. Because the choice of variables is a convention, a
twin's distance is given as a range: the least and the greatest when each variable is left out
once, or all count the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import NotComparable, UnknownPlace
from analysis.peers import DEFAULT_K, LEAST_COVERAGE, Peer, distances, nearest
from analysis.standardise import Standardised

MOST_TWINS = 5


@dataclass(frozen=True)
class Twin:
    """One place like mine.

    Attributes:
        peer: distance and differences, see ``analysis.peers``.
        low: least distance over the choices of variables, in standard deviations.
        high: greatest distance.
        closer_share: share of all comparable places that are farther from mine, 0 to 1.
    """

    peer: Peer
    low: float
    high: float
    closer_share: float

    @property
    def ags(self) -> str:
        """Key of the place."""
        return self.peer.ags


@dataclass(frozen=True)
class Twins:
    """Places like mine for one solution.

    Attributes:
        running: where it runs, nearest first, at most five.
        without: the most similar places without a known deployment of it.
    """

    running: tuple[Twin, ...]
    without: tuple[Peer, ...]


def twins(pool: Standardised, ags: str, running: Collection[str], known: Collection[str]) -> Twins:
    """The twins of one place for one solution.

    Args:
        pool: standardised places of the level of ``ags``.
        ags: the place; never its own twin.
        running: keys of places where the solution runs.
        known: keys of places where it runs, ran or is planned: none of them is "without".

    Returns:
        Empty lists where the place, or every other, cannot be compared.
    """
    try:
        near = nearest(pool, ags, MOST_TWINS, among=running).peers
        without = nearest(pool, ags, DEFAULT_K, without=known).peers
    except (NotComparable, UnknownPlace):
        return Twins((), ())
    reached = distances(pool, ags)["distance"].drop(index=ags).dropna().to_numpy()
    return Twins(tuple(_twin(pool, ags, peer, reached) for peer in near), without)


def distance_range(pool: Standardised, ags: str, other: str) -> tuple[float, float]:
    """Least and greatest distance of two places over reasonable choices of variables.

    Choices: the weights of the set, equal weights, and each variable left out once. A choice
    that leaves less than 70 % of the weight known for both is not taken.
    """
    numbers = pool.numbers[pool.position(other)] - pool.numbers[pool.position(ags)]
    kinds = [k.difference([pool.position(other)], pool.position(ags))[0] for k in pool.categories]
    difference = np.concatenate([np.atleast_1d(numbers), np.array(kinds, dtype=float)])
    known = ~np.isnan(difference)
    squared = np.where(known, difference, 0.0) ** 2
    found = []
    for weights in _choices(pool.weights):
        mass = float(weights[known].sum())
        if mass >= LEAST_COVERAGE * float(weights.sum()) - 1e-9 and mass > 0:
            found.append(float(np.sqrt(squared @ weights / mass)))
    return (min(found), max(found)) if found else (float("nan"), float("nan"))


def _choices(weights: np.ndarray) -> list[np.ndarray]:
    one_left_out = [
        np.where(np.arange(len(weights)) == n, 0.0, weights) for n in range(len(weights))
    ]
    return [weights, np.ones(len(weights)), *one_left_out]


def _twin(pool: Standardised, ags: str, peer: Peer, reached: np.ndarray) -> Twin:
    low, high = distance_range(pool, ags, peer.ags)
    return Twin(peer, low, high, float((reached > peer.distance).mean()))


def known_places(table: pd.DataFrame, solution_id: str) -> frozenset[str]:
    """Keys of places with any deployment of a solution: running, planned, tried or ended."""
    rows = table[(table["solution_id"] == solution_id) & (table["ags"] != "")]
    return frozenset(rows["ags"])
