"""Distances of all pairs of a pool, by matrix products in blocks and a search tree.

The same distance as in ``analysis.peers``: a category becomes coordinates whose squared
distances are 0 (same type), 1 (same group) and 4 (otherwise), a missing value drops out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from analysis.peers import LEAST_COVERAGE
from analysis.standardise import Category, Standardised
from analysis.thresholds import TOLERANCE

_BLOCK = 512
_SPARE = 8
_SAMPLE = 128
_MARGIN = 0.02
_MOST_GAPS_FOR_TREE = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """Towns as points, ready for products.

    Attributes:
        values: towns x coordinates, weighted (times the root of the weight), 0 where unknown.
        known: towns x coordinates, whether known.
        mass: weight of the variable a coordinate stands for, shared among its coordinates.
    """

    values: Floats
    known: NDArray[np.bool_]
    mass: Floats

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Towns with every value known."""
        return np.asarray(self.known.all(axis=1), dtype=np.bool_)


def embed(pool: Standardised) -> Points:
    """The pool as points whose squared distance is the weighted sum of squared differences."""
    numeric = pool.numbers.shape[1]
    columns, known, mass = [], [], []
    for place, weight in enumerate(pool.weights):
        if place < numeric:
            coordinates = pool.numbers[:, [place]]
            is_known = ~np.isnan(coordinates)
        else:
            kind = pool.categories[place - numeric]
            coordinates = _coordinates(kind)
            is_known = np.broadcast_to((kind.types >= 0)[:, None], coordinates.shape)
        columns.append(np.where(is_known, coordinates, 0.0) * np.sqrt(weight))
        known.append(is_known)
        mass.append(np.full(coordinates.shape[1], weight / coordinates.shape[1]))
    return Points(np.hstack(columns), np.hstack(known), np.concatenate(mass))


def pair_quantile(points: Points, share: float) -> tuple[float, int]:
    """Quantile of the distances of all comparable pairs, and how many pairs there are.

    A sample of towns says between which two distances the quantile must lie. Pairs below are
    counted, pairs between are kept and ordered; where the sample misled, the bounds widen.
    Equal to ``numpy.quantile`` over all pairs.
    """
    # Towns with gaps come first, so that all later blocks need no coverage.
    order = np.argsort(points.complete, kind="stable")
    ordered = Points(points.values[order], points.known[order], points.mass)
    margin = _MARGIN
    while True:
        found = _between(ordered, _bounds(points, share, margin))
        if not found.pairs:
            return float("nan"), 0
        rank = share * (found.pairs - 1) - found.below
        if 0 <= rank <= len(found.inside) - 1:
            return _interpolated(found.inside, rank), found.pairs
        margin *= 4


@dataclass(frozen=True)
class _Between:
    """Squared distances inside some bounds, with the number below and the number of all."""

    inside: Floats
    below: int
    pairs: int


def _between(ordered: Points, bounds: tuple[float, float]) -> _Between:
    low, high = bounds
    inside, below, pairs = [], 0, 0
    for block, complete in _blocks(ordered):
        size = len(block)
        for part in (block[:, :size][np.triu_indices(size, 1)], block[:, size:]):
            pairs += part.size if complete else int(np.count_nonzero(np.isfinite(part)))
            under = part < low
            below += int(np.count_nonzero(under))
            inside.append(part[(part < high) ^ under])
    return _Between(np.concatenate(inside), below, pairs)


def _blocks(ordered: Points) -> Iterator[tuple[Floats, bool]]:
    """Squared distances of some towns to themselves and all later ones; whether none is inf."""
    gaps = int((~ordered.complete).sum())
    for start in range(0, gaps, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, gaps))
        yield squared_distances(ordered, rows, slice(start, None)), False
    whole = ordered.values[gaps:]
    norms = np.square(whole).sum(axis=1, keepdims=True)
    ones = np.ones_like(norms)
    left, right = np.hstack([-2 * whole, norms, ones]), np.hstack([whole, ones, norms])
    for start in range(0, len(whole), _BLOCK):
        yield left[start : start + _BLOCK] @ right[start:].T, True


def _interpolated(squares: Floats, rank: float) -> float:
    """The distance at a rank, between two ranks in proportion."""
    first = int(rank)
    last = min(first + 1, len(squares) - 1)
    near = np.sqrt(np.maximum(np.partition(squares, (first, last))[[first, last]], 0.0))
    return float(near[0] + (rank - first) * (near[1] - near[0]))


