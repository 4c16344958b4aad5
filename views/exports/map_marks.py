"""The pens of a map picture: grounds, hatchings, symbols and arrows as SVG, as on the screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from views.maps.description import MISSING_CODES, PLAIN, LegendEntry, SchemeColours, Shape

TILE: Final = 8
_HATCHES: Final = {
    "not_reported": '<path d="M-8 8L0 0M0 8L8 0M8 8L16 0"/>',
    "suppressed": '<path d="M-8 8L0 0M0 8L8 0M8 8L16 0M-8 0L0 8M0 0L8 8M8 0L16 8"/>',
    "not_applicable": '<circle cx="4" cy="4" r="1" />',
    "not_yet_available": '<path d="M4 0V8"/>',
    "unreliable": '<path d="M0 4H8"/>',
    "no_row": '<path d="M1.5 4H6.5M4 1.5V6.5"/>',
    "no_inhabitants": '<path d="M0 4H8M4 0V8"/>',
}
_MISSING_OF: Final = {code: kind for kind, code in MISSING_CODES.items()}
# The middle of a triangle lies off the middle of its box, in parts of half its size.
_MIDDLES: Final = {"triangle": 0.18, "wedge": -0.18}
# How far out the second outline of several municipalities together lies.
JOINT: Final = 1.6
# A second carrier where colours grow dark at both ends.
_DOTTED: Final = '<circle cx="2" cy="2" r=".9" stroke="none"/><circle cx="6" cy="6" r=".9"/>'


def patterns(colours: SchemeColours, codes: Iterable[int], size: float, ids: str) -> str:
    """Definitions of all grounds that are more than a colour.

    Args:
        colours: colours of the scheme.
        codes: codes painted or shown in the legend.
        size: edge of a tile in units of the drawing.
        ids: begins every id.
    """
    found = []
    for code in sorted(set(codes)):
        if code in _MISSING_OF:
            lines = _HATCHES[_MISSING_OF[code]]
            found.append(_pattern(code, colours.no_value, colours.hatch, lines, size, ids))
        elif code != PLAIN and _is_dotted(colours, code):
            ground = colours.classes[code]
            found.append(_pattern(code, ground, _contrast(ground), _DOTTED, size, ids))
    return "".join(found)


def _pattern(code: int, ground: str, ink: str, lines: str, size: float, ids: str) -> str:
    return (
        f'<pattern id="{ids}g{code}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({size / TILE:g})">'
        f'<rect width="{TILE}" height="{TILE}" fill="{ground}"/>'
        f'<g stroke="{ink}" fill="{ink}">{lines}</g></pattern>'
    )


def kind_of(code: int) -> str:
    """The kind of missing a code stands for; empty for a value."""
    return _MISSING_OF.get(code, "")


def ground(colours: SchemeColours, code: int, ids: str) -> str:
    """What a place of this code is filled with."""
    if code == PLAIN:
        return colours.ground
    if code in _MISSING_OF or _is_dotted(colours, code):
        return f"url(#{ids}g{code})"
    return colours.classes[code]


def legend_code(entry: LegendEntry) -> int:
    """The code an area row of the legend explains."""
    if entry.kind == "class":
        return entry.index
    return MISSING_CODES[entry.missing] if entry.kind == "missing" else PLAIN


def _is_dotted(colours: SchemeColours, code: int) -> bool:
    """Whether a class lies beyond the turn of a scheme that is dark (or light) at both ends."""
    levels = [luminance(colour) for colour in colours.classes]
    turn = max(range(len(levels)), key=levels.__getitem__)
    if min(levels[0], levels[-1]) > levels[len(levels) // 2]:
        turn = min(range(len(levels)), key=levels.__getitem__)
    return 0 < turn < len(levels) - 1 and code > turn


def _contrast(ground: str) -> str:
    return "#FFFFFF" if luminance(ground) < 0.3 else "#16232B"


def luminance(colour: str) -> float:
    """Relative luminance (WCAG) of a hex colour, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def symbol(
    shape: Shape,
    size: float,
    x: float,
    y: float,
    colour: str,
    paper: str,
    filled: bool = True,
    dot: bool = False,
    cross: bool = False,
    joint: bool = False,
) -> str:
    """A place as a mark with a rim in the colour of paper; a ring when not filled.

    A dot or a cross in the middle, or a second outline, tells further marks apart.
    """
    ink, at = paper if filled else colour, _MIDDLES.get(shape, 0.0) * size / 2
    middle = f'<circle cy="{at:.2f}" r="{size / 6:.2f}" fill="{ink}"/>' if dot else ""
    if cross:
        arm = 0.19 * size
        arms = f"M{-arm:.2f} {at - arm:.2f}L{arm:.2f} {at + arm:.2f}"
        arms += f"M{arm:.2f} {at - arm:.2f}L{-arm:.2f} {at + arm:.2f}"
        middle += f'<path d="{arms}" fill="none" stroke="{ink}" stroke-width="{size / 9:.2f}"/>'
    outline = _outline(shape, size / 2)
    rim = size * 0.15
    around = ""
    if joint:
        second = _outline(shape, JOINT * size / 2)
        around = (
            f'<path d="{second}" fill="{paper}" stroke="{paper}" stroke-width="{2 * rim:.2f}"/>'
            f'<path d="{second}" fill="{paper}" stroke="{colour}" stroke-width="{0.7 * rim:.2f}"/>'
        )
    inner = f'fill="{colour}"' if filled else f'fill="{paper}" stroke="{colour}"'
    return (
        f'<g transform="translate({x:.1f} {y:.1f})" stroke-linejoin="round">{around}'
        f'<path d="{outline}" fill="{paper}" stroke="{paper}" stroke-width="{2 * rim:.2f}"/>'
        f'<path d="{outline}" {inner} stroke-width="{rim:.2f}"/>{middle}</g>'
    )


