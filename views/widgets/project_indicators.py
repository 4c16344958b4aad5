"""Official outcome indicators of the members' districts, as ranges with date; no effect claimed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from views import results, session, theme
from views.charts.ranges import RangeRow, spans_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, comparison, indicator_choice, project_results
from views.widgets.kept_choice import known

DEFAULT = "cars_per_1000"
OUTCOME = "outcome"


def show(visit: Visit, projects: Sequence[str]) -> None:
    """Choice of an outcome indicator, then the projects' ranges beside all districts."""
    st.header(visit.words("project.indicators_title"), anchor="indicators")
    st.markdown(visit.words("project.indicators_how"))
    indicator = _choose(visit)
    if not indicator:
        st.info(visit.words("project.indicators_missing"))
        return
    period = indicator_choice.latest_period(indicator, "district")
    values = results.values(indicator, period, "district").set_index("ags")
    rows = [_row(visit, indicator, one, values) for one in projects]
    known_rows = [row for row in rows if row is not None]
    source = indicator_choice.source_line(visit, indicator, sorted(set(values["source"])))
    twin = _twin(visit, indicator, period, projects, values)
    if not known_rows:
        st.info(visit.words("project.indicators_none"))
        chart.twin_table(visit, twin, key="project_indicators", title=source)
        return
    spread = results.statistics(indicator, period, "district")
    band = (spread.q1, spread.q3, visit.words("project.band"))
    colours = theme.palette(visit.scheme)
    unit = indicator_choice.unit(visit, indicator)
    chart.show(
        visit,
        spans_figure(known_rows, band, unit, colours, visit.lang),
        key="project_indicators",
        reading=visit.words(
            "project.indicators_reading",
            name=plain(visit.names("indicator", indicator)),
            period=visit.formats.date(period),
            rows="; ".join(f"{plain(row.name)}: **{row.text}**" for row in known_rows),
            q1=indicator_choice.amount(visit, indicator, spread.q1),
            q3=indicator_choice.amount(visit, indicator, spread.q3),
        ),
        source=f"{source}  \n{visit.words('project.no_effect')}",
        twin=twin,
    )


def _choose(visit: Visit) -> str:
    """The outcome indicator chosen; empty when none is held."""
    held = results.holdings()
    here = held[(held["level"] == "district") & (held["values"] > 0)]
    catalogue = session.table("indicators").set_index("indicator_id")["kind"]
    ids = [one for one in here["indicator"] if catalogue.get(one) == OUTCOME]
    ids.sort(key=lambda one: visit.names("indicator", one).casefold())
    if not ids:
        return ""
    first = DEFAULT if DEFAULT in ids else ids[0]
    kept = known(visit, "outcome", session.kept("outcome", first), ids) or first
    chosen = st.selectbox(
        visit.words("project.indicator"),
        ids,
        index=ids.index(kept),
        format_func=lambda one: visit.names("indicator", one),
        key="project_outcome",
        width=420,
    )
    session.keep("outcome", chosen)
    return str(chosen)


def _row(visit: Visit, indicator: str, project: str, values: pd.DataFrame) -> RangeRow | None:
    own = values["value"].reindex(project_results.districts(project)).dropna()
    row = project_results.project(project)
    if own.empty or row is None:
        return None
    digits = indicator_choice.decimals(indicator)
    ends = [visit.formats.number(end, digits) for end in (own.min(), own.max())]
    text = ends[0] if len(own) == 1 else visit.words("progress.from_to", low=ends[0], high=ends[1])
    return RangeRow(
        project_results.short_name(row["name_de"]), float(own.min()), float(own.max()), text
    )


def _twin(
    visit: Visit, indicator: str, period: str, projects: Sequence[str], values: pd.DataFrame
) -> pd.DataFrame:
    labels = comparison.district_labels(visit)
    digits = indicator_choice.decimals(indicator)
    records = []
    for project in projects:
        row = project_results.project(project)
        for ags in project_results.districts(project):
            value = values["value"].get(ags, float("nan"))
            kind = values["missing"].get(ags, "")
            absent = visit.names("missing", kind) if kind else visit.words("common.not_reported")
            records.append(
                {
                    visit.words("projects.column_name"): "" if row is None else row["name_de"],
                    visit.words("project.column_district"): labels.get(ags, ags),
                    indicator_choice.unit(visit, indicator): absent
                    if pd.isna(value)
                    else visit.formats.number(value, digits),
                    visit.words("solution.column_as_of"): visit.formats.date(period),
                }
            )
    return pd.DataFrame(records)
