"""Synthetic control on outcomes: a weighted mean of donors that traces the course before.

Method: ``docs/methods/outcome``; Abadie, Diamond and Hainmueller, JASA 105 (2010);
demeaned variant: Ferman and Pinto, Quantitative Economics (2021). No predictor weights are
searched. The result describes a gap; it does not say why there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.difference import count_as_large
from analysis.errors import NoVariation, PoorFit
from analysis.panels import Panel, Treated, read_panel
from analysis.simplex import ACTIVE, simplex_least_squares

ACCEPTED_SHARE = 0.25
YEARS_EARLIER = 2
LEAST_PRE, LEAST_DONORS = 2, 2

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SyntheticControl:
    """A place against its synthetic counterpart.

    Attributes:
        weights: per donor, not negative, sum 1.
        gaps: per year, treated minus synthetic, unit of the indicator.
        effect: mean gap from the start on.
        rmspe_pre: root mean squared gap before the start.
        rmspe_post: the same from the start on.
        intercept: constant added to the weighted mean; 0 in the plain variant.
        demeaned: whether the intercept was allowed.
        not_unique: fewer years before than donors used: other weights fit as well.
        panel: what was compared.
    """

    weights: pd.Series
    gaps: pd.Series
    effect: float
    rmspe_pre: float
    rmspe_post: float
    intercept: float
    demeaned: bool
    not_unique: bool
    panel: Panel

    @property
    def active(self) -> tuple[str, ...]:
        """Donors with weight, heaviest first."""
        used = self.weights[self.weights > ACTIVE].sort_values(ascending=False)
        return tuple(str(key) for key in used.index)


@dataclass(frozen=True, eq=False)
class SyntheticStudy:
    """A synthetic control with everything that says how far to trust it.

    Attributes:
        control: the synthetic control.
        placebo_gaps: donors x years, every donor against its own synthetic counterpart.
        ratios: squared RMSPE after over before, per donor.
        ratio: the same for the treated place.
        placebo_p: place of the treated's ratio among all J + 1, divided by J + 1.
        p_floor: 1 / (J + 1).
        at_least_as_large: donors with a ratio at least as large.
        trend_sd: spread of the treated's course around its own trend before (n - 1).
        band: per year, lowest and highest gap over fits that leave one used donor out.
        in_time_effect: effect with the start moved two years earlier, years before only;
            missing where too few years are left; expected near 0.
    """

    control: SyntheticControl
    placebo_gaps: pd.DataFrame
    ratios: pd.Series
    ratio: float
    placebo_p: float
    p_floor: float
    at_least_as_large: int
    trend_sd: float
    band: pd.DataFrame
    in_time_effect: float


def synthetic_control(
    panel: pd.DataFrame, treated: Treated, first_post_year: int, demean: bool = False
) -> SyntheticControl:
    """The weighted mean of donors nearest to the treated place before the start.

    Minimises the squared gap before the start over weights that are not negative and sum to 1;
    with ``demean`` a constant difference in level is allowed.

    Args:
        panel: index = place, columns = integer years, NaN = missing; places without the
            solution besides the treated one.
        treated: key of the place (several keys: their mean).
        first_post_year: first full year of regular operation.
        demean: whether the synthetic place may lie higher or lower throughout.

    Raises:
        TooFewPeriods: fewer than two years before, or none after.
        TooFewPlaces: fewer than two donors with a full course.
        NoVariation: the treated place does not change before the start; use the difference.
        NotConverged: no weights were found.
        UnknownPlace, DuplicateKeys, NotFinite: unusable panel.
    """
    return _fit(_read(panel, treated, first_post_year), demean)


def synthetic_study(
    panel: pd.DataFrame, treated: Treated, first_post_year: int, demean: bool | None = None
) -> SyntheticStudy:
    """A synthetic control with placebos for every donor, leave-one-out band and placebo in time.

    Args:
        panel: as in ``synthetic_control``.
        treated: as in ``synthetic_control``.
        first_post_year: as in ``synthetic_control``.
        demean: the variant; ``None`` takes the plain one if it fits within a quarter of the
            spread around the treated's own trend, else the demeaned one.

    Raises:
        PoorFit: the gap before exceeds a quarter of that spread and the median of the
            placebos: there is no suitable synthetic place.
        TooFewPeriods, TooFewPlaces, NoVariation, NotConverged, UnknownPlace, DuplicateKeys,
        NotFinite: as in ``synthetic_control``.
    """
    data = _read(panel, treated, first_post_year, least_donors=LEAST_DONORS + 1)
    spread = trend_sd(data)
    control = _fit(data, bool(demean))
    if demean is None and control.rmspe_pre > ACCEPTED_SHARE * spread:
        control = _fit(data, True)
    gaps = synthetic_placebos(data, control.demeaned)
    before = np.sqrt((gaps[:, : data.pre] ** 2).mean(axis=1))
    if control.rmspe_pre > ACCEPTED_SHARE * spread and control.rmspe_pre >= np.median(before):
        raise PoorFit(data.treated)
    ratios = np.array([_ratio(gap, data.pre) for gap in gaps])
    ratio = _ratio(control.gaps.to_numpy(), data.pre)
    larger = count_as_large(ratio, ratios)
    names, years = list(data.donors), list(data.years)
    earlier = data.earlier_start(YEARS_EARLIER)
    return SyntheticStudy(
        control=control,
        placebo_gaps=pd.DataFrame(gaps, index=names, columns=years),
        ratios=pd.Series(ratios, index=names),
        ratio=ratio,
        placebo_p=(1 + larger) / (1 + len(names)),
        p_floor=1 / (1 + len(names)),
        at_least_as_large=larger,
        trend_sd=spread,
        band=_leave_one_out(control),
        in_time_effect=_effect_or_missing(earlier, control.demeaned),
    )


def synthetic_placebos(data: Panel, demean: bool) -> Floats:
    """Gaps of every donor against its own synthetic counterpart, donors x years."""
    level = data.pool[:, : data.pre].mean(axis=1) if demean else np.zeros(len(data.pool))
    courses = data.pool - level[:, None]
    before = courses[:, : data.pre].T.copy()
    gaps = np.empty_like(courses)
    rest = np.ones(len(courses), dtype=bool)
    for donor in range(len(courses)):
        rest[donor] = False
        weights = simplex_least_squares(before[:, rest], before[:, donor])
        used = weights > 0
        gaps[donor] = courses[donor] - weights[used] @ courses[rest][used]
        rest[donor] = True
    return gaps


def trend_sd(data: Panel) -> float:
    """Spread of the treated's course before the start around its own straight line (n - 1)."""
    before = data.course[: data.pre]
    years = np.array(data.years[: data.pre], dtype=float)
    line = np.polyval(np.polyfit(years - years.mean(), before, 1), years - years.mean())
    return float(np.sqrt(((before - line) ** 2).sum() / (data.pre - 1)))


