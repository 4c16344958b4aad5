"""How much a composite depends on the way of calculating.

``rank_ranges`` and ``town_rank_range`` give ranks with both ends, ``smaa`` the acceptability
of ranks, ``sobol`` and ``rank_sensitivity`` which choice matters, ``order_survival`` how often
an order holds. Method: ``docs/methods/robustness``.
"""

from analysis.acceptability import Acceptability, smaa
from analysis.order_survival import OrderSurvival, order_survival
from analysis.rank_draws import FULL_MIX, WEIGHTS_ONLY, Mix
from analysis.rank_ranges import (
    RankRange,
    RankRanges,
    monte_carlo_error,
    rank_ranges,
    town_rank_range,
)
from analysis.rank_sensitivity import RankSensitivity, rank_sensitivity
from analysis.sobol import SobolIndices, sobol
from analysis.weight_schemes import Bounded, Free, Noise, Ordered, WeightScheme

__all__ = [
    "FULL_MIX",
    "WEIGHTS_ONLY",
    "Acceptability",
    "Bounded",
    "Free",
    "Mix",
    "Noise",
    "OrderSurvival",
    "Ordered",
    "RankRange",
    "RankRanges",
    "RankSensitivity",
    "SobolIndices",
    "WeightScheme",
    "monte_carlo_error",
    "order_survival",
    "rank_ranges",
    "rank_sensitivity",
    "smaa",
    "sobol",
    "town_rank_range",
]
