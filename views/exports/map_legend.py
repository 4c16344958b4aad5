"""The legend of a map picture: swatches drawn with the pens of the map, words beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from views.exports import map_marks, svg_text
from views.exports.sheet import Sheet
from views.maps.description import LegendEntry, MapDescription, SchemeColours

_LEAST_SHARE: Final = 0.5
_STEP: Final = 0.06


def legend_column(
    description: MapDescription,
    colours: SchemeColours,
    corner: tuple[float, float],
    room: tuple[float, float],
    sheet: Sheet,
    selected: str = "",
    sizes: Sequence[tuple[float, str]] = (),
) -> str:
    """The legend as a column; the type shrinks, to half at the least, until it fits.

    Args:
        description: the map.
        colours: colours of the scheme.
        corner: left and top.
        room: width and height; nothing is drawn where the width is 0.
        sheet: size of the type and beginning of the ids.
        selected: name of the place with a ring, empty when none.
        sizes: radius and value of circles that say what size means, largest first.
    """
    if not room[0]:
        return ""
    share = 1.0
    while True:
        parts, used = _column(
            description,
            colours,
            corner,
            room[0],
            sheet.type * share,
            selected,
            sheet.ids + "l",
            sizes,
        )
        if used <= room[1] or share <= _LEAST_SHARE:
            return parts
        share -= _STEP


def _column(
    description: MapDescription,
    colours: SchemeColours,
    corner: tuple[float, float],
    width: float,
    size: float,
    selected: str,
    ids: str,
    sizes: Sequence[tuple[float, str]],
) -> tuple[str, float]:
    """The column and its height."""
    left, y = corner
    codes = [map_marks.legend_code(entry) for entry in description.legend if _is_area(entry)]
    tile = map_marks.patterns(colours, codes, 0.55 * size, ids)
    parts = [f"<defs>{tile}</defs>"]
    for line in svg_text.wrapped(description.words.legend, size, width, 6, bold=True):
        y += 1.3 * size
        parts.append(svg_text.text(line, left, y, size, colours.ink, bold=True))
    y += 0.5 * size
    for swatch, label in _rows(description, colours, size, selected, ids):
        lines = svg_text.wrapped(label, size, width - 2.4 * size, 6)
        y += 0.4 * size
        parts.append(f'<g transform="translate({left:.1f} {y:.1f})">{swatch}</g>')
        for line in lines:
            y += 1.2 * size
            parts.append(svg_text.text(line, left + 2.4 * size, y - 0.15 * size, size, colours.ink))
    rings, y = _sizes(sizes, colours, (left, y), size)
    return "".join((*parts, rings)), y - corner[1]


def _sizes(
    sizes: Sequence[tuple[float, str]],
    colours: SchemeColours,
    corner: tuple[float, float],
    size: float,
) -> tuple[str, float]:
    """Circles as large as on the map, each with its value, and where they end."""
    (left, y), parts = corner, []
    widest = max((radius for radius, _ in sizes), default=0.0)
    for radius, label in sizes:
        high = max(2 * radius, 1.2 * size)
        middle = y + 0.4 * size + high / 2
        parts.append(map_marks.ring(left + widest, middle, radius, colours.ink))
        beside = left + 2 * widest + 0.6 * size
        parts.append(svg_text.text(label, beside, middle + 0.35 * size, size, colours.ink))
        y += 0.4 * size + high
    return "".join(parts), y


def _rows(
    description: MapDescription, colours: SchemeColours, size: float, selected: str, ids: str
) -> Iterator[tuple[str, str]]:
    for entry in description.legend:
        yield _swatch(entry, colours, size, ids), entry.label
    if selected:
        yield _box(size, "none", colours.selected, 0.16), selected


def _is_area(entry: LegendEntry) -> bool:
    return entry.kind in ("class", "missing", "plain")


def _swatch(entry: LegendEntry, colours: SchemeColours, size: float, ids: str) -> str:
    middle = (0.9 * size, 0.75 * size)
    if entry.kind == "symbol":
        colour = colours.marks[entry.role]
        return map_marks.symbol(
            entry.shape,
            0.8 * size,
            *middle,
            colour,
            colours.paper,
            entry.filled,
            entry.dot,
            entry.cross,
            entry.joint,
        )
    if entry.kind == "line":
        ends = (0.0, 0.8 * size), (1.8 * size, 0.4 * size)
        colour = colours.marks[entry.role]
        return map_marks.arrow(*ends, colour, colours.paper, 0.08 * size, entry.dashed)
    fill = map_marks.ground(colours, map_marks.legend_code(entry), ids)
    return _box(size, fill, colours.muted, 0.05)


def _box(size: float, fill: str, stroke: str, width: float) -> str:
    return (
        f'<rect width="{1.8 * size:.1f}" height="{1.15 * size:.1f}" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{width * size:.1f}"/>'
    )
