"""A matrix: places below each other, solutions side by side, a mark where one was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.charts.marks import MarkStyle, mark_trace
from views.theme import SMALL_TEXT_SIZE, Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW_HEIGHT = 22
LONGEST_NAME = 26


@dataclass(frozen=True)
class MatrixCell:
    """One mark: number of its row and column, style, finished words."""

    row: int
    column: int
    style: str
    hover: str


def matrix_figure(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[MatrixCell],
    styles: Mapping[str, MarkStyle],
    colours: Palette,
    lang: str,
) -> Figure:
    """Marks in a grid.

    Args:
        rows: names, first on top.
        columns: names, written upright above the grid.
        cells: marks.
        styles: look and legend words by key.
        colours: palette of the scheme.
        lang: number style.
    """
    figure = empty_figure(colours, lang, height=230 + ROW_HEIGHT * len(rows))
    for key, style in styles.items():
        own = [cell for cell in cells if cell.style == key]
        if own:
            figure.add_trace(
                mark_trace(
                    style,
                    [cell.column for cell in own],
                    [cell.row for cell in own],
                    [cell.hover for cell in own],
                    size=11,
                )
            )
    letters = {"size": SMALL_TEXT_SIZE, "color": colours.ink}
    figure.update_xaxes(
        side="top",
        tickvals=list(range(len(columns))),
        ticktext=[harmless(_short(name)) for name in columns],
        tickangle=-90,
        range=[-0.6, len(columns) - 0.4],
        showgrid=True,
        tickfont=letters,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[harmless(_short(name)) for name in rows],
        range=[len(rows) - 0.4, -0.6],
        tickfont=letters,
    )
    below = {"y": 0, "yanchor": "top", "itemclick": False, "itemdoubleclick": False}
    figure.update_layout(legend=below)
    return figure


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"
