"""Whether likeness tells who took a solution over: one adopter left out at a time.

For every decision to take a solution over, the places of that decision are hidden. How near
do they lie to the remaining places where it runs, compared with places that do not have it?
A share of .5 says likeness tells nothing; 1 would say that no place without it lies nearer.
The comparison describes who decided so far; it does not say who should.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import UnknownPlace
from analysis.peers import distances
from analysis.standardise import Standardised

DRAWS, SEED = 2_000, 20_261_122
OUTER_SHARE = 0.025
LEAST_DECISIONS = 5
SCOPES = ("all", "programme")


@dataclass(frozen=True)
class ScopeResult:
    """The check against one set of places without the solution.

    Attributes:
        scope: ``all`` places of the pool, or those of the ``programme``.
        mean: mean share of places without the solution that lie farther away, 0 to 1; every
            decision counts once.
        mean_of_solutions: the same where every solution counts once.
        low: lower end of the 95 % range, from redrawing solutions with replacement.
        high: upper end.
        above_half: number of decisions with a share above one half.
        decisions: number of decisions checked.
        solutions: number of solutions they belong to.
    """

    scope: str
    mean: float
    mean_of_solutions: float
    low: float
    high: float
    above_half: int
    decisions: int
    solutions: int

    @property
    def tells_something(self) -> bool:
        """Whether the whole range lies above one half."""
        return self.decisions >= LEAST_DECISIONS and self.low > 0.5


@dataclass(frozen=True)
class TwinCheck:
    """The check with its rows.

    Attributes:
        rows: one row per decision: solution_id, decision, places, share_all,
            share_programme (0 to 1, NaN where there is nothing to compare with).
        results: one per scope.
        not_checked: decisions left out: no comparable place, or nowhere else it runs.
        draws: number of redraws.
        seed: start of the random numbers.
    """

    rows: pd.DataFrame
    results: tuple[ScopeResult, ...]
    not_checked: int
    draws: int
    seed: int


def twin_check(
    pool: Standardised,
    table: pd.DataFrame,
    programme: Collection[str],
    draws: int = DRAWS,
    seed: int = SEED,
) -> TwinCheck:
    """The check over all decisions to take a solution over.

    Args:
        pool: standardised places of one level.
        table: deployments, see ``analysis.deployments``.
        programme: keys of the places in the funding programme; the stricter comparison,
            because these places differ from all others in size.
        draws: redraws for the range.
        seed: start of the random numbers.
    """
    keys = np.array(pool.keys)
    in_programme = np.isin(keys, list(programme))
    reach = _Reach(pool)
    rows, left_out = [], 0
    for solution, part in table[table["ags"] != ""].groupby("solution_id"):
        has_it = np.isin(keys, part["ags"].to_numpy(dtype=str))
        running = part[part["runs"]]
        for decision, taken in running[running["role"] == "adopter"].groupby("decision"):
            others = running.loc[running["decision"] != decision, "ags"]
            shares = _shares(pool, reach, taken["ags"], others, (~has_it, ~has_it & in_programme))
            if shares is None:
                left_out += 1
                continue
            rows.append((str(solution), str(decision), len(taken), *shares))
    columns = ["solution_id", "decision", "places", *(f"share_{scope}" for scope in SCOPES)]
    found = pd.DataFrame(rows, columns=columns)
    results = tuple(_sum_up(found, scope, draws, seed) for scope in SCOPES)
    return TwinCheck(found, results, left_out, draws, seed)


class _Reach:
    """Distances from a place to the whole pool, computed once per place."""

    def __init__(self, pool: Standardised) -> None:
        self._pool = pool
        self._found: dict[str, NDArray[np.float64] | None] = {}

    def of(self, ags: str) -> NDArray[np.float64] | None:
        if ags not in self._found:
            try:
                self._found[ags] = distances(self._pool, ags)["distance"].to_numpy(dtype=float)
            except UnknownPlace:
                self._found[ags] = None
        return self._found[ags]


def _shares(
    pool: Standardised,
    reach: _Reach,
    hidden: pd.Series,
    others: pd.Series,
    scopes: tuple[NDArray[np.bool_], ...],
) -> tuple[float, ...] | None:
    """Mean share per scope over the hidden places; ``None`` when nothing can be compared."""
    reached = [found for key in others.unique() if (found := reach.of(str(key))) is not None]
    places = [pool.position(key) for key in hidden.unique() if key in pool]
    if not reached or not places:
        return None
    nearest = np.fmin.reduce(np.vstack(reached))
    own = nearest[places]
    own = own[~np.isnan(own)]
    if not len(own):
        return None
    return tuple(_farther(nearest[scope], own) for scope in scopes)


def _farther(others: NDArray[np.float64], own: NDArray[np.float64]) -> float:
    others = others[~np.isnan(others)]
    if not len(others):
        return float("nan")
    return float(np.mean([(others > d).mean() + 0.5 * (others == d).mean() for d in own]))


def _sum_up(rows: pd.DataFrame, scope: str, draws: int, seed: int) -> ScopeResult:
    known = rows.dropna(subset=[f"share_{scope}"])
    shares = known[f"share_{scope}"].to_numpy(dtype=float)
    if not len(shares):
        nothing = float("nan")
        return ScopeResult(scope, nothing, nothing, nothing, nothing, 0, 0, 0)
    by_solution = known.groupby("solution_id")[f"share_{scope}"].agg(list)
    once = float(np.mean([np.mean(own) for own in by_solution]))
    low, high = _redrawn(by_solution, draws, seed)
    above = int((shares > 0.5).sum())
    solutions = known["solution_id"].nunique()
    mean = float(shares.mean())
    return ScopeResult(scope, mean, once, low, high, above, len(shares), solutions)


def _redrawn(by_solution: pd.Series, draws: int, seed: int) -> tuple[float, float]:
    """2.5 and 97.5 percentiles of the mean when solutions are redrawn with replacement."""
    random = np.random.Generator(np.random.PCG64(seed))
    sums = np.array([sum(shares) for shares in by_solution])
    counts = np.array([len(shares) for shares in by_solution])
    chosen = random.integers(0, len(sums), (draws, len(sums)))
    means = np.sort(sums[chosen].sum(axis=1) / counts[chosen].sum(axis=1))
    last = len(means) - 1
    return float(means[round(OUTER_SHARE * last)]), float(means[round((1 - OUTER_SHARE) * last)])
