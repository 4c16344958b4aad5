"""Text in drawings: measured with the house's own font files, wrapped, escaped."""

from __future__ import annotations

import base64
import html
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from views.maps.escape import plain

FONTS: Final = Path(__file__).parent / "templates" / "fonts"
_FACES: Final = {False: "IBMPlexSans-Regular.ttf", True: "IBMPlexSans-SemiBold.ttf"}
_WEB: Final = Path(__file__).parents[2] / "static" / "vendor" / "fonts"
FAMILY: Final = "IBM Plex Sans, sans-serif"
# Typst knows the bolder face by a name of its own; browsers by its weight.
_BOLD: Final = ' font-family="IBM Plex Sans SmBld, IBM Plex Sans, sans-serif" font-weight="600"'
LONGEST: Final = 600
_MEASURED: Final = 100


def width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in the units of ``size``."""
    return float(_face(bold).getlength(text)) * size / _MEASURED


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / _FACES[bold]), _MEASURED)


def wrapped(
    text: str, size: float, room: float, most: int = 20, bold: bool = False
) -> tuple[str, ...]:
    """Lines that fit into some room; words longer than a line are broken.

    Args:
        text: any text; unseen letters are taken out.
        size: size of the type.
        room: width of a line, in the units of ``size``.
        most: lines at most; what does not fit ends with an ellipsis.
        bold: whether the bolder face is used.
    """
    lines: list[str] = []
    for word in plain(text, LONGEST).split(" "):
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and width(candidate, size, bold) <= room:
            lines[-1] = candidate
            continue
        lines.extend(_pieces(word, size, room, bold))
    if len(lines) <= most:
        return tuple(line for line in lines if line)
    kept, last = lines[: most - 1], lines[most - 1]
    while last and width(f"{last}…", size, bold) > room:
        last = last[:-1]
    return (*kept, f"{last.rstrip()}…")


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word in pieces that fit each; usually one."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    bold: bool = False,
    anchor: str = "start",
) -> str:
    """One line of text as element; ``y`` is the line it stands on."""
    strong = _BOLD if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{strong}{place}>'
        f"{escaped(words)}</text>"
    )


def cleaned(words: str) -> str:
    """Any text on one line, without unseen letters."""
    return plain(words, LONGEST)


def escaped(words: str) -> str:
    """Any text as content or attribute of a drawing."""
    return html.escape(plain(words, LONGEST), quote=True)


def font_faces() -> str:
    """The two faces as rules of a style sheet that carries them along."""
    return "".join(
        f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{_woff2(weight)})}}"
        for weight in (400, 600)
    )


def _woff2(weight: int) -> str:
    file = _WEB / f"ibm-plex-sans-latin-{weight}-normal.woff2"
    return base64.b64encode(file.read_bytes()).decode("ascii")
