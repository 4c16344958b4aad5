"""A story as PowerPoint: native charts and tables that can be edited, notes, sources, codes."""

from __future__ import annotations

import io
from typing import Any, Final

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from loaders.languages import language
from views.exports import slide_words, svg_text
from views.exports.pptx_chart import add_chart
from views.exports.pptx_template import Box, Template, open_template
from views.exports.qr import qr_png
from views.exports.sheet import Sheet
from views.exports.slide import (
    ChartPicture,
    FiguresPicture,
    MapPicture,
    Slide,
    TablePicture,
)
from views.exports.story_source import StorySource
from views.exports.svg_png import svg_png
from views.maps.escape import plain
from views.texts import read_words

MIME: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST_ROWS: Final = 8
MAP_PIXELS: Final = 2400
MAP_TYPE: Final = 26
_HEADLINE_SIZES: Final = (30, 28, 26, 24, 22, 20)
_SENTENCE_SIZES: Final = (20, 18, 16, 14, 12)
# Twelve points are 24 pixels of a screen 1,080 high: what the last row can read.
_SMALLEST: Final = 12
_FOOT, _CODE, _GAP = Inches(0.5), Inches(1.3), Inches(0.2)
_PER_POINT: Final = 12700


def story_pptx(source: StorySource) -> bytes:
    """The story in the reader's language, one slide per step, 16:9 unless the template differs."""
    template = open_template(source.operator)
    for slide in source.deck.slides:
        _Page(source, template, slide).write()
    _describe(template.presentation, source)
    file = io.BytesIO()
    template.presentation.save(file)
    return file.getvalue()


def _describe(presentation: Any, source: StorySource) -> None:
    """Title, language and origin in the properties; the language of every piece of text."""
    properties = presentation.core_properties
    properties.title, properties.author = plain(source.deck.title), ""
    properties.language = language(source.lang).tag
    properties.comments = slide_words.state_of(source.deck.slides[0], source.lang)
    for slide in presentation.slides:
        for part in (slide._element, slide.notes_slide._element if slide.has_notes_slide else None):
            for run in [] if part is None else part.iter("{*}rPr", "{*}endParaRPr"):
                run.set("lang", language(source.lang).tag)


