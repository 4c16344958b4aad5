"""A story as tagged PDF (PDF/UA-1): one step a page, set by Typst from a template file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from views.exports import slide_words
from views.exports.qr import qr_svg
from views.exports.sheet import Sheet
from views.exports.slide import FiguresPicture, Slide, TablePicture
from views.exports.story_source import StorySource
from views.maps.escape import plain
from views.texts import read_words

TEMPLATES: Final = Path(__file__).parent / "templates"
AUTHOR: Final = "Transferkompass"
MOST_ROWS: Final = 8
# Units of the drawings are pixels of a page 1,920 wide; no type is smaller than 24 of them.
CHART: Final = Sheet(1500, 620, 27, with_fonts=False)
MAP: Final = Sheet(1500, 640, 26, with_fonts=False)


def story_pdf(source: StorySource) -> bytes:
    """The story in the reader's language.

    Returns:
        PDF 1.7, PDF/UA-1, language and title set, fonts embedded; as many pages as steps.
    """
    import typst

    files = {"main.typ": (TEMPLATES / "story.typ").read_bytes()}
    slides = [_page(source, slide, files) for slide in source.deck.slides]
    story = {
        "title": plain(source.deck.title),
        "lang": source.lang,
        "author": AUTHOR,
        "slides": slides,
    }
    pdf: bytes = typst.compile(
        files,
        format="pdf",
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"story": json.dumps(story, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return pdf


def _page(source: StorySource, slide: Slide, files: dict[str, bytes]) -> dict[str, Any]:
    """Values of one page; its drawings are added to the files."""
    lang, words = source.lang, read_words(source.lang)
    address = slide_words.code_address(slide, source.base)
    page = {
        "kicker": slide_words.kicker(source.deck, slide),
        "headline": slide_words.headline(slide) or source.deck.title,
        "sentence": slide_words.sentence(slide, lang),
        "sources": slide_words.source_line(slide, lang),
        "state": slide_words.state_of(slide, lang),
        "link": address,
        "opens": words("story_files.opens"),
        "qr": _add(files, f"qr{slide.number}.svg", qr_svg(address) if address else ""),
        "qr_alt": words("story_files.qr_alt", address=address),
        "alt": slide_words.alternative(slide, lang),
    }
    return {**page, **_picture(source, slide, files)}


def _picture(source: StorySource, slide: Slide, files: dict[str, bytes]) -> dict[str, Any]:
    words, picture = read_words(source.lang), slide.picture
    if isinstance(picture, FiguresPicture) and picture.figures:
        shown = [[plain(cell, 120) for cell in one] for one in picture.figures]
        return {"kind": "figures", "figures": shown}
    if isinstance(picture, TablePicture) and picture.rows:
        rows, left = slide_words.shown_rows(picture, MOST_ROWS)
        more = words("story_files.rows_more", n=left) if left else ""
        head = [plain(name, 80) for name in picture.columns]
        return {"kind": "table", "columns": head, "rows": rows, "more": more}
    sheet = slide_words.sheet_for(picture, CHART, MAP)
    drawn = source.drawing(slide, source.lang, sheet)
    if not drawn:
        return {"kind": "none", "none": words("story_files.no_picture")}
    return {"kind": "drawing", "drawing": _add(files, f"picture{slide.number}.svg", drawn)}


def _add(files: dict[str, bytes], name: str, drawing: str) -> str:
    """Adds a drawing; gives its name, empty when there is none."""
    if not drawing:
        return ""
    files[name] = drawing.encode()
    return name
