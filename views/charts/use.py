"""Published figures over time: a mark per figure, a span where its date is inexact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HEIGHT = 260
SHORT_DAYS = 2 * 365


@dataclass(frozen=True)
class UsePoint:
    """One published figure.

    Attributes:
        first, last: the days its date may mean (ISO); ``middle``: where the mark stands.
        value: the figure; ``text``: as it is written beside the mark.
        hover: finished words for the pointer.
    """

    first: str
    last: str
    middle: str
    value: float
    text: str
    hover: str


def use_figure(points: Sequence[UsePoint], unit: str, colours: Palette, lang: str) -> Figure:
    """Marks without a line between them: what was published, not what happened meanwhile.

    Args:
        points: ascending by date.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=HEIGHT)
    for point in points:
        if point.first != point.last:
            figure.add_trace(
                go.Scatter(
                    x=[point.first, point.last],
                    y=[point.value, point.value],
                    mode="lines",
                    line={"color": colours.line, "width": 4},
                    hoverinfo="skip",
                )
            )
    figure.add_trace(
        go.Scatter(
            x=[point.middle for point in points],
            y=[point.value for point in points],
            mode="markers+text",
            marker={"size": 11, "color": colours.primary},
            text=[harmless(point.text) for point in points],
            textposition="top center",
            customdata=["<br>".join(map(harmless, point.hover.splitlines())) for point in points],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    )
    top = max(point.value for point in points)
    figure.update_yaxes(title={"text": harmless(unit), "standoff": 6}, range=[0, top * 1.25])
    days = (date.fromisoformat(points[-1].last) - date.fromisoformat(points[0].first)).days
    by_year = days > SHORT_DAYS
    figure.update_xaxes(
        type="date",
        tickformat="%Y" if by_year else "%m/%Y",
        dtick="M12" if by_year else "M3",
    )
    figure.update_layout(showlegend=False)
    return figure
