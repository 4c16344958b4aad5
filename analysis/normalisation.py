"""Indicators brought to a common scale, the better end always the higher one.

Method: ``docs/methods/composite``. Comparisons over time use goalposts that are fixed
once, so that a place's score does not move because another place changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import NotFinite, NoVariation, OutOfRange, TooFewPlaces
from analysis.standardise import MAD_TO_SD

METHODS = ("minmax", "goalposts", "zscore", "robust_z", "rank")
LEAST_FOR_Z = 3

Floats = NDArray[np.float64]
Goalposts = tuple[float, float]


@overload
def normalise(
    values: pd.DataFrame,
    method: str = ...,
    direction: int | Mapping[str, int] = ...,
    goalposts: Goalposts | Mapping[str, Goalposts] | None = ...,
) -> pd.DataFrame: ...
@overload
def normalise(
    values: pd.Series,
    method: str = ...,
    direction: int = ...,
    goalposts: Goalposts | None = ...,
) -> pd.Series: ...
@overload
def normalise(
    values: ArrayLike,
    method: str = ...,
    direction: int = ...,
    goalposts: Goalposts | None = ...,
) -> Floats: ...
def normalise(
    values: ArrayLike | pd.Series | pd.DataFrame,
    method: str = "minmax",
    direction: int | Mapping[str, int] = 1,
    goalposts: Goalposts | Mapping[str, Goalposts] | None = None,
) -> Floats | pd.Series | pd.DataFrame:
    """The values on a common scale, higher is better; the same kind of object as given.

    ``minmax`` (x - min) / (max - min); ``goalposts`` clip((x - low) / (high - low), 0, 1);
    ``zscore`` (x - mean) / sd with n - 1; ``robust_z`` (x - median) / (1.4826 MAD); ``rank``
    (r - 1) / (observed - 1), average ranks for ties. Direction -1 turns the scale round.

    Args:
        values: one indicator (list, array, Series; ``None`` and NaN are missing) or a table,
            one row per place and one column per indicator.
        method: one of ``METHODS``.
        direction: 1 higher is better, -1 lower is better; for a DataFrame also per column.
        goalposts: low and high end in the unit of the values, needed for ``goalposts``; for a
            DataFrame also per column.

    Returns:
        Missing stays missing. In a table an indicator without variation or without any value
        is missing throughout: ``composite.aggregate`` drops it and names it.

    Raises:
        NoVariation: a single indicator whose values are all equal or all missing.
        TooFewPlaces: z-scores of fewer than three values.
        NotFinite: an infinite value; keys name the places.
        OutOfRange: unknown method, direction other than 1 and -1, goalposts not in order.
    """
    chosen = method.lower().replace(" ", "_").replace("-", "_")
    if chosen not in METHODS:
        raise OutOfRange([f"method={method}"])
    if isinstance(values, pd.DataFrame):
        return _table(values, chosen, direction, goalposts)
    if isinstance(values, pd.Series):
        column = values.to_numpy(dtype=float, na_value=np.nan)
        scaled = _one(column, values.index, chosen, direction, goalposts, str(values.name))
        return pd.Series(scaled, index=values.index, name=values.name)
    array = np.asarray(values, dtype=float)
    if array.ndim == 2:
        return _table(pd.DataFrame(array), chosen, direction, goalposts).to_numpy()
    return _one(array, pd.RangeIndex(len(array)), chosen, direction, goalposts, "values")


def _table(
    table: pd.DataFrame,
    method: str,
    direction: int | Mapping[str, int],
    goalposts: Goalposts | Mapping[str, Goalposts] | None,
) -> pd.DataFrame:
    scaled = {}
    for name in table.columns:
        toward = direction[name] if isinstance(direction, Mapping) else direction
        ends = goalposts.get(name) if isinstance(goalposts, Mapping) else goalposts
        column = table[name].to_numpy(dtype=float, na_value=np.nan)
        try:
            scaled[name] = _one(column, table.index, method, toward, ends, str(name))
        except NoVariation:
            scaled[name] = np.full(len(table), np.nan)
    return pd.DataFrame(scaled, index=table.index, columns=table.columns)


def _one(
    values: Floats,
    places: pd.Index,
    method: str,
    direction: int | Mapping[str, int],
    goalposts: Goalposts | Mapping[str, Goalposts] | None,
    name: str,
) -> Floats:
    if direction not in (1, -1):
        raise OutOfRange([f"direction={direction}"])
    if np.isinf(values).any():
        raise NotFinite(places[np.isinf(values)])
    if method == "goalposts":
        scaled = _between(values, cast("Goalposts | None", goalposts), name)
        return scaled if direction == 1 else 1 - scaled
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        raise NoVariation([name])
    return _SCALES[method](values * direction, known * direction, name)


def _between(values: Floats, goalposts: Goalposts | None, name: str) -> Floats:
    if goalposts is None or not goalposts[0] < goalposts[1]:
        raise OutOfRange([f"{name}: goalposts={goalposts}"])
    low, high = goalposts
    return np.asarray(np.clip((values - low) / (high - low), 0, 1))


def _minmax(values: Floats, known: Floats, _: str) -> Floats:
    return np.asarray((values - known.min()) / (known.max() - known.min()))


def _zscore(values: Floats, known: Floats, name: str) -> Floats:
    if len(known) < LEAST_FOR_Z:
        raise TooFewPlaces([f"{name}: n={len(known)}"])
    return np.asarray((values - known.mean()) / known.std(ddof=1))


def _robust_z(values: Floats, known: Floats, name: str) -> Floats:
    if len(known) < LEAST_FOR_Z:
        raise TooFewPlaces([f"{name}: n={len(known)}"])
    middle = np.median(known)
    spread = MAD_TO_SD * np.median(np.abs(known - middle))
    if spread == 0:
        raise NoVariation([name])
    return np.asarray((values - middle) / spread)


def _rank(values: Floats, known: Floats, _: str) -> Floats:
    ranks = stats.rankdata(values, method="average", nan_policy="omit")
    return np.asarray((ranks - 1) / (len(known) - 1))


_SCALES = {"minmax": _minmax, "zscore": _zscore, "robust_z": _robust_z, "rank": _rank}
