"""A score as a range on a line from 0 to 100, as a small SVG: never a point."""

from __future__ import annotations

from views.theme import Palette

WIDTH, HEIGHT = 360, 40
_LEFT, _RIGHT, _TOP, _BAR = 10, 350, 6, 14


def range_bar(
    low: float,
    high: float,
    colours: Palette,
    *,
    assessable: bool,
    thresholds: tuple[float, float],
    band_names: tuple[str, str, str],
) -> str:
    """An SVG with the range as a bar, thresholds as ticks and the bands' names below.

    Args:
        low: lower end of the range, 0-1.
        high: upper end.
        colours: palette of the scheme.
        assessable: a range that is not assessable is drawn hatched.
        thresholds: where the bands weak, moderate and strong meet.
        band_names: words for the three bands.
    """

    def at(share: float) -> float:
        return _LEFT + share * (_RIGHT - _LEFT)

    fill = colours.primary if assessable else "url(#hatch)"
    width = max(at(high) - at(low), 3)
    edges = (0.0, *thresholds, 1.0)
    ticks = "".join(
        f'<line x1="{at(t):.1f}" x2="{at(t):.1f}" y1="{_TOP - 3}" y2="{_TOP + _BAR + 3}" '
        f'stroke="{colours.muted}" stroke-width="1" stroke-dasharray="2 2"/>'
        for t in thresholds
    )
    names = "".join(
        f'<text x="{at((start + end) / 2):.1f}" y="{HEIGHT - 4}" text-anchor="middle" '
        f'font-size="11" fill="{colours.muted}">{name}</text>'
        for start, end, name in zip(edges, edges[1:], band_names, strict=False)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" font-family="IBM Plex Sans, Segoe UI, sans-serif">'
        f"{hatch(colours)}"
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_RIGHT - _LEFT}" height="{_BAR}" rx="3" '
        f'fill="{colours.grid}"/>'
        f'<rect x="{at(low):.1f}" y="{_TOP}" width="{width:.1f}" height="{_BAR}" rx="3" '
        f'fill="{fill}" stroke="{colours.ink}" stroke-width="1"/>{ticks}{names}</svg>'
    )


def hatch(colours: Palette) -> str:
    """The pattern ``#hatch`` that says: not known."""
    return (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{colours.no_value}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{colours.muted}" stroke-width="2"/>'
        "</pattern></defs>"
    )
