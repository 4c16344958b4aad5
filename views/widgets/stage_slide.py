"""Draws one slide at 1920 x 1080: message, picture, source and the code to take along."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import segno
import streamlit as st

from views import session, theme
from views.exports import slide_words
from views.exports.slide import ChartPicture, FiguresPicture, MapPicture, Slide, TablePicture
from views.exports.stage_chart import stage_figure
from views.maps.description import MapDescription, SchemeColours
from views.session import Visit
from views.theme import Scheme
from views.widgets import chart
from views.widgets.map import show_map

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 1080
MARGIN_TOP, FOOT = 60, 264
LINE = 1.16
# Width of a letter in parts of the type size, from measuring German headlines.
LETTER = 0.535
WIDE, SIDE = 1760, 800
MAP_HEIGHT = 960
CODE_SIZE = 196
# Marks and lines of a page are too fine for the last row.
LARGER = 1.6


def draw(visit: Visit, slide: Slide, steps: int, scheme: Scheme, note: str = "") -> None:
    """The slide in its frame.

    Args:
        visit: this run.
        slide: what is shown.
        steps: how many the story has, for the dots.
        scheme: theme of the stage.
        note: finished sentence that stands with the source line; may be empty.
    """
    beside = isinstance(slide.picture, MapPicture)
    side = "side" if beside else "wide"
    with st.container(key=f"stage_head_{side}"):
        st.html(_head(slide, SIDE if beside else WIDE))
    with st.container(key=f"stage_picture_{side}"):
        _picture(visit, slide, scheme)
    with st.container(key=f"stage_foot_{side}"):
        st.html(_foot(visit, slide, steps, note))


def colours(scheme: Scheme) -> str:
    """The stage's colours as custom properties, for its style sheet."""
    palette = theme.stage_palette(scheme)
    names = ("ink", "muted", "paper", "card", "line", "grid", "primary", "mine")
    said = "".join(f"--stage-{name}:{getattr(palette, name)};" for name in names)
    return f"<style>:root{{{said}color-scheme:{scheme};}}</style>"


def headline_size(text: str, width: int) -> int:
    """Type size in pixels at which a headline stays within its lines."""
    most_lines = 2 if width == WIDE else 4
    for size in (66, 60, 54, 48, 44):
        if _lines(text, size, width) <= most_lines:
            return size
    return 40


def sentence_size(text: str, width: int) -> int:
    """Type size of the reading below a headline."""
    most_lines = 2 if width == WIDE else 6
    return next((size for size in (34, 32, 30) if _lines(text, size, width) <= most_lines), 28)


