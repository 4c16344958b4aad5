"""Pens of drawn charts: colour and pattern per series, dashes, legend; readable in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from views.exports import svg_text
from views.exports.sheet import Sheet
from views.theme import Palette

TRACK: Final = '<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="2" fill="{fill}"/>'
_DASHES: Final = ("", "10 5", "2 5", "12 5 2 5", "18 6", "18 6 2 6")
# Second carriers of a series beside its colour; the first is plain.
_LINES: Final = (
    '<path d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6"/>',
    '<path d="M0 4H8"/>',
    '<path d="M4 0V8"/>',
)


def mark_colour(number: int, count: int, colours: Palette) -> str:
    """Colour of a series; the house colour where there is one only."""
    return colours.primary if count == 1 else colours.marks[number % len(colours.marks)]


def dash_of(number: int) -> str:
    """Dashes of a line, empty for the first."""
    return _DASHES[number % len(_DASHES)]


def fill_of(number: int, count: int, colours: Palette, ids: str) -> str:
    """Colour of a bar, with lines on it from the second series on."""
    if number == 0 or count == 1:
        return mark_colour(number, count, colours)
    return f"url(#{ids}s{number})"


def hatches(colours: Palette, ids: str) -> str:
    """Definitions of the patterns: one per further series, one for no value."""
    parts = [
        _tile(f"{ids}s{number}", colours.marks[number], colours.card, _LINES[number % len(_LINES)])
        for number in range(1, len(colours.marks))
    ]
    none = _tile(f"{ids}none", colours.no_value, colours.muted, _LINES[0])
    return f"<defs>{''.join(parts)}{none}</defs>"


def _tile(name: str, ground: str, ink: str, lines: str) -> str:
    return (
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale(1.5)"><rect width="8" height="8" fill="{ground}"/>'
        f'<g stroke="{ink}" stroke-width="1.4">{lines}</g></pattern>'
    )


def legend_line(names: Sequence[str], sheet: Sheet, colours: Palette) -> tuple[str, float]:
    """The names of the series with their pattern, and where the chart begins below them."""
    size, x, y = sheet.type, 0.0, 0.2 * sheet.type
    parts = []
    for number, name in enumerate(names):
        (line,) = svg_text.wrapped(name, size, 0.45 * sheet.width, 1) or ("",)
        wide = svg_text.width(line, size) + 3.2 * size
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 1.5 * size
        fill = fill_of(number, len(names), colours, sheet.ids)
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{1.6 * size:.1f}" height="{size:.1f}" '
            f'fill="{fill}"/>'
        )
        parts.append(svg_text.text(line, x + 2 * size, y + 0.85 * size, size, colours.ink))
        x += wide
    return "".join(parts), y + 1.9 * size
