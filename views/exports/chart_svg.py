"""A chart of a slide as drawing, for PDF and web page: no script, every number readable.

Bars and ranges lie, so that long names stay readable; lines carry their names at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from views.exports import svg_text
from views.exports.chart_lines import lines_of
from views.exports.chart_pens import TRACK, fill_of, hatches, legend_line, mark_colour
from views.exports.chart_scale import Scale, domain
from views.exports.sheet import Sheet, drawing
from views.exports.slide import ChartPicture
from views.exports.slide_words import range_text, value_text
from views.texts import Formats
from views.theme import Palette, palette

_NAME_SHARE: Final = 0.4
_TALLEST_ROW: Final = 3.6
_GROUP_GAP: Final = 0.7
_LEAST_ROW: Final = 1.25


def chart_svg(picture: ChartPicture, lang: str, sheet: Sheet, title: str, told: str) -> str:
    """The chart as SVG.

    Args:
        picture: the numbers.
        lang: language of the numbers.
        sheet: size, type and colours.
        title: name of the drawing.
        told: what it shows, for readers who do not see it.

    Returns:
        one drawing with an element ``data-value`` per number shown; a place without a value
        says so.
    """
    colours = palette(sheet.scheme)
    shown = (
        lines_of(picture, lang, sheet, colours)
        if picture.kind == "lines"
        else _rows(picture, lang, sheet, colours)
    )
    ground = f'<rect width="{sheet.width}" height="{sheet.height}" fill="{colours.card}"/>'
    return drawing(sheet, lang, title, told, ground + "".join(shown))


@dataclass(frozen=True)
class _Row:
    """One bar or range with its place."""

    name: str
    first: bool
    series: int
    low: float | None
    high: float | None
    said: str


def _listed(picture: ChartPicture, lang: str) -> Iterator[_Row]:
    for place, name in enumerate(picture.categories):
        if picture.kind == "ranges":
            low, high = (one.values[place] for one in picture.series)
            yield _Row(name, True, 0, low, high, range_text(picture, place, lang))
            continue
        for number, one in enumerate(picture.series):
            value = one.values[place]
            low = None if value is None else min(value, 0.0)
            high = None if value is None else max(value, 0.0)
            said = value_text(picture, value, lang)
            yield _Row(name, number == 0, number, low, high, said)


def _rows(picture: ChartPicture, lang: str, sheet: Sheet, colours: Palette) -> Iterator[str]:
    rows = list(_listed(picture, lang))
    yield hatches(colours, sheet.ids)
    top = 0.4 * sheet.type
    if picture.kind == "bars" and len(picture.series) > 1:
        names = [one.name for one in picture.series]
        legend, top = legend_line(names, sheet, colours)
        yield legend
    if not rows:
        return
    count = len(picture.series) if picture.kind == "bars" else 1
    gap = _GROUP_GAP if count > 1 else 0.0
    slots = len(rows) + gap * (len(picture.categories) - 1)
    if picture.kind == "ranges":
        top += 1.3 * sheet.type
    tall = min((sheet.height - top) / slots, _TALLEST_ROW * sheet.type / min(count, 2))
    size = min(sheet.type, tall / _LEAST_ROW)
    box = _columns(rows, picture, sheet, size)
    if picture.kind == "ranges":
        yield from _ends(box.scale, picture, lang, top, size, colours)
    for number, row in enumerate(rows):
        y = top + (number + gap * (number // count)) * tall
        yield from _row(row, picture, y, tall, size, box, sheet, colours)


@dataclass(frozen=True)
class _Columns:
    names: float
    scale: Scale


def _columns(rows: Sequence[_Row], picture: ChartPicture, sheet: Sheet, size: float) -> _Columns:
    """Room for the names and the scale beside it, with room for the numbers at the ends."""
    widest = max(svg_text.width(svg_text.cleaned(row.name), size) for row in rows)
    names = min(widest + size, _NAME_SHARE * sheet.width)
    said = max(svg_text.width(row.said, size) for row in rows) + 0.8 * size
    low, high = domain(picture)
    left = names + (said if low < 0 else 0)
    return _Columns(names, Scale(low, high, left, sheet.width - said))


def _row(
    row: _Row,
    picture: ChartPicture,
    top: float,
    tall: float,
    size: float,
    box: _Columns,
    sheet: Sheet,
    colours: Palette,
) -> Iterator[str]:
    middle = top + tall / 2
    if row.first:
        room = tall * (len(picture.series) if picture.kind == "bars" else 1)
        yield from _name(row.name, middle + (room - tall) / 2, room, size, box.names, colours)
    thick = min(0.6 * tall, 2 * size)
    scale = box.scale
    if picture.kind == "ranges":
        wide = scale.end - scale.start
        yield TRACK.format(x=scale.start, y=middle - 1, width=wide, fill=colours.line)
    if row.low is None or row.high is None:
        yield from _unknown(row, picture, middle, thick, size, scale, sheet, colours)
        return
    x, end = scale.at(row.low), scale.at(row.high)
    count = len(picture.series) if picture.kind == "bars" else 1
    fill = fill_of(row.series, count, colours, sheet.ids)
    said = svg_text.escaped(row.said)
    yield (
        f'<rect data-value="{said}" x="{x:.1f}" y="{middle - thick / 2:.1f}" '
        f'width="{max(end - x, 2):.1f}" height="{thick:.1f}" fill="{fill}" '
        f'stroke="{mark_colour(row.series, count, colours)}"/>'
    )
    if picture.kind == "ranges":
        end = scale.end
    negative = picture.kind == "bars" and row.high <= 0 and row.low < 0
    at, anchor = (x - 0.4 * size, "end") if negative else (end + 0.4 * size, "start")
    yield svg_text.text(row.said, at, middle + 0.35 * size, size, colours.ink, anchor=anchor)


def _unknown(
    row: _Row,
    picture: ChartPicture,
    middle: float,
    thick: float,
    size: float,
    scale: Scale,
    sheet: Sheet,
    colours: Palette,
) -> Iterator[str]:
    """A place without a value: hatched, and said; a range may then lie anywhere."""
    x = scale.at(0) if scale.low <= 0 <= scale.high else scale.start
    wide = scale.end - scale.start if picture.kind == "ranges" else 2 * size
    yield (
        f'<rect data-value="" x="{x:.1f}" y="{middle - thick / 2:.1f}" width="{wide:.1f}" '
        f'height="{thick:.1f}" fill="url(#{sheet.ids}none)"/>'
    )
    at = x + wide + 0.4 * size
    yield svg_text.text(row.said, at, middle + 0.35 * size, size, colours.muted)


def _ends(
    scale: Scale, picture: ChartPicture, lang: str, top: float, size: float, colours: Palette
) -> Iterator[str]:
    """Least and greatest value of the axis, above the first range."""
    for value in (scale.low, scale.high):
        said = Formats(lang).number(value, picture.decimals)
        y = top - 0.5 * size
        yield svg_text.text(said, scale.at(value), y, size, colours.muted, anchor="middle")


def _name(
    name: str, middle: float, room: float, size: float, width: float, colours: Palette
) -> Iterator[str]:
    """The name of a row on as many lines as it has room for."""
    most = max(int(room / (1.1 * size)), 1)
    lines = svg_text.wrapped(name, size, width - 0.6 * size, min(most, 3))
    first = middle + 0.35 * size - (len(lines) - 1) * 0.55 * size
    for number, line in enumerate(lines):
        yield svg_text.text(line, 0, first + number * 1.1 * size, size, colours.ink)
