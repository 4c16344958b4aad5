"""The sentences of the outcome page: the rung reached, never a higher one, and what lifts it."""

from __future__ import annotations

import math

import pandas as pd

from analysis.many_tests import ALARM_LEVEL
from analysis.outcome import Claim, Level
from views import results
from views.session import Visit
from views.texts import plain
from views.widgets import indicator_choice
from views.widgets.comparison_series import PER, is_count
from views.widgets.outcome_results import Finding


def amount(visit: Visit, indicator: str, value: float) -> str:
    """A value with its unit; counts stand per 1,000 inhabitants."""
    if math.isnan(value):
        return visit.words("common.not_reported")
    if is_count(indicator):
        return visit.formats.value(value, unit(visit, indicator), 1)
    return indicator_choice.amount(visit, indicator, value)


def unit(visit: Visit, indicator: str) -> str:
    """Unit of the values compared; counts stand per 1,000 inhabitants."""
    own = indicator_choice.unit(visit, indicator)
    return visit.words("compare.unit_per_1000", unit=own) if is_count(indicator) else own


def signed(visit: Visit, indicator: str, value: float) -> str:
    """A change with its sign, in the unit of the indicator."""
    small = 1 if is_count(indicator) or abs(value) < 10 else 0
    digits = indicator_choice.decimals(indicator) or small
    return visit.formats.signed(value, digits)


def sentence(visit: Visit, indicator: str, found: Finding) -> str:
    """The sentence of the highest rung the data allow."""
    if found.claim.level >= Level.HISTORY:
        return history(visit, indicator, found)
    if found.claim.level == Level.CHANGE:
        return change(visit, indicator, found)
    if found.claim.level == Level.DESCRIBE:
        return describe(visit, indicator, found)
    return visit.words("outcomes.say_nothing", town=_town(found))


def describe(visit: Visit, indicator: str, found: Finding) -> str:
    """Level 0: the newest value, and between which values the comparison places lay."""
    own = found.panel.loc[found.place].dropna()
    year = int(own.index[-1])
    others = found.panel.loc[found.panel.index != found.place, year].dropna()
    words = {"town": _town(found), "year": year, "value": amount(visit, indicator, own[year])}
    if others.empty:
        return visit.words("outcomes.say_0_alone", **words)
    low, high = (amount(visit, indicator, float(end)) for end in (others.min(), others.max()))
    return visit.words("outcomes.say_0", low=low, high=high, **words)


def change(visit: Visit, indicator: str, found: Finding) -> str:
    """Level 1: the change, and how many comparison places changed more."""
    did = found.change
    assert did is not None
    return visit.words(
        "outcomes.say_1",
        town=_town(found),
        change=signed(visit, indicator, did.change),
        unit=unit(visit, indicator),
        before=years(found, before=True),
        after=years(found, before=False),
        more=did.changed_more,
        all=len(did.donor_changes),
    )


def history(visit: Visit, indicator: str, found: Finding) -> str:
    """Level 2: larger than or within what comparison places without the solution show."""
    did, study = found.change, found.synthetic
    assert did is not None and study is not None
    outside = study.placebo_p <= ALARM_LEVEL
    key = "outcomes.say_2_larger" if outside else "outcomes.say_2_within"
    return visit.words(
        key,
        town=_town(found),
        effect=signed(visit, indicator, study.control.effect),
        unit=unit(visit, indicator),
        p=visit.formats.number(study.placebo_p, 2),
        floor=visit.formats.number(study.p_floor, 2),
    )


def years(found: Finding, *, before: bool) -> str:
    """First and last year compared before or after the start."""
    own = found.panel.loc[found.place].dropna()
    listed = [int(y) for y in own.index if (int(y) < found.first_year) == before]
    return f"{listed[0]}–{listed[-1]}" if len(listed) > 1 else "".join(map(str, listed))


def rung(visit: Visit, claim: Claim) -> str:
    """The rung reached, in words; this page never goes above the second."""
    reached = min(int(Level.HISTORY), int(claim.level))
    return visit.words("outcomes.rung_none" if reached < 0 else f"outcomes.rung_{reached}")


def lift(visit: Visit, claim: Claim) -> str:
    """What would lift the result one rung."""
    needs = [visit.words(f"outcomes.need_{need.what}", n=need.number) for need in claim.needs]
    if not needs:
        return ""
    return visit.words("outcomes.lift", needs=visit.formats.listing(needs))


def _town(found: Finding) -> str:
    return plain(results.place(found.place).name)


def panel_table(visit: Visit, found: Finding) -> pd.DataFrame:
    """The panel as a table: places x years, the place itself first; gaps as words."""
    table = found.panel.round(3).astype(object).where(found.panel.notna(), "–")
    table.columns = [str(year) for year in table.columns]
    names = [results.place(str(key)).name for key in table.index]
    table.insert(0, visit.words("compare.column_place"), names)
    return table.reset_index(drop=True)


def per_note(visit: Visit, indicator: str) -> str:
    """How a count was turned into a rate, or nothing."""
    if not is_count(indicator):
        return ""
    return visit.words("outcomes.per_note", per=visit.formats.number(PER))
