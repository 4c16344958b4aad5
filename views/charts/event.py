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
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=440)
    # Years without values stay empty, so that no line runs through them.
    every = list(range(int(gaps.index.min()), int(gaps.index.max()) + 1))
    gaps, placebos = gaps.reindex(every), placebos.reindex(columns=every)
    for number, (_, row) in enumerate(placebos.iterrows()):
        figure.add_trace(
            go.Scatter(
                x=list(placebos.columns),
                y=list(row),
                mode="lines+markers",
                marker={"size": 3},
                line={"color": colours.muted, "width": 1},
                opacity=0.55,
                name=harmless(words.placebos),
                legendgroup="placebos",
                showlegend=number == 0,
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=list(gaps.index),
            y=list(gaps),
            mode="lines+markers",
            line={"color": colours.mine, "width": 4},
            marker={"size": 8, "symbol": "diamond"},
            name=harmless(words.mine),
            hovertemplate="%{x}: <b>%{y:,.2~f}</b><extra></extra>",
        )
    )
    figure.add_hline(y=0, line={"color": colours.muted, "width": 1})
    figure.add_vline(x=first_year - 0.5, line={"color": colours.ink, "dash": "dot", "width": 1.5})
    side = "right" if first_year > (every[0] + every[-1]) / 2 else "left"
    _label(figure, first_year - 0.5, 1.0, words.start, side, colours)
    shown = [year for year in pandemic if gaps.index.min() <= year <= gaps.index.max()]
    if shown:
        figure.add_vrect(
            x0=min(shown) - 0.5,
            x1=max(shown) + 0.5,
            fillcolor=colours.no_value,
            opacity=0.6,
            line_width=0,
            layer="below",
        )
        is_late = min(shown) > (every[0] + every[-1]) / 2
        edge = max(shown) + 0.5 if is_late else min(shown) - 0.5
        _label(figure, edge, 0.0, words.pandemic, "right" if is_late else "left", colours)
    figure.update_xaxes(tickformat="d", range=[every[0] - 0.7, every[-1] + 0.7])
    figure.update_yaxes(title={"text": harmless(words.axis), "standoff": 6})
    return figure


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
