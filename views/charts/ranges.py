"""Ranges: evidenced part as a full bar, possible part hatched; or spans on a common axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import annotate, empty_figure, harmless
from views.theme import SMALL_TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Bar, Figure

ROW_HEIGHT = 38
TALL_ROW_HEIGHT = 54
LONGEST_LINE = 46
LEAST_HEIGHT = 180


@dataclass(frozen=True)
class RangeRow:
    """One range.

    Attributes:
        name: whose range it is.
        low, high: its ends, low <= high.
        text: the range in words, written beside the bar.
        colour: of the bar; the house colour when empty.
        more: further lines for the pointer.
    """

    name: str
    low: float
    high: float
    text: str
    colour: str = ""
    more: str = ""


def counted_figure(
    rows: Sequence[RangeRow],
    top: float,
    names: tuple[str, str],
    unit: str,
    colours: Palette,
    lang: str,
) -> Figure:
    """Bars from zero: full up to what is evidenced, hatched up to what may be.

    Args:
        rows: in order, first on top.
        top: end of the axis.
        names: legend words for the full and the hatched part.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
    """
    figure = empty_figure(colours, lang, height=_height(rows))
    full, hatched = names
    figure.add_trace(_part(rows, full, colours, is_hatched=False))
    figure.add_trace(_part(rows, hatched, colours, is_hatched=True))
    _name_rows(figure, rows, colours)
    figure.update_layout(barmode="overlay", legend={"itemclick": False, "itemdoubleclick": False})
    figure.update_yaxes(visible=False, range=[len(rows) - 0.4, -0.95])
    figure.update_xaxes(title={"text": harmless(unit)}, range=[0, top * 1.01], showgrid=True)
    return figure


def _part(rows: Sequence[RangeRow], name: str, colours: Palette, *, is_hatched: bool) -> Bar:
    """The full part of all bars, from zero, or the hatched part behind it."""
    import plotly.graph_objects as go

    paints = [row.colour or colours.primary for row in rows]
    lengths = [row.high - row.low if is_hatched else row.low for row in rows]
    return go.Bar(
        x=lengths,
        y=list(range(len(rows))),
        base=[row.low if is_hatched else 0.0 for row in rows],
        orientation="h",
        width=0.36,
        name=harmless(name),
        marker={
            "color": "rgba(0,0,0,0)" if is_hatched else paints,
            "line": {"color": paints, "width": [1 if one else 0 for one in lengths]},
            "pattern": {"shape": "/" if is_hatched else "", "fgcolor": colours.muted, "size": 6},
        },
        text=[_pointed(row) for row in rows],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def spans_figure(
    rows: Sequence[RangeRow],
    band: tuple[float, float, str] | None,
    unit: str,
    colours: Palette,
    lang: str,
) -> Figure:
    """Ranges on one axis over the middle half of all places; equal ends are one mark.

    Args:
        rows: in order, first on top.
        band: from, to and words of the middle half of all places.
        unit: axis title.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=_height(rows))
    if band is not None:
        low, high, name = band
        figure.add_vrect(x0=low, x1=high, fillcolor=colours.grid, line_width=0, layer="below")
        swatch = {"symbol": "square", "size": 12, "color": colours.grid}
        figure.add_trace(
            go.Scatter(x=[None], y=[None], mode="markers", name=harmless(name), marker=swatch)
        )
    for place, row in enumerate(rows):
        paint = row.colour or colours.primary
        figure.add_trace(
            go.Scatter(
                x=[row.low, row.high],
                y=[place, place],
                mode="lines+markers",
                line={"color": paint, "width": 4},
                marker={"size": 9, "color": paint},
                cliponaxis=False,
                showlegend=False,
                hovertemplate=harmless(f"{row.name}: {row.text}") + "<extra></extra>",
            )
        )
    _name_rows(figure, rows, colours)
    figure.update_yaxes(visible=False, range=[len(rows) - 0.4, -0.95])
    figure.update_xaxes(title={"text": harmless(unit)}, showgrid=True)
    return figure


def _name_rows(figure: Figure, rows: Sequence[RangeRow], colours: Palette) -> None:
    """Name and range above each bar, so that a phone keeps its width for the bars."""
    annotate(
        figure,
        (
            {
                "text": _named(row),
                "align": "left",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.2,
                "yanchor": "bottom",
                "font": {"size": SMALL_TEXT_SIZE + 1, "color": colours.ink},
            }
            for place, row in enumerate(rows)
        ),
    )


def _named(row: RangeRow) -> str:
    name, text = harmless(row.name), f"<b>{harmless(row.text)}</b>"
    return f"{name}<br>{text}" if _is_long(row) else f"{name}: {text}"


def _pointed(row: RangeRow) -> str:
    lines = [f"{row.name}: {row.text}", *row.more.splitlines()]
    return "<br>".join(harmless(line) for line in lines)


def _is_long(row: RangeRow) -> bool:
    return len(row.name) + len(row.text) > LONGEST_LINE


def _height(rows: Sequence[RangeRow]) -> int:
    """Room for the rows, at least for legend, axis and its title around a single one."""
    return max(LEAST_HEIGHT, 90 + _row_height(rows) * len(rows))


def _row_height(rows: Sequence[RangeRow]) -> int:
    """Room for two lines of words where one row needs them."""
    return TALL_ROW_HEIGHT if any(_is_long(row) for row in rows) else ROW_HEIGHT
