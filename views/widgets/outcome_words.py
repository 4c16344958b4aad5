"""The sentences of the outcome page: the rung reached, never a higher one, and what lifts it."""

from __future__ import annotations

import math

import pandas as pd

from analysis.errors import AnalysisError, NoVariation, UnknownPlace
from analysis.many_tests import ALARM_LEVEL
from analysis.outcome import Claim, Level
from views import results
from views.session import Visit
from views.texts import plain
from views.widgets import indicator_choice
from views.widgets.comparison_series import PER, is_count
from views.widgets.outcome_results import Finding, headline


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


def changed(visit: Visit, indicator: str, value: float) -> str:
    """A change with sign and unit; differences of percentages are percentage points."""
    points = indicator_choice.record(indicator)["unit"] == "percent"
    written = visit.words("outcomes.points") if points else unit(visit, indicator)
    return f"{signed(visit, indicator, value)}\u00a0{written}"


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
    words = {"year": year, "value": amount(visit, indicator, own[year])}
    words |= _who(visit, indicator, found)
    if others.empty:
        return visit.words("outcomes.say_0_alone", **words)
    low, high = (amount(visit, indicator, float(end)) for end in (others.min(), others.max()))
    return visit.words("outcomes.say_0", low=low, high=high, **words)


def change(visit: Visit, indicator: str, found: Finding) -> str:
    """Level 1: mean before and after, and how many comparison places changed more."""
    did = found.change
    assert did is not None
    cut, course = did.panel.pre, did.panel.course
    return visit.words(
        "outcomes.say_1",
        **_who(visit, indicator, found),
        first=amount(visit, indicator, float(course[:cut].mean())),
        before=_period(visit, did.panel.years[:cut]),
        last=amount(visit, indicator, float(course[cut:].mean())),
        after=_period(visit, did.panel.years[cut:]),
        change=changed(visit, indicator, did.change),
        others=_changed_more(visit, did.changed_more, len(did.donor_changes)),
    )


def _changed_more(visit: Visit, more: int, places: int) -> str:
    if not more:
        return visit.words("outcomes.changed_none", all=places)
    return visit.words("outcomes.changed_more", n=more, all=places)


def fault(visit: Visit, found: AnalysisError) -> str:
    """An error of the calculation as a sentence, places by name and what is left."""
    named = type(found)(_name(key) for key in found.keys)
    left = f" {visit.words('outcomes.plain_only')}" if isinstance(found, NoVariation) else ""
    return named.sentence(visit.lang) + left


def _name(key: str) -> str:
    try:
        return plain(results.place(key).name)
    except UnknownPlace:
        return plain(key)


def history(visit: Visit, indicator: str, found: Finding) -> str:
    """Level 2: larger than or within what comparison places without the solution show."""
    main = headline(found)
    assert main is not None
    outside = main.placebo_p <= ALARM_LEVEL
    key = "outcomes.say_2_larger" if outside else "outcomes.say_2_within"
    return visit.words(
        key,
        **_who(visit, indicator, found),
        effect=changed(visit, indicator, main.effect),
        p=visit.formats.number(main.placebo_p, 2),
        floor=visit.formats.number(main.p_floor, 2),
    )


def counted(visit: Visit, found: Finding) -> str:
    """How many comparison places show at least as much, by the estimate of the sentence."""
    main = headline(found)
    if main is None:
        return ""
    said = visit.words(
        "fixed.placebo",
        extreme=main.at_least_as_large,
        controls=main.places,
        smallest=visit.formats.number(main.p_floor, 2),
    )
    return f"{visit.words('outcomes.placebo_how')} {said}"


def gap(visit: Visit, indicator: str, found: Finding) -> str:
    """The sentence of the event picture: the newest gap, and how many grey lines reach it."""
    events = found.events
    assert events is not None
    last = int(events.gaps.index[-1])
    own, others = float(events.gaps[last]), events.placebos[last]
    small = signed(visit, indicator, own)[1:]
    way = "same" if not any(one in "123456789" for one in small) else "up" if own > 0 else "down"
    points = changed(visit, indicator, own)[1:]
    return visit.words(
        f"outcomes.gap_{way}",
        town=_town(found),
        year=last,
        gap=points,
        larger=int((others.abs() >= abs(own) - 1e-9).sum()),
        all=len(others),
    )


def _who(visit: Visit, indicator: str, found: Finding) -> dict[str, str]:
    return {"indicator": visit.names("indicator", indicator), "town": _town(found)}


def _period(visit: Visit, listed: tuple[int, ...]) -> str:
    key = "outcomes.period_one" if len(listed) == 1 else "outcomes.period_mean"
    return visit.words(key, first=listed[0], last=listed[-1])


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


def panel_table(visit: Visit, indicator: str, found: Finding) -> pd.DataFrame:
    """The panel as a table: places x years, the place itself first; a dash where none is held."""
    return _written(visit, indicator, found.panel)


def gaps_table(visit: Visit, indicator: str, found: Finding) -> pd.DataFrame:
    """The event picture as a table: the place itself, then every placebo."""
    events = found.events
    assert events is not None
    own = pd.DataFrame([events.gaps], index=[found.place])
    return _written(visit, indicator, pd.concat([own, events.placebos]))


def _written(visit: Visit, indicator: str, values: pd.DataFrame) -> pd.DataFrame:
    digits = max(1 if is_count(indicator) else 0, indicator_choice.decimals(indicator))
    table = values.map(lambda value: visit.formats.number(value, digits)).astype(object)
    table.columns = [str(year) for year in table.columns]
    names = [results.place(str(key)).name for key in table.index]
    table.insert(0, visit.words("compare.column_place"), names)
    return table.reset_index(drop=True)


def per_note(visit: Visit, indicator: str) -> str:
    """How a count was turned into a rate, or nothing."""
    if not is_count(indicator):
        return ""
    return visit.words("outcomes.per_note", per=visit.formats.number(PER))
