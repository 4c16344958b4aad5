"""A board: one lane per phase or milestone, one mark per case, so that counts are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.charts.marks import MarkStyle, mark_trace
from views.theme import TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PER_ROW = 30
MARK = 7
ROW_HEIGHT = 14
TITLE_HEIGHT = 34


@dataclass(frozen=True)
class BoardMark:
    """One case: ``style`` is a key of the styles, ``hover`` finished words, ``key`` its id."""

    style: str
    hover: str
    key: str


@dataclass(frozen=True)
class BoardLane:
    """One lane with its heading and its marks in order."""

    title: str
    marks: Sequence[BoardMark]


def board_figure(
    lanes: Sequence[BoardLane], styles: Mapping[str, MarkStyle], colours: Palette, lang: str
) -> Figure:
    """Lanes below each other, marks filling rows from the left.

    Args:
        lanes: in order; an empty lane keeps its heading.
        styles: look and legend words by key, in the order of the legend; styles of one name
            share a row.
        colours: palette of the scheme.
        lang: number style.
    """
    figure = empty_figure(colours, lang, height=_height(lanes))
    places: dict[str, list[tuple[int, float, BoardMark]]] = {key: [] for key in styles}
    top = 0.0
    for lane in lanes:
        figure.add_annotation(
            text=harmless(lane.title),
            x=0,
            xref="paper",
            xanchor="left",
            y=top - TITLE_HEIGHT + 4,
            yanchor="bottom",
            showarrow=False,
            font={"size": TEXT_SIZE, "color": colours.ink},
        )
        top -= TITLE_HEIGHT
        for number, mark in enumerate(lane.marks):
            row, column = divmod(number, PER_ROW)
            places[mark.style].append((column, top - ROW_HEIGHT * (row + 0.5), mark))
        top -= ROW_HEIGHT * _rows(lane)
    named: set[str] = set()
    for key, style in styles.items():
        if places[key]:
            columns, heights, marks = zip(*places[key], strict=True)
            hovers = [mark.hover for mark in marks]
            is_new = style.name not in named
            named.add(style.name)
            trace = mark_trace(style, [*columns], [*heights], hovers, size=MARK, shown=is_new)
            figure.add_trace(trace)
    figure.update_xaxes(visible=False, range=[-0.7, PER_ROW - 0.3])
    figure.update_yaxes(visible=False, range=[top, 0])
    figure.update_layout(legend={"itemclick": False, "itemdoubleclick": False, "y": 1.0})
    return figure


def _rows(lane: BoardLane) -> int:
    return -(-len(lane.marks) // PER_ROW)


def _height(lanes: Sequence[BoardLane]) -> int:
    return 70 + sum(TITLE_HEIGHT + ROW_HEIGHT * _rows(lane) for lane in lanes)
