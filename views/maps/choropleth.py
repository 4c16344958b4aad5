"""From a table of values to classes per outline and the legend that explains them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loaders.boundaries.layers import read_layers, read_places
from views.maps.classes import METHODS, breaks_around, class_limits, class_of, own_breaks
from views.maps.description import MISSING_CODES, AreaLayer, AreaValues, LegendEntry

ADDRESS = "app/static/boundaries/"


def area_layer(folder: Path, layer: str) -> AreaLayer:
    """A built layer with the address it is published under.

    Args:
        folder: the built layers, ``data/boundaries``.
        layer: for example ``districts``.

    Raises:
        KeyError: no layer of that name was built.
    """
    entry = read_layers(folder)[layer]
    keys = tuple(read_places(folder, layer)["ags"])
    return AreaLayer(ADDRESS + entry.published_name, entry.object, keys, entry.bounds)


def breaks_of(values: pd.Series, method: str, count: int, decimals: int) -> NDArray[np.float64]:
    """Inner class breaks by a method of ``classes.METHODS``, rounded as they are read."""
    return METHODS[method](_read(values, decimals), count, decimals)


def parted_breaks(
    values: pd.Series, reference: float, method: str, count: int, decimals: int
) -> NDArray[np.float64]:
    """Breaks of which one is the reference; see ``classes.breaks_around``."""
    return breaks_around(reference, _read(values, decimals), method, count, decimals)


def chosen_breaks(values: pd.Series, wanted: Sequence[float], decimals: int) -> NDArray[np.float64]:
    """Breaks a visitor chose; see ``classes.own_breaks``."""
    return own_breaks(wanted, _read(values, decimals))


def _read(values: pd.Series, decimals: int) -> NDArray[np.float64]:
    """The numbers as they are read, so that legend and tooltip never disagree."""
    return np.asarray(values.astype(float).round(decimals), dtype=np.float64)


def coloured(values: AreaValues, breaks: NDArray[np.float64]) -> AreaValues:
    """The same values by other classes; places without a value keep their kind of missing."""
    classes = class_of(values.numbers, breaks)
    codes = np.where(classes >= 0, classes, values.codes).astype(np.uint8)
    return replace(values, codes=codes)


def readings(keys: tuple[str, ...], table: pd.DataFrame, decimals: int) -> AreaValues:
    """Value per outline, all in one class; ``coloured`` parts them.

    Args:
        keys: official keys in the order of the layer.
        table: columns ags, value (number, NaN where missing), missing (kind or empty);
            one row per place.
        decimals: digits the values are read with.

    Raises:
        ValueError: a place stands twice in the table.
    """
    rows = table.set_index("ags")
    if not rows.index.is_unique:
        twice = rows.index[rows.index.duplicated()][0]
        raise ValueError(f"{twice} stands twice in the table")
    # Classes follow the number as read, so that legend and tooltip never disagree.
    numbers = rows["value"].astype(float).round(decimals).reindex(list(keys))
    rounded: NDArray[np.float64] = np.asarray(numbers, dtype=np.float64)
    kinds = np.full(len(rows), MISSING_CODES["not_reported"])
    for kind, code in MISSING_CODES.items():
        kinds[(rows["missing"] == kind).to_numpy(dtype=bool)] = code
    codes = pd.Series(kinds, rows.index).reindex(list(keys), fill_value=MISSING_CODES["no_row"])
    known = np.isfinite(rounded)
    plain = np.where(known, 0, codes.to_numpy(dtype=np.int64)).astype(np.uint8)
    without = tuple(sorted(rows.index[~rows.index.isin(list(keys))]))
    return AreaValues(plain, rounded, decimals, without)


def limits_of(values: AreaValues, breaks: NDArray[np.float64]) -> tuple[float, ...]:
    """Where the classes begin and end: least value, breaks, greatest value; empty without any."""
    classes = class_limits(values.numbers, breaks)
    return (*(low for low, _ in classes), classes[-1][1]) if classes else ()


def value_legend(
    values: AreaValues,
    breaks: NDArray[np.float64],
    interval: Callable[[float, float, bool], str],
    missing_words: Mapping[str, str],
) -> tuple[LegendEntry, ...]:
    """One row per class and one per kind of missing that occurs.

    Args:
        values: what is painted.
        breaks: the breaks it was painted with.
        interval: words for (from, to, is the last class) in the reader's language.
        missing_words: words per kind of missing.
    """
    limits = class_limits(values.numbers, breaks)
    rows = [
        LegendEntry(interval(low, high, index == len(limits) - 1), "class", index=index)
        for index, (low, high) in enumerate(limits)
    ]
    present = set(values.codes.tolist())
    absent = [
        LegendEntry(missing_words[kind], "missing", missing=kind)
        for kind, code in MISSING_CODES.items()
        if code in present
    ]
    return (*rows, *absent)
