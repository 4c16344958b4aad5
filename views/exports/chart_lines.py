"""Lines of a drawn chart: told apart by colour, dash and mark, named at their end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from views.exports import svg_text
from views.exports.chart_pens import dash_of, mark_colour
from views.exports.chart_scale import Scale, domain, round_steps, spread
from views.exports.map_marks import symbol
from views.exports.sheet import Sheet
from views.exports.slide import ChartPicture, Series
from views.exports.slide_words import value_text
from views.texts import Formats
from views.theme import SHAPES, Palette

_NAME_SHARE: Final = 0.32


@dataclass(frozen=True)
class _Field:
    """Where the lines lie."""

    x: Scale
    y: Scale
    size: float


def lines_of(picture: ChartPicture, lang: str, sheet: Sheet, colours: Palette) -> Iterator[str]:
    """Grid, lines, marks and the names at the ends; a gap where a value is missing."""
    steps = round_steps(*domain(picture))
    formats, size = Formats(lang), sheet.type
    digits = max(picture.decimals, _digits(steps[1] - steps[0]))
    ticks = [formats.number(step, digits) for step in steps]
    left = max(svg_text.width(tick, size) for tick in ticks) + 0.7 * size
    labels = [_label(one, picture, lang) for one in picture.series]
    beside = _beside(labels, sheet)
    count = max(len(picture.categories) - 1, 1)
    field = _Field(
        Scale(0, count, left, sheet.width - beside - size),
        Scale(steps[0], steps[-1], sheet.height - 2 * size, 0.8 * size),
        size,
    )
    for step, tick in zip(steps, ticks, strict=True):
        y = field.y.at(step)
        yield (
            f'<path d="M{left:.1f} {y:.1f}H{field.x.end:.1f}" stroke="{colours.grid}" '
            'stroke-width="1.5"/>'
        )
        anchor = left - 0.5 * size
        yield svg_text.text(tick, anchor, y + 0.35 * size, size, colours.muted, anchor="end")
    yield from _times(picture.categories, field, colours, sheet.height)
    for number, one in enumerate(picture.series):
        pen = mark_colour(number, len(picture.series), colours)
        yield from _line(one, number, pen, picture, lang, field, colours)
    yield from _names(picture, labels, field, colours, sheet)


def _digits(step: float) -> int:
    """Digits a round step needs."""
    return next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-9), 4)


def _label(one: Series, picture: ChartPicture, lang: str) -> str:
    """Name and last number of a line."""
    last = next((value for value in reversed(one.values) if value is not None), None)
    return f"{one.name}: {value_text(picture, last, lang)}"


def _beside(labels: Sequence[str], sheet: Sheet) -> float:
    widest = max((svg_text.width(svg_text.cleaned(one), sheet.type) for one in labels), default=0)
    return min(widest + 1.2 * sheet.type, _NAME_SHARE * sheet.width)


def _times(names: Sequence[str], field: _Field, colours: Palette, height: float) -> Iterator[str]:
    """As many names of the times as fit, the last one always."""
    if not names:
        return
    widest = max(svg_text.width(svg_text.cleaned(name), field.size) for name in names)
    room = abs(field.x.at(1) - field.x.at(0))
    every = max(int((widest + field.size) / room) + 1, 1) if len(names) > 1 else 1
    for place in range(len(names) - 1, -1, -every):
        x = field.x.at(place)
        y = height - 0.5 * field.size
        (name,) = svg_text.wrapped(names[place], field.size, 20 * field.size, 1) or ("",)
        yield svg_text.text(name, x, y, field.size, colours.muted, anchor="middle")


def _line(
    one: Series,
    number: int,
    pen: str,
    picture: ChartPicture,
    lang: str,
    field: _Field,
    colours: Palette,
) -> Iterator[str]:
    steps, is_open = [], False
    for place, value in enumerate(one.values):
        if value is not None:
            letter = "L" if is_open else "M"
            steps.append(f"{letter}{field.x.at(place):.1f} {field.y.at(value):.1f}")
        is_open = value is not None
    dash = f' stroke-dasharray="{dash_of(number)}"' if dash_of(number) else ""
    thick = 0.13 * field.size
    yield (
        f'<path d="{"".join(steps) or "M0 0"}" fill="none" stroke="{pen}" '
        f'stroke-width="{thick:.1f}" stroke-linejoin="round"{dash}/>'
    )
    shape = SHAPES[number % len(SHAPES)]
    for place, value in enumerate(one.values):
        if value is None:
            continue
        x, y = field.x.at(place), field.y.at(value)
        said = svg_text.escaped(value_text(picture, value, lang))
        mark = symbol(shape, 0.42 * field.size, x, y, pen, colours.card)
        yield f'<g data-value="{said}">{mark}</g>'


def _names(
    picture: ChartPicture, labels: Sequence[str], field: _Field, colours: Palette, sheet: Sheet
) -> Iterator[str]:
    """Names beside the ends of the lines, moved apart, joined to their line by a thin one."""
    ends = [_end(one) for one in picture.series]
    size, room = field.size, _beside(labels, sheet) - 1.2 * field.size
    lines = [svg_text.wrapped(label, size, room, 2) for label in labels]
    tall = 1.15 * size * max((len(one) for one in lines), default=1) + 0.2 * size
    wanted = [field.y.at(value) if value is not None else field.y.start for _, value in ends]
    # The first label keeps all its lines on the sheet.
    highest = max(field.y.end, 0.5 * tall + 0.2 * size)
    placed = spread(wanted, tall, highest, field.y.start)
    for number, ((place, value), label, y) in enumerate(zip(ends, lines, placed, strict=True)):
        pen = mark_colour(number, len(picture.series), colours)
        x = field.x.end + 1.2 * size
        if value is not None:
            start = f"{field.x.at(place) + 0.3 * size:.1f} {field.y.at(value):.1f}"
            yield f'<path d="M{start}L{x - 0.2 * size:.1f} {y:.1f}" stroke="{pen}"/>'
        for step, words in enumerate(label):
            line = y + 0.35 * size + (step - (len(label) - 1) / 2) * 1.15 * size
            yield svg_text.text(words, x, line, size, pen)


def _end(one: Series) -> tuple[int, float | None]:
    """Place and value of the last number of a line."""
    known = [(place, value) for place, value in enumerate(one.values) if value is not None]
    return known[-1] if known else (0, None)
