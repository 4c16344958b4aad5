"""A timeline: one row per case, dated events as marks, inexact dates as spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from views.charts.base import annotate, empty_figure, harmless
from views.charts.marks import MarkStyle, mark_trace
from views.theme import SMALL_TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW_HEIGHT = 40
NEAR = 0.07
LONGEST_NAME = 52
FLAT_ROOM, UPRIGHT_ROOM = 0.6, 2.2
Moment = str | float


@dataclass(frozen=True)
class TimeEvent:
    """One dated event.

    Attributes:
        first, last: ends of what the date may mean (ISO days, or months on a clock).
        middle: where the mark stands.
        short: a few letters beside the mark.
        hover: finished words.
    """

    first: Moment
    last: Moment
    middle: Moment
    short: str
    hover: str


@dataclass(frozen=True)
class TimeRow:
    """One case: name, style of its marks, events, and the span in which its project began."""

    name: str
    style: str
    events: Sequence[TimeEvent]
    began: tuple[Moment, Moment] | None = None


@dataclass(frozen=True)
class TimeAxis:
    """Axis title, vertical lines (place and words), and words for the span of a beginning."""

    title: str
    lines: Sequence[tuple[Moment, str]]
    began: str
    is_calendar: bool


def timeline_figure(
    rows: Sequence[TimeRow],
    styles: Mapping[str, MarkStyle],
    axis: TimeAxis,
    colours: Palette,
    lang: str,
) -> Figure:
    """Rows below each other, first on top.

    Args:
        rows: cases in order; only dated events.
        styles: look and legend words by key.
        axis: calendar or clock.
        colours: palette of the scheme.
        lang: number style.
    """
    upright = len(axis.lines) > 1
    room = UPRIGHT_ROOM if upright else FLAT_ROOM
    figure = empty_figure(colours, lang, height=int(130 + ROW_HEIGHT * (len(rows) + room)))
    _vertical_lines(figure, axis, colours, upright=upright)
    _beginnings(figure, rows, axis, colours)
    _spans(figure, rows, styles)
    for key, style in styles.items():
        _marks(figure, key, style, rows, colours)
    _name_rows(figure, rows, colours)
    figure.update_yaxes(visible=False, range=[len(rows) - 0.4 + room, -0.8])
    figure.update_xaxes(title={"text": harmless(axis.title)}, showgrid=True, side="bottom")
    if axis.is_calendar:
        figure.update_xaxes(type="date", tickformat="%Y", dtick="M12")
    figure.update_layout(legend={"itemclick": False, "itemdoubleclick": False, "y": 1.0})
    return figure


def _name_rows(figure: Figure, rows: Sequence[TimeRow], colours: Palette) -> None:
    """Names on the left and a line below each row, all drawn at once."""
    annotate(
        figure,
        (
            {
                "text": harmless(shorten(row.name, LONGEST_NAME, placeholder="…")),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.36,
                "bgcolor": colours.paper,
                "borderpad": 0,
                "font": {"size": SMALL_TEXT_SIZE + 1, "color": colours.ink},
            }
            for place, row in enumerate(rows)
        ),
    )
    below = [
        {
            "type": "line",
            "x0": 0,
            "x1": 1,
            "xref": "x domain",
            "y0": place + 0.5,
            "y1": place + 0.5,
            "yref": "y",
            "line": {"color": colours.grid, "width": 1},
            "layer": "below",
        }
        for place in range(len(rows))
    ]
    figure.layout.shapes = [*figure.layout.shapes, *below]


def _vertical_lines(figure: Figure, axis: TimeAxis, colours: Palette, *, upright: bool) -> None:
    """Lines with their words in the room below the last row, upright where they are several."""
    for at, words in axis.lines:
        figure.add_vline(x=at, line={"color": colours.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=at,
            yref="paper",
            y=0,
            yanchor="bottom",
            xanchor="left",
            text=harmless(words),
            textangle=-90 if upright else 0,
            showarrow=False,
            font={"size": SMALL_TEXT_SIZE, "color": colours.muted},
        )


def _beginnings(figure: Figure, rows: Sequence[TimeRow], axis: TimeAxis, colours: Palette) -> None:
    import plotly.graph_objects as go

    x: list[Any] = []
    y: list[Any] = []
    for place, row in enumerate(rows):
        if row.began:
            x += [*row.began, None]
            y += [place, place, None]
    if x:
        line = {"color": colours.line, "width": 6}
        figure.add_trace(
            go.Scatter(
                x=x, y=y, mode="lines", line=line, name=harmless(axis.began), hoverinfo="skip"
            )
        )


def _spans(figure: Figure, rows: Sequence[TimeRow], styles: Mapping[str, MarkStyle]) -> None:
    import plotly.graph_objects as go

    for key, style in styles.items():
        x: list[Any] = []
        y: list[Any] = []
        for place, row in enumerate(rows):
            for event in row.events:
                if row.style == key and event.first != event.last:
                    x += [event.first, event.last, None]
                    y += [place, place, None]
        if x:
            line = {"color": style.colour, "width": 2}
            figure.add_trace(
                go.Scatter(x=x, y=y, mode="lines", line=line, showlegend=False, hoverinfo="skip")
            )


def _marks(
    figure: Figure, key: str, style: MarkStyle, rows: Sequence[TimeRow], colours: Palette
) -> None:
    own = [
        (event, place) for place, row in enumerate(rows) if row.style == key for event in row.events
    ]
    if not own:
        return
    named = _names_apart(rows, axis_span(rows))
    trace = mark_trace(
        style,
        [event.middle for event, _ in own],
        [place for _, place in own],
        [event.hover for event, _ in own],
        size=10,
    )
    figure.add_trace(trace)
    figure.data[-1].update(
        mode="markers+text",
        texttemplate="%{customdata}",
        customdata=[harmless(named[id(event)]) for event, _ in own],
        textposition="bottom center",
        textfont={"size": SMALL_TEXT_SIZE, "color": colours.muted},
    )


def axis_span(rows: Sequence[TimeRow]) -> float:
    """Days or months between the first and the last mark, at least one."""
    places = [_number(event.middle) for row in rows for event in row.events]
    return max(max(places) - min(places), 1.0) if places else 1.0


def _names_apart(rows: Sequence[TimeRow], span: float) -> dict[int, str]:
    """Words per event; events that stand too near share the words of the first."""
    names: dict[int, str] = {}
    for row in rows:
        first: TimeEvent | None = None
        for event in sorted(row.events, key=lambda one: _number(one.middle)):
            near = first is not None and (
                _number(event.middle) - _number(first.middle) < NEAR * span
            )
            if first is not None and near:
                names[id(first)] += f" {event.short}"
                names[id(event)] = ""
            else:
                first, names[id(event)] = event, event.short
    return names


def _number(moment: Moment) -> float:
    if isinstance(moment, str):
        return float(date.fromisoformat(moment).toordinal())
    return moment
