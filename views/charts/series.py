"""Series of several places over time, with breaks drawn as breaks and a band of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


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
    """Middle half of all places: columns ``period``, ``q1``, ``median``, ``q3``."""

    name: str
    rows: pd.DataFrame


def series_figure(
    lines: Sequence[PlaceLine], band: Band | None, unit: str, colours: Palette, lang: str
) -> Figure:
    """Lines of the places over the band of all comparable places.

    Args:
        lines: places in the order of the legend.
        band: middle half and median of all places of the level, or ``None``.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
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
    return figure


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
            texttemplate="%{x}",
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: <b>%{x}</b><extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(title={"text": harmless(unit)}, rangemode="tozero", showgrid=True)
    figure.update_layout(margin={"l": 8, "r": 60, "t": 8, "b": 8})
    return figure


def _add_band(figure: Figure, band: Band, colours: Palette) -> None:
    import plotly.graph_objects as go

    dates = _as_dates(band.rows["period"])
    faint = {"color": colours.line, "width": 0}
    figure.add_trace(
        go.Scatter(
            x=dates,
            y=band.rows["q3"],
            mode="lines",
            line=faint,
            showlegend=False,
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=dates,
            y=band.rows["q1"],
            mode="lines",
            line=faint,
            fill="tonexty",
            fillcolor=colours.grid,
            name=harmless(band.name),
            hoverinfo="skip",
        )
    )


def _as_dates(periods: pd.Series) -> pd.Series:
    """A year stands at its middle, a month or a day at its start."""
    return periods.map(lambda period: f"{period}-07-01" if len(period) == 4 else period)
