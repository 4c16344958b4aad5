"""A score as a range on a line from 0 to 100, as a piece of HTML: never a point.

Not a picture of its own: a browser takes two milliseconds for every picture that changes.
"""

from __future__ import annotations

from html import escape

from views.theme import Palette

LEAST_WIDTH = 0.008


def range_bar(
    low: float,
    high: float,
    colours: Palette,
    *,
    assessable: bool,
    thresholds: tuple[float, float],
    band_names: tuple[str, str, str],
    alt: str,
) -> str:
    """The range as a bar, thresholds as ticks and the bands' names below.

    Args:
        low: lower end of the range, 0-1.
        high: upper end.
        colours: palette of the scheme.
        assessable: a range that is not assessable is drawn hatched.
        thresholds: where the bands weak, moderate and strong meet.
        band_names: words for the three bands.
        alt: the range in words, for those who hear it.
    """
    kind = "known" if assessable else "open"
    width = max(high - low, LEAST_WIDTH)
    ticks = "".join(f'<u style="left:{share:.2%}"></u>' for share in thresholds)
    edges = (0.0, *thresholds, 1.0)
    names = "".join(
        f'<span style="left:{(start + end) / 2:.2%}">{escape(name)}</span>'
        for start, end, name in zip(edges, edges[1:], band_names, strict=False)
    )
    return (
        f'<div class="range-bar" role="img" aria-label="{escape(alt)}" '
        f'style="--bar:{colours.primary};--track:{colours.grid};--edge:{colours.ink};'
        f'--tick:{colours.muted};--unknown:{colours.no_value}">'
        f'<b><i class="{kind}" style="left:{low:.2%};width:{width:.2%}"></i>{ticks}</b>'
        f"<p>{names}</p></div>"
    )


def hatch(colours: Palette) -> str:
    """The pattern ``#hatch`` that says: not known."""
    return (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{colours.no_value}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{colours.muted}" stroke-width="2"/>'
        "</pattern></defs>"
    )
