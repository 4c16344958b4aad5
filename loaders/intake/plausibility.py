"""Values that are possible but unlikely: jumps, breaks at a reform, wrong powers of ten.

A step of a series (one indicator in one place, over its times, per year elapsed) is unlikely
when it leaves the steps of its own series and the steps its peers make at the same time (all
places of file and store) by more than three median absolute deviations, scaled by 1.4826 to
stand for standard deviations, both as a difference and as a ratio. In long files chance alone
would reach three, so the bar rises with their length. Values the store holds count as part of
a series; only rows of the file are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.readers.place_keys import Reform, reform_that_made

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]
LEAST_DEVIATIONS = 3.0
LEAST_STEPS = 4
LEAST_PEERS = 8
MOST_NAMED = 30
_SCALED = 1.4826
_NEAR_POWER = 0.08
_FALSE_ALARMS = 0.25
_LEAST_SHARE = 0.02
_DENSE = 8
_FEW_GROUPS = 2**16


@dataclass(frozen=True)
class Unlikely:
    """One unlikely value.

    Attributes:
        code: ``value_jump``, ``value_scale`` or ``level_shift_at_reform``.
        position: position of the row in the file's table.
        deviations: how far it lies off, in scaled median absolute deviations.
        details: words for the finding.
    """

    code: str
    position: int
    deviations: float
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """Unlikely values to name, and the number of others by indicator."""

    values: list[Unlikely]
    more: Mapping[str, int]


@dataclass(frozen=True)
class _Whole:
    """Values of one indicator of file and store as codes, sorted by place and time."""

    ags: Ints
    moment: Ints
    value: Floats
    position: Ints
    words: Mapping[str, list[str]]


@dataclass(frozen=True)
class _Steps:
    """Steps between neighbours of the same series, in the order of series and time."""

    first: Ints
    second: Ints
    series: Ints
    moment: Ints


def unlikely_values(table: pd.DataFrame, history: pd.DataFrame) -> list[Unlikely]:
    """The unlikely values of a file.

    Args:
        table: rows of the file without errors: ``ags, indicator, period, value``.
        history: rows of the store in the same columns; a row of the file covers one of the
            store with the same key.
    """
    own, words = _coded(table["indicator"])
    past, past_words = _coded(history["indicator"])
    found: list[Unlikely] = []
    steps_in_all = max(len(table), 2)
    bar = max(LEAST_DEVIATIONS, NormalDist().inv_cdf(1 - _FALSE_ALARMS / steps_in_all / 2))
    for code, indicator in enumerate(words):  # one after the other: less memory, same result
        here = np.flatnonzero(own == code)
        if not len(here):
            continue
        there = past == past_words.index(indicator) if indicator in past_words else past < 0
        found += _unlikely(table.iloc[here], history[there], here, bar)
    return found


def _unlikely(
    table: pd.DataFrame, history: pd.DataFrame, positions: Ints, bar: float
) -> list[Unlikely]:
    """The unlikely values of one indicator."""
    whole = _together(table, history)
    steps = _steps_of(whole)
    if not len(steps.first):
        return []
    deviations = _deviations(steps, whole, bar)
    named = _named(np.flatnonzero(deviations > 0), steps, whole, deviations)
    return [replace(one, position=int(positions[one.position])) for one in named]


def most_unlikely(found: list[Unlikely], indicators: pd.Series) -> Named:
    """The values to name one by one, and how many more each indicator has.

    Data that jump by nature (a wind farm, a new cable) would bury the few that are wrong:
    of each indicator only the ``MOST_NAMED`` farthest off are named.

    Args:
        found: what ``unlikely_values`` gave.
        indicators: indicator of each row of the file.
    """
    ranked = sorted(found, key=lambda one: -one.deviations)
    count: Counter[str] = Counter()
    named = []
    for one in ranked:
        indicator = str(indicators.iat[one.position])
        count[indicator] += 1
        if count[indicator] <= MOST_NAMED:
            named.append(one)
    more = {name: total - MOST_NAMED for name, total in count.items() if total > MOST_NAMED}
    return Named(sorted(named, key=lambda one: one.position), more)


def _together(table: pd.DataFrame, history: pd.DataFrame) -> _Whole:
    codes: dict[str, Ints] = {}
    words: dict[str, list[str]] = {}
    for name in ("ags", "period"):
        own, own_words = _coded(table[name])
        other, other_words = _coded(history[name])
        words[name] = sorted({*own_words, *other_words})
        place = {word: number for number, word in enumerate(words[name])}
        parts = [
            np.array([place[word] for word in given] or [0], dtype=np.int64)[taken]
            for taken, given in ((own, own_words), (other, other_words))
        ]
        codes[name] = np.concatenate(parts)
    value = np.concatenate([table["value"].to_numpy(float), history["value"].to_numpy(float)])
    position = np.concatenate([np.arange(len(table)), np.full(len(history), -1)])
    order = first_rows(codes["ags"] * len(words["period"]) + codes["period"])
    kept = order[np.isfinite(value[order])]
    return _Whole(
        ags=codes["ags"][kept],
        moment=codes["period"][kept],
        value=value[kept],
        position=position[kept],
        words=words,
    )


def first_rows(key: Ints) -> Ints:
    """The position of the first row of each key, in the order of the keys."""
    keys = int(key.max(initial=-1)) + 1
    if keys > _DENSE * len(key):
        return np.unique(key, return_index=True)[1]
    first = np.full(keys, -1)  # a table with a cell for each key is quicker than sorting
    first[key[::-1]] = np.arange(len(key))[::-1]
    return first[first >= 0]


def _coded(column: pd.Series) -> tuple[Ints, list[str]]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = column.cat.categories.tolist()
        return column.cat.codes.to_numpy(np.int64), [str(word) for word in categories]
    numbers, words = pd.factorize(column)
    codes: Ints = np.array(numbers, dtype=np.int64)
    return codes, [str(word) for word in words]


def _steps_of(whole: _Whole) -> _Steps:
    is_new = np.diff(whole.ags) != 0
    second = np.flatnonzero(~is_new) + 1
    moments = len(whole.words["period"])
    pair = whole.moment[second] * moments + whole.moment[second - 1]
    numbers = np.cumsum(np.bincount(pair, minlength=1) > 0) - 1
    moment = numbers[pair]
    return _Steps(second - 1, second, np.cumsum(is_new)[second - 1], moment)


def _deviations(steps: _Steps, whole: _Whole, bar: float) -> Floats:
    """How many scaled deviations each step lies off, 0 where any comparison finds it likely."""
    before, after = whole.value[steps.first], whole.value[steps.second]
    size = np.maximum(np.abs(before), np.abs(after))
    # whole numbers are counts or rounded: steps of chance are as large as their root
    is_whole = bool((np.floor(whole.value) == whole.value).all())
    chance = np.maximum(np.sqrt(size), 1.0) if is_whole else 0.0
    least = np.maximum(np.maximum(_LEAST_SHARE * size, chance), 1e-12)
    years = _years(whole.words["period"])[whole.moment]
    elapsed = np.maximum(years[steps.second] - years[steps.first], 1 / 366)
    found = _compared((after - before) / elapsed, steps, least, np.full(len(before), np.inf), bar)
    if not (found > bar).any():  # ratios can only find fewer
        return np.zeros(len(found))
    positive = (before > 0) & (after > 0)
    ratio = np.log(np.where(positive, after, 1.0)) - np.log(np.where(positive, before, 1.0))
    by_ratio = np.maximum(_LEAST_SHARE, least / np.maximum(size, 1e-300))
    found = _compared(ratio / elapsed, steps, by_ratio, found, bar, positive)
    return np.where((found > bar) & np.isfinite(found), found, 0.0)


def _compared(
    step: Floats,
    steps: _Steps,
    least: Floats,
    found: Floats,
    bar: float,
    counts: Mask | None = None,
) -> Floats:
    """The deviations so far, or those from the own series or the peers where they are less."""
    for group, fewest in ((steps.series, LEAST_STEPS), (steps.moment, LEAST_PEERS)):
        off = _off(step, group, least, fewest, found > bar)
        found = np.minimum(found, off if counts is None else np.where(counts, off, np.inf))
    return found


def _years(periods: list[str]) -> Floats:
    """Periods as years with decimals; only differences matter."""
    parts = [[float(part) for part in (period or "0").split("-")] for period in periods]
    return np.array([y + sum(m - 1 for m in rest[:1]) / 12 for y, *rest in parts] or [0.0])


def _off(step: Floats, group: Ints, least: Floats, fewest: int, wanted: Mask) -> Floats:
    """Scaled deviations of the wanted steps from the median of their group.

    Where more than half of a group make the same step, the median absolute deviation is
    zero and the mean absolute deviation stands in (1.2533 of it is a standard deviation).

    Returns:
        Infinite where the group has fewer than ``fewest`` steps or nobody asked.
    """
    found = np.full(len(step), np.inf)
    sizes = np.bincount(group)
    asked = (np.bincount(group, weights=wanted, minlength=len(sizes)) > 0) & (sizes >= fewest)
    if not asked.any():
        return found
    here = slice(None) if asked.all() else np.flatnonzero(asked[group])
    groups = group[here]
    order = _by_group(groups)
    off = np.abs(step[here] - group_medians(step[here], groups, order)[groups])
    spread = group_medians(off, groups, order) * _SCALED
    mean = np.bincount(groups, weights=off) / np.maximum(sizes[: len(spread)], 1) * 1.2533
    found[here] = off / np.maximum(np.where(spread > 0, spread, mean)[groups], least[here])
    return found


def _by_group(group: Ints) -> Ints | slice:
    """The order in which the members of each group stand together."""
    if not (np.diff(group) < 0).any():
        return slice(None)
    few = group.astype(np.uint16) if group.max() < _FEW_GROUPS else group
    return np.argsort(few, kind="stable")  # numbers of two bytes are sorted without comparing


def group_medians(values: Floats, group: Ints, order: Ints | slice | None = None) -> Floats:
    """Median per group number; ``NaN`` for numbers no value has.

    Groups of the same size are halved together, as the rows of one table.

    Args:
        values: finite numbers.
        group: number of the group of each value, from 0.
        order: puts the members of each group side by side, where the caller knows it.
    """
    together = values[_by_group(group) if order is None else order]
    sizes = np.bincount(group)
    ends = np.cumsum(sizes)
    medians = np.full(len(sizes), np.nan)
    for size in np.unique(sizes[sizes > 0]).tolist():
        here = np.flatnonzero(sizes == size)
        first, last = int(ends[here[0]]) - size, int(ends[here[-1]])
        if last - first == size * len(here):  # side by side
            rows = together[first:last].reshape(len(here), size)
        else:
            rows = together[(ends[here] - size)[:, None] + np.arange(size)]
        low, high = (size - 1) // 2, size // 2
        halved = np.partition(rows, [low, high], axis=1)
        medians[here] = (halved[:, low] + halved[:, high]) / 2
    return medians


def _named(jumps: Ints, steps: _Steps, whole: _Whole, deviations: Floats) -> list[Unlikely]:
    """The value each jump is about: the one that stands alone, once."""
    flagged = set(jumps.tolist())
    position = whole.position
    named: list[Unlikely] = []
    done: set[int] = set()
    for jump in jumps.tolist():
        first, second = int(steps.first[jump]), int(steps.second[jump])
        if first in done or second in done:
            continue
        is_start = jump == 0 or steps.series[jump - 1] != steps.series[jump]
        continues = jump + 1 < len(steps.first) and steps.series[jump + 1] == steps.series[jump]
        stands_first = is_start and continues and jump + 1 not in flagged
        at, other = (first, second) if stands_first else (second, first)
        done.add(at)
        if position[at] < 0:
            at, other = other, at
        if position[at] < 0:
            continue
        named.append(_one(at, other, whole, float(deviations[jump])))
    return named


def _one(at: int, other: int, whole: _Whole, deviations: float) -> Unlikely:
    values = whole.value
    times = [whole.words["period"][whole.moment[one]] for one in (other, at)]
    ags = whole.words["ags"][whole.ags[at]]
    position = int(whole.position[at])
    details = {
        "before": f"{values[other]:.10g}",
        "earlier": times[0],
        "deviations": f"{deviations:.0f}",
    }
    factor = _power_of_ten(float(values[at]), float(values[other]))
    if factor:
        expected = f"{values[other]:.10g}"
        return Unlikely(
            "value_scale", position, deviations, {"factor": factor, "expected": expected}
        )
    reform = _reform_between(ags, *sorted(times))
    if reform is not None:
        details |= {"reform": reform.name, "date": reform.date}
        return Unlikely("level_shift_at_reform", position, deviations, details)
    return Unlikely("value_jump", position, deviations, details)


def _power_of_ten(value: float, expected: float) -> str:
    if value == 0 or expected == 0 or (value < 0) != (expected < 0):
        return ""
    power = float(np.log10(value / expected))
    nearest = round(power)
    if abs(power - nearest) > _NEAR_POWER or not 1 <= abs(nearest) <= 3:
        return ""
    return f"{10**nearest:g}"


def _reform_between(ags: str, start: str, end: str) -> Reform | None:
    reform = reform_that_made(ags)
    return reform if reform is not None and start < reform.date <= end else None