def _lines(text: str, size: int, width: int) -> int:
    return max(1, -(-int(len(text) * size * LETTER) // width))


def _head(slide: Slide, width: int) -> str:
    size, small = headline_size(slide.headline, width), sentence_size(slide.sentence, width)
    height = picture_height(slide)
    top = HEIGHT - FOOT - height
    said = escape(_together(slide.sentence))
    return (
        f"<style>:root{{--stage-picture-top:{top}px;--stage-picture-height:{height}px}}</style>"
        f'<h1 class="stage-headline" style="font-size:{size}px">{escape(slide.headline)}</h1>'
        f'<p class="stage-sentence" style="font-size:{small}px">{said}</p>'
    )


def _together(text: str) -> str:
    """A number and its percent sign stay on one line."""
    return re.sub(r"(?<=\d) (?=[%€])", "\u202f", text)


def picture_height(slide: Slide) -> int:
    """Pixels left for a wide picture below the words."""
    size, small = headline_size(slide.headline, WIDE), sentence_size(slide.sentence, WIDE)
    head = _lines(slide.headline, size, WIDE) * size * LINE
    head += _lines(slide.sentence, small, WIDE) * small * 1.35 + 16
    return int(HEIGHT - MARGIN_TOP - head - FOOT - 40)


def _picture(visit: Visit, slide: Slide, scheme: Scheme) -> None:
    picture = slide.picture
    if isinstance(picture, MapPicture):
        description = stage_map(picture.description, scheme)
        show_map(description, key="stage_map", height=MAP_HEIGHT)
    elif isinstance(picture, ChartPicture):
        height = picture_height(slide)
        figure = stage_figure(picture, theme.stage_palette(scheme), visit.lang, height)
        st.plotly_chart(
            figure,
            key=f"stage_chart_{slide.number}",
            config=chart.CONFIG | {"staticPlot": True},
            theme=None,
            width="content",
            alt=slide.sentence,
        )
    elif isinstance(picture, TablePicture):
        st.html(_table(picture, picture_height(slide)))
    elif isinstance(picture, FiguresPicture) and picture.figures:
        st.html(_figures(picture))


def stage_map(description: MapDescription, scheme: Scheme) -> MapDescription:
    """The map in the stage's colours, whatever the browser's own scheme is."""
    painted = _painted(description.dark if scheme == "dark" else description.light, scheme)
    return replace(
        description,
        faces=None,
        tiles=None,
        light=painted,
        dark=painted,
        symbols=tuple(replace(one, size=one.size * LARGER) for one in description.symbols),
        lines=tuple(replace(one, width=one.width * LARGER) for one in description.lines),
    )


def _painted(given: SchemeColours, scheme: Scheme) -> SchemeColours:
    palette = theme.stage_palette(scheme)
    return replace(
        given,
        ground=palette.no_value,
        no_value=palette.no_value,
        border=palette.paper,
        outline=palette.line,
        hatch=palette.muted,
        ink=palette.ink,
        muted=palette.muted,
        paper=palette.paper,
        selected=palette.mine,
        marks={**given.marks, "mine": palette.mine},
    )


def _table(picture: TablePicture, height: int) -> str:
    rows = len(picture.rows) or 1
    longest = max((len(cell) for row in picture.rows for cell in row), default=0)
    size = 40 if rows <= 3 else 34 if rows <= 5 else 28
    size = min(size, 36) if longest > 90 else size
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in picture.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in picture.rows
    )
    return (
        f'<table class="stage-table" style="font-size:{size}px;max-height:{height}px">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _figures(picture: FiguresPicture) -> str:
    cards = "".join(
        f'<li><b class="{_width(number)}">{escape(number)}</b><span>{escape(what)}</span></li>'
        for number, what in picture.figures
    )
    return f'<ul class="stage-figures">{cards}</ul>' if cards else ""


def _width(number: str) -> str:
    return "long" if len(number) > 7 else "short"


def _foot(visit: Visit, slide: Slide, steps: int, note: str) -> str:
    place = visit.words("stage.step_of", step=slide.number, steps=steps)
    said = "".join(f"<p>{escape(line)}</p>" for line in (*credit(visit, slide), note) if line)
    return (
        f'<div class="stage-foot">{_code(visit, slide)}<div class="stage-credit">{said}'
        f'<p class="stage-dots" role="img" aria-label="{escape(place)}">'
        f"{_dots(slide.number, steps)}</p></div></div>"
    )


def credit(visit: Visit, slide: Slide) -> tuple[str, ...]:
    """Source, date and version of a slide; the notice of a map's outlines on its own line."""
    said = visit.words(
        "stage.credit",
        date=slide.data_date,
        version=slide.data_version,
        method=slide.method_version,
    )
    publishers, notice = slide_words.parted_sources(slide)
    if isinstance(slide.picture, MapPicture):
        # Beside a map there is little room: the speaker's window and every file name them all.
        return (_named(visit, publishers, 1), said, notice)
    line = f"{_named(visit, publishers, 3)}. " if publishers else ""
    return (f"{line}{said}",)


def _named(visit: Visit, publishers: Sequence[str], most: int) -> str:
    """The first publishers by name, the others by their number."""
    if not publishers:
        return ""
    further = len(publishers) - most
    named = " · ".join(publishers[:most]) + (f" (+{further})" if further > 0 else "")
    return f"{visit.words('common.source')}: {named}"


def _dots(step: int, steps: int) -> str:
    if steps > 20:
        return f"<b>{step} / {steps}</b>"
    return "".join(
        f'<i class="{"here" if n == step else "past" if n < step else ""}"></i>'
        for n in range(1, steps + 1)
    )


def _code(visit: Visit, slide: Slide) -> str:
    address = slide.published or session.absolute(slide.address) or slide.address
    return code(address, visit.words("stage.code_alt"), CODE_SIZE)


def code(address: str, alt: str, size: int) -> str:
    """An address as a QR code, dark on white in every theme so that phones can read it."""
    picture = segno.make(address, error="m", micro=False)
    data = picture.svg_data_uri(scale=4, border=3, dark="#000000", light="#FFFFFF")
    return (
        f'<img class="stage-code" src="{data}" width="{size}" height="{size}" alt="{escape(alt)}">'
    )
