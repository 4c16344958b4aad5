"""The check of the transfer twins in numbers: did likeness tell who took a solution over?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.twin_check import ScopeResult, TwinCheck
from views import results, theme
from views.charts.range_rows import RangeRow, range_rows
from views.session import Visit
from views.widgets import chart, verdict_words

TOPIC = "twins"
HALF = 0.5


def show(visit: Visit) -> None:
    """The result of the check, also when it is null, with all its rows."""
    check = results.twin_check_result()
    st.subheader(visit.words("twincheck.title"))
    for result in check.results:
        st.markdown(f"- {sentence(visit, result)}")
    shown = [result for result in check.results if result.decisions]
    rows = [
        RangeRow(visit.words(f"twincheck.short_{r.scope}"), r.low, r.high, known=True)
        for r in shown
    ]
    if rows:
        drawn = range_rows(rows, theme.palette(visit.scheme), (HALF,))
        st.image(drawn, width=520, alt=visit.formats.listing([sentence(visit, r) for r in shown]))
    st.caption(
        visit.words(
            "twincheck.note",
            draws=visit.formats.number(check.draws),
            seed=check.seed,
            left_out=check.not_checked,
            date=visit.formats.date(results.data_date().isoformat()),
        )
    )
    chart.twin_table(
        visit, table(visit, check), key="twin_check", title=visit.words("twincheck.title")
    )


def sentence(visit: Visit, result: ScopeResult) -> str:
    """The result against one set of places, in one sentence made from the numbers."""
    scope = visit.words(f"twincheck.scope_{result.scope}")
    if not result.decisions:
        return visit.words("twincheck.nothing", scope=scope)
    key = "twincheck.tells" if result.tells_something else "twincheck.null"
    return visit.words(
        key,
        scope=scope,
        mean=visit.formats.percent(result.mean),
        once=visit.formats.percent(result.mean_of_solutions),
        low=visit.formats.number(result.low * 100),
        high=visit.formats.number(result.high * 100),
        above=result.above_half,
        decisions=result.decisions,
        solutions=result.solutions,
    )


def table(visit: Visit, check: TwinCheck) -> pd.DataFrame:
    """One row per decision: solution, places, share of places farther away."""
    names = verdict_words.names_of_solutions()
    rows = [
        (
            names[row["solution_id"]],
            row["places"],
            visit.formats.percent(row["share_all"]),
            visit.formats.percent(row["share_programme"]),
        )
        for row in check.rows.to_dict("records")
    ]
    heads = ("solution", "places", "all", "programme")
    return pd.DataFrame(rows, columns=[visit.words(f"twincheck.column_{h}") for h in heads])
