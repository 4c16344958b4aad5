"""Before and after against comparison places: change, difference-in-differences, ANCOVA.

Method: ``docs/methods/outcome``. There is one treated place, so no
regression standard errors: what the donors themselves do is the measure of uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analysis.errors import NoVariation, TooFewPlaces
from analysis.panels import Panel, Treated, read_panel

LEAST_DONORS_FOR_RANGE = 5
RANGE_LEVEL = 0.95
DIFFERENT_SHARE = 0.5
_SAME = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DifferenceInDifferences:
    """How much more a place changed than its comparison places; not why.

    Attributes:
        effect: change of the treated minus mean change of the donors, unit of the indicator.
        change: mean after minus mean before of the treated.
        donor_changes: the same per donor.
        placebos: per donor, its change minus the mean of the other donors.
        placebo_p: (1 + donors with a placebo at least as large) / (1 + J); missing for J = 1.
        p_floor: 1 / (J + 1), the least value placebo_p can take.
        at_least_as_large: number of donors with a placebo at least as large.
        changed_more: number of donors whose change is larger than the treated's, in size.
        low: lower end of the 90 % prediction range; missing with fewer than five donors.
        high: upper end.
        pre_slope: yearly slope of the gap before the start; missing with one year before.
        pre_slope_p: placebo rank of the slope among the donors, as for placebo_p.
        gap_was_moving: the banner: a continued slope alone gives at least half of the effect.
        panel: what was compared.
    """

    effect: float
    change: float
    donor_changes: pd.Series
    placebos: pd.Series
    placebo_p: float
    p_floor: float
    at_least_as_large: int
    changed_more: int
    low: float
    high: float
    pre_slope: float
    pre_slope_p: float
    gap_was_moving: bool
    panel: Panel


@dataclass(frozen=True)
class Ancova:
    """The change beyond what places with the same start usually show.

    Attributes:
        effect: after minus (intercept + slope times before).
        slope: of after on before among the donors.
        intercept: of the same line.
        difference: the plain difference-in-differences beside it.
        disagrees: the two differ in sign or by more than half of the plain one: part of the
            change is what weak starters usually show.
    """

    effect: float
    slope: float
    intercept: float
    difference: float
    disagrees: bool


@dataclass(frozen=True, eq=False)
class EventStudy:
    """The gap to the comparison places, year by year, with every placebo.

    Attributes:
        gaps: per year, treated minus mean of donors, minus its mean before the start.
        placebos: donors x years, the same for each donor against the others.
        panel: what was compared.
    """

    gaps: pd.Series
    placebos: pd.DataFrame
    panel: Panel


def difference_in_differences(
    panel: pd.DataFrame, treated: Treated, first_post_year: int
) -> DifferenceInDifferences:
    """Change of a place against the mean change of all other places of the panel.

    Args:
        panel: index = place, columns = integer years, NaN = missing; hand in only places
            without the solution besides the treated one.
        treated: key of the place (several keys: their mean).
        first_post_year: first full year of regular operation.

    Raises:
        TooFewPeriods, TooFewPlaces, UnknownPlace, DuplicateKeys, NotFinite: unusable panel.
    """
    data = read_panel(panel, treated, first_post_year)
    changes = data.donor_changes
    effect = data.treated_changes - float(changes.mean())
    placebos = against_others(changes)
    low, high = _shown_range(effect, changes)
    slope = _slope(data.course[: data.pre] - data.pool[:, : data.pre].mean(axis=0), data)
    slopes = [_slope(gap, data) for gap in against_others(data.pool[:, : data.pre])]
    return DifferenceInDifferences(
        effect=effect,
        change=data.treated_changes,
        donor_changes=pd.Series(changes, index=list(data.donors)),
        placebos=pd.Series(placebos, index=list(data.donors)),
        placebo_p=placebo_p(effect, placebos),
        p_floor=1 / (len(changes) + 1),
        at_least_as_large=count_as_large(effect, placebos),
        changed_more=int((np.abs(changes) > abs(data.treated_changes) + _SAME).sum()),
        low=low,
        high=high,
        pre_slope=slope,
        pre_slope_p=placebo_p(slope, np.array(slopes)),
        gap_was_moving=is_moving(slope, effect, len(data.years)),
        panel=data,
    )


def event_study(panel: pd.DataFrame, treated: Treated, first_post_year: int) -> EventStudy:
    """Gaps per year for the treated place and, as grey lines, for every donor.

    Arguments and errors as in ``difference_in_differences``. There is no confidence band: the
    donors' lines are the uncertainty.
    """
    data = read_panel(panel, treated, first_post_year)
    gaps = data.course - data.pool.mean(axis=0)
    placebos = against_others(data.pool)
    placebos = placebos - placebos[:, : data.pre].mean(axis=1, keepdims=True)
    years = list(data.years)
    return EventStudy(
        gaps=pd.Series(gaps - gaps[: data.pre].mean(), index=years),
        placebos=pd.DataFrame(placebos, index=list(data.donors), columns=years),
        panel=data,
    )


def ancova(panel: pd.DataFrame, treated: Treated, first_post_year: int) -> Ancova:
    """ANCOVA of the means after on the means before, beside the plain difference.

    Arguments as in ``difference_in_differences``.

    Raises:
        TooFewPlaces: fewer than three donors.
        NoVariation: all donors start from the same value.
    """
    data = read_panel(panel, treated, first_post_year, least_donors=3)
    cut = data.pre
    means = [data.course[:cut].mean(), data.course[cut:].mean()]
    return ancova_of_means(
        float(means[0]),
        float(means[1]),
        data.pool[:, :cut].mean(axis=1),
        data.pool[:, cut:].mean(axis=1),
    )


def ancova_of_means(
    before: float, after: float, donors_before: ArrayLike, donors_after: ArrayLike
) -> Ancova:
    """ANCOVA from means: after = a + b before on the donors, effect = rest of the treated.

    Raises:
        NoVariation: all donors start from the same value.
    """
    start, end = np.asarray(donors_before, dtype=float), np.asarray(donors_after, dtype=float)
    if len(start) < 2 or np.ptp(start) <= _SAME * max(1.0, float(np.abs(start).max())):
        raise NoVariation(["before"])
    centred = start - start.mean()
    slope = float(centred @ end / (centred @ centred))
    intercept = float(end.mean() - slope * start.mean())
    effect = after - (intercept + slope * before)
    plain = (after - before) - float((end - start).mean())
    opposite = effect * plain < 0
    disagrees = opposite or abs(effect - plain) > DIFFERENT_SHARE * abs(plain) + _SAME
    return Ancova(effect, slope, intercept, plain, disagrees)


def expected_next(z: float, correlation: float) -> float:
    """The z-score expected next year without any measure: regression to the mean, r z."""
    return correlation * z


def prediction_range(effect: float, donor_changes: ArrayLike) -> tuple[float, float]:
    """90 % prediction range: effect ± t(J - 1; .95) s sqrt(1 + 1/J), s with n - 1.

    Raises:
        TooFewPlaces: fewer than two donors.
    """
    changes = np.asarray(donor_changes, dtype=float)
    count = len(changes)
    if count < 2:
        raise TooFewPlaces([f"J={count}"])
    quantile = float(stats.t.ppf(RANGE_LEVEL, count - 1))
    half = quantile * float(changes.std(ddof=1)) * float(np.sqrt(1 + 1 / count))
    return effect - half, effect + half


def placebo_p(value: float, placebos: Floats) -> float:
    """(1 + number of placebos at least as large in size) / (1 + J); missing below J = 2."""
    if len(placebos) < 2 or not np.isfinite(value):
        return float("nan")
    return (1 + count_as_large(value, placebos)) / (1 + len(placebos))


def count_as_large(value: float, placebos: Floats) -> int:
    """Number of placebos at least as large in size, equal up to rounding included."""
    slack = _SAME * max(1.0, abs(value))
    return int((np.abs(placebos) >= abs(value) - slack).sum())


def is_moving(slope: float, effect: float, years: int) -> bool:
    """Whether a continued slope of the gap alone gives at least half of the effect."""
    drift = abs(slope) * years / 2
    return bool(np.isfinite(slope) and drift > _SAME and drift >= abs(effect) / 2 - _SAME)


def against_others(values: Floats) -> Floats:
    """Each row (or entry) minus the mean of the other ones; missing where there is no other."""
    count = len(values)
    if count < 2:
        return np.full_like(values, np.nan)
    return np.asarray((values - values.mean(axis=0)) * count / (count - 1))


def _shown_range(effect: float, changes: Floats) -> tuple[float, float]:
    if len(changes) < LEAST_DONORS_FOR_RANGE:
        return float("nan"), float("nan")
    return prediction_range(effect, changes)


def _slope(gap: Floats, data: Panel) -> float:
    if data.pre < 2:
        return float("nan")
    years = np.array(data.years[: data.pre], dtype=float)
    years -= years.mean()
    return float(years @ gap / (years @ years))