def ring(x: float, y: float, radius: float, ink: str) -> str:
    """A circle of the legend that says what size means."""
    return (
        f'<circle data-size="" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}" fill="none" '
        f'stroke="{ink}"/>'
    )


def circle(x: float, y: float, radius: float, colour: str, paper: str) -> str:
    """A circle as large as a value."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}" fill="{colour}" '
        f'fill-opacity=".88" stroke="{paper}" stroke-width=".8"/>'
    )


def _outline(shape: Shape, r: float) -> str:
    if shape == "square":
        return f"M{-0.88 * r:.2f} {-0.88 * r:.2f}h{1.76 * r:.2f}v{1.76 * r:.2f}h{-1.76 * r:.2f}z"
    if shape == "triangle":
        return _polygon(((0, -1.15 * r), (1.08 * r, 0.8 * r), (-1.08 * r, 0.8 * r)))
    if shape == "wedge":
        return _polygon(((0, 1.15 * r), (1.08 * r, -0.8 * r), (-1.08 * r, -0.8 * r)))
    if shape == "star":
        return _polygon(_star(1.5 * r))
    if shape == "diamond":
        return _polygon(((0, -1.25 * r), (1.1 * r, 0), (0, 1.25 * r), (-1.1 * r, 0)))
    return f"M{-r:.2f} 0a{r:.2f} {r:.2f} 0 1 1 {2 * r:.2f} 0a{r:.2f} {r:.2f} 0 1 1 {-2 * r:.2f} 0z"


def _star(r: float) -> list[tuple[float, float]]:
    """Five points, the first upwards."""
    turns = [(step * math.pi / 5, 0.45 * r if step % 2 else r) for step in range(10)]
    return [(reach * math.sin(turn), -reach * math.cos(turn)) for turn, reach in turns]


def _polygon(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "z"


def arrow(
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    paper: str,
    width: float,
    dashed: bool = False,
) -> str:
    """A slightly bent line with a rim in the colour of paper and a head at its end."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    mx, my = (x1 + x2) / 2 - 0.12 * dy, (y1 + y2) / 2 + 0.12 * dx
    turn = math.degrees(math.atan2(y2 - my, x2 - mx))
    head = f"translate({x2:.1f} {y2:.1f}) rotate({turn:.1f}) scale({width / 1.6:.2f})"
    dash = f' stroke-dasharray="{3 * width:.1f} {2.5 * width:.1f}"' if dashed else ""
    bow = f'<path d="M{x1:.1f} {y1:.1f}Q{mx:.1f} {my:.1f} {x2:.1f} {y2:.1f}" fill="none" '
    return (
        f'{bow}stroke="{paper}" stroke-width="{2.6 * width:.2f}" stroke-opacity=".8"/>'
        f'{bow}stroke="{colour}" stroke-width="{width:.2f}"{dash}/>'
        f'<path transform="{head}" d="M-4 0L-12 4L-12 -4z" fill="{colour}"/>'
    )