class _Page:
    """Writes one slide."""

    def __init__(self, source: StorySource, template: Template, slide: Slide) -> None:
        self._source, self._slide, self._area = source, slide, template.area
        self._lang, self._words = source.lang, read_words(source.lang)
        self._page = template.presentation.slides.add_slide(template.layout)
        self._address = slide_words.code_address(slide, source.base)

    def write(self) -> None:
        """Headline, sentence, picture, sources, code and notes, in the order they are read."""
        self._headline()
        box = self._sentence()
        self._picture(box)
        self._foot()
        if self._address:
            self._code()
        self._page.notes_slide.notes_text_frame.text = self._notes()

    def _headline(self) -> None:
        words = slide_words.headline(self._slide) or plain(self._source.deck.title)
        title = self._page.shapes.title
        for holder in list(self._page.placeholders):
            if holder.placeholder_format.idx != title.placeholder_format.idx:
                holder._element.getparent().remove(holder._element)
        title.text_frame.text = words
        room = (title.width or self._area.width) / _PER_POINT
        size = _fitting(words, room, 2, _HEADLINE_SIZES, bold=True)
        # The template's own size counts while the words fit; longer ones are set smaller.
        if size < _HEADLINE_SIZES[0]:
            title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)

    def _sentence(self) -> Box:
        """The reading below the headline; gives what is left for the picture."""
        area = self._area
        words = slide_words.sentence(self._slide, self._lang)
        size = _fitting(words, area.width / _PER_POINT, 2, _SENTENCE_SIZES)
        lines = len(svg_text.wrapped(words, size, area.width / _PER_POINT)) or 1
        height = Pt(size * 1.25 * lines)
        self._text(words, Box(area.left, area.top, area.width, height), size)
        top = area.top + height + _GAP // 2
        beside = _CODE + _GAP if self._address else 0
        left = area.bottom - _FOOT - _GAP // 2 - top
        return Box(area.left, top, area.width - beside, max(left, Inches(1)))

    def _picture(self, box: Box) -> None:
        picture = self._slide.picture
        if isinstance(picture, MapPicture):
            self._map(picture, box)
        elif isinstance(picture, ChartPicture) and picture.categories:
            at = (box.left, box.top, box.width, box.height)
            self._named(add_chart(self._page.shapes, picture, at))
        elif isinstance(picture, FiguresPicture) and picture.figures:
            self._figures(picture, box)
        elif isinstance(picture, TablePicture) and picture.rows:
            self._table(picture, box)
        else:
            self._text(self._words("story_files.no_picture"), box, 18, muted=True)

    def _named(self, frame: Any, words: str = "") -> None:
        """What a picture shows, for readers who do not see it."""
        told = words or slide_words.alternative(self._slide, self._lang)
        frame._element.xpath(".//p:cNvPr")[0].set("descr", told)

    def _map(self, picture: MapPicture, box: Box) -> None:
        """The map as a picture of pixels with its names and numbers in the alternative text."""
        width = round(144 * box.width / Inches(1))
        sheet = Sheet(width, round(width * box.height / box.width), MAP_TYPE, with_fonts=False)
        drawn = self._source.drawing(self._slide, self._lang, sheet)
        png = io.BytesIO(svg_png(drawn, MAP_PIXELS))
        at = (box.left, box.top, box.width, box.height)
        self._named(self._page.shapes.add_picture(png, *(Emu(int(one)) for one in at)))

    def _figures(self, picture: FiguresPicture, box: Box) -> None:
        across = min(len(picture.figures), 3)
        down = -(-len(picture.figures) // across)
        width, height = box.width // across, box.height // down
        for place, (number, words) in enumerate(picture.figures):
            left = box.left + (place % across) * width
            top = box.top + (place // across) * height
            frame = self._text(
                plain(number, 60), Box(left, top, width - _GAP, height), 54, strong=True
            )
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            further = frame.add_paragraph().add_run()
            further.text, further.font.size = plain(words, 160), Pt(20)

    def _table(self, picture: TablePicture, box: Box) -> None:
        rows, left = slide_words.shown_rows(picture, MOST_ROWS)
        tall = Inches(0.4)
        at = (box.left, box.top, box.width, tall * (len(rows) + 1))
        frame = self._page.shapes.add_table(len(rows) + 1, len(picture.columns), *at)
        self._named(frame)
        for column, width in zip(
            frame.table.columns, _widths(picture, rows, box.width), strict=True
        ):
            column.width = width
        size = 16 if len(rows) <= 6 else 14
        for row, cells in enumerate((picture.columns, *rows)):
            for place, words in enumerate(cells):
                cell = frame.table.cell(row, place)
                cell.text = plain(words, 160)
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.size = Pt(size)
        if left:
            more = self._words("story_files.rows_more", n=left)
            below = Box(box.left, box.bottom - Inches(0.3), box.width, Inches(0.3))
            self._text(more, below, 14, muted=True)

    def _foot(self) -> None:
        area, width = self._area, self._area.width - (_CODE + _GAP if self._address else 0)
        state = slide_words.state_of(self._slide, self._lang)
        parts = (state, slide_words.kicker(self._source.deck, self._slide))
        sources = slide_words.source_line(self._slide, self._lang)
        (first,) = svg_text.wrapped(sources, _SMALLEST, width / _PER_POINT, 1) or ("",)
        box = Box(area.left, area.bottom - _FOOT, width, _FOOT)
        frame = self._text(first, box, _SMALLEST, muted=True)
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        self._run(frame.add_paragraph(), " · ".join(one for one in parts if one), _SMALLEST, True)

    def _code(self) -> None:
        area, label = self._area, Inches(0.25)
        left, top = area.right - _CODE, area.bottom - _CODE - label
        code = self._page.shapes.add_picture(io.BytesIO(qr_png(self._address)), left, top, _CODE)
        self._named(code, self._words("story_files.qr_alt", address=self._address))
        wide = Box(left - _GAP, area.bottom - label, _CODE + 2 * _GAP, label)
        frame = self._text(self._words("story_files.opens"), wide, _SMALLEST)
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        frame.paragraphs[0].runs[0].hyperlink.address = self._address

    def _notes(self) -> str:
        """What the speaker says, then all sources, state and address."""
        slide, lang = self._slide, self._lang
        own = (
            slide_words.source_line(slide, lang),
            slide_words.state_of(slide, lang),
            self._address,
        )
        notes = "\n".join(plain(line, 4000) for line in slide.notes.splitlines())
        return "\n\n".join(one for one in (notes, "\n".join(line for line in own if line)) if one)

    def _text(
        self, words: str, box: Box, size: int, *, muted: bool = False, strong: bool = False
    ) -> Any:
        """A text box in the template's type; gives its frame."""
        shape = self._page.shapes.add_textbox(box.left, box.top, box.width, box.height)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        run = self._run(frame.paragraphs[0], words, size, muted)
        if strong:
            run.font.bold = True
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        return frame

    @staticmethod
    def _run(paragraph: Any, words: str, size: int, muted: bool) -> Any:
        run = paragraph.add_run()
        run.text, run.font.size = words, Pt(size)
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2 if muted else MSO_THEME_COLOR.TEXT_1
        return run


def _fitting(words: str, room: float, most: int, sizes: tuple[int, ...], bold: bool = False) -> int:
    """The largest of some sizes with which words fit on some lines; else the smallest."""
    fits = (one for one in sizes if len(svg_text.wrapped(words, one, room, 99, bold)) <= most)
    return next(fits, sizes[-1])


def _widths(picture: TablePicture, rows: tuple[tuple[str, ...], ...], width: int) -> list[int]:
    """Widths of columns after the longest words in them; none less than a tenth."""
    longest = [
        min(max(len(plain(cell)) for cell in column), 60) + 3
        for column in zip(picture.columns, *rows, strict=True)
    ]
    least = sum(longest) / 10
    shares = [max(one, least) for one in longest]
    return [int(width * share / sum(shares)) for share in shares]
