"""Classes of a choropleth: where one colour ends and the next begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def quantile_breaks(values: Numbers, count: int, decimals: int | None = None) -> Numbers:
    """Inner breaks so that every class holds about as many places.

    Args:
        values: one number per place; missing ones are NaN and do not count.
        count: classes wanted, at least 1.
        decimals: rounds the breaks to what the legend shows; ``None`` keeps them.

    Returns:
        ascending breaks, at most ``count - 1``; fewer where many places share a value.
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return np.array([])
    shares = np.arange(1, count) / count
    return _proper(np.quantile(known, shares), known, decimals)


def equal_breaks(values: Numbers, count: int, decimals: int | None = None) -> Numbers:
    """Inner breaks so that every class spans as much; arguments as ``quantile_breaks``."""
    known = values[np.isfinite(values)]
    if not known.size:
        return np.array([])
    return _proper(np.linspace(known.min(), known.max(), count + 1)[1:-1], known, decimals)


METHODS: Mapping[str, Callable[[Numbers, int, int | None], Numbers]] = {
    "quantiles": quantile_breaks,
    "equal": equal_breaks,
}


def class_of(values: Numbers, breaks: Sequence[float] | Numbers) -> NDArray[np.int64]:
    """Class of each value, from 0; a break belongs to the class above it. NaN gives -1."""
    classes = np.searchsorted(np.asarray(breaks, dtype=float), values, side="right")
    return np.where(np.isfinite(values), classes, -1)


def class_limits(values: Numbers, breaks: Numbers) -> list[tuple[float, float]]:
    """From and to of each class; the first begins at the least value, the last ends at the most.

    Empty when no value is known.
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return []
    edges = [float(known.min()), *(float(edge) for edge in breaks), float(known.max())]
    return list(pairwise(edges))


def _proper(breaks: Numbers, known: Numbers, decimals: int | None) -> Numbers:
    """Ascending breaks that each leave a value on both sides."""
    rounded = breaks if decimals is None else np.round(breaks, decimals)
    single: Numbers = np.unique(rounded)
    proper: Numbers = single[(single > known.min()) & (single <= known.max())]
    return proper
