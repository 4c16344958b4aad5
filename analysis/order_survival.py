"""How often the order of a few places survives another way of calculating."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.composite import Weights
from analysis.errors import UnknownPlace
from analysis.rank_counts import TIE
from analysis.rank_draws import FULL_MIX, Mix, scores
from analysis.rank_ranges import DEFAULT_DRAWS, make_plan
from analysis.weight_schemes import DEFAULT_NOISE, Noise, WeightScheme


@dataclass(frozen=True, eq=False)
class OrderSurvival:
    """How often an order holds over many ways of calculating.

    Attributes:
        order: keys in the order asked about.
        whole: share of draws in which the whole order holds, 0 to 1 (ties count as held).
        neighbours: share of draws per pair of neighbours in which the first is ahead, ties
            one half; index (first, second).
        pairwise: share of draws in which the row is ahead of the column, ties one half.
        draws: how many.
        seed: of PCG64.
    """

    order: tuple[str, ...]
    whole: float
    neighbours: pd.Series
    pairwise: pd.DataFrame
    draws: int
    seed: int


def order_survival(
    normalised: pd.DataFrame | ArrayLike,
    weights: Weights,
    order: list[str],
    draws: int = DEFAULT_DRAWS,
    noise: float = DEFAULT_NOISE,
    seed: int = 0,
    *,
    scheme: WeightScheme | None = None,
    mix: Mix = FULL_MIX,
) -> OrderSurvival:
    """How often the given order of some places holds; the arguments of ``rank_ranges``.

    Args:
        normalised: places x indicators, higher is better, 0 to 1.
        weights: one per indicator.
        order: keys of at least two places, the supposed best first.
        draws: how many.
        noise: half-width of the factor on each weight.
        seed: same seed, same result.
        scheme: another way of drawing weights.
        mix: what is drawn besides the weights.

    Raises:
        UnknownPlace: a place that is not in the table or not assessable.
    """
    plan, _, _ = make_plan(
        normalised, weights, draws, seed, scheme or Noise(noise), mix, whole_table=False
    )
    positions = {key: place for place, key in enumerate(plan.table.index)}
    unknown = [key for key in order if key not in positions]
    if unknown:
        raise UnknownPlace(unknown)
    chosen = np.array([positions[key] for key in order])
    wins, held = np.zeros((len(order), len(order))), 0
    for block in plan.blocks():
        picked = scores(plan, block)[:, chosen]
        held += int((picked[:, :-1] - picked[:, 1:] >= -TIE).all(axis=1).sum())
        wins += _wins(picked)
    names = tuple(str(key) for key in order)
    pairwise = pd.DataFrame(wins / draws, index=list(names), columns=list(names))
    pairs = pd.MultiIndex.from_arrays([names[:-1], names[1:]], names=["first", "second"])
    neighbours = pd.Series(np.diag(pairwise.to_numpy(), k=1), index=pairs)
    return OrderSurvival(names, held / draws, neighbours, pairwise, draws, seed)


def _wins(picked: NDArray[np.float64]) -> NDArray[np.float64]:
    wins = np.empty((picked.shape[1], picked.shape[1]))
    for place in range(picked.shape[1]):
        lead = picked[:, [place]] - picked
        wins[place] = (lead > TIE).sum(axis=0) + 0.5 * (np.abs(lead) <= TIE).sum(axis=0)
    return wins
