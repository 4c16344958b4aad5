"""Synthetic difference-in-differences: donors and years weighted, then differenced.

Method: ``docs/methods/outcome``; Arkhangelsky, Athey, Hirshberg, Imbens and Wager,
American Economic Review 111 (2021).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.difference import count_as_large
from analysis.errors import OutOfRange
from analysis.panels import Panel, Treated, read_panel
from analysis.simplex import simplex_least_squares, simplex_ridge

TIME_RIDGE = 1e-6

Floats = NDArray[np.float64]
Noise = Literal["pooled", "within_years"]


@dataclass(frozen=True, eq=False)
class SyntheticDid:
    """Synthetic difference-in-differences of one or several places.

    Attributes:
        effect: change of the treated minus the weighted change of the donors, unit of the
            indicator.
        unit_weights: per donor, not negative, sum 1.
        time_weights: per year before the start, not negative, sum 1.
        noise: spread of the yearly changes of the donors before the start (sigma).
        zeta: strength of the ridge on the unit weights.
        fell_back: the donors do not move at all (sigma = 0): uniform weights, plain difference.
        panel: what was compared.
    """

    effect: float
    unit_weights: pd.Series
    time_weights: pd.Series
    noise: float
    zeta: float
    fell_back: bool
    panel: Panel


@dataclass(frozen=True, eq=False)
class SyntheticDidPlacebos:
    """The same estimate for every donor in turn.

    Attributes:
        effects: per donor, with the other donors for comparison.
        variance: of these effects, n - 1; its root is the placebo standard error.
        placebo_p: (1 + donors with an effect at least as large) / (1 + J).
        p_floor: 1 / (J + 1).
        at_least_as_large: number of such donors.
    """

    effects: pd.Series
    variance: float
    placebo_p: float
    p_floor: float
    at_least_as_large: int


def synthetic_did(
    panel: pd.DataFrame, treated: Treated, first_post_year: int, *, noise: Noise = "pooled"
) -> SyntheticDid:
    """The synthetic difference-in-differences of the treated place or places.

    Args:
        panel: index = place, columns = integer years, NaN = missing; places without the
            solution besides the treated.
        treated: key of the place, or keys of several with the same start.
        first_post_year: first full year of regular operation.
        noise: how sigma is taken: ``pooled`` is the published estimator (spread of all yearly
            changes around their common mean); ``within_years`` takes the mean of each year off
            first, so that a constant added to all places in a year changes nothing at all.

    Raises:
        TooFewPeriods: fewer than two years before, or none after.
        TooFewPlaces: fewer than two donors with a full course.
        NotConverged: no weights were found.
        UnknownPlace, DuplicateKeys, NotFinite, OutOfRange: unusable input.
    """
    if noise not in ("pooled", "within_years"):
        raise OutOfRange([f"noise={noise}"])
    return _estimate(
        read_panel(panel, treated, first_post_year, least_pre=2, least_donors=2), noise
    )


def synthetic_did_placebos(
    panel: pd.DataFrame,
    treated: Treated,
    first_post_year: int,
    *,
    noise: Noise = "pooled",
    report: Callable[[float], object] | None = None,
) -> SyntheticDidPlacebos:
    """Placebo effects of all donors, their variance and the place of the treated among them.

    Arguments and errors as in ``synthetic_did``; three donors at least. ``report`` is told the
    share done (0 to 1) after every donor; whatever it raises ends the work.
    """
    data = read_panel(panel, treated, first_post_year, least_pre=2, least_donors=3)
    effect = _estimate(data, noise).effect
    effects = np.empty(len(data.donors))
    for donor in range(len(effects)):
        effects[donor] = _estimate(data.as_treated(donor), noise).effect
        if report is not None:
            report((donor + 1) / len(effects))
    larger, count = count_as_large(effect, effects), len(effects)
    return SyntheticDidPlacebos(
        effects=pd.Series(effects, index=list(data.donors)),
        variance=float(effects.var(ddof=1)),
        placebo_p=(1 + larger) / (1 + count),
        p_floor=1 / (1 + count),
        at_least_as_large=larger,
    )


def weighted_difference(data: Panel, unit_weights: ArrayLike, time_weights: ArrayLike) -> float:
    """The double difference for given weights; uniform weights give the plain one."""
    units, times = np.asarray(unit_weights, dtype=float), np.asarray(time_weights, dtype=float)
    cut = data.pre
    own = data.course[cut:].mean() - times @ data.course[:cut]
    others = data.pool[:, cut:].mean(axis=1) - data.pool[:, :cut] @ times
    return float(own - units @ others)


def noise_level(data: Panel, noise: Noise = "pooled") -> float:
    """Standard deviation (n - 1) of the donors' yearly changes before the start."""
    changes = np.diff(data.pool[:, : data.pre], axis=1)
    if noise == "within_years":
        changes = changes - changes.mean(axis=0)
    centred = changes - changes.mean()
    size = float(np.abs(centred).max()) or 1.0
    return size * float(np.sqrt(((centred / size) ** 2).sum() / (changes.size - 1)))


def _estimate(data: Panel, noise: Noise) -> SyntheticDid:
    sigma = noise_level(data, noise)
    zeta = float((len(data.treated) * data.post) ** 0.25 * sigma)
    size = float(np.abs(data.pool[:, : data.pre]).max())
    fell_back = sigma <= 1e-12 * size
    if fell_back:
        units = np.full(len(data.donors), 1 / len(data.donors))
        times = np.full(data.pre, 1 / data.pre)
    else:
        units, times = _unit_weights(data, zeta), _time_weights(data, sigma)
    return SyntheticDid(
        effect=weighted_difference(data, units, times),
        unit_weights=pd.Series(units, index=list(data.donors)),
        time_weights=pd.Series(times, index=list(data.years[: data.pre])),
        noise=sigma,
        zeta=zeta,
        fell_back=fell_back,
        panel=data,
    )


def _unit_weights(data: Panel, zeta: float) -> Floats:
    """The intercept is free, so every course is taken around its own mean before the start."""
    before, own = data.pool[:, : data.pre], data.course[: data.pre]
    centred = (before - before.mean(axis=1, keepdims=True)).T
    # The sum of the weights is 1: one course may be taken off all of them, which keeps years
    # in which everything moves from costing digits.
    common = centred.mean(axis=1)
    target, courses = own - own.mean() - common, centred - common[:, None]
    # In units of the data, so that the square of no figure leaves the range of numbers.
    size = float(max(np.abs(courses).max(), np.abs(target).max())) or 1.0
    return simplex_ridge(courses / size, target / size, (zeta / size) ** 2 * data.pre)


def _time_weights(data: Panel, sigma: float) -> Floats:
    before, after = data.pool[:, : data.pre], data.pool[:, data.pre :].mean(axis=1)
    centred, target = before - before.mean(axis=0), after - after.mean()
    # Likewise the weights of the years: take the mean course of each donor off.
    common = centred.mean(axis=1)
    centred, target = centred - common[:, None], target - common
    ridge = TIME_RIDGE * sigma * np.sqrt(len(before))
    stacked = np.vstack([centred, ridge * np.eye(data.pre)])
    square, triangle = np.linalg.qr(stacked)
    return simplex_least_squares(triangle, square.T @ np.append(target, np.zeros(data.pre)))
