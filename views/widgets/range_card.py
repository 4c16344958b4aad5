"""A verdict in words beside its range as a picture, as one piece of HTML.

A list of ranges answers to a slider: one piece is drawn by a browser several times faster
than the same as text, picture and small print of their own.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass

from views.charts.range_bar import HEIGHT, WIDTH
from views.texts import as_html


@dataclass(frozen=True)
class Picture:
    """A range drawn.

    Attributes:
        drawing: SVG of ``views.charts.range_bar``.
        alt: the same in words.
        below: small print under it.
    """

    drawing: str
    alt: str
    below: str


def body(verdict: str, stability: str, lines: Sequence[str], picture: Picture) -> str:
    """The inside of a card.

    Args:
        verdict: read first, strong.
        stability: after the verdict.
        lines: further sentences, small.
        picture: the range beside them.

    All words are escaped here; marks of Markdown in them are taken out.
    """
    small = "".join(f"<small>{as_html(line)}</small>" for line in lines)
    source = base64.b64encode(picture.drawing.encode()).decode()
    return (
        '<div class="range-card">'
        f"<p><strong>{as_html(verdict)}</strong>; {as_html(stability)}.{small}</p>"
        f'<figure><img src="data:image/svg+xml;base64,{source}" width="{WIDTH}" '
        f'height="{HEIGHT}" alt="{html.escape(picture.alt)}">'
        f"<figcaption>{as_html(picture.below)}</figcaption></figure></div>"
    )
