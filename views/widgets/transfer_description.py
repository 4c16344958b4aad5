"""Transfers as a described map: what slides and files of the spread are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from analysis.transfers import STATES
from views.maps.description import (
    LegendEntry,
    Line,
    MapDescription,
    SchemeColours,
    Shape,
    Symbol,
)
from views.session import Visit
from views.theme import Scheme
from views.widgets import map_parts
from views.widgets.transfer_head import adopted, year_words
from views.widgets.transfer_marks import FILLINGS, colours

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "operation": "circle",
        "pilot": "circle",
        "announced": "circle",
        "trial": "wedge",
        "ended": "circle",
    }
)


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
            shape=SHAPES[row.state],
            role="mine" if row.to_ags == visit.ags else row.state,
            label=row.to_place,
            size=11.0,
            filled=FILLINGS[row.state] == "full",
            dot=FILLINGS[row.state] == "dot",
            cross=FILLINGS[row.state] == "cross",
        )
        for row in takers.drop_duplicates("to_ags").itertuples(index=False)
    }
    for row in origins.itertuples(index=False):
        role = "mine" if row.from_ags == visit.ags else "origin"
        found[row.from_ags] = Symbol(
            row.from_ags, row.from_lat, row.from_lon, "star", role, row.from_place, 13.0
        )
    return tuple(found.values())


def _lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    return tuple(
        Line(
            (row.from_lat, row.from_lon),
            (row.to_lat, row.to_lon),
            row.state,
            1.4 if row.state == "operation" else 1.1,
            dashed=pd.isna(row.year),
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
        given = visit.words("transfer.note_from", name=name, adopted=adopted(visit, own))
        notes.setdefault(ags, []).insert(0, given)
    return {ags: " ".join(said) for ags, said in notes.items() if ags}


def _legend(visit: Visit, rows: pd.DataFrame) -> tuple[LegendEntry, ...]:
    present = [state for state in STATES if (rows["state"] == state).any()]
    takers = [
        LegendEntry(
            visit.words(f"transfer.state.{state}"),
            "symbol",
            shape=SHAPES[state],
            role=state,
            filled=FILLINGS[state] == "full",
            dot=FILLINGS[state] == "dot",
            cross=FILLINGS[state] == "cross",
        )
        for state in present
    ]
    origin = LegendEntry(visit.words("transfer.origin"), "symbol", shape="star", role="origin")
    undated = _on_map(rows)["year"].isna()
    lines = [
        LegendEntry(visit.words(f"transfer.line_{name}"), "line", role="origin", dashed=dashed)
        for name, dashed in (("dated", False), ("undated", True))
        if (undated == dashed).any()
    ]
    return (origin, *takers, *lines)
