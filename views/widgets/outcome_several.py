"""All places with one solution, each against places that have not started yet or never did."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from analysis.outcome import SeveralAdopters
from views import results
from views.session import Visit
from views.widgets import chart, outcome_words


def show(visit: Visit, indicator: str, found: SeveralAdopters) -> dict[str, pd.DataFrame]:
    """How many rose and fell, the mean from five places on, and every place in the table."""
    st.subheader(visit.words("outcomes.several"))
    reading = visit.words(
        "outcomes.several_reading", n=len(found.table), risen=found.risen, fallen=found.fallen
    )
    st.markdown(reading)
    if not math.isnan(found.mean):
        st.markdown(
            visit.words(
                "outcomes.several_mean",
                mean=outcome_words.changed(visit, indicator, found.mean),
                share=visit.formats.percent(found.permutation_p),
                n=visit.formats.number(found.permutations),
            )
        )
    st.caption(visit.words("outcomes.several_few"))
    table = _table(visit, indicator, found)
    chart.twin_table(visit, table, key="outcome_several", title=reading)
    return {"all_places_with_the_solution": table}


def _table(visit: Visit, indicator: str, found: SeveralAdopters) -> pd.DataFrame:
    rows = found.table.sort_values("start", kind="stable")
    words = visit.words
    return pd.DataFrame(
        {
            words("compare.column_place"): [results.place(str(key)).name for key in rows.index],
            words("outcomes.column_start"): [str(year) for year in rows["start"]],
            words("outcomes.column_difference"): [
                outcome_words.changed(visit, indicator, float(one)) for one in rows["effect"]
            ],
            words("outcomes.column_years"): [
                f"{before} / {after}"
                for before, after in zip(rows["years_before"], rows["years_after"], strict=True)
            ],
            words("outcomes.column_controls"): [int(one) for one in rows["controls"]],
        }
    )
