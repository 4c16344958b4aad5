"""A profile: per indicator the range of the comparison group and the own value as a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 52


@dataclass(frozen=True)
class ProfileRow:
    """One indicator.

    Attributes:
        name: words above the line.
        said: own value and range in words, shown on touch.
        value: own place on the line, 0 to 1.
        low, q1, q3, high: range and middle half of the group, 0 to 1; NaN leaves them out.
    """

    name: str
    said: str
    value: float
    low: float
    q1: float
    q3: float
    high: float


@dataclass(frozen=True)
class ProfileWords:
    """Legend: the whole range, the middle half, the own place, and the two ends of the line."""

    whole: str
    half: str
    mine: str
    less: str
    more: str


def profile_figure(
    rows: Sequence[ProfileRow], words: ProfileWords, colours: Palette, lang: str
) -> Figure:
    """One line per indicator from little to much.

    Args:
        rows: from top to bottom.
        words: legend and ends.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=90 + ROW * len(rows))
    heights = [len(rows) - number for number in range(len(rows))]
    for name, ends, colour, width in (
        (words.whole, [(row.low, row.high) for row in rows], colours.line, 4),
        (words.half, [(row.q1, row.q3) for row in rows], colours.primary, 10),
    ):
        figure.add_trace(
            go.Scatter(
                x=[x for low, high in ends for x in (low, high, None)],
                y=[y for height in heights for y in (height, height, None)],
                mode="lines",
                name=harmless(name),
                line={"color": colour, "width": width},
                hoverinfo="skip",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[row.value for row in rows],
            y=heights,
            mode="markers",
            name=harmless(words.mine),
            text=[harmless(row.said) for row in rows],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "symbol": "diamond",
                "size": 15,
                "color": colours.mine,
                "line": {"width": 1.5, "color": colours.ink},
            },
        )
    )
    for row, height in zip(rows, heights, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=height + 0.42,
            text=harmless(row.name),
            showarrow=False,
            xanchor="left",
            font={"color": colours.ink, "size": 13},
        )
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + 0.85])
    figure.update_xaxes(
        range=[-0.06, 1.06],
        tickvals=[0, 1],
        ticktext=[harmless(words.less), harmless(words.more)],
        showgrid=False,
    )
    return figure
