"""A network of transfers: each solution a hub, the places that took it around it.

The layout is fixed by the data alone (no chance, no forces): hubs by number of takers on
shelves from the top left, takers on circles, a joint decision as one knot with its members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, pi, sin, sqrt
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from views.charts.base import annotate, empty_figure, harmless
from views.charts.marks import MarkStyle, mark_trace
from views.theme import SMALL_TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

Point = tuple[float, float]
SHELF = 14.0
UNIT = 44
LABEL = 0.7
LETTER = 0.28
LINE = 14


@dataclass(frozen=True)
class Taker:
    """A place that took a solution: id of the place, style of the link, words."""

    place: str
    style: str
    hover: str


@dataclass(frozen=True)
class Hub:
    """A solution with its takers.

    Attributes:
        key: id of the solution.
        name: words beside the hub; ``origin`` where it comes from.
        decisions: takers grouped by decision; a group of several is a joint one.
    """

    key: str
    name: str
    origin: str
    decisions: Sequence[Sequence[Taker]]

    @property
    def takers(self) -> int:
        """Number of places around the hub."""
        return sum(len(group) for group in self.decisions)


@dataclass
class Layout:
    """Where everything stands.

    Attributes:
        hubs: centre by key of the solution.
        labels: middle of the upper edge of its name by key of the solution.
        knots: joint decisions: hub key and place.
        places: one entry per link: hub key, taker, place and where its line starts.
        size: width and height of the drawing.
    """

    hubs: dict[str, Point] = field(default_factory=dict)
    labels: dict[str, Point] = field(default_factory=dict)
    knots: list[tuple[str, Point]] = field(default_factory=list)
    places: list[tuple[str, Taker, Point, Point]] = field(default_factory=list)
    size: Point = (SHELF, 1.0)


def layout_of(hubs: Sequence[Hub]) -> Layout:
    """Hubs with most takers first, on shelves of equal width; equal input, equal layout."""
    found = Layout()
    x = y = shelf = widest = 0.0
    for hub in sorted(hubs, key=lambda one: (-one.takers, one.key)):
        radius = _radius(hub)
        if x > 0 and x + 2 * radius > SHELF:
            x, y, shelf = 0.0, y + shelf, 0.0
        centre = (x + radius, -(y + LABEL + radius))
        found.labels[hub.key] = (centre[0], -y)
        _place(found, hub, centre, radius)
        x += 2 * radius
        shelf, widest = max(shelf, LABEL + 2 * radius), max(widest, x)
    found.size = (max(widest, SHELF / 2), y + shelf)
    return found


def _radius(hub: Hub) -> float:
    """Room for a hub: circle of its takers and a rim; its name fits on a phone."""
    longest = max(len(line) for line in _lines_of(hub.name))
    return max(2.0, 0.5 * sqrt(max(hub.takers, 1)) + 1.0, longest * LETTER / 2)


def _place(found: Layout, hub: Hub, centre: Point, radius: float) -> None:
    found.hubs[hub.key] = centre
    inner = radius - 0.7
    total = max(hub.takers, 1)
    passed = 0
    for group in hub.decisions:
        middle = 2 * pi * (passed + len(group) / 2) / total
        start = centre
        if len(group) > 1:
            start = _around(centre, middle, inner * 0.45)
            found.knots.append((hub.key, start))
        for taker in group:
            angle = 2 * pi * (passed + 0.5) / total
            # Two rings where many stand around one hub.
            ring = inner * (0.82 if total > 14 and passed % 2 else 1.0)
            found.places.append((hub.key, taker, _around(centre, angle, ring), start))
            passed += 1


def _around(centre: Point, angle: float, radius: float) -> Point:
    return centre[0] + radius * sin(angle), centre[1] + radius * cos(angle)


def network_figure(
    hubs: Sequence[Hub],
    styles: Mapping[str, MarkStyle],
    words: Mapping[str, str],
    colours: Palette,
    lang: str,
) -> Figure:
    """Hubs, joint decisions, takers and, dashed, the same place at two hubs.

    Args:
        hubs: solutions with their takers.
        styles: look and legend words of the takers by key.
        words: legend words for ``hub``, ``knot`` and ``same``.
        colours: palette of the scheme.
        lang: number style.
    """
    found = layout_of(hubs)
    width, height = found.size
    figure = empty_figure(colours, lang, height=int(110 + UNIT * height))
    _links(figure, found, colours)
    _same_places(figure, found, words["same"], colours)
    for key, style in styles.items():
        own = [(taker, at) for _, taker, at, _ in found.places if taker.style == key]
        if own:
            figure.add_trace(
                mark_trace(
                    style,
                    [at[0] for _, at in own],
                    [at[1] for _, at in own],
                    [taker.hover for taker, _ in own],
                    size=9,
                )
            )
    _knots(figure, found, words["knot"], colours)
    _hubs(figure, hubs, found, words["hub"], colours)
    figure.update_xaxes(visible=False, range=[-0.3, width + 0.3])
    figure.update_yaxes(visible=False, range=[-height - 0.2, 0.2])
    figure.update_layout(legend={"itemclick": False, "itemdoubleclick": False})
    return figure


def _links(figure: Figure, found: Layout, colours: Palette) -> None:
    import plotly.graph_objects as go

    x: list[Any] = []
    y: list[Any] = []
    knots = [(found.hubs[key], at) for key, at in found.knots]
    for start, end in [*((start, at) for _, _, at, start in found.places), *knots]:
        x += [start[0], end[0], None]
        y += [start[1], end[1], None]
    line = {"color": colours.line, "width": 1.2}
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="lines", line=line, showlegend=False, hoverinfo="skip")
    )


def _same_places(figure: Figure, found: Layout, words: str, colours: Palette) -> None:
    import plotly.graph_objects as go

    at: dict[str, list[Point]] = {}
    for _, taker, point, _ in found.places:
        at.setdefault(taker.place, []).append(point)
    x: list[Any] = []
    y: list[Any] = []
    for points in at.values():
        for (x0, y0), (x1, y1) in pairwise(points):
            x += [x0, x1, None]
            y += [y0, y1, None]
    if x:
        line = {"color": colours.mine, "width": 1.5, "dash": "dot"}
        figure.add_trace(
            go.Scatter(x=x, y=y, mode="lines", line=line, name=harmless(words), hoverinfo="skip")
        )


def _knots(figure: Figure, found: Layout, words: str, colours: Palette) -> None:
    if found.knots:
        style = MarkStyle(words, colours.ink, "diamond", filled=False)
        x, y = [at[0] for _, at in found.knots], [at[1] for _, at in found.knots]
        figure.add_trace(mark_trace(style, [*x], [*y], [words] * len(x), size=10))


def _hubs(figure: Figure, hubs: Sequence[Hub], found: Layout, words: str, colours: Palette) -> None:
    style = MarkStyle(words, colours.ink, "square")
    ordered = [hub for hub in hubs if hub.key in found.hubs]
    figure.add_trace(
        mark_trace(
            style,
            [found.hubs[hub.key][0] for hub in ordered],
            [found.hubs[hub.key][1] for hub in ordered],
            [f"{hub.name}\n{hub.origin}" for hub in ordered],
            size=12,
        )
    )
    annotate(
        figure,
        (
            {
                "x": found.labels[hub.key][0],
                "y": found.labels[hub.key][1],
                "yanchor": "top",
                "text": "<br>".join(harmless(line) for line in _lines_of(hub.name)),
                "bgcolor": colours.paper,
                "opacity": 0.92,
                "font": {"size": SMALL_TEXT_SIZE, "color": colours.ink},
            }
            for hub in ordered
        ),
    )


def _lines_of(name: str) -> list[str]:
    """A name in short lines; a long word stays whole, a hostile one is cut."""
    lines = wrap(name, LINE, break_long_words=False) or [name]
    return [line[:28] for line in lines]
