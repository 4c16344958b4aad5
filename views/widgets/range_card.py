"""A verdict in words beside its range as a picture, as one piece of HTML.

A list of ranges answers to a slider: one piece is drawn by a browser several times faster
than the same as text, picture and small print of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from views.texts import as_html


@dataclass(frozen=True)
class Picture:
    """A range drawn.

    Attributes:
        drawing: HTML of ``views.charts.range_bar``.
        below: small print under it.
    """

    drawing: str
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
    return (
        '<div class="range-card">'
        f"<p><strong>{as_html(verdict)}</strong>; {as_html(stability)}.{small}</p>"
        f"<figure>{picture.drawing}"
        f"<figcaption>{as_html(picture.below)}</figcaption></figure></div>"
    )