def nearest_rows(points: Points, wanted: int, width: int) -> tuple[NDArray[np.int32], Floats]:
    """Rows and distances of the nearest towns of every town, equal distances by row.

    Args:
        points: the towns.
        wanted: how many per town, at most ``width``.
        width: columns of the result.

    Returns:
        Rows (-1 where fewer are comparable) and distances (NaN there), towns x width.
    """
    size = len(points.values)
    rows = np.full((size, width), -1, dtype=np.int32)
    distances = np.full((size, width), np.nan)
    if wanted < 1:
        return rows, distances
    found = (
        _by_tree(points, wanted)
        if (~points.complete).mean() <= _MOST_GAPS_FOR_TREE
        else _by_blocks(points, np.arange(size), wanted)
    )
    rows[:, :wanted], distances[:, :wanted] = found
    return rows, distances


def squared_distances(points: Points, rows: NDArray[np.int64], others: slice) -> Floats:
    """Squared distances rows x others; infinite where not comparable."""
    here, there = points.values[rows], points.values[others]
    known_here = points.known[rows].astype(float)
    known_there = points.known[others].astype(float)
    block = (here**2) @ known_there.T
    block += known_here @ (there**2).T
    block -= 2.0 * (here @ there.T)
    np.maximum(block, 0.0, out=block)
    if points.known.all():
        return np.asarray(block, dtype=np.float64)
    mass = (known_here * points.mass) @ known_there.T
    with np.errstate(divide="ignore", invalid="ignore"):
        block /= mass
    block[mass < LEAST_COVERAGE - TOLERANCE] = np.inf
    return np.asarray(block, dtype=np.float64)


def _bounds(points: Points, share: float, margin: float) -> tuple[float, float]:
    """Squared distances a little below and above the quantile of about 128 towns."""
    rows = np.arange(0, len(points.values), max(1, len(points.values) // _SAMPLE))
    block = squared_distances(points, rows, slice(None))
    comparable = block[np.isfinite(block)]
    low = float(np.quantile(comparable, share - margin)) if margin < share else -np.inf
    high = float(np.quantile(comparable, share + margin)) if share + margin < 1 else np.inf
    return low, high


def _coordinates(kind: Category) -> Floats:
    """Coordinates of a category: 1/2 + 1/2 between types, 3/2 + 3/2 more between groups."""
    types, groups = _indicators(kind.types), _indicators(kind.groups)
    return np.hstack([types * np.sqrt(0.5), groups * np.sqrt(1.5)])


def _indicators(codes: NDArray[np.int64]) -> Floats:
    known = np.arange(max(int(codes.max()) + 1, 1))
    return np.asarray(codes[:, None] == known, dtype=np.float64)


def _by_tree(points: Points, wanted: int) -> tuple[NDArray[np.int32], Floats]:
    """Neighbours of complete towns from a tree, joined with the few incomplete ones."""
    complete = np.flatnonzero(points.complete)
    gaps = np.flatnonzero(~points.complete)
    tree = cKDTree(points.values[complete])
    reach = min(wanted + 1 + _SPARE, len(complete))
    distances, places = tree.query(points.values[complete], k=np.arange(1, reach + 1))
    candidates = np.hstack([complete[places], np.broadcast_to(gaps, (len(complete), len(gaps)))])
    across = np.sqrt(squared_distances(points, gaps, slice(None)))
    values = np.hstack([distances, across[:, complete].T])
    values[candidates == complete[:, None]] = np.inf
    rows = np.empty((len(points.values), wanted), dtype=np.int32)
    near = np.empty((len(points.values), wanted))
    rows[complete], near[complete] = _first(candidates, values, wanted)
    rows[gaps], near[gaps] = _by_blocks(points, gaps, wanted)
    return rows, near


def _by_blocks(
    points: Points, rows: NDArray[np.int64], wanted: int
) -> tuple[NDArray[np.int32], Floats]:
    parts = []
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        block = np.sqrt(squared_distances(points, part, slice(None)))
        block[np.arange(len(part)), part] = np.inf
        candidates = np.broadcast_to(np.arange(block.shape[1]), block.shape)
        parts.append(_first(candidates, block, wanted))
    if not parts:
        return np.empty((0, wanted), dtype=np.int32), np.empty((0, wanted))
    return np.vstack([rows for rows, _ in parts]), np.vstack([near for _, near in parts])


def _first(
    candidates: NDArray[np.int64], values: Floats, wanted: int
) -> tuple[NDArray[np.int32], Floats]:
    """The nearest candidates of every row, equal distances (to 1e-9) by candidate."""
    rounded = np.round(values / TOLERANCE) * TOLERANCE
    order = np.lexsort((candidates, rounded), axis=1)[:, :wanted]
    rows = np.full((len(values), wanted), -1, dtype=np.int32)
    near = np.full((len(values), wanted), np.nan)
    chosen = np.take_along_axis(values, order, axis=1)
    found = np.isfinite(chosen)
    width = chosen.shape[1]
    rows[:, :width] = np.where(found, np.take_along_axis(candidates, order, axis=1), -1)
    near[:, :width] = np.where(found, chosen, np.nan)
    return rows, near
