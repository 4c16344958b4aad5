"""The ladder of claims: which sentence the data allow, and what would allow the next one.

Method: ``docs/methods/outcome``. The calculations never go above level 2; level 3 is
an external evaluation that is linked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import pandas as pd

from analysis.panels import Treated, treated_keys

PRE_FOR_CHANGE, POST_FOR_CHANGE = 2, 1
PRE_FOR_HISTORY, POST_FOR_HISTORY, DONORS_FOR_HISTORY = 5, 2, 10
ACCEPTED_GRADES = ("A", "B")


class Level(IntEnum):
    """What may be said."""

    NOTHING = -1
    DESCRIBE = 0
    CHANGE = 1
    HISTORY = 2
    EXPERT = 3


@dataclass(frozen=True)
class Need:
    """Something that is missing for the next level.

    Attributes:
        what: ``values``, ``years_before``, ``years_after``, ``places``, ``fit`` (the course
            before is not traced well enough, or was not tested) or ``study``.
        number: how many more; 1 for ``fit`` and ``study``.
    """

    what: str
    number: int


@dataclass(frozen=True)
class Claim:
    """The level reached and what would lift it.

    Attributes:
        level: the highest level reached.
        needs: what the next level takes; for level 2 an external study.
        years_before: years with a value before the start.
        years_after: years with a value from the start on.
        places: comparison places with a full course.
        missing_years: years between the first and the last without a value.
    """

    level: Level
    needs: tuple[Need, ...]
    years_before: int
    years_after: int
    places: int
    missing_years: tuple[int, ...] = ()


def claim(
    years_before: int,
    years_after: int,
    places: int,
    *,
    fit_accepted: bool | None = None,
    study_grade: str | None = None,
    missing_years: tuple[int, ...] = (),
) -> Claim:
    """The level of claim that counts of years and places allow.

    Args:
        years_before: years with a value before the first full year of regular operation.
        years_after: years with a value from that year on.
        places: comparison places without the solution and with a full course.
        fit_accepted: whether the course before is traced acceptably; ``None`` not tested.
        study_grade: evidence grade of a linked external evaluation, if there is one.
        missing_years: carried into the result.
    """
    steps = (
        (Level.DESCRIBE, _short(("values", 1 - years_before - years_after))),
        (
            Level.CHANGE,
            _short(
                ("years_before", PRE_FOR_CHANGE - years_before),
                ("years_after", POST_FOR_CHANGE - years_after),
                ("places", 1 - places),
            ),
        ),
        (
            Level.HISTORY,
            _short(
                ("years_before", PRE_FOR_HISTORY - years_before),
                ("years_after", POST_FOR_HISTORY - years_after),
                ("places", DONORS_FOR_HISTORY - places),
                ("fit", 0 if fit_accepted else 1),
            ),
        ),
    )
    level, needs = Level.NOTHING, steps[0][1]
    for step, missing in steps:
        needs = missing
        if missing:
            break
        level = step
    if level == Level.HISTORY:
        needs = (Need("study", 1),)
    if study_grade in ACCEPTED_GRADES:
        level, needs = Level.EXPERT, ()
    return Claim(level, needs, years_before, years_after, places, missing_years)


def claim_of_panel(
    panel: pd.DataFrame,
    treated: Treated,
    first_post_year: int,
    *,
    fit_accepted: bool | None = None,
    study_grade: str | None = None,
) -> Claim:
    """The level of claim a panel allows; never raises for lack of years or places.

    Args:
        panel: index = place, columns = integer years, NaN = missing.
        treated: key of the place; one that is not in the panel counts as without values.
        first_post_year: first full year of regular operation.
        fit_accepted: see ``claim``.
        study_grade: see ``claim``.
    """
    keys = treated_keys(treated)
    own = panel[panel.index.isin(keys)]
    held = own.notna().all(axis=0) & bool(len(own))
    years = sorted(int(year) for year in panel.columns[held])
    before = sum(year < first_post_year for year in years)
    donors = panel[~panel.index.isin(keys)].loc[:, held]
    places = int(donors.notna().all(axis=1).sum()) if years else 0
    gaps = range(years[0], years[-1] + 1) if years else range(0)
    return claim(
        before,
        len(years) - before,
        places,
        fit_accepted=fit_accepted,
        study_grade=study_grade,
        missing_years=tuple(year for year in gaps if year not in years),
    )


def _short(*wanted: tuple[str, int]) -> tuple[Need, ...]:
    return tuple(Need(what, number) for what, number in wanted if number > 0)
