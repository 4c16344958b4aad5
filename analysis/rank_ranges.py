"""Rank ranges: between which ranks a place lies in most plausible ways of calculating.

Method: ``docs/methods/robustness``. A rank is never given alone: the types here cannot
be built without the lower and the upper end. The range is not a confidence interval; it says
what changes when conventions (weights, scale, aggregation) change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.composite import LEAST_COVERAGE, Weights, as_table, drop_empty, named_weights
from analysis.errors import (
    OutOfRange,
    RankWithoutRange,
    TooFewPlaces,
    TooManyPlaces,
    UnknownPlace,
)
from analysis.rank_counts import TIE, RankCounts, nearest_rank
from analysis.rank_draws import BLOCK, WEIGHTS_ONLY, Mix, Plan, Variant, scores
from analysis.thresholds import TOLERANCE
from analysis.weight_schemes import DEFAULT_NOISE, Noise, WeightScheme

DEFAULT_DRAWS = 10_000
LEAST_PLACES, MOST_PLACES = 3, 20_000
MOST_CELLS = 200_000_000
LOWER, MIDDLE, UPPER = 0.05, 0.5, 0.95
_COLUMNS = ["low", "median", "high", "top_quarter"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RankRange:
    """Between which ranks one place lies; 1 is the best rank.

    Attributes:
        place: key of the place.
        low: best end, the rank at 5 % of the draws.
        median: rank in the middle draw.
        high: worst end, the rank at 95 % of the draws.
        top_quarter: share of draws in the best quarter of places, 0 to 1.
        places: number of places ranked.
    """

    place: str
    low: int
    median: int
    high: int
    top_quarter: float
    places: int

    def __post_init__(self) -> None:
        if not 1 <= self.low <= self.median <= self.high <= self.places:
            raise RankWithoutRange([self.place, self.low, self.median, self.high])


@dataclass(frozen=True, eq=False)
class RankRanges:
    """Rank ranges of a pool of places, and how they were drawn.

    Attributes:
        table: one row per place: low, median, high (ranks at 5, 50 and 95 % of the draws,
            1 = best) and top_quarter (share of draws, 0 to 1).
        draws: ways of calculating drawn; fewer than asked for in very large pools.
        seed: of PCG64.
        monte_carlo_error: greatest standard error of a share of draws, sqrt(.25 / draws).
        not_assessable: places with less than 65 % of the weight known, not ranked.
        dropped: indicators without any value, left out.
        weights: the weights around which was drawn, sum 1.
    """

    table: pd.DataFrame
    draws: int
    seed: int
    monte_carlo_error: float
    not_assessable: tuple[str, ...]
    dropped: tuple[str, ...]
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        missing = [name for name in _COLUMNS if name not in self.table]
        if missing:
            raise RankWithoutRange(missing)
        low, median, high = (self.table[name] for name in ("low", "median", "high"))
        holds = (low >= 1) & (low <= median) & (median <= high) & (high <= len(self.table))
        if not holds.all():
            raise RankWithoutRange(self.table.index[~holds])

    def of(self, place: object) -> RankRange:
        """The range of one place.

        Raises:
            UnknownPlace: the place was not ranked.
        """
        if place not in self.table.index:
            raise UnknownPlace([place])
        here = int(np.flatnonzero(self.table.index == place)[0])
        low, median, high = (int(self.table[name].iloc[here]) for name in _COLUMNS[:3])
        top = float(self.table["top_quarter"].iloc[here])
        return RankRange(str(place), low, median, high, top, len(self.table))


def rank_ranges(
    normalised: pd.DataFrame | ArrayLike,
    weights: Weights,
    draws: int = DEFAULT_DRAWS,
    noise: float = DEFAULT_NOISE,
    seed: int = 0,
    *,
    scheme: WeightScheme | None = None,
    mix: Mix = WEIGHTS_ONLY,
    report: Callable[[float], object] | None = None,
) -> RankRanges:
    """Rank ranges of all places over many plausible ways of calculating.

    Every draw varies the weights, fills missing values with a uniform draw from 0 to 1 and,
    with ``mix=FULL_MIX``, picks the normalisation, the aggregation and one indicator to leave
    out. A rank in a draw is 1 + the number of strictly higher scores.

    Args:
        normalised: places x indicators, higher is better, from ``composite.normalise``; with
            missing values or a geometric mean between 0 and 1.
        weights: one per indicator, by name or in the order of the columns.
        draws: how many; lowered to 200 million / places in very large pools.
        noise: half-width of the factor on each weight, .25 = up to a quarter more or less.
        seed: same seed, same result.
        scheme: another way of drawing weights (``Free``, ``Ordered``, ``Bounded``); takes the
            place of ``noise``.
        mix: what is drawn besides the weights; ``WEIGHTS_ONLY`` or ``FULL_MIX`` or your own.
        report: told the share done (0 to 1) after every block of draws; whatever it raises
            stops the work.

    Raises:
        TooFewPlaces: fewer than three assessable places (one: a profile; two: an order).
        TooManyPlaces: more than 20,000 places; ask for one town.
        OutOfRange: draws below 1, noise outside 0 to 1, or values outside 0 to 1 where that
            is needed.
        BadWeights, TooFewAccepted, NotFinite, NotComparable: unusable input.
    """
    plan, left_out, dropped = make_plan(
        normalised, weights, draws, seed, scheme or Noise(noise), mix
    )
    places = len(plan.table)
    if places > MOST_PLACES:
        raise TooManyPlaces([places])
    counts, done = RankCounts(places, plan.draws), 0
    for block in plan.blocks():
        counts.add(scores(plan, block), partial(scores, plan, block))
        done += len(block.weights)
        if report is not None:
            report(done / plan.draws)
    table = pd.DataFrame(
        counts.percentiles((LOWER, MIDDLE, UPPER)), index=plan.table.index, columns=_COLUMNS[:3]
    )
    table["top_quarter"] = counts.share_up_to(_quarter(places))
    error = monte_carlo_error(0.5, plan.draws)
    return RankRanges(table, plan.draws, seed, error, left_out, dropped, plan.weights)


def town_rank_range(
    normalised: pd.DataFrame | ArrayLike,
    weights: Weights,
    place: object,
    draws: int = DEFAULT_DRAWS,
    noise: float = DEFAULT_NOISE,
    seed: int = 0,
    *,
    scheme: WeightScheme | None = None,
    mix: Mix = WEIGHTS_ONLY,
) -> RankRange:
    """The rank range of one place alone, without sorting; equal to its row of the table.

    Arguments as in ``rank_ranges``; any number of places.

    Raises:
        UnknownPlace: the place is not in the table or not assessable.
    """
    plan, _, _ = make_plan(
        normalised, weights, draws, seed, scheme or Noise(noise), mix, whole_table=False
    )
    if place not in plan.table.index:
        raise UnknownPlace([place])
    here = int(np.flatnonzero(plan.table.index == place)[0])
    ranks = np.sort(_ranks_of(plan, here))
    low, median, high = (
        int(ranks[nearest_rank(p, len(ranks)) - 1]) for p in (LOWER, MIDDLE, UPPER)
    )
    top = float((ranks <= _quarter(len(plan.table))).mean())
    return RankRange(str(place), low, median, high, top, len(plan.table))


def monte_carlo_error(share: float, draws: int) -> float:
    """Standard error of a share of draws, sqrt(p (1 - p) / N)."""
    return float(np.sqrt(share * (1 - share) / draws))


def make_plan(
    normalised: pd.DataFrame | ArrayLike,
    weights: Weights,
    draws: int,
    seed: int,
    scheme: WeightScheme,
    mix: Mix,
    *,
    whole_table: bool = True,
) -> tuple[Plan, tuple[str, ...], tuple[str, ...]]:
    """The checked input, the places not assessable and the indicators dropped.

    Raises:
        OutOfRange: fewer than one draw.
        TooFewPlaces: too few places with enough of the weight known.
        BadWeights, NotFinite, NotComparable: as in ``composite.aggregate``.
    """
    if draws < 1:
        raise OutOfRange([f"draws={draws}"])
    table = as_table(normalised)
    kept, used, dropped = drop_empty(table, named_weights(table, weights))
    coverage = ~np.isnan(kept.to_numpy()) @ np.array(list(used.values()))
    assessable = coverage >= LEAST_COVERAGE - TOLERANCE
    left_out = tuple(str(key) for key in kept.index[~assessable])
    kept = kept.loc[assessable] if left_out else kept
    if len(kept) < LEAST_PLACES:
        raise TooFewPlaces([f"n={len(kept)}"])
    if whole_table:
        draws = min(draws, max(1, MOST_CELLS // len(kept)))
    return Plan(kept, used, scheme, mix, draws, seed), left_out, dropped


def _quarter(places: int) -> int:
    return max(1, places // 4)


def _ranks_of(plan: Plan, here: int) -> NDArray[np.int64]:
    """Rank of one place in every draw."""
    if len(plan.gaps[0]):
        return np.concatenate([_ranks_in(scores(plan, block), here) for block in plan.blocks()])
    cases: dict[int, tuple[int, _Leads]] = {}
    ranks = []
    for block in plan.blocks():
        known = cases.get(id(block.variant))
        always, leads = known or _open_cases(plan, block.variant, here)
        cases[id(block.variant)] = always, leads
        ranks.append(1 + always + _ahead(leads, block.weights))
    return np.concatenate(ranks)


def _ranks_in(every: Floats, here: int) -> NDArray[np.int64]:
    above = every > every[:, [here]] + TIE
    return np.asarray(1 + np.count_nonzero(above, axis=1), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _Leads:
    """What the places ahead in some draws but not in all have more than the one place.

    Attributes:
        exact: indicators x places.
        rough: the same in single precision, laid out for one product.
        room, clear: BLOCK x places, written anew for every block of draws.
    """

    exact: Floats
    rough: NDArray[np.float32]
    room: NDArray[np.float32]
    clear: NDArray[np.bool_]


def _open_cases(plan: Plan, variant: Variant, here: int) -> tuple[int, _Leads]:
    """How many places are ahead in any draw, and the leads of those that may or may not be."""
    difference = variant.levels - variant.levels[here]
    low, high = plan.scheme.limits(plan.weights)
    if plan.mix.leave_one_out:
        low = np.zeros_like(low)
    fall, rise = np.minimum(difference, 0.0), np.maximum(difference, 0.0)
    least, most = fall @ high + rise @ low, fall @ low + rise @ high
    leads = np.ascontiguousarray(difference[(least <= TIE) & (most > TIE)].T)
    room = (BLOCK, leads.shape[1])
    rough = leads.astype(np.float32)
    spaces = np.empty(room, np.float32), np.empty(room, np.bool_)
    return int((least > TIE).sum()), _Leads(leads, rough, *spaces)


def _ahead(leads: _Leads, weights: Floats) -> NDArray[np.int64]:
    """How many places are strictly ahead in each draw of a block, by one product.

    Single precision decides all clear cases; draws in which a place comes close are decided
    again in double precision.
    """
    doubt = np.float32(8 * weights.shape[1] * np.finfo(np.float32).eps * weights.max(initial=0.0))
    draws = len(weights)
    rough = np.matmul(weights.astype(np.float32), leads.rough, out=leads.room[:draws])
    count = _count(np.greater(rough, doubt, out=leads.clear[:draws]))
    close = np.flatnonzero(np.abs(rough, out=rough).min(axis=1, initial=np.inf) <= doubt)
    if len(close):
        count[close] = _count(weights[close] @ leads.exact > TIE)
    return count


def _count(holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of each row hold; packed bits are counted faster than truth values."""
    return np.asarray(np.bitwise_count(np.packbits(holds, axis=1)).sum(axis=1, dtype=np.int64))


__all__: Sequence[str] = (
    "RankRange",
    "RankRanges",
    "monte_carlo_error",
    "rank_ranges",
    "town_rank_range",
)
