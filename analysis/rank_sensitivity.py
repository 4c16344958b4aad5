"""Which choice of calculation moves the ranks most: Sobol' indices of a composite.

Method: ``docs/methods/robustness``, after Saisana, Saltelli and Tarantola, JRSS A 168
(2005). Weights and missing values enter as one factor each: the factor picks one of 256 drawn
sets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.composite import Weights
from analysis.errors import UnknownPlace
from analysis.rank_counts import exact_ranks
from analysis.rank_draws import (
    AGGREGATIONS,
    FULL_MIX,
    NORMALISATIONS,
    Plan,
    Variant,
    add_missing,
    prepare,
)
from analysis.rank_ranges import make_plan
from analysis.sobol import DEFAULT_BASE, SobolIndices, sobol
from analysis.weight_schemes import DEFAULT_NOISE, Noise

SETS = 256
_CHUNK = 2048

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RankSensitivity:
    """Which choice moves the ranks.

    Attributes:
        table: one row per choice (normalisation, aggregation, left_out, weights, missing);
            ``shift_first`` and ``shift_total`` for the mean shift of all ranks,
            ``place_first`` and ``place_total`` for the rank of the chosen place. Raw values.
        indices: with bootstrap ranges; outputs in the order shift, place.
        mean_shift: mean absolute shift of a rank over all runs, in ranks.
        place: the chosen place.
        places: number of places ranked.
    """

    table: pd.DataFrame
    indices: SobolIndices
    mean_shift: float
    place: str
    places: int

    @property
    def varies(self) -> bool:
        """Whether any choice changes any rank."""
        return bool(self.indices.varies[0])


def rank_sensitivity(
    normalised: pd.DataFrame | ArrayLike,
    weights: Weights,
    place: object,
    n: int = DEFAULT_BASE,
    noise: float = DEFAULT_NOISE,
    seed: int = 0,
) -> RankSensitivity:
    """Sobol' indices of the choices of calculation, for all ranks and for one place.

    Args:
        normalised: places x indicators between 0 and 1, higher is better.
        weights: one per indicator.
        place: the chosen place.
        n: base sample, a power of two; 7 n runs (6 n without missing values).
        noise: half-width of the factor on each weight.
        seed: same seed, same result.

    Raises:
        UnknownPlace: the place is not in the table or not assessable.
        TooFewPlaces, OutOfRange, BadWeights: see ``rank_ranges``.
    """
    plan, _, _ = make_plan(normalised, weights, SETS, seed, Noise(noise), FULL_MIX)
    if place not in plan.table.index:
        raise UnknownPlace([place])
    here = int(np.flatnonzero(plan.table.index == place)[0])
    choices = ["normalisation", "aggregation", "left_out", "weights"]
    if len(plan.gaps[0]):
        choices.append("missing")
    model = _RankModel(plan, here)
    found = sobol(model, choices, n, seed)
    columns = {
        "shift_first": found.first[:, 0],
        "shift_total": found.total[:, 0],
        "place_first": found.first[:, 1],
        "place_total": found.total[:, 1],
    }
    table = pd.DataFrame(columns, index=pd.Index(choices, name="choice"))
    return RankSensitivity(table, found, model.mean_shift, str(place), len(plan.table))


class _RankModel:
    """Mean rank shift and rank of one place for runs of uniform factors."""

    def __init__(self, plan: Plan, here: int) -> None:
        self.plan, self.here, self.mean_shift = plan, here, 0.0
        self.variants = [[prepare(plan.table, n, a) for a in AGGREGATIONS] for n in NORMALISATIONS]
        source = np.random.Generator(np.random.PCG64(plan.seed))
        self.weights = plan.scheme.draw(plan.weights, SETS, source)
        self.filled = source.random((SETS, len(plan.gaps[0])))
        central = np.array(list(plan.weights.values()))
        middle = np.full((1, len(plan.gaps[0])), 0.5)
        self.reference = self._ranks(self.variants[0][0], central[None], middle)[0]

    def __call__(self, runs: Floats) -> Floats:
        outputs = np.empty((len(runs), 2))
        pick = (runs[:, :2] >= 0.5).astype(int)
        for normalisation in (0, 1):
            for aggregation in (0, 1):
                rows = np.flatnonzero((pick == (normalisation, aggregation)).all(axis=1))
                variant = self.variants[normalisation][aggregation]
                for start in range(0, len(rows), _CHUNK):
                    part = rows[start : start + _CHUNK]
                    outputs[part] = self._outputs(variant, runs[part])
        self.mean_shift = float(outputs[:, 0].mean())
        return outputs

    def _outputs(self, variant: Variant, runs: Floats) -> Floats:
        weights = self.weights[_choice(runs[:, 3], SETS)]
        size = weights.shape[1]
        left_out = _choice(runs[:, 2], size + 1)
        rows = np.flatnonzero(left_out < size)
        if size > 1:
            weights[rows, left_out[rows]] = 0.0
        cells = runs[:, 4] if runs.shape[1] > 4 else np.zeros(len(runs))
        ranks = self._ranks(variant, weights, self.filled[_choice(cells, SETS)])
        shift = np.abs(ranks - self.reference).mean(axis=1)
        return np.column_stack([shift, ranks[:, self.here]])

    def _ranks(self, variant: Variant, weights: Floats, filled: Floats) -> NDArray[np.int64]:
        scores = weights @ variant.levels.T
        add_missing(scores, weights, variant.above_worst(filled), self.plan.gaps)
        return exact_ranks(scores)


def _choice(uniform: Floats, options: int) -> NDArray[np.int64]:
    return np.minimum((uniform * options).astype(np.int64), options - 1)
