"""A slide's chart drawn for the stage: few ticks, labels at the marks, type for the last row."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.exports.slide import ChartPicture, Series
from views.texts import Formats
from views.theme import DASHES, FONT, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure, Scatter

TYPE = 28
SMALL = 26
WIDEST_NAME = 38
LABEL_CHARACTERS = 26
MOST_TICKS = 6
WIDTH = 1760


def stage_figure(picture: ChartPicture, colours: Palette, lang: str, height: int) -> Figure:
    """The chart at 1760 pixels of width.

    Args:
        picture: what is shown.
        colours: palette of the stage.
        lang: language of the numbers.
        height: pixels.
    """
    figure = empty_figure(colours, lang, height)
    figure.update_layout(
        width=WIDTH,
        font={"family": FONT, "size": TYPE, "color": colours.ink},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"size": TYPE, "color": colours.ink},
        },
        hovermode=False,
        margin={"l": 8, "r": 24, "t": 56 if len(picture.series) > 1 else 8, "b": 8},
    )
    axis = {"tickfont": {"size": SMALL, "color": colours.ink}, "title": None}
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    draw = {"bars": _bars, "lines": _lines, "ranges": _ranges}[picture.kind]
    draw(figure, picture, colours, Formats(lang))
    return figure


def _names(picture: ChartPicture) -> list[str]:
    """Categories in lines short enough to stand beside their bar."""
    return [
        "<br>".join(textwrap.wrap(harmless(name), WIDEST_NAME)[:2]) for name in picture.categories
    ]


def _bars(figure: Figure, picture: ChartPicture, colours: Palette, formats: Formats) -> None:
    import plotly.graph_objects as go

    paints = (colours.primary, colours.mine, colours.marks[1])
    # The first of several is the whole; what is part of it stands below in a stronger colour.
    places = list(range(len(picture.categories)))
    count = len(picture.series)
    width = 0.78 / count
    for number, (series, paint) in enumerate(zip(picture.series, paints, strict=False)):
        figure.add_trace(
            go.Bar(
                y=[place + (number - (count - 1) / 2) * width for place in places],
                x=[0 if value is None else value for value in series.values],
                width=width * 0.92,
                orientation="h",
                name=harmless(series.name),
                showlegend=count > 1,
                marker={"color": paint},
                text=[formats.number(value, picture.decimals) for value in series.values],
                textposition="outside",
                constraintext="none",
                textfont={"size": TYPE, "color": colours.ink},
                cliponaxis=False,
            )
        )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(visible=False)
    _name_axis(figure, picture)


def _name_axis(figure: Figure, picture: ChartPicture) -> None:
    """Categories from top to bottom, without ticks and lines."""
    figure.update_yaxes(
        tickvals=list(range(len(picture.categories))),
        ticktext=[f"{name}  " for name in _names(picture)],
        range=[len(picture.categories) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        showline=False,
        tickfont={"size": TYPE},
    )


def _ranges(figure: Figure, picture: ChartPicture, colours: Palette, formats: Formats) -> None:
    import plotly.graph_objects as go

    low, high = picture.series
    for place, (first, last) in enumerate(zip(low.values, high.values, strict=True)):
        if first is None or last is None:
            continue
        written = [formats.number(end, picture.decimals) for end in (first, last)]
        ends = "–".join(dict.fromkeys(written))
        figure.add_trace(
            go.Bar(
                y=[place],
                x=[max(last - first, 0.6)],
                base=[first],
                width=0.5,
                orientation="h",
                marker={"color": colours.primary},
                showlegend=False,
            )
        )
        figure.add_annotation(
            x=last,
            y=place,
            text=f"  {ends}",
            xanchor="left",
            showarrow=False,
            font={"size": TYPE, "color": colours.ink},
        )
    figure.update_layout(margin={"t": 8})
    figure.update_xaxes(
        range=[0, 114],
        tickvals=[0, 50, 100],
        ticktext=["0", "50", "100"],
        showgrid=True,
        gridcolor=colours.grid,
        zeroline=False,
    )
    _name_axis(figure, picture)


def _lines(figure: Figure, picture: ChartPicture, colours: Palette, formats: Formats) -> None:
    last_place = len(picture.categories) - 1
    ends: list[tuple[float, str, str]] = []
    for number, series in enumerate(picture.series):
        paint = colours.mine if number == 0 else colours.marks[(number - 1) % len(colours.marks)]
        figure.add_trace(_line(series, paint, DASHES[number % len(DASHES)]))
        known = [value for value in series.values if value is not None]
        if known:
            name = "<br>".join(textwrap.wrap(harmless(series.name), LABEL_CHARACTERS)[:2])
            label = f"{name} <b>{formats.number(known[-1], picture.decimals)}</b>"
            ends.append((known[-1], label, paint))
    _direct_labels(figure, picture, ends, last_place)
    shown = _few(list(range(last_place + 1)))
    figure.update_xaxes(
        tickvals=shown,
        ticktext=[harmless(picture.categories[place]) for place in shown],
        range=[-0.3, last_place + 0.3],
    )
    figure.update_yaxes(nticks=4, tickformat=f",.{picture.decimals}f", gridcolor=colours.grid)
    figure.update_layout(margin={"r": 430, "t": 56})
    figure.add_annotation(
        text=harmless(picture.unit),
        xref="paper",
        yref="paper",
        x=0,
        y=1.02,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": SMALL, "color": colours.muted},
    )


def _line(series: Series, paint: str, dash: str) -> Scatter:
    import plotly.graph_objects as go

    return go.Scatter(
        x=list(range(len(series.values))),
        y=list(series.values),
        mode="lines+markers",
        connectgaps=False,
        showlegend=False,
        line={"color": paint, "width": 6, "dash": dash},
        marker={"size": 12, "color": paint},
    )


def _direct_labels(
    figure: Figure, picture: ChartPicture, ends: list[tuple[float, str, str]], last: int
) -> None:
    """Names at the ends of their lines, moved apart where lines end close together."""
    every = [v for series in picture.series for v in series.values if v is not None]
    if not ends or not every:
        return
    span = (max(every) - min(every)) or abs(max(every)) or 1.0
    low, high = min(every) - 0.08 * span, max(every) + 0.08 * span
    gap = (high - low) * 74 / max(figure.layout.height - 120, 200)
    placed: list[float] = []
    for value, label, paint in sorted(ends, key=lambda end: end[0]):
        height = max(value, placed[-1] + gap) if placed else value
        placed.append(height)
        figure.add_annotation(
            x=last + 0.3,
            y=height,
            text=label,
            xanchor="left",
            align="left",
            showarrow=False,
            font={"size": SMALL, "color": paint},
        )
    figure.update_yaxes(range=[low, max(high, placed[-1] + gap / 2)])


def _few(places: list[int]) -> list[int]:
    """First, last and a few evenly between."""
    if len(places) <= MOST_TICKS:
        return places
    step = -(-(len(places) - 1) // (MOST_TICKS - 1))
    return sorted({*places[:-1:step][:-1], *places[-1:], 0})
