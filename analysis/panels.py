"""A panel of one indicator, split into the treated places, their donors, before and after.

Places without a full course are never filled up: donors with gaps are left out by name, and
years in which a treated place has no value are left out for all.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import DuplicateKeys, NotFinite, TooFewPeriods, TooFewPlaces, UnknownPlace

PANDEMIC_YEARS = (2020, 2021, 2022)

Floats = NDArray[np.float64]
Treated = Hashable | Collection[Hashable]


@dataclass(frozen=True, eq=False)
class Panel:
    """One indicator of treated places and donors over the same years.

    Attributes:
        treated: keys of the treated places.
        donors: keys of the comparison places, in the order given.
        years: used, rising.
        first_post_year: first full year of regular operation.
        course: mean of the treated places, one value per year.
        pool: donors x years.
        left_out: donors with gaps in these years.
        missing_years: years between the first and the last without a value of the treated.
    """

    treated: tuple[str, ...]
    donors: tuple[str, ...]
    years: tuple[int, ...]
    first_post_year: int
    course: Floats
    pool: Floats
    left_out: tuple[str, ...]
    missing_years: tuple[int, ...]

    @property
    def pre(self) -> int:
        """Number of years before the start; they come first."""
        return sum(year < self.first_post_year for year in self.years)

    @property
    def post(self) -> int:
        """Number of years from the start on."""
        return len(self.years) - self.pre

    @property
    def treated_changes(self) -> float:
        """Mean after minus mean before of the treated."""
        return float(self.course[self.pre :].mean() - self.course[: self.pre].mean())

    @property
    def donor_changes(self) -> Floats:
        """Mean after minus mean before of every donor."""
        after, before = self.pool[:, self.pre :], self.pool[:, : self.pre]
        return np.asarray(after.mean(axis=1) - before.mean(axis=1))

    def as_treated(self, donor: int) -> Panel:
        """The placebo in space: one donor as the treated, the true treated left out."""
        rest = np.delete(np.arange(len(self.donors)), donor)
        return Panel(
            treated=(self.donors[donor],),
            donors=tuple(self.donors[place] for place in rest),
            years=self.years,
            first_post_year=self.first_post_year,
            course=self.pool[donor],
            pool=self.pool[rest],
            left_out=(),
            missing_years=(),
        )

    def without_donor(self, donor: int) -> Panel:
        """The panel without one donor."""
        rest = np.delete(np.arange(len(self.donors)), donor)
        names = tuple(self.donors[place] for place in rest)
        return self._with(names, self.years, self.first_post_year, self.course, self.pool[rest])

    def earlier_start(self, years: int) -> Panel | None:
        """The placebo in time: years before the start only, the start moved back.

        ``None`` where that leaves fewer than two years before or none after.
        """
        start = self.first_post_year - years
        kept = self.pre
        panel = self._with(
            self.donors, self.years[:kept], start, self.course[:kept], self.pool[:, :kept]
        )
        return panel if panel.pre >= 2 and panel.post >= 1 else None

    def _with(
        self,
        donors: tuple[str, ...],
        years: tuple[int, ...],
        start: int,
        course: Floats,
        pool: Floats,
    ) -> Panel:
        return Panel(
            self.treated, donors, years, start, course, pool, self.left_out, self.missing_years
        )


def read_panel(
    panel: pd.DataFrame,
    treated: Treated,
    first_post_year: int,
    *,
    least_pre: int = 1,
    least_donors: int = 1,
) -> Panel:
    """The checked panel of a question.

    Args:
        panel: index = place, columns = integer years, NaN = missing.
        treated: key of the treated place, or several keys whose mean is taken.
        first_post_year: first full year of regular operation of the solution.
        least_pre: fewest years before that are needed.
        least_donors: fewest donors with a full course that are needed.

    Raises:
        DuplicateKeys: a place or a year twice.
        UnknownPlace: a treated place is not in the panel.
        NotFinite: an infinite value.
        TooFewPeriods: too few years before, or none after; keys: what is there.
        TooFewPlaces: too few donors with a full course.
    """
    table = _checked(panel)
    keys = treated_keys(treated)
    unknown = [key for key in keys if key not in table.index]
    if unknown or not keys:
        raise UnknownPlace(unknown or ["-"])
    own = table.loc[keys]
    held = own.notna().all(axis=0)
    pool = table.drop(index=keys).loc[:, held]
    complete = pool.notna().all(axis=1)
    years = tuple(int(year) for year in own.columns[held])
    before = sum(year < first_post_year for year in years)
    if before < least_pre or before == len(years):
        raise TooFewPeriods(
            [f"<{first_post_year}: {before}", f"≥{first_post_year}: {len(years) - before}"]
        )
    if complete.sum() < least_donors:
        raise TooFewPlaces([f"J={int(complete.sum())}"])
    span = range(min(years), max(years) + 1)
    return Panel(
        treated=tuple(str(key) for key in keys),
        donors=tuple(str(key) for key in pool.index[complete]),
        years=years,
        first_post_year=int(first_post_year),
        course=own.loc[:, held].to_numpy(dtype=float).mean(axis=0),
        pool=pool[complete].to_numpy(dtype=float),
        left_out=tuple(str(key) for key in pool.index[~complete]),
        missing_years=tuple(year for year in span if year not in years),
    )


def without_years(panel: pd.DataFrame, years: Collection[int] = PANDEMIC_YEARS) -> pd.DataFrame:
    """The panel without some years, by default the pandemic years 2020 to 2022."""
    return panel.loc[:, [year for year in panel.columns if int(year) not in set(years)]]


def _checked(panel: pd.DataFrame) -> pd.DataFrame:
    repeated = [*panel.index[panel.index.duplicated()], *panel.columns[panel.columns.duplicated()]]
    if repeated:
        raise DuplicateKeys(repeated)
    table = panel.astype(float)
    table.columns = [int(year) for year in table.columns]
    infinite = np.flatnonzero(np.isinf(table.to_numpy()).any(axis=1))
    if len(infinite):
        raise NotFinite(table.index[infinite])
    return table[sorted(table.columns)]


def treated_keys(treated: Treated) -> list[Hashable]:
    """The keys as a list, each once; a text or a number is one key."""
    if isinstance(treated, str) or not isinstance(treated, Collection):
        return [treated]
    return list(dict.fromkeys(treated))
