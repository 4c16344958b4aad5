"""Draws of plausible ways of calculating, as blocks of scores of all places.

Method: ``docs/methods/robustness``. Every variant of normalisation and
aggregation is prepared once; a block of draws is then one matrix product. Scores are shifted
and scaled per variant, which changes no rank, so that they lie between 1 and about 2 times
the sum of the weights: that makes them comparable as fixed-point numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.composite import FLOOR
from analysis.errors import OutOfRange
from analysis.thresholds import TOLERANCE
from analysis.weight_schemes import WeightScheme

BLOCK = 512
_CELLS_AT_ONCE = 1 << 16
NORMALISATIONS = ("given", "rank")
AGGREGATIONS = ("arithmetic", "geometric")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mix:
    """Which choices besides the weights are drawn.

    Attributes:
        normalisations: ``given`` (the values as they come) and/or ``rank``.
        aggregations: ``arithmetic`` and/or ``geometric``.
        leave_one_out: whether one indicator is left out with probability 1/(m + 1) each.
    """

    normalisations: tuple[str, ...] = ("given",)
    aggregations: tuple[str, ...] = ("arithmetic",)
    leave_one_out: bool = False

    def __post_init__(self) -> None:
        known = set(self.normalisations) <= set(NORMALISATIONS)
        if not known or not set(self.aggregations) <= set(AGGREGATIONS):
            raise OutOfRange([*self.normalisations, *self.aggregations])
        if not self.normalisations or not self.aggregations:
            raise OutOfRange(["mix"])


WEIGHTS_ONLY = Mix()
FULL_MIX = Mix(NORMALISATIONS, AGGREGATIONS, leave_one_out=True)


@dataclass(frozen=True, eq=False)
class Variant:
    """One normalisation and aggregation, ready for products with weights.

    Attributes:
        levels: places x indicators, 1 to 2, missing cells at 1 = the worst.
        span: what the step from 1 to 2 stands for.
        logarithmic: whether drawn missing values enter as logarithms.
    """

    levels: Floats
    span: float
    logarithmic: bool

    def above_worst(self, normalised: Floats) -> Floats:
        """What given normalised values of missing cells (0 to 1) add above level 1."""
        if not self.logarithmic:
            return np.asarray(normalised / self.span)
        return np.asarray((np.log(np.maximum(normalised, FLOOR)) - np.log(FLOOR)) / self.span)

    def fill(self, draws: int, cells: int, source: np.random.Generator) -> Floats:
        """What missing values add above level 1: uniform normalised values, draws x cells."""
        if not self.logarithmic:
            filled = source.random((draws, cells))
            filled /= self.span
            return filled
        # The logarithm of a uniform draw is minus an exponential draw, and quicker to have.
        filled = source.standard_exponential((draws, cells))
        np.subtract(-np.log(FLOOR), filled, out=filled)
        np.maximum(filled, 0.0, out=filled)
        filled /= self.span
        return filled


@dataclass(frozen=True, eq=False)
class Block:
    """Some draws of one variant.

    Attributes:
        variant: the normalisation and aggregation.
        weights: draws x indicators, not negative.
        filled: draws x missing cells, what they add above level 1 at weight 1.
    """

    variant: Variant
    weights: Floats
    filled: Floats


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that is drawn, and from what.

    Attributes:
        table: places x indicators, normalised, NaN = missing.
        weights: per indicator, sum 1.
        scheme: how weights are drawn.
        mix: what else is drawn.
        draws: how often.
        seed: of PCG64; same seed, same draws.
    """

    table: pd.DataFrame
    weights: Mapping[str, float]
    scheme: WeightScheme
    mix: Mix
    draws: int
    seed: int

    @cached_property
    def gaps(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Places and indicators of the missing cells, by place."""
        rows, columns = np.nonzero(np.isnan(self.table.to_numpy()))
        return rows, columns

    @cached_property
    def variants(self) -> list[Variant]:
        """The variants of the mix, each prepared once."""
        return [
            prepare(self.table, normalisation, aggregation)
            for normalisation in self.mix.normalisations
            for aggregation in self.mix.aggregations
        ]

    def blocks(self) -> Iterator[Block]:
        """All draws in blocks, grouped by variant; the same on every call."""
        source = np.random.Generator(np.random.PCG64(self.seed))
        variants, cells = self.variants, len(self.gaps[0])
        counts = source.multinomial(self.draws, np.full(len(variants), 1 / len(variants)))
        for variant, count in zip(variants, counts, strict=True):
            for start in range(0, int(count), BLOCK):
                size = min(BLOCK, int(count) - start)
                weights = self.scheme.draw(self.weights, size, source)
                if self.mix.leave_one_out:
                    leave_one_out(weights, source)
                yield Block(variant, weights, variant.fill(size, cells, source))


def prepare(table: pd.DataFrame, normalisation: str, aggregation: str) -> Variant:
    """A variant of the normalised table.

    Raises:
        OutOfRange: values outside 0 to 1 where missing values are drawn from 0 to 1 or a
            geometric mean is taken; keys name the places.
    """
    values = table.to_numpy(dtype=float)
    gaps, logarithmic = np.isnan(values), aggregation == "geometric"
    out = (values < -TOLERANCE) | (values > 1 + TOLERANCE)
    outside = np.flatnonzero(out.any(axis=1))
    if len(outside) and (logarithmic or gaps.any()):
        raise OutOfRange(table.index[outside])
    if normalisation == "rank":
        values = _ranked(table)
    if logarithmic:
        values = np.log(np.maximum(values, FLOOR))
    worst, best = (np.log(FLOOR), 0.0) if logarithmic else (0.0, 1.0)
    low = np.where(gaps, worst, values).min(axis=0)
    high = np.where(gaps, best, values).max(axis=0)
    span = float((high - low).max()) or 1.0
    levels = np.where(gaps, 1.0, 1.0 + (values - low) / span)
    return Variant(np.ascontiguousarray(levels), span, logarithmic)


def scores(plan: Plan, block: Block, rows: slice | NDArray[np.intp] | None = None) -> Floats:
    """Scores of a block, draws x places, up to an order-preserving scale; some rows of it."""
    chosen = slice(None) if rows is None else rows
    weights = block.weights[chosen]
    result = np.asarray(weights @ block.variant.levels.T)
    add_missing(result, weights, block.filled[chosen], plan.gaps)
    return result


def add_missing(
    result: Floats,
    weights: Floats,
    filled: Floats,
    gaps: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> None:
    """Add to scores (draws x places) what the filled cells contribute."""
    places, columns = gaps
    if not len(places):
        return
    incomplete, starts = np.unique(places, return_index=True)
    # In steps that stay in the cache of the processor.
    step = max(16, _CELLS_AT_ONCE // len(places))
    for start in range(0, len(result), step):
        rows = slice(start, start + step)
        part = weights[rows].take(columns, axis=1)
        part *= filled[rows]
        result[rows, incomplete] += np.add.reduceat(part, starts, axis=1)


def leave_one_out(weights: Floats, source: np.random.Generator) -> None:
    """Set one weight per draw to zero, each with probability 1/(m + 1); none otherwise.

    A draw that would be left without any weight keeps what it has.
    """
    count, size = weights.shape
    which = source.integers(0, size + 1, count)
    rows = np.flatnonzero(which < size)
    rest = weights[rows].sum(axis=1) - weights[rows, which[rows]]
    rows = rows[rest > TOLERANCE]
    weights[rows, which[rows]] = 0.0


def _ranked(table: pd.DataFrame) -> Floats:
    """Each indicator as (r - 1) / (observed - 1); 0 for an indicator without variation."""
    ranks = table.rank(method="average").to_numpy(dtype=float)
    observed = np.count_nonzero(~np.isnan(ranks), axis=0)
    varies = (table.max() > table.min()).to_numpy()
    scaled = (ranks - 1) / np.maximum(observed - 1, 1)
    return np.where(varies | np.isnan(ranks), scaled, 0.0)
