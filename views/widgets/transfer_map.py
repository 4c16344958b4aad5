"""Transfers on the map: an arrow per transfer, by year, and what the place picked took."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from views import results, session
from views.maps.description import LegendEntry, Line, MapDescription, SchemeColours, Symbol
from views.session import Visit
from views.texts import plain
from views.theme import Scheme
from views.widgets import chart, frame, map_parts
from views.widgets.map import show_map
from views.widgets.solution_sources import source_note
from views.widgets.transfer_head import SHAPES, STATES, colours, reading, twin, year_words

MAP_HEIGHT = 560
ALL_YEARS = "all"
PICKED = "transfer_place"


def show(visit: Visit, rows: pd.DataFrame) -> None:
    """Year, sentence, map, the place picked, what is not on the map, table."""
    year = _year(visit, rows)
    shown = rows if year == ALL_YEARS else rows[rows["year"] <= int(year)]
    st.markdown(f"{reading(visit, shown)} {_until(visit, rows, year)}".strip())
    picked = session.kept(PICKED, visit.ags)
    chosen = show_map(description(visit, shown, picked), key="transfer_map", height=MAP_HEIGHT)
    if chosen and chosen != picked:
        session.keep(PICKED, chosen)
        st.rerun()
    _picked_place(visit, shown, picked)
    with st.container(key="fine_transfer_map"):
        st.caption(_without(visit, shown))
        day = visit.formats.date(results.data_date().isoformat())
        st.caption(visit.words("transfer.source", day=day))
    chart.twin_table(visit, twin(visit, shown), key="transfer", title=reading(visit, shown))


def _year(visit: Visit, rows: pd.DataFrame) -> str:
    dated = rows["year"].dropna().astype(int).tolist()
    if len(set(dated)) < 2:
        return ALL_YEARS
    years = [str(year) for year in range(min(dated), max(dated) + 1)]
    options = [*years, ALL_YEARS]
    asked = session.kept("until", ALL_YEARS)
    chosen = st.select_slider(
        visit.words("transfer.until"),
        options,
        value=asked if asked in options else ALL_YEARS,
        format_func=lambda one: visit.words("transfer.all_years") if one == ALL_YEARS else one,
        key=f"transfer_until_{years[0]}_{years[-1]}",
    )
    session.keep("until", "" if chosen == ALL_YEARS else str(chosen))
    return str(chosen)


def _until(visit: Visit, rows: pd.DataFrame, year: str) -> str:
    undated = int(rows["year"].isna().sum())
    if not undated:
        return ""
    key = "transfer.undated_in" if year == ALL_YEARS else "transfer.undated_out"
    return visit.words(key, n=undated)


def description(visit: Visit, rows: pd.DataFrame, picked: str) -> MapDescription:
    """Origins, takers by state and arrows between them."""
    words = map_parts.words(
        visit, visit.words("transfer.map_label"), visit.words("transfer.legend"), ""
    )
    return MapDescription(
        lang=visit.lang,
        words=words,
        light=_scheme("light"),
        dark=_scheme("dark"),
        areas=map_parts.layer("states"),
        symbols=_symbols(visit, rows),
        lines=_lines(rows),
        notes=_notes(visit, rows),
        legend=_legend(visit, rows),
        selected=picked,
    )


def _scheme(scheme: Scheme) -> SchemeColours:
    base = map_parts.colours(scheme, 0)
    marks = {**base.marks, **colours(scheme), "origin": base.ink}
    return replace(base, marks=marks)


def _on_map(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.dropna(subset=["from_lat", "to_lat"])


def _symbols(visit: Visit, rows: pd.DataFrame) -> tuple[Symbol, ...]:
    """Takers by their strongest state, origins above them."""
    rank = {state: number for number, state in enumerate(STATES)}
    takers = rows.dropna(subset=["to_lat"])
    takers = takers.assign(rank=takers["state"].map(rank)).sort_values("rank")
    origins = rows.dropna(subset=["from_lat"]).drop_duplicates("from_ags")
    found = {
        row.to_ags: Symbol(
            ags=row.to_ags,
            lat=row.to_lat,
            lon=row.to_lon,
            shape=SHAPES[row.state][0],
            role="mine" if row.to_ags == visit.ags else row.state,
            label=row.to_place,
            size=10.0,
            filled=SHAPES[row.state][1],
        )
        for row in takers.drop_duplicates("to_ags").itertuples(index=False)
    }
    for row in origins.itertuples(index=False):
        role = "mine" if row.from_ags == visit.ags else "origin"
        found[row.from_ags] = Symbol(
            row.from_ags, row.from_lat, row.from_lon, "square", role, row.from_place, 13.0
        )
    return tuple(found.values())


def _lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    return tuple(
        Line(
            (row.from_lat, row.from_lon),
            (row.to_lat, row.to_lon),
            row.state,
            1.4 if row.state == "operation" else 1.1,
            dashed=row.state != "operation",
        )
        for row in _on_map(rows).itertuples(index=False)
        if str(row.from_ags) != str(row.to_ags)
    )


def _notes(visit: Visit, rows: pd.DataFrame) -> dict[str, str]:
    """What a place took, and what was taken from it, after its name."""
    notes: dict[str, list[str]] = {}
    for row in rows.itertuples(index=False):
        state = visit.words(f"transfer.state.{row.state}")
        said = visit.words(
            "transfer.note_to",
            name=row.name,
            origin=row.from_place,
            state=state,
            year=year_words(visit, row.year),
        )
        notes.setdefault(row.to_ags, []).append(said)
    for (ags, name), own in rows.groupby(["from_ags", "name"], sort=False):
        given = visit.words("transfer.note_from", name=name, n=own["decision"].nunique())
        notes.setdefault(ags, []).insert(0, given)
    return {ags: " ".join(said) for ags, said in notes.items() if ags}


def _legend(visit: Visit, rows: pd.DataFrame) -> tuple[LegendEntry, ...]:
    present = [state for state in STATES if (rows["state"] == state).any()]
    takers = [
        LegendEntry(
            visit.words(f"transfer.state.{state}"),
            "symbol",
            shape=SHAPES[state][0],
            role=state,
            filled=SHAPES[state][1],
        )
        for state in present
    ]
    origin = LegendEntry(visit.words("transfer.origin"), "symbol", shape="square", role="origin")
    solid = LegendEntry(visit.words("transfer.line_running"), "line", role="operation")
    dashed = LegendEntry(visit.words("transfer.line_other"), "line", role="pilot", dashed=True)
    return (origin, *takers, solid, dashed)


def _picked_place(visit: Visit, rows: pd.DataFrame, picked: str) -> None:
    took = rows[rows["to_ags"] == picked] if picked else rows.head(0)
    gave = rows[rows["from_ags"] == picked] if picked else rows.head(0)
    if took.empty and gave.empty:
        st.caption(visit.words("transfer.hint"))
        return
    place = gave["from_place"].iloc[0] if took.empty else took["to_place"].iloc[0]
    with st.container(border=True, key="card_transfer_place"):
        st.markdown(f"**{plain(place)}**")
        for row in took.to_dict("records"):
            said = visit.words(
                "transfer.note_to",
                name=plain(row["name"]),
                origin=plain(row["from_place"]),
                state=visit.words(f"transfer.state.{row['state']}"),
                year=year_words(visit, row["year"]),
            )
            st.markdown(f"{said} {source_note(visit, row['evidence_url'], '')}")
        for _, own in gave.groupby("solution_id", sort=False):
            n = own["decision"].nunique()
            st.markdown(visit.words("transfer.note_from", name=plain(own["name"].iloc[0]), n=n))
        solutions = {*took["solution_id"], *gave["solution_id"]}
        names = dict(zip(rows["solution_id"], rows["name"], strict=True))
        with st.container(horizontal=True):
            for solution in sorted(solutions, key=names.__getitem__):
                frame.page_link(visit, "solution", plain(names[solution]), solution=solution)


def _without(visit: Visit, rows: pd.DataFrame) -> str:
    """Places that have no official key, and solutions without one place of origin."""
    places = rows.loc[rows["to_lat"].isna(), "to_place"].unique()
    solutions = rows.loc[rows["from_lat"].isna(), "name"].unique()
    parts = []
    if len(places):
        named = visit.formats.listing([plain(one) for one in places])
        parts.append(visit.words("transfer.without_place", n=len(places), places=named))
    if len(solutions):
        named = visit.formats.listing([plain(one) for one in solutions])
        parts.append(visit.words("transfer.without_origin", solutions=named))
    parts.append(visit.words("transfer.first_origin"))
    return " ".join(parts)
