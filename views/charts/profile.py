"""A profile: per indicator the range of the comparison group and the own value as a dot."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from views.charts.base import annotate, empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROW = 52
# Letters beside each other on a phone; longer names take a second line.
LETTERS = 56


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
    figure = empty_figure(colours, lang, height=90 + ROW * len(rows))
    heights = [len(rows) - number for number in range(len(rows))]
    whole, half = [(row.low, row.high) for row in rows], [(row.q1, row.q3) for row in rows]
    _add_spans(figure, words.whole, whole, heights, {"color": colours.line, "width": 4})
    _add_spans(figure, words.half, half, heights, {"color": colours.primary, "width": 10})
    _add_marks(figure, words.mine, rows, heights, colours)
    _name_rows(figure, rows, heights, colours)
    figure.update_yaxes(visible=False, range=[0.4, len(rows) + 0.85])
    figure.update_xaxes(
        range=[-0.06, 1.06],
        tickvals=[0, 1],
        ticktext=[harmless(words.less), harmless(words.more)],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _add_spans(
    figure: Figure,
    name: str,
    ends: Sequence[tuple[float, float]],
    heights: Sequence[int],
    line: Mapping[str, object],
) -> None:
    """One stroke per row between two ends."""
    figure.add_scatter(
        x=[x for low, high in ends for x in (low, high, None)],
        y=[y for height in heights for y in (height, height, None)],
        mode="lines",
        name=harmless(name),
        line=dict(line),
        hoverinfo="skip",
    )


def _add_marks(
    figure: Figure,
    name: str,
    rows: Sequence[ProfileRow],
    heights: Sequence[int],
    colours: Palette,
) -> None:
    """The place itself, one diamond per row."""
    figure.add_scatter(
        x=[row.value for row in rows],
        y=list(heights),
        mode="markers",
        name=harmless(name),
        text=[harmless(row.said) for row in rows],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
        marker={
            "symbol": "diamond",
            "size": 15,
            "color": colours.mine,
            "line": {"width": 1.5, "color": colours.ink},
        },
    )


def _name_rows(
    figure: Figure, rows: Sequence[ProfileRow], heights: Sequence[int], colours: Palette
) -> None:
    named = [textwrap.wrap(row.name, LETTERS, break_long_words=False) for row in rows]
    annotate(
        figure,
        (
            {
                "x": 0,
                "xref": "paper",
                "y": height + (0.5 if len(lines) > 1 else 0.42),
                "text": "<br>".join(harmless(line) for line in lines),
                "xanchor": "left",
                "align": "left",
                "font": {"color": colours.ink, "size": 13},
            }
            for lines, height in zip(named, heights, strict=True)
        ),
    )
