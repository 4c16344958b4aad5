"""Marks of folium maps as small drawings: shape, filling and colour each tell something.

Only numbers and colours of the house go into a drawing, never a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

MarkShape = Literal["circle", "square", "diamond", "triangle", "wedge", "star"]
Filling = Literal["full", "dot", "ring", "cross"]

TARGET = 24
_OUTLINES: Mapping[str, str] = MappingProxyType(
    {
        "circle": '<circle r="7"{look}/>',
        "square": '<path d="M-6.3-6.3H6.3V6.3H-6.3Z"{look}/>',
        "diamond": '<path d="M0-8.6 8.6 0 0 8.6-8.6 0Z"{look}/>',
        "triangle": '<path d="M0-8.4 8.6 6.6H-8.6Z"{look}/>',
        "wedge": '<path d="M0 8.4 8.6-6.6H-8.6Z"{look}/>',
        "star": '<path d="M0-11 3.2-3.6 11-3.2 4.9 1.8 7 9.4 0 5-7 9.4-4.9 1.8-11-3.2-3.2-3.6Z"'
        "{look}/>",
    }
)
# The middle of a triangle lies off the middle of its box.
_MIDDLE: Mapping[str, float] = MappingProxyType({"triangle": 1.6, "wedge": -1.6})


def mark_svg(shape: MarkShape, filling: Filling, colour: str, paper: str) -> str:
    """One mark of ``TARGET`` by ``TARGET`` pixels; ``paper`` is its halo or its inside."""
    full = filling == "full"
    ink = f' fill="{colour}" stroke="{paper}" stroke-width="1.4"'
    open_ink = f' fill="{paper}" stroke="{colour}" stroke-width="2.2"'
    parts = [_OUTLINES[shape].format(look=ink if full else open_ink)]
    y = _MIDDLE.get(shape, 0.0)
    if filling == "dot":
        parts.append(f'<circle cy="{y}" r="2.7" fill="{colour}"/>')
    if filling == "cross":
        arms = f"M-2.9 {y - 2.9}l5.8 5.8M2.9 {y - 2.9}l-5.8 5.8"
        parts.append(f'<path d="{arms}" stroke="{colour}" stroke-width="1.9"/>')
    return _drawing("".join(parts))


def line_svg(colour: str, dashed: bool) -> str:
    """A line with an arrow for the legend."""
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return _drawing(
        f'<path d="M-12 0H9" stroke="{colour}" stroke-width="1.8"{dash}/>'
        f'<path d="M3-4 10 0 3 4Z" fill="{colour}"/>'
    )


def _drawing(inside: str) -> str:
    half = TARGET // 2
    return (
        f'<svg width="{TARGET}" height="{TARGET}" viewBox="-{half} -{half} {TARGET} {TARGET}" '
        f'aria-hidden="true">{inside}</svg>'
    )
