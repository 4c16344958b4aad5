"""A described map as a picture that stands alone: title, legend, source, date and address in it.

The same description the page draws is drawn here, so file and screen cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from loaders.boundaries.layers import read_places
from views.exports import map_marks, svg_text
from views.exports.caption import Caption, foot_lines
from views.exports.map_legend import legend_column
from views.exports.sheet import STANDALONE, Sheet, drawing
from views.maps.description import PLAIN, MapDescription, SchemeColours
from views.maps.outline_paths import TENTHS, OutlinePaths, Projection, fitted, outline_paths
from views.texts import Formats

GERMANY: Final = (5.87, 47.27, 15.05, 55.06)
# Symbols and lines are described for the part on the page, which is about this high.
_PAGE_HEIGHT: Final = 560
_LEGEND_SHARE: Final = 0.34
# As on the page, see ``static/map/bubbles.js``.
_LARGEST_RADIUS: Final = 24
_LARGEST_OF_MANY: Final = 14
_MANY: Final = 2000
# As in the legend of the page, see ``static/map/legend.js``.
_SIZES: Final = (1, 0.25, 0.04)


def map_svg(
    description: MapDescription,
    caption: Caption | None,
    boundaries: Path,
    sheet: Sheet = STANDALONE,
) -> str:
    """The map as SVG.

    Args:
        description: the map as the page describes it.
        caption: what is burnt in above and below; ``None`` for a map whose surroundings say it
            (the licence notice of the outlines stays in any case).
        boundaries: the built layers, ``data/boundaries``.
        sheet: size, type and colours.

    Returns:
        one drawing with a path ``data-place`` per outline, titled with name and value.

    Raises:
        LookupError: a layer of the description is not among the built ones.
        ValueError: values and outlines differ in number.
    """
    colours = description.dark if sheet.scheme == "dark" else description.light
    margin = 1.5 * sheet.type
    head, top = _head(caption, colours, sheet, margin)
    foot, bottom = _foot(description, caption, colours, sheet, margin)
    room = sheet.width - 2 * margin
    beside = _LEGEND_SHARE * room if description.legend or description.words.legend else 0
    box = (margin, top, room - beside - (margin if beside else 0), bottom - top)
    painted = _Painted(description, colours, boundaries, box, sheet.ids)
    corner = (sheet.width - margin - beside, top)
    key = legend_column(
        description,
        colours,
        corner,
        (beside, bottom - top),
        sheet,
        painted.selected_name,
        painted.sizes,
    )
    parts = (_background(colours, sheet), head, *painted.parts(), key, foot)
    title = caption.title if caption else description.words.label
    told = caption.sentence if caption else ""
    return drawing(sheet, description.lang, title, told, "".join(parts))


class _Painted:
    """The map itself inside its box."""

    def __init__(
        self,
        description: MapDescription,
        colours: SchemeColours,
        boundaries: Path,
        box: tuple[float, float, float, float],
        ids: str,
    ) -> None:
        self._shown, self._colours, self._box, self._ids = description, colours, box, ids
        self._boundaries = boundaries
        areas = description.areas
        bounds = description.bounds or (areas.bounds if areas else GERMANY)
        self._projection: Projection = fitted(bounds, box)
        self._unit = box[3] / _PAGE_HEIGHT
        self._areas = outline_paths(boundaries, areas, self._projection) if areas else None
        self._lines = [
            outline_paths(boundaries, layer, self._projection).borders
            for layer in description.outlines
        ]

    @property
    def selected_name(self) -> str:
        """Name of the chosen place, as the outlines know it; empty when none is drawn."""
        place = self._selected()
        return "" if place is None or self._areas is None else self._areas.names[place]

    def _selected(self) -> int | None:
        """The outline of the chosen place, or the one around it."""
        chosen = self._shown.selected
        keys = self._areas.keys if chosen and self._areas else ()
        if chosen in keys:
            return keys.index(chosen)
        return next((n for n, key in enumerate(keys) if chosen.startswith(key)), None)

    def parts(self) -> Iterator[str]:
        """Areas, borders, ring, arrows and marks, from below."""
        left, top, width, height = self._box
        clip = f"{self._ids}box"
        yield (
            f'<defs><clipPath id="{clip}"><rect x="{left:.1f}" y="{top:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}"/></clipPath>{self._patterns()}</defs>'
            f'<g clip-path="url(#{clip})"><g transform="scale({1 / TENTHS:g})" '
            'fill-rule="evenodd" stroke-linejoin="round">'
        )
        if self._areas:
            yield from self._filled(self._areas)
            yield self._border(self._areas.borders, 0.6, self._colours.border)
        for borders in self._lines:
            yield self._border(borders, 1, self._colours.outline)
        yield from self._ring()
        yield "</g>"
        yield from self._circles()
        yield from self._marks()
        yield "</g>"

    def _patterns(self) -> str:
        """Grounds of the map, in tenths; the legend brings its own."""
        values = self._shown.values
        codes = [] if values is None else values.codes.tolist()
        return map_marks.patterns(
            self._colours, codes, map_marks.TILE * self._unit * TENTHS, self._ids
        )

    def _filled(self, areas: OutlinePaths) -> Iterator[str]:
        values, words = self._shown.values, self._shown.words
        if values is None:
            for key, path in zip(areas.keys, areas.shapes, strict=True):
                fill = map_marks.ground(self._colours, PLAIN, self._ids)
                yield f'<path data-place="{key}" d="{path}" fill="{fill}"/>'
            return
        formats = Formats(self._shown.lang)
        told = zip(areas.keys, areas.names, areas.shapes, values.codes, values.numbers, strict=True)
        for key, name, path, code, number in told:
            kind = map_marks.kind_of(int(code))
            shown = formats.number(float(number), max(values.decimals, 0))
            said = words.missing[kind] if kind else words.value.replace("{value}", shown)
            title = svg_text.escaped(f"{name}: {said}")
            plain = self._shown.mode == "symbols" and not kind
            fill = map_marks.ground(self._colours, PLAIN if plain else int(code), self._ids)
            yield f'<path data-place="{key}" d="{path}" fill="{fill}"><title>{title}</title></path>'

    @property
    def _most(self) -> float:
        """Greatest value without its sign; 0 when there is none."""
        values = self._shown.values
        numbers = np.zeros(0) if values is None else values.numbers
        return float(np.abs(numbers[np.isfinite(numbers)]).max(initial=0.0))

    @property
    def _widest(self) -> int:
        many = self._areas is not None and len(self._areas.keys) > _MANY
        return _LARGEST_OF_MANY if many else _LARGEST_RADIUS

    @property
    def sizes(self) -> list[tuple[float, str]]:
        """Radius and value of the circles that say what size means; none for areas."""
        values, most = self._shown.values, self._most
        if self._shown.mode != "symbols" or values is None or not most:
            return []
        formats = Formats(self._shown.lang)
        return [
            (
                self._widest * math.sqrt(share) * self._unit,
                self._shown.words.value.replace(
                    "{value}", formats.number(most * share, max(values.decimals, 0))
                ),
            )
            for share in _SIZES
        ]

    def _circles(self) -> Iterator[str]:
        """Largest first, so that small ones stay on top; missing ones stay hatched."""
        areas, values = self._shown.areas, self._shown.values
        if self._shown.mode != "symbols" or areas is None or values is None:
            return
        points = read_places(self._boundaries, areas.object)
        known, most, widest = np.isfinite(values.numbers), self._most, self._widest
        for n in np.argsort(-np.abs(np.where(known, values.numbers, 0.0)), kind="stable"):
            if not known[n] or not most:
                continue
            share = math.sqrt(abs(float(values.numbers[n])) / most)
            radius = max(widest / 16, widest * share) * self._unit
            spot = self._projection.place(
                float(points["lat"].iloc[n]), float(points["lon"].iloc[n])
            )
            colour = self._colours.classes[int(values.codes[n])]
            yield map_marks.circle(*spot, radius, colour, self._colours.paper)

    def _border(self, path: str, width: float, colour: str) -> str:
        thick = width * self._unit * TENTHS
        return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick:.1f}"/>'

    def _ring(self) -> Iterator[str]:
        place = self._selected()
        if place is not None and self._areas is not None:
            path = self._areas.shapes[place]
            yield self._border(path, 5, self._colours.paper)
            yield self._border(path, 3, self._colours.selected)

    def _marks(self) -> Iterator[str]:
        place, colours = self._projection.place, self._colours
        for line in self._shown.lines:
            ends = place(*line.start), place(*line.end)
            width = line.width * self._unit
            yield map_marks.arrow(
                *ends, colours.marks[line.role], colours.paper, width, line.dashed
            )
        for one in self._shown.symbols:
            x, y = place(one.lat, one.lon)
            mark = map_marks.symbol(
                one.shape,
                one.size * self._unit,
                x,
                y,
                colours.marks[one.role],
                colours.paper,
                one.filled,
                one.dot,
                one.cross,
                one.joint,
            )
            title = svg_text.escaped(one.label)
            yield f'<g data-symbol="{svg_text.escaped(one.ags)}"><title>{title}</title>{mark}</g>'


def _background(colours: SchemeColours, sheet: Sheet) -> str:
    return f'<rect width="{sheet.width}" height="{sheet.height}" fill="{colours.paper}"/>'


def _head(
    caption: Caption | None, colours: SchemeColours, sheet: Sheet, margin: float
) -> tuple[str, float]:
    """Title and sentence, and where the map begins."""
    if caption is None:
        return "", margin / 2
    room, y, parts = sheet.width - 2 * margin, margin, []
    for words, size, most, bold in (
        (caption.title, 1.6 * sheet.type, 3, True),
        (caption.sentence, sheet.type, 4, False),
    ):
        for line in svg_text.wrapped(words, size, room, most, bold):
            y += 1.3 * size
            parts.append(svg_text.text(line, margin, y, size, colours.ink, bold=bold))
        y += 0.3 * sheet.type
    return "".join(parts), y + 0.7 * sheet.type


def _foot(
    description: MapDescription,
    caption: Caption | None,
    colours: SchemeColours,
    sheet: Sheet,
    margin: float,
) -> tuple[str, float]:
    """What must be said below, and where the map ends."""
    size = 0.75 * sheet.type
    own = () if caption is None else foot_lines(caption, description.lang)
    said = (description.words.without_outline, *own, description.words.attribution)
    room = sheet.width - 2 * margin
    lines = [line for words in said if words for line in svg_text.wrapped(words, size, room)]
    top = sheet.height - margin / 2 - 1.35 * size * len(lines)
    parts = [
        svg_text.text(
            line, margin, top + 1.35 * size * (number + 1) - 0.35 * size, size, colours.muted
        )
        for number, line in enumerate(lines)
    ]
    return "".join(parts), top - 0.5 * sheet.type
