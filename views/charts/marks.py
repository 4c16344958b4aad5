"""What boards, timelines, matrices and networks share: marks told apart by colour and shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import harmless

if TYPE_CHECKING:
    from plotly.graph_objects import Scatter


@dataclass(frozen=True)
class MarkStyle:
    """One row of a legend.

    Attributes:
        name: words of the legend.
        colour: hex.
        symbol: of Plotly, for example ``circle``, ``square`` or ``circle-open-dot``.
        filled: an open mark has the ground's colour inside.
    """

    name: str
    colour: str
    symbol: str
    filled: bool = True


def mark_trace(
    style: MarkStyle,
    x: list[object],
    y: list[object],
    hovers: list[str],
    *,
    size: float,
    ids: list[str] | None = None,
    shown: bool = True,
) -> Scatter:
    """Marks of one style as a trace.

    Args:
        style: how they look and what the legend says.
        x: place of each mark.
        y: height of each mark.
        hovers: finished words per mark; made harmless here.
        size: diameter in pixels.
        ids: what a click gives back.
        shown: whether the legend names the style.
    """
    import plotly.graph_objects as go

    symbol = style.symbol if style.filled else f"{style.symbol}-open"
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        name=harmless(style.name),
        showlegend=shown,
        legendgroup=f"{style.name}{style.filled}",
        customdata=ids,
        text=[harmless(hover).replace("\n", "<br>") for hover in hovers],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": symbol,
            "size": size,
            "color": style.colour,
            "line": {"width": 2 if "open" in symbol else 1, "color": style.colour},
        },
    )
