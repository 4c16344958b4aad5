"""Published figures of use: those with several dates as a picture; results apart from plans."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.use_figures import UseSeries, use_groups, use_series
from views import theme
from views.charts.use import UsePoint, use_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart
from views.widgets.solution_head import section
from views.widgets.solution_progress import show_table
from views.widgets.solution_results import of_solution
from views.widgets.solution_sources import age


def show(visit: Visit, row: pd.Series) -> None:
    """Published figures: reached, planned and undated apart."""
    section(visit, "use")
    figures = of_solution("progress", row["solution_id"])
    if figures.empty:
        st.markdown(visit.words("solution.use_none"))
        return
    for number, series in enumerate(use_series(figures)):
        _picture(visit, series, f"use_{number}")
    for name, rows in use_groups(figures):
        st.subheader(visit.words(f"solution.use_{name}"), anchor=False)
        title = visit.words(f"solution.use_{name}")
        show_table(visit, _table(visit, rows), f"use_{name}", title)
    st.caption(visit.words("solution.use_caution"))


def _picture(visit: Visit, series: UseSeries, key: str) -> None:
    """One measure over time: marks where something is published, nothing between them."""
    rows = series.rows
    measure = visit.names("progress_measure", series.measure)
    unit = visit.names("progress_unit", series.unit)
    values = [_value(visit, value) for value in rows["value"]]
    dates = [visit.formats.date(date) for date in rows["date"]]
    said = [
        visit.words("solution.use_value", value=value, date=date)
        for value, date in zip(values, dates, strict=True)
    ]
    points = [
        UsePoint(first, last, middle, value, text, f"{measure}\n{hover}")
        for first, last, middle, value, text, hover in zip(
            rows["first_day"],
            rows["last_day"],
            rows["middle"],
            rows["value"],
            values,
            said,
            strict=True,
        )
    ]
    spans = (rows["first_day"] != rows["last_day"]).any()
    inexact = visit.words("solution.use_inexact") if spans else ""
    chart.show(
        visit,
        use_figure(points, unit, theme.palette(visit.scheme), visit.lang),
        key=key,
        reading=visit.words(
            "solution.use_reading",
            n=len(rows),
            measure=f"**{plain(measure[:1].upper() + measure[1:])}**",
            place=plain(series.place),
            values=visit.formats.listing(said),
        ),
        source=f"{visit.words('solution.use_source', unit=unit)} {inexact}".strip(),
        twin=_table(visit, rows),
    )


def _table(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("solution.column_value"): [
                figure_words(visit, value, unit)
                for value, unit in zip(rows["value"], rows["unit"], strict=True)
            ],
            visit.words("solution.column_as_of"): [age(visit, one) for one in rows["date"]],
            visit.words("solution.column_measure"): [
                visit.names("progress_measure", one) for one in rows["measure"]
            ],
            visit.words("solution.column_place"): rows["municipality"],
            visit.words("common.source"): rows["source_url"],
            visit.words("solution.column_note"): rows["note"],
        }
    )


def figure_words(visit: Visit, value: float, unit: str) -> str:
    """A published figure with its unit, in the singular for one where a word is known."""
    single = value == 1 and unit in visit.names.ids("progress_unit_one")
    word = visit.names("progress_unit_one" if single else "progress_unit", unit)
    return visit.formats.value(value, word, _decimals(value))


def _value(visit: Visit, value: float) -> str:
    return visit.formats.number(value, _decimals(value))


def _decimals(value: float) -> int:
    return 0 if float(value).is_integer() else 1
