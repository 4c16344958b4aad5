"""What every Plotly figure of the product shares: type, grid, margins, language of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from loaders.languages import language
from views.theme import FONT, SMALL_TEXT_SIZE, TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as Figure


def empty_figure(colours: Palette, lang: str, height: int = 420) -> Figure:
    """A figure without data in the house style.

    Args:
        colours: palette of the scheme shown.
        lang: decides decimal and thousands separators.
        height: pixels.
    """
    import plotly.graph_objects as go

    figure = go.Figure()
    figure.update_layout(
        height=height,
        font={"family": FONT, "size": TEXT_SIZE, "color": colours.ink},
        separators=language(lang).decimal + language(lang).group,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hoverlabel={"font": {"family": FONT, "size": TEXT_SIZE}},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        dragmode=False,
    )
    axis = {
        "gridcolor": colours.grid,
        "zerolinecolor": colours.line,
        "linecolor": colours.line,
        "title": {"font": {"size": TEXT_SIZE}},
        "tickfont": {"size": SMALL_TEXT_SIZE + 1, "color": colours.muted},
        "automargin": True,
        "fixedrange": True,
    }
    figure.update_xaxes(**axis, showgrid=False)
    figure.update_yaxes(**axis, tickformat=",~f")
    return figure


def annotate(figure: Figure, notes: Iterable[Mapping[str, Any]]) -> None:
    """Notes without an arrow, all at once: Plotly goes through all again for each one added."""
    new = ({"showarrow": False, **note} for note in notes)
    figure.layout.annotations = [*figure.layout.annotations, *new]


def harmless(text: object) -> str:
    """Text for titles, hovers and labels: Plotly reads a few HTML tags, so none may stay."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
