"""Rank ranges of a group of places: a bar from the best to the worst end, the middle as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class RankRow:
    """One place; the type has no rank without both ends."""

    name: str
    low: int
    median: int
    high: int
    mine: bool
    said: str


def ranks_figure(rows: Sequence[RankRow], axis: str, colours: Palette, lang: str) -> Figure:
    """One bar per place.

    Args:
        rows: from top to bottom, my town first.
        axis: words under the axis.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=90 + 38 * len(rows))
    names = [harmless(row.name) for row in rows]
    figure.add_trace(
        go.Bar(
            x=[row.high - row.low + 0.5 for row in rows],
            base=[row.low - 0.25 for row in rows],
            y=names,
            orientation="h",
            width=0.5,
            marker={
                "color": [colours.mine if row.mine else colours.primary for row in rows],
                "line": {"color": colours.ink, "width": 1},
                "pattern": {"shape": ["/" if row.mine else "" for row in rows]},
            },
            text=[f"{row.low}–{row.high}" for row in rows],
            textposition="outside",
            textfont={"color": colours.ink},
            hovertext=[harmless(row.said) for row in rows],
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    most = max(row.high for row in rows)
    figure.update_xaxes(
        title={"text": harmless(axis)},
        range=[0.4, most + 1.4],
        tickvals=list(range(1, most + 1, max(1, most // 10))),
        showgrid=True,
    )
    return figure
