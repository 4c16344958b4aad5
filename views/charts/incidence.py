"""Steps over time: incidence with its range, or adoptions added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class StepLine:
    """One line of steps.

    Attributes:
        name: legend words.
        x: where it steps, ascending.
        y: value from there on.
        low, high: ends of a range at each step; empty for none.
        colour, dash: how the line is told apart.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    colour: str = ""
    dash: str = "solid"


def steps_figure(
    lines: Sequence[StepLine],
    titles: tuple[str, str],
    colours: Palette,
    lang: str,
    *,
    whole: bool,
    until: float,
    height: int = 360,
) -> Figure:
    """Lines that step up and stay until the end of the data; nothing is drawn beyond it.

    Args:
        lines: in the order of the legend.
        titles: words of both axes.
        colours: palette of the scheme.
        lang: number style.
        whole: whether the axis counts in whole numbers.
        until: last point in time the data speak of.
        height: pixels.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=height)
    for line in lines:
        paint = line.colour or colours.primary
        x = [*line.x, until]
        if line.low:
            _band(figure, line, x, colours)
        figure.add_trace(
            go.Scatter(
                x=x,
                y=[*line.y, line.y[-1]],
                name=harmless(line.name),
                mode="lines+markers",
                line={"shape": "hv", "color": paint, "width": 2.5, "dash": line.dash},
                marker={"size": [7] * len(line.x) + [0], "color": paint},
                hovertemplate="%{x}: <b>%{y}</b><extra>" + harmless(line.name) + "</extra>",
            )
        )
    figure.update_xaxes(title={"text": harmless(titles[0])}, tickformat="d")
    figure.update_yaxes(title={"text": harmless(titles[1]), "standoff": 6}, rangemode="tozero")
    if whole:
        first = min(line.x[0] for line in lines)
        figure.update_xaxes(dtick=1, range=[first - 0.3, until + 0.1])
        most = max((max(line.y) for line in lines if line.y), default=1)
        figure.update_yaxes(dtick=max(1, round(most / 6)))
    return figure


def _band(figure: Figure, line: StepLine, x: Sequence[float], colours: Palette) -> None:
    import plotly.graph_objects as go

    faint = {"color": colours.line, "width": 0, "shape": "hv"}
    for ends, fill in ((line.high, None), (line.low, "tonexty")):
        figure.add_trace(
            go.Scatter(
                x=x,
                y=[*ends, ends[-1]],
                mode="lines",
                line=faint,
                fill=fill,
                fillcolor=colours.grid,
                showlegend=False,
                hoverinfo="skip",
            )
        )
