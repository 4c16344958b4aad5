"""The format of a picture: size, type, colours, and whether it stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
