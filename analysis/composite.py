"""Composite indicators: one figure from several, always with its bounds and its coverage.

Method: ``docs/methods/composite``, after the ten steps of the OECD/JRC handbook (2008).
A missing value is never imputed silently and never acts as zero: it widens the bounds. The
weights of a linear composite are trade-offs between indicators, not their importance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import BadWeights, NotComparable, NotFinite, OutOfRange
from analysis.normalisation import METHODS, normalise
from analysis.outliers import Treated, treat_outliers
from analysis.thresholds import TOLERANCE
from analysis.weights import dominant_weights, normalise_weights

__all__ = [
    "FLOOR",
    "LEAST_COVERAGE",
    "METHODS",
    "Composite",
    "Treated",
    "aggregate",
    "normalise",
    "treat_outliers",
]

AGGREGATIONS = ("arithmetic", "geometric", "harmonic")
LEAST_COVERAGE = 0.65
FLOOR = 0.01

Floats = NDArray[np.float64]
Weights = Mapping[str, float] | Sequence[float] | pd.Series | Floats


@dataclass(frozen=True, eq=False)
class Composite:
    """A composite indicator of a pool of places; as an array it gives its scores.

    Attributes:
        table: one row per place: ``score`` (mean of what is known; missing below 65 % of the
            weight), ``low`` and ``high`` (every missing value at its worst and at its best)
            and ``coverage`` (share of the weight known, 0 to 1).
        method: ``arithmetic``, ``geometric`` or ``harmonic``.
        weights: the weights used, sum 1.
        dropped: indicators without any value, left out with their weight shared out.
        dominant: indicators with more than half of the weight, a reason to warn.
        floor: least value inside geometric and harmonic means.
    """

    table: pd.DataFrame
    method: str
    weights: Mapping[str, float]
    dropped: tuple[str, ...]
    dominant: tuple[str, ...]
    floor: float = FLOOR

    @property
    def score(self) -> pd.Series:
        """Mean of what is known per place; missing where not assessable."""
        return self.table["score"]

    @property
    def low(self) -> pd.Series:
        """Score with every missing value at its worst."""
        return self.table["low"]

    @property
    def high(self) -> pd.Series:
        """Score with every missing value at its best."""
        return self.table["high"]

    @property
    def coverage(self) -> pd.Series:
        """Share of the weight whose value is known."""
        return self.table["coverage"]

    @property
    def not_assessable(self) -> tuple[str, ...]:
        """Places below 65 % of the weight."""
        return tuple(str(key) for key in self.table.index[self.table["score"].isna()])

    def __array__(self, dtype: object = None, copy: bool | None = None) -> Floats:
        return np.array(self.table["score"], dtype=float)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[float]:
        return iter(self.table["score"].tolist())


def aggregate(
    normalised: pd.DataFrame | ArrayLike, weights: Weights, method: str = "arithmetic"
) -> Composite:
    """The composite of normalised indicators with bounds and coverage.

    ``arithmetic`` sum of w N; ``geometric`` exp of the sum of w ln max(N, .01); ``harmonic``
    1 / sum of w / max(N, .01). With missing values the score is the mean of what is known,
    and the bounds set every missing value to 0 and to 1 (values that leave 0 to 1, such as
    z-scores, have no worst and best: the bounds of an incomplete place are then infinite).

    Args:
        normalised: places x indicators, higher is better; a single row may be one-dimensional.
        weights: one per indicator, by name or in the order of the columns.
        method: arithmetic, geometric or harmonic.

    Raises:
        BadWeights: unusable weights, or not one per indicator.
        OutOfRange: unknown method, or values below 0 in a geometric or harmonic mean.
        NotFinite: an infinite value.
        NotComparable: no indicator holds any value.
    """
    table = as_table(normalised)
    if method not in AGGREGATIONS:
        raise OutOfRange([f"method={method}"])
    kept, used, dropped = drop_empty(table, named_weights(table, weights))
    values, share = kept.to_numpy(dtype=float), np.array(list(used.values()))
    negative = np.flatnonzero((values < -TOLERANCE).any(axis=1))
    if method != "arithmetic" and len(negative):
        raise OutOfRange(kept.index[negative])
    known = ~np.isnan(values)
    coverage = known @ share
    low, high = _bounds(values, share, method)
    columns = {
        "score": np.where(
            coverage < LEAST_COVERAGE - TOLERANCE, np.nan, _mean(values, share, method)
        ),
        "low": low,
        "high": high,
        "coverage": coverage,
    }
    scores = pd.DataFrame(columns, index=kept.index)
    return Composite(scores, method, used, dropped, dominant_weights(used))


def as_table(normalised: pd.DataFrame | ArrayLike) -> pd.DataFrame:
    """Places x indicators as floats with text column names.

    Raises:
        NotFinite: an infinite value; keys name the places.
    """
    if isinstance(normalised, pd.DataFrame):
        table = normalised.astype(float)
    else:
        table = pd.DataFrame(np.atleast_2d(np.asarray(normalised, dtype=float)))
    table = table.set_axis([str(name) for name in table.columns], axis=1)
    infinite = np.isinf(table.to_numpy())
    if infinite.any():
        raise NotFinite(table.index[np.flatnonzero(infinite.any(axis=1))])
    return table


def named_weights(table: pd.DataFrame, weights: Weights) -> dict[str, float]:
    """One checked weight per column of the table, in its order, sum 1.

    Raises:
        BadWeights: unusable, or not exactly one per column.
    """
    names = [str(name) for name in table.columns]
    if isinstance(weights, pd.Series):
        by_name = set(map(str, weights.index)) == set(names)
        weights = dict(zip(map(str, weights.index) if by_name else names, weights, strict=False))
    if isinstance(weights, Mapping):
        unmatched = set(names) ^ {str(name) for name in weights}
        if unmatched:
            raise BadWeights(sorted(unmatched))
        return normalise_weights({name: float(weights[name]) for name in names})
    if len(weights) != len(names):
        raise BadWeights([f"{len(weights)} / {len(names)}"])
    return normalise_weights(dict(zip(names, (float(w) for w in weights), strict=True)))


def drop_empty(
    table: pd.DataFrame, weights: Mapping[str, float]
) -> tuple[pd.DataFrame, dict[str, float], tuple[str, ...]]:
    """The table without indicators that no place holds, their weight shared out, their names.

    A single place cannot tell a missing value from a missing indicator: nothing is dropped.

    Raises:
        NotComparable: nothing is left.
    """
    held = ~np.isnan(table.to_numpy()).all(axis=0) | (len(table) < 2)
    dropped = tuple(str(name) for name in table.columns[~held])
    kept = {name: weight for name, weight in weights.items() if name not in dropped}
    if sum(kept.values()) <= 0:
        raise NotComparable(table.index)
    return table.loc[:, held] if dropped else table, normalise_weights(kept), dropped


def _mean(values: Floats, weights: Floats, method: str) -> Floats:
    """Mean of the known values of each row, NaN where none is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = known * weights / (known @ weights)[:, None]
    filled = np.where(known, values, 1.0)
    if method == "arithmetic":
        return np.asarray((share * filled).sum(axis=1))
    filled = np.maximum(filled, FLOOR)
    if method == "geometric":
        return np.asarray(np.exp((share * np.log(filled)).sum(axis=1)))
    return np.asarray(1 / (share / filled).sum(axis=1))


def _bounds(values: Floats, weights: Floats, method: str) -> tuple[Floats, Floats]:
    gaps = np.isnan(values)
    low = _mean(np.where(gaps, 0.0, values), weights, method)
    high = _mean(np.where(gaps, 1.0, values), weights, method)
    known = values[~gaps]
    if known.size and (known.min() < -TOLERANCE or known.max() > 1 + TOLERANCE):
        open_ended = gaps[:, weights > 0].any(axis=1)
        low[open_ended], high[open_ended] = -np.inf, np.inf
    return low, high
