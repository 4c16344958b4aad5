"""Which choice of calculation matters: two bars per choice, alone and together with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from views.charts.base import empty_figure, harmless
from views.theme import Palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def sobol_figure(
    choices: Sequence[str],
    first: Sequence[float],
    total: Sequence[float],
    words: tuple[str, str],
    colours: Palette,
    lang: str,
) -> Figure:
    """Two bars per choice; estimates outside 0 to 1 are drawn at the end.

    Args:
        choices: names from top to bottom.
        first: share of a choice alone.
        total: share together with the others.
        words: names of the two bars.
        colours: palette of the scheme.
        lang: number style.
    """
    import plotly.graph_objects as go

    figure = empty_figure(colours, lang, height=110 + 52 * len(choices))
    styles = ((first, words[0], colours.primary, ""), (total, words[1], colours.line, "/"))
    for values, name, colour, pattern in styles:
        shown = [min(1.0, max(0.0, float(value))) for value in values]
        figure.add_trace(
            go.Bar(
                x=shown,
                y=[harmless(choice) for choice in choices],
                orientation="h",
                name=harmless(name),
                marker={
                    "color": colour,
                    "line": {"color": colours.ink, "width": 1},
                    "pattern": {"shape": pattern},
                },
                hovertemplate="%{y}: <b>%{x:.0%}</b><extra></extra>",
            )
        )
    figure.update_layout(barmode="group")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(range=[0, 1], tickformat=".0%", showgrid=True)
    return figure
