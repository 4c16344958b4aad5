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


def natural_breaks(values: Numbers, count: int, decimals: int | None = None) -> Numbers:
    """Inner breaks so that values of a class lie close together; as ``quantile_breaks``.

    Exact optimum of Fisher (1958) and Jenks (1977) by the library jenkspy.
    """
    import jenkspy

    known = values[np.isfinite(values)]
    classes = min(count, np.unique(known).size)
    if classes < 2:
        return np.array([])
    # The library gives the largest value of each class; a break here begins the class above.
    ends = np.asarray(jenkspy.jenks_breaks(known.tolist(), n_classes=classes)[1:-1])
    ordered = np.sort(known)
    above = ordered[np.searchsorted(ordered, ends, side="right")]
    return _proper(above, known, decimals)


def own_breaks(wanted: Sequence[float], values: Numbers) -> Numbers:
    """Breaks a visitor chose, without those that would leave a class empty at an end."""
    known = values[np.isfinite(values)]
    if not known.size:
        return np.array([])
    return _proper(np.asarray(wanted, dtype=float), known, None)


def breaks_around(
    reference: float, values: Numbers, method: str, count: int, decimals: int | None = None
) -> Numbers:
    """Breaks of which one is a reference, for colours that part at it.

    Args:
        reference: where the colours part, for example 0 or the median of all places.
        values: one number per place; missing ones are NaN and do not count.
        method: one of ``METHODS``, applied to each side by itself.
        count: classes wanted, half of them on each side.
        decimals: rounds the breaks to what the legend shows.

    Returns:
        ascending breaks; without values on both sides just those of the side there is.
    """
    known = values[np.isfinite(values)]
    middle = reference if decimals is None else float(np.round(reference, decimals))
    sides = (known[known < middle], known[known >= middle])
    half = max(1, count // 2)
    parts = [METHODS[method](side, half, decimals) for side in sides]
    if not known.size:
        return np.array([])
    return _proper(np.concatenate([parts[0], [middle], parts[1]]), known, None)


METHODS: Mapping[str, Callable[[Numbers, int, int | None], Numbers]] = {
    "quantiles": quantile_breaks,
    "equal": equal_breaks,
    "natural": natural_breaks,
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
