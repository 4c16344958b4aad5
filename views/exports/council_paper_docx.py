"""A council paper as an editable DOCX, filled into a template file."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

from loaders.languages import language
from views.exports.council_paper import Paper
from views.theme import LIGHT

TEMPLATE: Final = "council_paper.docx"
TEMPLATES: Final = Path(__file__).parent / "templates"
PICTURE_WIDTH_CM = 16.4
WIDTH, HEIGHT = 1600, 60
LONGEST_PROPERTY = 255


def paper_docx(paper: Paper, operator: Path | None = None) -> bytes:
    """The paper as a Word document with real headings, lists and a table.

    Args:
        paper: the words.
        operator: folder with the office's own ``council_paper.docx``; the shipped template
            where there is none.
    """
    from docxtpl import DocxTemplate

    own = operator / TEMPLATE if operator is not None else None
    document = DocxTemplate(own if own is not None and own.is_file() else TEMPLATES / TEMPLATE)
    document.render({**_values(paper), "picture": _picture(document, paper)}, autoescape=True)
    _describe(document.docx, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _values(paper: Paper) -> dict[str, object]:
    listed = " ".join(f"[{number}] {url}" for number, url in enumerate(paper.sources, start=1))
    return {**asdict(paper), "listed": listed, "origin": _origin(paper)}


def _origin(paper: Paper) -> str:
    return " · ".join(f"{label}: {value}" for label, value in paper.provenance)


def _picture(document: Any, paper: Paper) -> Any:
    """The range as a picture across the page."""
    from docx.shared import Cm
    from docxtpl import InlineImage

    return InlineImage(document, io.BytesIO(range_png(paper)), width=Cm(PICTURE_WIDTH_CM))


def range_png(paper: Paper) -> bytes:
    """The range as a bar on a line from 0 to 100, dashed where the bands meet (PNG)."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 10, WIDTH - 1, HEIGHT - 10), 8, fill=LIGHT.grid)
    left, right = paper.low * (WIDTH - 1), max(paper.high * (WIDTH - 1), paper.low * WIDTH + 8)
    fill = LIGHT.primary if paper.assessable else LIGHT.no_value
    draw.rounded_rectangle((left, 10, right, HEIGHT - 10), 8, fill=fill, outline=LIGHT.ink, width=2)
    if not paper.assessable:
        for x in range(int(left) + 12, int(right) - 20, 16):
            draw.line((x, HEIGHT - 12, x + 18, 12), fill=LIGHT.muted, width=3)
    for threshold in paper.thresholds:
        for y in range(0, HEIGHT, 12):
            draw.line((threshold * WIDTH, y, threshold * WIDTH, y + 6), fill=LIGHT.ink, width=3)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _describe(document: Any, paper: Paper) -> None:
    """Title, language and subject in the document's properties."""
    properties = document.core_properties
    properties.title = _fitting(paper.title)
    properties.subject = _fitting(paper.answer)
    properties.language = language(paper.lang).tag
    properties.author = ""
    properties.comments = _fitting(_origin(paper))
    _name_picture(document, paper.range_alt)
    _set_language(document, language(paper.lang).tag)


def _fitting(text: str) -> str:
    """A property holds 255 signs; whole words of the text, a long address is left out."""
    return shorten(text, LONGEST_PROPERTY, placeholder=" …")


def _name_picture(document: Any, words: str) -> None:
    """What the picture shows, for readers who do not see it."""
    for shape in document.inline_shapes:
        shape._inline.docPr.set("descr", words)


def _set_language(document: Any, tag: str) -> None:
    """The language of all text, for spelling and for screen readers."""
    from docx.oxml.ns import qn

    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag)
