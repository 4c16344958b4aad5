"""The template of the slides: the shipped one or the operator's, and where a slide's parts go."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pptx.enum.shapes import PP_PLACEHOLDER

LOGGER = logging.getLogger(__name__)
TEMPLATE: Final = "story.pptx"
TEMPLATES: Final = Path(__file__).parent / "templates"
LAYOUT: Final = "Transferkompass"
_TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_CONTENT: Final = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
# A content area smaller than this share of a side is not one.
_LEAST_SHARE: Final = 0.3
_MARGIN_SHARE: Final = 0.045


@dataclass(frozen=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """Right edge."""
        return self.left + self.width


@dataclass(frozen=True, eq=False)
class Template:
    """An opened template.

    Attributes:
        presentation: without slides.
        layout: the layout all slides get.
        area: where everything but the headline goes.
    """

    presentation: Any
    layout: Any
    area: Box


def open_template(operator: Path | None) -> Template:
    """The operator's ``story.pptx``, else the shipped one.

    A file of the operator that cannot be used is logged, and the shipped one is taken. Its
    layout is the one named ``Transferkompass``, else the first with a title; the place of its
    content is the area of the slide's parts.
    """
    own = operator / TEMPLATE if operator is not None else None
    if own is not None and own.is_file():
        try:
            return _opened(own)
        except Exception:
            # Whatever a foreign file breaks: the slides are made all the same.
            LOGGER.exception("the slides in %s cannot be used; the shipped ones are", own)
    return _opened(TEMPLATES / TEMPLATE)


def _opened(file: Path) -> Template:
    from pptx import Presentation

    presentation: Any = Presentation(str(file))
    _drop_slides(presentation)
    layout = _layout(presentation)
    return Template(presentation, layout, _area(presentation, layout))


def _drop_slides(presentation: Any) -> None:
    """Slides of the template are samples."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)


def _layout(presentation: Any) -> Any:
    with_title = [one for one in presentation.slide_layouts if _placeholder(one, _TITLES)]
    named = [one for one in with_title if one.name == LAYOUT]
    if not with_title:
        raise ValueError("no layout of the template has a title")
    fewest = min(with_title, key=lambda one: len(list(one.placeholders)))
    return named[0] if named else fewest


def _placeholder(layout: Any, kinds: tuple[Any, ...]) -> Any:
    shapes = (one for one in layout.placeholders if one.placeholder_format.type in kinds)
    return next(shapes, None)


def _area(presentation: Any, layout: Any) -> Box:
    """The place of the layout's content, else all below its title."""
    width, height = presentation.slide_width, presentation.slide_height
    content = _placeholder(layout, _CONTENT)
    if content is not None and content.width is not None:
        box = Box(content.left, content.top, content.width, content.height)
        if box.width > _LEAST_SHARE * width and box.height > _LEAST_SHARE * height:
            return box
    title = _placeholder(layout, _TITLES)
    margin = int(_MARGIN_SHARE * width)
    top = title.top + title.height if title.top is not None else int(0.2 * height)
    top = min(top, int(0.35 * height))
    return Box(margin, top, width - 2 * margin, height - top - margin // 2)
