"""SMAA: how often each alternative takes each rank, and under which weights it comes first.

Method: ``docs/methods/robustness``; Lahdelma and Salminen, Operations Research 49 (2001),
and Tervonen and Lahdelma, European Journal of Operational Research 178 (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.errors import BadWeights, NotFinite, OutOfRange, TooFewPlaces
from analysis.rank_counts import TIE

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Acceptability:
    """The indices of SMAA-2 for a set of alternatives.

    Attributes:
        acceptability: alternatives x ranks, share of draws with that rank (column 0 is the
            first rank); ties share the best rank.
        central_weights: alternatives x criteria, mean of the weights in the draws where the
            alternative comes first; missing (never 0) where it never does.
        pairwise: alternatives x alternatives, share of draws in which the row is ahead of the
            column, ties one half; one half on the diagonal.
        confidence: share of draws of the values in which the alternative comes first under its
            central weights; missing where it has none.
        draws: how many.
        monte_carlo_error: greatest standard error of a share, sqrt(.25 / draws).
    """

    acceptability: Floats
    central_weights: Floats
    pairwise: Floats
    confidence: Floats
    draws: int
    monte_carlo_error: float


def smaa(values: ArrayLike, weights: ArrayLike) -> Acceptability:
    """Rank acceptability, central weights and pairwise winning of drawn alternatives.

    Args:
        values: draws x alternatives x criteria, higher is better; alternatives x criteria when
            the values are known exactly.
        weights: draws x criteria, not negative, at least one positive per draw; or one row.

    Raises:
        TooFewPlaces: fewer than two alternatives.
        OutOfRange: shapes that do not belong together.
        NotFinite: missing or infinite values; draw them first.
        BadWeights: negative, missing or all-zero weights.
    """
    levels, shares = _checked(np.asarray(values, dtype=float), np.asarray(weights, dtype=float))
    scores = _scores(levels, shares)
    draws, size = scores.shape
    ahead = [_ahead_of(scores, column) for column in range(size)]
    ranks = np.column_stack([1 + above.sum(axis=1) for above, _ in ahead])
    wins = np.column_stack([(above + 0.5 * level).mean(axis=0) for above, level in ahead])
    acceptability = np.stack([(ranks == rank).mean(axis=0) for rank in range(1, size + 1)], axis=1)
    central = np.full((size, shares.shape[1]), np.nan)
    for place in np.flatnonzero((ranks == 1).any(axis=0)):
        central[place] = shares[ranks[:, place] == 1].mean(axis=0)
    error = float(np.sqrt(0.25 / draws))
    confidence = _confidence(levels, central)
    return Acceptability(acceptability, central, wins, confidence, draws, error)


def _checked(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    if values.ndim not in (2, 3) or weights.ndim not in (1, 2):
        raise OutOfRange([f"values={values.shape}", f"weights={weights.shape}"])
    levels, shares = np.atleast_3d(values), np.atleast_2d(weights)
    levels = values[None] if values.ndim == 2 else levels
    draws = max(len(levels), len(shares))
    fits = {len(levels), len(shares)} <= {1, draws}
    if levels.shape[2] != shares.shape[1] or not fits:
        raise OutOfRange([f"values={values.shape}", f"weights={weights.shape}"])
    if levels.shape[1] < 2:
        raise TooFewPlaces([f"n={levels.shape[1]}"])
    if not np.isfinite(levels).all():
        raise NotFinite(["values"])
    total = shares.sum(axis=1)
    if not np.isfinite(shares).all() or (shares < 0).any() or (total <= 0).any():
        raise BadWeights(["weights"])
    return levels, np.broadcast_to(shares / total[:, None], (draws, shares.shape[1]))


def _scores(levels: Floats, shares: Floats) -> Floats:
    if len(levels) == 1:
        return np.asarray(shares @ levels[0].T)
    return np.asarray((levels @ shares[:, :, None])[:, :, 0])


def _ahead_of(scores: Floats, column: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which alternatives are ahead of one, and which level with it, draws x alternatives."""
    lead = scores - scores[:, [column]]
    return lead > TIE, np.abs(lead) <= TIE


def _confidence(levels: Floats, central: Floats) -> Floats:
    found = np.full(len(central), np.nan)
    for place in np.flatnonzero(~np.isnan(central).any(axis=1)):
        scores = levels @ central[place]
        found[place] = (scores[:, place] >= scores.max(axis=1) - TIE).mean()
    return found
