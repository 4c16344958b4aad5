"""Variables brought to one scale over a whole pool of towns, ready for distances.

Numbers become z-scores (mean and standard deviation with n - 1; median and 1.4826 MAD when
the absolute skewness exceeds 2). Categories stay types within groups.
Method: ``docs/methods/peers``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import DuplicateKeys, NotFinite, NoVariation, UnknownPlace
from analysis.weights import normalise_weights

SKEWED = 2.0
MAD_TO_SD = 1.4826
OTHER_GROUP = 2.0
SAME_GROUP = 1.0


@dataclass(frozen=True)
class Category:
    """One categorical variable as codes.

    Attributes:
        types: code of the type per town, -1 = unknown.
        groups: code of the group per town, -1 = unknown.
    """

    types: NDArray[np.int64]
    groups: NDArray[np.int64]

    def difference(self, rows: slice | list[int], here: int) -> NDArray[np.float64]:
        """0 for the same type, 1 for the same group, 2 otherwise, NaN where unknown."""
        same_group = self.groups[rows] == self.groups[here]
        result = np.where(same_group, SAME_GROUP, OTHER_GROUP)
        result[self.types[rows] == self.types[here]] = 0.0
        result[(self.types[rows] < 0) | (self.types[here] < 0)] = np.nan
        return result


@dataclass(frozen=True)
class Scaling:
    """How one variable was scaled: ``method`` is ``sd`` or ``mad``."""

    variable: str
    method: str
    centre: float
    spread: float
    skewness: float
    observed: int


@dataclass(frozen=True)
class Standardised:
    """The variables of a pool of towns on one scale.

    Attributes:
        name: name of the set of variables.
        keys: towns in order, sorted.
        variables: names, numbers first, then categories.
        weights: one per variable, sum 1.
        numbers: z-scores, towns x numeric variables, NaN = unknown.
        categories: one per categorical variable.
        scalings: how each numeric variable was scaled.
        dropped: variables left out because all their values are equal or none is known.
    """

    name: str
    keys: tuple[str, ...]
    variables: tuple[str, ...]
    weights: NDArray[np.float64]
    numbers: NDArray[np.float64]
    categories: tuple[Category, ...]
    scalings: tuple[Scaling, ...]
    dropped: tuple[str, ...]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.keys)}

    def position(self, ags: str) -> int:
        """Row of a town.

        Raises:
            UnknownPlace: the town is not in the pool.
        """
        try:
            return self._positions[ags]
        except KeyError:
            raise UnknownPlace([ags]) from None

    def __contains__(self, ags: object) -> bool:
        return ags in self._positions

    def fingerprint(self) -> str:
        """Equal for pools with the same towns, variables, weights and values."""
        made_of = hashlib.sha256(repr((self.keys, self.variables, self.weights)).encode())
        for values in (self.numbers, *(c.types for c in self.categories)):
            made_of.update(np.ascontiguousarray(values).tobytes())
        for category in self.categories:
            made_of.update(np.ascontiguousarray(category.groups).tobytes())
        return made_of.hexdigest()


def standardise(
    variables: pd.DataFrame,
    weights: Mapping[str, float],
    *,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    name: str = "own",
) -> Standardised:
    """The pool on one scale.

    Args:
        variables: index ags (unique), one column per variable; numeric columns NaN where
            unknown, category columns text, empty or missing where unknown.
        weights: weight per variable, from 0; columns without weight are not used.
        groups: per category column the group of each type; a type without group is a group
            of its own.
        name: name of the set, carried into results.

    Raises:
        BadWeights: weights that cannot be normalised.
        DuplicateKeys: a town twice.
        NotFinite: an infinite value.
        NoVariation: no variable distinguishes any two towns.
    """
    _check(variables)
    pool, grouping = variables.sort_index(), groups or {}
    wanted = [v for v, weight in normalise_weights(weights).items() if weight > 0]
    held = [v for v in wanted if v in pool and _varies(pool[v], v in grouping)]
    if not held:
        raise NoVariation(wanted)
    numeric, kinds = [v for v in held if v not in grouping], [v for v in held if v in grouping]
    scaled = [_scale(pool[variable]) for variable in numeric]
    normal = normalise_weights({v: weights[v] for v in [*numeric, *kinds]})
    return Standardised(
        name=name,
        keys=tuple(str(key) for key in pool.index),
        variables=tuple(normal),
        weights=np.array(list(normal.values())),
        numbers=np.column_stack([z for z, _ in scaled]) if scaled else np.empty((len(pool), 0)),
        categories=tuple(_category(pool[kind], grouping[kind]) for kind in kinds),
        scalings=tuple(scaling for _, scaling in scaled),
        dropped=tuple(variable for variable in wanted if variable not in held),
    )


def _check(variables: pd.DataFrame) -> None:
    repeated = variables.index[variables.index.duplicated()]
    if len(repeated):
        raise DuplicateKeys(repeated)
    numbers = variables.select_dtypes("number")
    infinite = numbers.index[np.isinf(numbers.to_numpy(dtype=float)).any(axis=1)]
    if len(infinite):
        raise NotFinite(infinite)


def _varies(values: pd.Series, is_category: bool) -> bool:
    known = values[values.notna() & (values != "")] if is_category else values.dropna()
    return known.nunique() > 1


def _scale(values: pd.Series) -> tuple[NDArray[np.float64], Scaling]:
    """Z-scores; a MAD of 0 (more than half of the values equal) falls back to the sd."""
    raw = values.to_numpy(dtype=float)
    known = raw[~np.isnan(raw)]
    skewness = float(stats.skew(known))
    method, centre, spread = "sd", float(known.mean()), float(known.std(ddof=1))
    if abs(skewness) > SKEWED:
        median = float(np.median(known))
        mad = MAD_TO_SD * float(np.median(np.abs(known - median)))
        if mad > 0:
            method, centre, spread = "mad", median, mad
    scaling = Scaling(str(values.name), method, centre, spread, skewness, len(known))
    return (raw - centre) / spread, scaling


def _category(values: pd.Series, groups: Mapping[str, str]) -> Category:
    text = values.where(values.notna() & (values != ""), None)
    types = pd.factorize(text)[0]
    kinds = text.map(lambda kind: groups.get(kind, f"type {kind}"), na_action="ignore")
    return Category(types.astype(np.int64), pd.factorize(kinds)[0].astype(np.int64))
