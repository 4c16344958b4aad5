"""Ranks of many draws, counted without keeping the scores.

Scores become 64-bit integers whose last bits hold the place: sorting them once gives the
order, and counting (place, rank) pairs gives all percentiles. Rows in which two scores come
closer than 1e-12 of the scale are ranked again exactly, equal scores sharing the best rank.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

TIE = 1e-12
_TIE_UNITS = 1 << 13
_MOST_COUNTED = 1500
_COLUMNS = 256

Floats = NDArray[np.float64]
Exact = Callable[[NDArray[np.intp]], Floats]


def exact_ranks(scores: Floats) -> NDArray[np.int64]:
    """Rank of every place in every draw, 1 = highest; ties share the best rank."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    start = np.zeros(scores.shape, dtype=np.int64)
    is_new = ordered[:, :-1] - ordered[:, 1:] > TIE
    start[:, 1:] = np.where(is_new, np.arange(1, scores.shape[1]), 0)
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.maximum.accumulate(start, axis=1) + 1, axis=1)
    return ranks


class RankCounts:
    """Counts how often each place takes each rank; large pools keep the ranks instead.

    Args:
        places: number of places.
        draws: number of draws to come.
    """

    def __init__(self, places: int, draws: int) -> None:
        self.places, self.draws, self._seen = places, draws, 0
        self._bits = max(1, (places - 1).bit_length())
        self._mask = np.int64((1 << self._bits) - 1)
        self._near = max(_TIE_UNITS, 1 << (self._bits + 1))
        self._names = np.arange(places, dtype=np.int64)
        self._falling = self._names[::-1].copy()
        counted = places <= _MOST_COUNTED
        self._counts = np.zeros(places * places, dtype=np.int64) if counted else None
        self._kept = None if counted else np.empty((draws, places), dtype=np.uint16)

    def add(self, scores: Floats, exact: Exact) -> None:
        """Take in the scores of some draws (between 1 and 4, overwritten).

        Args:
            scores: draws x places.
            exact: gives the unspoilt scores of some of these rows again.
        """
        keys = scores.view(np.int64)
        keys &= ~self._mask
        keys |= self._names
        keys.sort(axis=1)
        near = np.flatnonzero((keys[:, 1:] - keys[:, :-1]).min(axis=1) < self._near)
        keys &= self._mask
        if len(near):
            self._take_ranks(exact_ranks(exact(near)))
            keys = np.delete(keys, near, axis=0)
        self._take_order(keys)

    def _take_order(self, rising: NDArray[np.int64]) -> None:
        if self._counts is not None:
            rising *= self.places
            rising += self._falling
            self._counts += np.bincount(rising.ravel(), minlength=self.places**2)
        elif self._kept is not None:
            target = self._kept[self._seen : self._seen + len(rising)]
            ranks = np.broadcast_to((self._falling + 1).astype(np.uint16), rising.shape)
            np.put_along_axis(target, rising, ranks, axis=1)
        self._seen += len(rising)

    def _take_ranks(self, ranks: NDArray[np.int64]) -> None:
        if self._counts is not None:
            flat = self._names * self.places + ranks - 1
            self._counts += np.bincount(flat.ravel(), minlength=self.places**2)
        elif self._kept is not None:
            self._kept[self._seen : self._seen + len(ranks)] = ranks
        self._seen += len(ranks)

    def percentiles(self, shares: tuple[float, ...]) -> NDArray[np.int64]:
        """Ranks at the given shares of draws (nearest-rank definition), places x shares."""
        positions = [nearest_rank(share, self.draws) for share in shares]
        if self._counts is not None:
            reached = self._counts.reshape(self.places, self.places).cumsum(axis=1)
            found = [(reached < position).sum(axis=1) + 1 for position in positions]
            return np.column_stack(found)
        kept = self._kept_ranks()
        result = np.empty((self.places, len(shares)), dtype=np.int64)
        for start in range(0, self.places, _COLUMNS):
            part = np.ascontiguousarray(kept[:, start : start + _COLUMNS].T)
            part.partition([position - 1 for position in positions], axis=1)
            result[start : start + _COLUMNS] = part[:, [position - 1 for position in positions]]
        return result

    def share_up_to(self, rank: int) -> Floats:
        """Share of draws in which each place has this rank or a better one."""
        if self._counts is not None:
            table = self._counts.reshape(self.places, self.places)
            return np.asarray(table[:, :rank].sum(axis=1) / self.draws)
        hits = np.zeros(self.places, dtype=np.int64)
        for row in self._kept_ranks():
            hits += row <= rank
        return np.asarray(hits / self.draws)

    def _kept_ranks(self) -> NDArray[np.uint16]:
        if self._kept is None:
            raise ValueError("ranks were counted, not kept")
        return self._kept


def nearest_rank(share: float, draws: int) -> int:
    """Position of a percentile among sorted draws, from 1."""
    return max(1, int(np.ceil(share * draws - TIE)))
