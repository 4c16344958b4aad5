"""Series of several places over time, with breaks drawn as breaks and a band of all others."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from views.charts.base import empty_figure, harmless
from views.theme import SMALL_TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_MARK_SHARE = 0.13
_MARK_WIDTH = 22


@dataclass(frozen=True)
class PlaceLine:
    """One place of the chart.

    Attributes:
        name: shown at the line's end and in the legend.
        rows: one row per period, columns ``period`` (ISO text), ``value`` (NaN breaks the line).
        colour, dash, width: how the line is told apart.
    """

    name: str
    rows: pd.DataFrame
    colour: str
    dash: str
    width: float


@dataclass(frozen=True)
class Band:
    """Range of the comparison group: columns ``period``, ``q1``, ``median``, ``q3``."""

    name: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Mark:
    """A year marked by an upright line and words."""

    year: int
    label: str


def series_figure(
    lines: Sequence[PlaceLine],
    band: Band | None,
    unit: str,
    colours: Palette,
    lang: str,
    marks: Sequence[Mark] = (),
) -> Figure:
    """Lines of the places over the band of all comparable places.

    Args:
        lines: places in the order of the legend.
        band: middle half and median of all places of the level, or ``None``.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
        marks: years to mark, such as the start of a project.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang)
    if band is not None and not band.rows.empty:
        _add_band(figure, band, colours)
    for line in lines:
        figure.add_trace(
            go.Scatter(
                x=_as_dates(line.rows["period"]),
                y=line.rows["value"],
                name=harmless(line.name),
                mode="lines+markers",
                connectgaps=False,
                line={"color": line.colour, "dash": line.dash, "width": line.width},
                marker={"size": 6},
                hovertemplate="%{x|%Y}: <b>%{y}</b><extra>" + harmless(line.name) + "</extra>",
            )
        )
    figure.update_yaxes(title={"text": harmless(unit), "standoff": 6})
    figure.update_xaxes(tickformat="%Y")
    figure.update_layout(hovermode="closest")
    if marks:
        _make_room(figure, lines, band, len(marks))
    for row, mark in enumerate(marks):
        add_mark(figure, mark, row, _is_late(mark, lines), colours)
    return figure


def add_mark(figure: Figure, mark: Mark, row: int, is_late: bool, colours: Palette) -> None:
    """An upright line in the middle of a year, since only the year is known, and its words.

    Args:
        figure: takes the mark.
        mark: year and words.
        row: how many marks stand below.
        is_late: in the right half of the years, where the words stand to the left.
        colours: palette of the scheme.
    """
    day = f"{mark.year}-07-01"
    figure.add_vline(x=day, line={"color": colours.muted, "dash": "dot", "width": 1.5})
    figure.add_annotation(
        x=day,
        y=_MARK_SHARE * row,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if is_late else "left",
        align="right" if is_late else "left",
        text="<br>".join(textwrap.wrap(harmless(mark.label), _MARK_WIDTH)),
        showarrow=False,
        font={"color": colours.muted, "size": SMALL_TEXT_SIZE},
    )


def _is_late(mark: Mark, lines: Sequence[PlaceLine]) -> bool:
    years = [int(period[:4]) for line in lines for period in line.rows["period"]]
    return not years or mark.year > (min(years) + max(years)) / 2


def _make_room(figure: Figure, lines: Sequence[PlaceLine], band: Band | None, marks: int) -> None:
    """Lower the axis, so that the words of the marks cover no line."""
    ends = [line.rows["value"] for line in lines]
    ends += [band.rows[end] for end in ("q1", "q3")] if band is not None else []
    values = pd.concat(ends).dropna().astype(float)
    if values.empty or values.min() == values.max():
        return
    low, high = float(values.min()), float(values.max())
    share = _MARK_SHARE * marks
    below = (high - low) * 1.05 * share / (1 - share)
    figure.update_yaxes(range=[low - below, high + (high - low) * 0.05])


def bars_figure(lines: Sequence[PlaceLine], unit: str, colours: Palette, lang: str) -> Figure:
    """One time point: bars with their values, since one point is no development.

    Args:
        lines: places with one row each; a missing value leaves the bar out.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=120 + 44 * len(lines))
    names = [harmless(line.name) for line in lines]
    values = [line.rows["value"].max() if len(line.rows) else None for line in lines]
    figure.add_trace(
        go.Bar(
            x=values,
            y=names,
            orientation="h",
            marker={"color": [line.colour for line in lines]},
            texttemplate="%{x:,~f}",
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: <b>%{x:,~f}</b><extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(
        title={"text": harmless(unit)}, rangemode="tozero", showgrid=True, tickformat=",~f"
    )
    figure.update_layout(margin={"l": 8, "r": 60, "t": 8, "b": 8})
    return figure


def _add_band(figure: Figure, band: Band, colours: Palette) -> None:
    """The range as one area per stretch of years; a year on its own is an upright bar."""
    import plotly.graph_objects as go

    for number, stretch in enumerate(_stretches(band.rows)):
        dates = list(_as_dates(stretch["period"]))
        low, high = list(stretch["q1"]), list(stretch["q3"])
        alone = len(dates) == 1
        figure.add_trace(
            go.Scatter(
                x=dates * 2 if alone else [*dates, *reversed(dates)],
                y=[*low, *high] if alone else [*high, *reversed(low)],
                mode="lines",
                line={"color": colours.grid, "width": 10 if alone else 0},
                fill=None if alone else "toself",
                fillcolor=colours.grid,
                name=harmless(band.name),
                legendgroup="band",
                showlegend=number == 0,
                hoverinfo="skip",
            )
        )


def _stretches(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows cut where years are left out."""
    years = rows["period"].str[:4].astype(int)
    steps = years.diff()
    usual = steps[steps > 0].median()
    number = (steps > 1.5 * usual).cumsum()
    return [part for _, part in rows.groupby(number)]


def _as_dates(periods: pd.Series) -> pd.Series:
    """A year stands at its middle, a month or a day at its start."""
    return periods.map(lambda period: f"{period}-07-01" if len(period) == 4 else period)