def _read(
    panel: pd.DataFrame, treated: Treated, first_post_year: int, least_donors: int = LEAST_DONORS
) -> Panel:
    data = read_panel(
        panel, treated, first_post_year, least_pre=LEAST_PRE, least_donors=least_donors
    )
    if np.ptp(data.course[: data.pre]) == 0:
        raise NoVariation(data.treated)
    return data


def _fit(data: Panel, demean: bool) -> SyntheticControl:
    cut = data.pre
    own = data.course[:cut].mean() if demean else 0.0
    level = data.pool[:, :cut].mean(axis=1) if demean else np.zeros(len(data.pool))
    before = (data.pool[:, :cut] - level[:, None]).T
    weights = simplex_least_squares(before, data.course[:cut] - own)
    intercept = float(own - weights @ level)
    gaps = data.course - intercept - weights @ data.pool
    return SyntheticControl(
        weights=pd.Series(weights, index=list(data.donors)),
        gaps=pd.Series(gaps, index=list(data.years)),
        effect=float(gaps[cut:].mean()),
        rmspe_pre=_root_mean_square(gaps[:cut]),
        rmspe_post=_root_mean_square(gaps[cut:]),
        intercept=intercept,
        demeaned=demean,
        not_unique=cut < int((weights > ACTIVE).sum()),
        panel=data,
    )


def _leave_one_out(control: SyntheticControl) -> pd.DataFrame:
    """Lowest and highest gap per year over the fit itself and fits without one used donor."""
    data = control.panel
    used = [place for place, key in enumerate(data.donors) if control.weights[key] > ACTIVE]
    fits = [control.gaps.to_numpy()]
    fits += [_fit(data.without_donor(place), control.demeaned).gaps.to_numpy() for place in used]
    ends = {"low": np.min(fits, axis=0), "high": np.max(fits, axis=0)}
    return pd.DataFrame(ends, index=list(data.years))


def _effect_or_missing(earlier: Panel | None, demean: bool) -> float:
    return float("nan") if earlier is None else _fit(earlier, demean).effect


def _ratio(gaps: Floats, pre: int) -> float:
    before, after = float((gaps[:pre] ** 2).mean()), float((gaps[pre:] ** 2).mean())
    size = float((gaps**2).max())
    exact = before <= (1e-12 * size) if size > 0 else True
    if exact:
        return float("inf") if after > 0 else 1.0
    return after / before


def _root_mean_square(values: Floats) -> float:
    return float(np.sqrt((values**2).mean()))
