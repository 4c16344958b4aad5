"""A drawing as a picture of pixels, by Typst; with the house's own fonts and no other."""

from __future__ import annotations

import re
from typing import Final

from views.exports.svg_text import FONTS

_SIZE: Final = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_POINTS_PER_INCH: Final = 72


def svg_png(svg: str, pixels: int) -> bytes:
    """The drawing as PNG.

    Args:
        svg: a drawing whose root states width and height.
        pixels: width of the picture.

    Raises:
        ValueError: the root states no size.
    """
    import typst

    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("the drawing states no width and height")
    width, height = map(float, size.groups())
    page = f"#set page(width:{width}pt,height:{height}pt,margin:0pt)\n"
    source = f'{page}#image("drawing.svg",width:100%)'
    picture: bytes = typst.compile(
        {"main.typ": source.encode(), "drawing.svg": svg.encode()},
        format="png",
        ppi=_POINTS_PER_INCH * pixels / width,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return picture
