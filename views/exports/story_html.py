"""A published story: one web page that needs no server and no network, German and English.

The same page is written as one file that carries everything, or as a folder for any web server.
No script is needed to read it; a small one switches the language and answers to a clicker.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd

from loaders.languages import language
from views.exports import slide_words, svg_text
from views.exports.cells import cell_words
from views.exports.csv import csv_of_view
from views.exports.qr import qr_svg
from views.exports.sheet import Sheet
from views.exports.slide import (
    ChartPicture,
    Deck,
    FiguresPicture,
    MapPicture,
    Slide,
    TablePicture,
)
from views.exports.story_source import StorySource
from views.maps.escape import plain
from views.texts import Formats, read_words

HTML, ZIP = "text/html", "application/zip"
TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = Path(__file__).parents[2] / "static" / "vendor" / "fonts"
WEIGHTS: Final = (400, 600)
WIDE, NARROW, TYPE = 1000, 540, 21
_STAMP: Final = (2026, 1, 1, 0, 0, 0)
_LONGEST_CELL: Final = 2000


def story_html(source: StorySource) -> bytes:
    """The story as one file; its policy allows nothing but what it carries."""
    style = svg_text.font_faces() + _template("story.css")
    script = _template("story.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    head = f"<style>{style}</style>"
    return _page(source, policy, head, f"<script>{script}</script>", {}).encode()


def story_zip(source: StorySource) -> bytes:
    """The story as a folder: page, style, script, fonts and every table as CSV."""
    faces = "".join(
        f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};src:url({_font(weight)})}}"
        for weight in WEIGHTS
    )
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'"
    )
    tables = {name: content for deck in source.decks.values() for name, content in _tables(deck)}
    head = '<link rel="stylesheet" href="story.css">'
    page = _page(source, policy, head, '<script src="story.js" defer></script>', tables)
    files = {
        "index.html": page.encode(),
        "story.css": (faces + _template("story.css")).encode(),
        "story.js": _template("story.js").encode(),
        **{_font(weight): (FONTS / _font(weight)).read_bytes() for weight in WEIGHTS},
        "LICENSE-IBM-Plex.txt": (FONTS / "LICENSE-IBM-Plex.txt").read_bytes(),
        **tables,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _font(weight: int) -> str:
    return f"ibm-plex-sans-latin-{weight}-normal.woff2"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _tables(deck: Deck) -> list[tuple[str, bytes]]:
    """The table of every step that has one, as a spreadsheet of the language opens it."""
    return [
        (_table_name(deck.lang, slide), csv_of_view(slide.twin, deck.lang))
        for slide in deck.slides
        if len(slide.twin)
    ]


def _table_name(lang: str, slide: Slide) -> str:
    return f"tables/{lang}-{slide.number}.csv"


def _page(
    source: StorySource, policy: str, head: str, script: str, tables: Mapping[str, bytes]
) -> str:
    order = (source.lang, *(lang for lang in source.decks if lang != source.lang))
    stories = "".join(_story(source, lang, tables) for lang in order)
    return (
        f'<!DOCTYPE html>\n<html lang="{source.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{_text(source.deck.title)}</title>{head}</head>"
        f"<body>{stories}{script}</body></html>\n"
    )


def _text(words: str) -> str:
    """Any text as content of an element or attribute."""
    return escape(plain(words, _LONGEST_CELL), quote=True)


def _story(source: StorySource, lang: str, tables: Mapping[str, bytes]) -> str:
    """The whole story in one language."""
    deck, words = source.decks[lang], read_words(lang)
    steps = "".join(
        f'<li><a href="#{lang}-{slide.number}">{_text(_headline(deck, slide))}</a></li>'
        for slide in deck.slides
    )
    slides = "".join(
        _step(source, deck, slide, f"t{lang}{slide.number}", tables) for slide in deck.slides
    )
    day = Formats(lang).date(source.made_on)
    version = deck.slides[0].data_version
    frozen = words("story_files.page.frozen", day=day, version=version)
    label = _text(words("story_files.page.steps"))
    credit = f"{_text(words('story_files.page.made_with'))} {_text(frozen)}"
    return (
        f'<div class="story" lang="{lang}" data-lang="{lang}" '
        f'data-title="{_text(deck.title)}">'
        f'<a class="skip" href="#{lang}-main">{_text(words("story_files.page.skip"))}</a>'
        f"<header><h1>{_text(deck.title)}</h1>{_languages(source, lang)}"
        f'<p class="frozen">{_text(frozen)}</p><p class="keys">'
        f"{_text(words('story_files.page.keys'))}</p>"
        f'<nav aria-label="{label}"><ol>{steps}</ol></nav></header>'
        f'<main id="{lang}-main" tabindex="-1">{slides}</main>'
        f"<footer><p>{credit}</p></footer></div>"
    )


def _languages(source: StorySource, lang: str) -> str:
    """Links to the same story in the other languages, each in its own."""
    others = "".join(
        f'<a class="language" data-to="{one}" href="#{one}-main" lang="{one}" '
        f'hreflang="{one}">{_text(language(one).name)}</a>'
        for one in source.decks
        if one != lang
    )
    return f'<p class="languages">{others}</p>'


def _headline(deck: Deck, slide: Slide) -> str:
    return slide_words.headline(slide) or plain(deck.title)


def _step(
    source: StorySource, deck: Deck, slide: Slide, ids: str, tables: Mapping[str, bytes]
) -> str:
    lang = deck.lang
    anchor = f"{lang}-{slide.number}"
    facts = (slide_words.source_line(slide, lang), slide_words.state_of(slide, lang))
    lines = "".join(f"<li>{_text(fact)}</li>" for fact in facts if fact)
    return (
        f'<section id="{anchor}" class="step" aria-labelledby="{anchor}-h">'
        f'<p class="kicker">{_text(slide_words.kicker(deck, slide))}</p>'
        f'<h2 id="{anchor}-h" tabindex="-1">{_text(_headline(deck, slide))}</h2>'
        f'<p class="sentence">{_text(slide_words.sentence(slide, lang))}</p>'
        f'<div class="shown">{_picture(source, slide, lang, ids)}{_code(source, slide, lang)}</div>'
        f"{_twin(slide, lang, tables)}"
        f'<ul class="facts">{lines}</ul></section>'
    )


def _picture(source: StorySource, slide: Slide, lang: str, ids: str) -> str:
    picture = slide.picture
    if isinstance(picture, FiguresPicture) and picture.figures:
        told = "".join(
            f"<div><dt>{_text(what)}</dt><dd>{_text(number)}</dd></div>"
            for number, what in picture.figures
        )
        return f'<dl class="figures">{told}</dl>'
    if isinstance(picture, TablePicture) and picture.rows:
        shown = pd.DataFrame(list(picture.rows), columns=list(picture.columns))
        return _table(shown, _headline_label(slide, lang), lang)
    drawn = _drawing(source, slide, lang, ids)
    none = f'<p class="none">{_text(read_words(lang)("story_files.no_picture"))}</p>'
    return drawn or none


def _drawing(source: StorySource, slide: Slide, lang: str, ids: str) -> str:
    """Map or chart; a chart is drawn a second time for the width of a phone, a map scrolls."""
    if isinstance(slide.picture, MapPicture):
        sheet = Sheet(WIDE, 700, TYPE, ids=f"{ids}-", with_fonts=False)
        drawn = source.drawing(slide, lang, sheet)
        label = _text(slide_words.headline(slide))
        return (
            f'<figure class="drawing scrolls" tabindex="0" role="group" aria-label="{label}">'
            f"{drawn}</figure>"
        )
    figures = []
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        sheet = Sheet(width, _height(slide), TYPE, ids=f"{ids}{name}-", with_fonts=False)
        drawn = source.drawing(slide, lang, sheet)
        figures.append(f'<figure class="drawing {name}">{drawn}</figure>' if drawn else "")
    return "".join(figures)


def _height(slide: Slide) -> int:
    """A drawing as high as its rows need."""
    picture = slide.picture
    if not isinstance(picture, ChartPicture) or picture.kind == "lines":
        return 460
    per = 1 if picture.kind == "ranges" else max(len(picture.series), 1)
    rows = len(picture.categories) * (1 if per == 1 else 0.6 * per + 0.4)
    return int(max(rows * 3.2 + 3, 8) * TYPE)


def _headline_label(slide: Slide, lang: str) -> str:
    return read_words(lang)("story_files.page.table_of", headline=slide_words.headline(slide))


def _code(source: StorySource, slide: Slide, lang: str) -> str:
    """The QR code and the link to the live view, where the address of the dashboard is known."""
    address = slide_words.link(slide, source.base)
    if not address:
        return ""
    words = read_words(lang)
    alt = words("story_files.qr_alt", address=address)
    drawn = qr_svg(address).replace("<svg ", f'<svg role="img" aria-label="{_text(alt)}" ', 1)
    live = words("story_files.page.live")
    return (
        f'<div class="code">{drawn}<a href="{escape(address, quote=True)}" rel="noreferrer">'
        f"{_text(live)}</a></div>"
    )


def _twin(slide: Slide, lang: str, tables: Mapping[str, bytes]) -> str:
    """The whole table behind the picture, folded away."""
    if not len(slide.twin):
        return ""
    words, name = read_words(lang), _table_name(lang, slide)
    label = words("story_files.page.table", n=len(slide.twin))
    file = f'<p><a href="{name}" download>{_text(words("story_files.page.csv"))}</a></p>'
    return (
        f"<details><summary>{_text(label)}</summary>"
        f"{_table(slide.twin, _headline_label(slide, lang), lang)}{file if name in tables else ''}"
        "</details>"
    )


def _table(table: pd.DataFrame, label: str, lang: str) -> str:
    """A table that scrolls within itself; reachable by keyboard, named for those who hear it."""
    head = "".join(f'<th scope="col">{_text(str(name))}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell_words(cell, lang))}</td>" for cell in row) + "</tr>"
        for row in table.itertuples(index=False, name=None)
    )
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{_text(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
