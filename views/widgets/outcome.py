"""What changed where a solution runs, beside places without it: at the rung the data allow."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis.outcome import (
    DifferenceInDifferences,
    Level,
    SeveralAdopters,
    SyntheticStudy,
    expected_false_alarms,
    holm,
)
from views import results, session, theme
from views.charts.event import EventWords, event_figure
from views.session import Visit
from views.texts import plain
from views.widgets import (
    chart,
    frame,
    indicator_choice,
    long_work,
    outcome_results,
    outcome_several,
    outcome_words,
)
from views.widgets.comparison_series import breaks
from views.widgets.outcome_choice import Asked
from views.widgets.outcome_results import PANDEMIC, PLACEBO_TESTS, Finding


def show(visit: Visit, asked: Asked) -> tuple[dict[str, pd.DataFrame], int]:
    """The answer, its picture and its limits; gives tables and number of comparisons."""
    if asked.start is None:
        st.info(visit.words("outcomes.no_start"))
        _offer_template(visit, asked)
        return {}, 0
    if asked.indicator not in set(session.table("indicators")["indicator_id"]):
        _not_held(visit, asked)
        return {}, 0
    unfunded = st.toggle(
        visit.words("outcomes.unfunded"),
        key="outcome_unfunded",
        value=session.asked("unfunded") == "1",
    )
    session.address(unfunded="1" if unfunded else "")
    place, year = asked.start.place, asked.start.year
    question = (asked.solution, asked.indicator, place, year)
    found = long_work.run(
        visit,
        "outcome",
        (*question, unfunded, visit.version),
        lambda report: outcome_results.finding(*question, unfunded=unfunded, report=report),
        visit.words("outcomes.computing"),
    )
    if found is None:
        st.caption(visit.words("fixed.change"))
        return {}, 0
    _answer(visit, asked, found)
    _missing(visit, asked, found)
    tables = {"panel": _inputs(visit, asked, found)}
    if found.events is not None:
        tables |= _picture(visit, asked, found)
    tables |= _calm(visit, asked, found, unfunded)
    tables |= _numbers(visit, asked, found)
    several = outcome_results.several(asked.solution, asked.indicator)
    tests, compared = _tests(visit, asked, found, unfunded, several)
    tables |= tests
    if several is not None:
        tables |= outcome_several.show(visit, asked.indicator, several)
    return tables, compared


def _inputs(visit: Visit, asked: Asked, found: Finding) -> pd.DataFrame:
    """Every value that enters, the comparison places by name."""
    table = outcome_words.panel_table(visit, asked.indicator, found)
    with st.expander(visit.words("fixed.provenance_inputs"), icon=":material/table:"):
        reading = visit.words("outcomes.inputs_reading", n=len(table) - 1)
        st.markdown(reading)
        chart.table(visit, table, key="outcome_inputs", title=reading)
    return table


def _answer(visit: Visit, asked: Asked, found: Finding) -> None:
    """The sentence of the rung reached, the ladder, and what would lift it."""
    with st.container(border=True, key="card_outcome_answer"):
        st.markdown(f"**{outcome_words.sentence(visit, asked.indicator, found)}**")
        rung = outcome_words.rung(visit, found.claim)
        st.markdown(visit.words("outcomes.rung", rung=rung))
        if lifted := outcome_words.lift(visit, found.claim):
            st.markdown(f":material/stairs: {lifted}")
        st.caption(visit.words("fixed.change"))
        if counted := outcome_words.counted(visit, found):
            st.caption(counted)
        did = found.change
        if did is not None and did.gap_was_moving and did.panel.pre > 1:
            st.warning(visit.words("outcomes.was_moving"), icon=":material/trending_up:")
        start = asked.start
        if start is not None:
            st.caption(visit.words("outcomes.start", year=start.year, first=start.first_full_year))
    for fault in found.faults:
        st.info(outcome_words.fault(visit, fault), icon=":material/info:")
    _say_breaks(visit, asked, found)
    if len(found.panel) == 1:
        st.info(visit.words("outcomes.no_comparison"))
    if note := outcome_words.per_note(visit, asked.indicator):
        st.caption(note)


def _say_breaks(visit: Visit, asked: Asked, found: Finding) -> None:
    """A change of source or territory inside the series weakens every comparison over it."""
    rows = results.series(asked.indicator, (found.place,))
    for one in breaks(rows):
        if one.reason != "gap":
            words = {"before": one.before[:4], "after": one.after[:4]}
            st.warning(
                visit.words(f"outcomes.break_{one.reason}", **words), icon=":material/call_split:"
            )


def _missing(visit: Visit, asked: Asked, found: Finding) -> None:
    """Years without a value, and the template to hand them in."""
    own = found.panel.loc[found.place].dropna()
    newest = results.data_date().year - 1
    held = {int(year) for year in own.index}
    first = min(held, default=found.first_year - 5)
    years = [year for year in range(min(first, newest), newest + 1) if year not in held]
    if years:
        town = plain(results.place(found.place).name)
        listed = visit.formats.listing([str(year) for year in years])
        st.markdown(visit.words("outcomes.missing_years", town=town, years=listed))
        _template_link(visit, asked)


def _not_held(visit: Visit, asked: Asked) -> None:
    st.info(visit.words("outcomes.nothing_held"))
    _offer_template(visit, asked)


def _offer_template(visit: Visit, asked: Asked) -> None:
    st.caption(visit.words("fixed.change"))
    _template_link(visit, asked)


def _template_link(visit: Visit, asked: Asked) -> None:
    frame.page_link(
        visit,
        "upload",
        visit.words("outcomes.template"),
        icon=":material/upload_file:",
        indicator=asked.indicator,
    )


def _picture(visit: Visit, asked: Asked, found: Finding) -> dict[str, pd.DataFrame]:
    st.header(visit.words("outcomes.picture"))
    events = found.events
    assert events is not None
    name = results.place(found.place).name
    table = outcome_words.gaps_table(visit, asked.indicator, found)
    chart.show(
        visit,
        event_figure(
            events.gaps,
            events.placebos,
            found.first_year,
            PANDEMIC,
            EventWords(
                name,
                visit.words("outcomes.grey"),
                visit.words("outcomes.start_mark", year=found.first_year),
                visit.words("outcomes.pandemic"),
                visit.words("outcomes.gap_axis", unit=outcome_words.unit(visit, asked.indicator)),
            ),
            theme.palette(visit.scheme),
            visit.lang,
        ),
        key="outcome_event",
        reading=outcome_words.gap(visit, asked.indicator, found),
        source=indicator_choice.source_line(visit, asked.indicator, _sources(asked, found)),
        twin=table,
    )
    return {"gaps": table}


def _sources(asked: Asked, found: Finding) -> list[str]:
    rows = results.series(asked.indicator, tuple(str(key) for key in found.panel.index))
    return sorted(set(rows["source"]))


def _calm(visit: Visit, asked: Asked, found: Finding, unfunded: bool) -> dict[str, pd.DataFrame]:
    """The same question without the pandemic years, at its own rung."""
    start = asked.start
    assert start is not None
    calm = outcome_results.finding(
        asked.solution, asked.indicator, start.place, start.year, unfunded=unfunded, calm=True
    )
    held = calm.panel.loc[calm.place].notna()
    st.subheader(visit.words("outcomes.calm"))
    own = found.panel.loc[found.place].dropna()
    if held.any() and not {int(year) for year in own.index} & set(PANDEMIC):
        town = plain(results.place(found.place).name)
        st.markdown(visit.words("outcomes.calm_same", town=town))
        return {}
    if not held.any():
        st.markdown(visit.words("outcomes.calm_none"))
        return {}
    st.markdown(outcome_words.sentence(visit, asked.indicator, calm))
    return {"panel_without_2020_2022": outcome_words.panel_table(visit, asked.indicator, calm)}


def _numbers(visit: Visit, asked: Asked, found: Finding) -> dict[str, pd.DataFrame]:
    """At level 2 every estimate beside the others: none is the right one."""
    if found.claim.level < Level.HISTORY or found.change is None or found.synthetic is None:
        return {}
    did, study = found.change, found.synthetic
    rows = [("did", did.effect, did.placebo_p, did.p_floor)]
    rows.append(("synthetic", study.control.effect, study.placebo_p, study.p_floor))
    if found.sdid is not None and found.placebos is not None:
        rows.append(("sdid", found.sdid.effect, found.placebos.placebo_p, found.placebos.p_floor))
    if found.ancova is not None:
        rows.append(("ancova", found.ancova.effect, math.nan, math.nan))
    table = pd.DataFrame(
        {
            visit.words("outcomes.column_way"): [
                visit.words(f"outcomes.way_{way}") for way, *_ in rows
            ],
            visit.words("outcomes.column_difference"): [
                outcome_words.changed(visit, asked.indicator, effect) for _, effect, *_ in rows
            ],
            visit.words("outcomes.column_p"): [visit.formats.number(p, 2) for *_, p, _ in rows],
            visit.words("outcomes.column_floor"): [
                visit.formats.number(floor, 2) for *_, floor in rows
            ],
        }
    )
    st.subheader(visit.words("outcomes.ways"))
    st.markdown(visit.words("outcomes.ways_reading"))
    chart.table(visit, table, key="outcome_ways", title=visit.words("outcomes.ways"))
    st.caption("  \n".join(_remarks(visit, asked, found, did, study)))
    return {"estimates": table}


def _remarks(
    visit: Visit, asked: Asked, found: Finding, did: DifferenceInDifferences, study: SyntheticStudy
) -> list[str]:
    """What to know about the estimates: range, places they are made of, where they are weak."""
    lines = []
    if not math.isnan(did.low):
        low = outcome_words.signed(visit, asked.indicator, did.low)
        high = outcome_words.changed(visit, asked.indicator, did.high)
        lines.append(visit.words("outcomes.range", low=low, high=high))
    if found.ancova is not None and found.ancova.disagrees:
        lines.append(visit.words("outcomes.weak_starters"))
    used = [plain(results.place(key).name) for key in study.control.active[:8]]
    lines.append(visit.words("outcomes.made_of", places=visit.formats.listing(used)))
    if study.control.not_unique:
        lines.append(visit.words("outcomes.not_unique"))
    if not math.isnan(study.in_time_effect):
        moved = outcome_words.changed(visit, asked.indicator, study.in_time_effect)
        lines.append(visit.words("outcomes.in_time", effect=moved))
    return lines


def _tests(
    visit: Visit,
    asked: Asked,
    found: Finding,
    unfunded: bool,
    several: SeveralAdopters | None,
) -> tuple[dict[str, pd.DataFrame], int]:
    """The same place and start with indicators no solution aims at: the alarm of the method."""
    shown = [(asked.indicator, found), *_placebo_tests(asked, unfunded)]
    p_values = [_headline_p(one) for _, one in shown]
    known = [p for p in p_values if not math.isnan(p)]
    corrected = iter(holm(known)) if known else iter(())
    table = pd.DataFrame(
        {
            visit.words("outcomes.column_indicator"): [
                visit.names("indicator", one) for one, _ in shown
            ],
            visit.words("outcomes.column_rung"): [
                outcome_words.rung(visit, one.claim) for _, one in shown
            ],
            visit.words("outcomes.column_p"): [visit.formats.number(p, 2) for p in p_values],
            visit.words("outcomes.column_holm"): [
                "–" if math.isnan(p) else visit.formats.number(float(next(corrected)), 2)
                for p in p_values
            ],
        }
    )
    compared = max(1, sum(one.claim.level >= Level.CHANGE for _, one in shown))
    compared += 0 if several is None else len(several.table)
    st.header(visit.words("outcomes.tests"))
    reading = visit.words(
        "outcomes.tests_reading",
        n=compared,
        alarms=visit.formats.number(expected_false_alarms(compared), 1),
    )
    st.markdown(reading)
    # Below level 2 no share is given: two columns of dashes would say nothing.
    shown_columns = table if known else table.iloc[:, :2]
    chart.table(visit, shown_columns, key="outcome_tests", title=reading)
    return {"tests": table}, compared


def _placebo_tests(asked: Asked, unfunded: bool) -> list[tuple[str, Finding]]:
    """Indicators no solution aims at, where the place is a district."""
    start = asked.start
    assert start is not None
    if len(start.place) != 5:
        return []
    return [
        (
            one,
            outcome_results.finding(
                asked.solution, one, start.place, start.year, unfunded=unfunded
            ),
        )
        for one in PLACEBO_TESTS
        if one != asked.indicator and results.periods(one, "district")
    ]


def _headline_p(found: Finding) -> float:
    """The p-value of the sentence; below level 2 there is none."""
    main = outcome_results.headline(found)
    if main is None or found.claim.level < Level.HISTORY:
        return math.nan
    return main.placebo_p
