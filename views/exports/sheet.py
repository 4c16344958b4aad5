"""The format of a picture: size, type, colours, and whether it stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from views.exports import svg_text
from views.theme import Scheme


@dataclass(frozen=True)
class Sheet:
    """The format of a picture.

    Attributes:
        width, height: units of the drawing.
        type: size of the running text in these units; everything else follows it.
        scheme: light or dark colours.
        ids: begins every id inside, so that several drawings may stand in one document.
        with_fonts: carry the fonts along, for a file that stands alone.
    """

    width: int = 1600
    height: int = 1200
    type: float = 24
    scheme: Scheme = "light"
    ids: str = ""
    with_fonts: bool = True


STANDALONE: Final = Sheet()


def drawing(sheet: Sheet, lang: str, title: str, told: str, content: str) -> str:
    """The elements of a picture as one drawing with a name and a description."""
    ids, size = sheet.ids, f"{sheet.width} {sheet.height}"
    fonts = f"<style>{svg_text.font_faces()}</style>" if sheet.with_fonts else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}" '
        f'viewBox="0 0 {size}" role="img" lang="{lang}" font-family="{svg_text.FAMILY}" '
        f'aria-labelledby="{ids}name {ids}told"><title id="{ids}name">{svg_text.escaped(title)}'
        f'</title><desc id="{ids}told">{svg_text.escaped(told)}</desc>{fonts}{content}</svg>'
    )
