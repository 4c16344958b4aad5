"""Several places with the same solution and different starts, each compared on its own.

Method: ``docs/methods/outcome``, after Callaway and Sant'Anna, Journal of Econometrics
225 (2021): a place is compared, year by year, only with places that have not started yet or
never did; places that already run the solution are no controls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import DuplicateKeys, NotFinite, OutOfRange, TooFewPlaces, UnknownPlace

LEAST_FOR_MEAN = 5
PERMUTATIONS = 999

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SeveralAdopters:
    """The differences of several places with the same solution.

    Attributes:
        table: one row per comparable adopter: start, effect (mean over its years after),
            years_before, years_after (compared), controls (fewest in any year after).
        risen: how many effects are above 0.
        fallen: how many are below 0.
        mean: mean effect; missing with fewer than five comparable adopters.
        permutation_p: share of permutations of the starts among all places whose mean is at
            least as large, (1 + x) / (1 + permutations); missing without mean.
        permutations: how many.
        not_comparable: adopters without years before or after, or without controls.
        left_out: places with gaps, used neither as adopter nor as control.
        seed: of PCG64.
    """

    table: pd.DataFrame
    risen: int
    fallen: int
    mean: float
    permutation_p: float
    permutations: int
    not_comparable: tuple[str, ...]
    left_out: tuple[str, ...]
    seed: int


def several_adopters(
    panel: pd.DataFrame,
    starts: Mapping[str, int],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> SeveralAdopters:
    """Each adopter against not-yet and never adopters, then the distribution of differences.

    The effect of a place is the mean over its years after of its change since its mean before,
    minus the mean of the same change of all places that have not started by that year.

    Args:
        panel: index = place, columns = integer years; places with gaps are left out by name.
        starts: first full year of regular operation per adopter; all others never adopt.
        permutations: at least 999.
        seed: same seed, same result.

    Raises:
        UnknownPlace: an adopter that is not in the panel.
        DuplicateKeys, NotFinite: unusable panel.
        OutOfRange: fewer than 999 permutations.
        TooFewPlaces: no adopter can be compared.
    """
    if permutations < PERMUTATIONS:
        raise OutOfRange([f"permutations={permutations}"])
    table, left_out = _complete(panel, starts)
    years = np.array(table.columns, dtype=int)
    values = table.to_numpy(dtype=float)
    begun = np.array([starts.get(key, np.iinfo(int).max) for key in table.index])
    rows = {key: place for place, key in enumerate(table.index) if key in starts}
    found = {key: _effect(values, years, begun, row) for key, row in rows.items()}
    held = {key: row for key, row in found.items() if row is not None}
    if not held:
        raise TooFewPlaces(starts)
    columns = ["start", "effect", "years_before", "years_after", "controls"]
    result = pd.DataFrame(list(held.values()), index=list(held), columns=columns)
    mean, p_value = _pooled(values, years, begun, result["effect"], permutations, seed)
    return SeveralAdopters(
        table=result,
        risen=int((result["effect"] > 0).sum()),
        fallen=int((result["effect"] < 0).sum()),
        mean=mean,
        permutation_p=p_value,
        permutations=permutations,
        not_comparable=tuple(str(key) for key in rows if key not in held),
        left_out=left_out,
        seed=seed,
    )


def _complete(
    panel: pd.DataFrame, starts: Mapping[str, int]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    repeated = [*panel.index[panel.index.duplicated()], *panel.columns[panel.columns.duplicated()]]
    if repeated:
        raise DuplicateKeys(repeated)
    unknown = [key for key in starts if key not in panel.index]
    if unknown:
        raise UnknownPlace(unknown)
    table = panel.astype(float)
    infinite = np.flatnonzero(np.isinf(table.to_numpy()).any(axis=1))
    if len(infinite):
        raise NotFinite(table.index[infinite])
    complete = table.notna().all(axis=1)
    return table[complete].sort_index(axis=1), tuple(map(str, table.index[~complete]))


def _effect(
    values: Floats, years: NDArray[np.int64], begun: NDArray[np.int64], row: int
) -> tuple[int, float, int, int, int] | None:
    """Start, effect, years before and after, fewest controls; ``None`` if not comparable."""
    start = int(begun[row])
    before = years < start
    if not before.any() or before.all():
        return None
    change = values - values[:, before].mean(axis=1, keepdims=True)
    after = np.flatnonzero(~before)
    waiting = begun[:, None] > years[after]
    waiting[row] = False
    controls = waiting.sum(axis=0)
    used = controls > 0
    if not used.any():
        return None
    after, waiting, controls = after[used], waiting[:, used], controls[used]
    reference = (change[:, after] * waiting).sum(axis=0) / controls
    effect = float((change[row, after] - reference).mean())
    return start, effect, int(before.sum()), len(after), int(controls.min())


def _pooled(
    values: Floats,
    years: NDArray[np.int64],
    begun: NDArray[np.int64],
    effects: pd.Series,
    permutations: int,
    seed: int,
) -> tuple[float, float]:
    """Mean effect and its permutation p; both missing with fewer than five adopters."""
    if len(effects) < LEAST_FOR_MEAN:
        return float("nan"), float("nan")
    mean = float(effects.mean())
    source = np.random.Generator(np.random.PCG64(seed))
    larger = 0
    for _ in range(permutations):
        drawn = source.permutation(begun)
        adopters = np.flatnonzero(drawn < np.iinfo(int).max)
        results = [_effect(values, years, drawn, int(row)) for row in adopters]
        means = [row[1] for row in results if row is not None]
        larger += bool(means) and abs(float(np.mean(means))) >= abs(mean) - 1e-12
    return mean, (1 + larger) / (1 + permutations)
