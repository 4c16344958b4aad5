"""Transfers as a network and as a matrix, each with its table twin."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from views import results, theme
from views.charts.matrix import MatrixCell, matrix_figure
from views.charts.network import Hub, Taker, network_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart
from views.widgets.transfer_head import reading, twin, year_words
from views.widgets.transfer_marks import styles


def network(visit: Visit, rows: pd.DataFrame) -> None:
    """Solutions as hubs, the places around them; a joint decision is one knot."""
    hubs = [_hub(visit, own) for _, own in rows.groupby("solution_id", sort=False)]
    words = {
        "hub": visit.words("transfer.hub"),
        "knot": visit.words("transfer.knot"),
        "same": visit.words("transfer.same_place"),
    }
    figure = network_figure(hubs, styles(visit), words, theme.palette(visit.scheme), visit.lang)
    several = rows.groupby("to_place")["solution_id"].nunique()
    chart.show(
        visit,
        figure,
        key="network",
        reading=f"{reading(visit, rows)} "
        + visit.words("transfer.several", n=int((several > 1).sum())),
        source=_source(visit),
        twin=twin(visit, rows),
    )


def _source(visit: Visit) -> str:
    day = visit.formats.date(results.data_date().isoformat())
    return visit.words("transfer.source", day=day)


def _hub(visit: Visit, own: pd.DataFrame) -> Hub:
    head = own.iloc[0]
    takers = [
        [
            Taker(
                row["to_ags"] or row["to_place"],
                row["state"],
                f"{row['to_place']}\n{row['name']}: {_said(visit, row)}",
            )
            for row in group.sort_values("to_place").to_dict("records")
        ]
        for _, group in own.groupby("decision", sort=True)
    ]
    return Hub(head["solution_id"], head["name"], head["from_place"], takers)


def _said(visit: Visit, row: dict[str, object]) -> str:
    state = visit.words(f"transfer.state.{row['state']}")
    return f"{state}, {year_words(visit, row['year'])}"


def matrix(visit: Visit, rows: pd.DataFrame) -> None:
    """Places below each other, solutions side by side."""
    counts = rows.groupby("to_place")["solution_id"].nunique()
    several = counts[counts > 1]
    whole = several.empty or st.toggle(
        visit.words("transfer.all_places", n=len(counts)), key="transfer_all_places"
    )
    shown = rows if whole else rows[rows["to_place"].isin(several.index)]
    places = sorted(shown["to_place"].unique(), key=str.casefold)
    names = dict(zip(shown["solution_id"], shown["name"], strict=True))
    solutions = sorted(names, key=lambda one: names[one].casefold())
    cells = [
        MatrixCell(
            places.index(row["to_place"]),
            solutions.index(row["solution_id"]),
            row["state"],
            f"{row['to_place']}\n{row['name']}: {_said(visit, row)}",
        )
        for row in shown.to_dict("records")
    ]
    columns = [names[one] for one in solutions]
    colours = theme.palette(visit.scheme)
    figure = matrix_figure(places, columns, cells, styles(visit), colours, visit.lang)
    chart.show(
        visit,
        figure,
        key="matrix",
        reading=_matrix_reading(visit, rows, counts),
        source=_source(visit),
        twin=_cross_table(visit, shown, names),
    )


def _matrix_reading(visit: Visit, rows: pd.DataFrame, counts: pd.Series) -> str:
    if rows["solution_id"].nunique() == 1:
        return reading(visit, rows)
    named = sorted(counts[counts == counts.max()].index)[:3]
    return visit.words(
        "transfer.matrix_reading",
        n=int((counts > 1).sum()),
        places=len(counts),
        most=int(counts.max()),
        named=visit.formats.listing([plain(one) for one in named]),
    )


def _cross_table(visit: Visit, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    said = rows.assign(said=[_said(visit, row) for row in rows.to_dict("records")])
    table = said.pivot_table(
        index="to_place", columns="solution_id", values="said", aggfunc="; ".join
    )
    table = table.rename(columns=names).fillna("")
    table.index.name = visit.words("solution.column_place")
    return table.sort_index(key=lambda keys: keys.str.casefold()).reset_index()
