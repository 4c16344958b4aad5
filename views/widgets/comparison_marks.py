"""Years marked in the series: the model project's start, and the start of a chosen solution."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from views import results, session
from views.charts.series import Mark
from views.session import Visit
from views.widgets import verdict_words
from views.widgets.comparison import district_label

SOLUTION = "solution"


def marks(visit: Visit, towns: tuple[str, ...]) -> tuple[Mark, ...]:
    """Marks of the first place drawn, and the choice of the solution to mark."""
    if not towns:
        return ()
    place, starts = towns[0], _solution_starts()
    here = starts[starts["district"] == place].drop_duplicates("solution_id")
    found = [
        Mark(year, visit.words("compare.mark_project", place=district_label(visit, place)))
        for year in _project_starts(place)
    ]
    if here.empty:
        return tuple(found)
    names = verdict_words.names_of_solutions()
    years = dict(zip(here["solution_id"], here["year"], strict=True))
    asked = session.asked(SOLUTION)
    options = ["", *sorted(years, key=names.__getitem__)]
    chosen = st.selectbox(
        visit.words("compare.mark_choose", place=district_label(visit, place)),
        options,
        index=options.index(asked) if asked in options else 0,
        format_func=lambda one: names[one] if one else visit.words("compare.mark_none"),
        key=f"mark_{place}",
        width=420,
    )
    session.address(**{SOLUTION: chosen})
    if chosen:
        found.append(
            Mark(int(years[chosen]), visit.words("compare.mark_solution", name=names[chosen]))
        )
    return tuple(found)


def _project_starts(district: str) -> list[int]:
    """Published start years of the model projects a district or its municipalities are in."""
    parts = session.table("participations")
    ids = set(parts.loc[parts["ags"].astype(str).str[:5] == district, "project_id"])
    projects = session.table("model_projects")
    years = projects.loc[projects["project_id"].isin(ids), "start_year"].dropna()
    return sorted({int(year) for year in years})


def _solution_starts() -> pd.DataFrame:
    """Solution, district and known year of the start there."""
    table = results.deployments("municipality")
    started = session.table("solutions").set_index("solution_id")["start_year"]
    at_origin = table["solution_id"].map(started).where(table["role"] == "origin")
    year = table["year"].fillna(at_origin)
    found = table.assign(year=year, district=table["ags"].str[:5])
    return found[found["year"].notna() & (found["ags"] != "")]
