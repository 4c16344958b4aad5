"""The event picture: the gap of one place year by year, every placebo as a grey line."""

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
class EventWords:
    """Words of the picture: the place, the grey lines, the start, the pandemic and the axis."""

    mine: str
    placebos: str
    start: str
    pandemic: str
    axis: str


def event_figure(
    gaps: pd.Series,
    placebos: pd.DataFrame,
    first_year: int,
    pandemic: Sequence[int],
    words: EventWords,
    colours: Palette,
    lang: str,
) -> Figure:
    """Gaps against the comparison places; there is no band, the grey lines are the uncertainty.

    Args:
        gaps: per year, 0 on average before the start.
        placebos: comparison places x years, the same for each of them.
        first_year: first full year of operation.
        pandemic: years to mark; empty when they were left out.
        words: legend, marks and axis.
        colours: palette of the scheme.
        lang: number style.
    """
    figure = empty_figure(colours, lang, height=440)
    # Years without values stay empty, so that no line runs through them.
    every = list(range(int(gaps.index.min()), int(gaps.index.max()) + 1))
    middle = (every[0] + every[-1]) / 2
    _grey_lines(figure, placebos.reindex(columns=every), words.placebos, colours)
    _own_line(figure, gaps.reindex(every), words.mine, colours)
    figure.add_hline(y=0, line={"color": colours.muted, "width": 1})
    start = first_year - 0.5
    figure.add_vline(x=start, line={"color": colours.ink, "dash": "dot", "width": 1.5})
    side = "right" if first_year > middle else "left"
    _label(figure, start, 1.0, words.start, side, colours)
    shown = [year for year in pandemic if every[0] <= year <= every[-1]]
    if shown:
        _pandemic(figure, shown, min(shown) > middle, words.pandemic, colours)
    figure.update_xaxes(tickformat="d", range=[every[0] - 0.7, every[-1] + 0.7])
    figure.update_yaxes(title={"text": harmless(words.axis), "standoff": 6})
    return figure


def _grey_lines(figure: Figure, placebos: pd.DataFrame, name: str, colours: Palette) -> None:
    for number, (_, row) in enumerate(placebos.iterrows()):
        figure.add_scatter(
            x=list(placebos.columns),
            y=list(row),
            mode="lines+markers",
            marker={"size": 3},
            line={"color": colours.muted, "width": 1},
            opacity=0.55,
            name=harmless(name),
            legendgroup="placebos",
            showlegend=number == 0,
            hoverinfo="skip",
        )


def _own_line(figure: Figure, gaps: pd.Series, name: str, colours: Palette) -> None:
    figure.add_scatter(
        x=list(gaps.index),
        y=list(gaps),
        mode="lines+markers",
        line={"color": colours.mine, "width": 4},
        marker={"size": 8, "symbol": "diamond"},
        name=harmless(name),
        hovertemplate="%{x}: <b>%{y:,.2~f}</b><extra></extra>",
    )


def _pandemic(
    figure: Figure, years: Sequence[int], is_late: bool, name: str, colours: Palette
) -> None:
    first, last = min(years) - 0.5, max(years) + 0.5
    figure.add_vrect(
        x0=first,
        x1=last,
        fillcolor=colours.no_value,
        opacity=0.6,
        line_width=0,
        layer="below",
    )
    side = "right" if is_late else "left"
    _label(figure, last if is_late else first, 0.0, name, side, colours)


def _label(figure: Figure, x: float, y: float, text: str, side: str, colours: Palette) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        yref="paper",
        yanchor="top" if y else "bottom",
        xanchor=side,
        text=harmless(text),
        showarrow=False,
        font={"color": colours.muted},
        bgcolor=colours.paper,
    )
