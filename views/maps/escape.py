"""Text that reaches a map: the only three ways a name or a note gets into one.

``plain`` is for places that take text (the map part writes text nodes only);
``escaped`` is for places that take markup (popups and tooltips of folium, which
runs ``${...}`` inside a script even where the HTML was escaped); ``coded`` is for
texts inside a script of folium, which branca reads once more as a Jinja template, so
that ``{{ ... }}`` in a name would run on the server.
"""

from __future__ import annotations

import html
import unicodedata
from functools import lru_cache
from urllib.parse import quote

LONGEST = 300
_SCRIPT_MARKS = {"`": "&#96;", "$": "&#36;", "\\": "&#92;", "{": "&#123;", "}": "&#125;"}
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


@lru_cache(maxsize=4096)
def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line without unseen letters, shortened to ``longest`` letters.

    Control letters, marks that turn the reading direction and zero-width letters could
    hide or reorder what stands beside them; white space is drawn together.
    """
    seen = (" " if letter.isspace() else letter for letter in text)
    kept = "".join(letter for letter in seen if unicodedata.category(letter) not in _UNSEEN)
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def escaped(text: str, longest: int = LONGEST) -> str:
    """The text as markup that shows exactly its letters, in HTML and in script literals."""
    safe = html.escape(plain(text, longest), quote=True)
    return "".join(_SCRIPT_MARKS.get(letter, letter) for letter in safe)


def coded(text: str, longest: int = LONGEST) -> str:
    """The text in letters, digits and ``%`` only; the frame's script reads it back as text."""
    return quote(plain(text, longest), safe="")
