"""Text from data, made harmless for Markdown: it is shown, never run, never fetched."""

from __future__ import annotations

import html
import re
import unicodedata

ADDRESS = re.compile(r"(https?://[^\s<>()\[\]\"']*[^\s<>()\[\]\"'.,;:])")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$:!^=])")
# Streamlit's Markdown makes links of bare addresses after it has taken the escapes away; a
# joiner without width inside the address is the only thing that keeps it text.
_JOINER = "\u2060"
_BARE_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_LIST_START = re.compile(r"^(\s*\d*)([-+.)])(\s)")


def plain(text: object) -> str:
    """The text with every Markdown sign escaped and control characters taken out.

    Images, links, colours and HTML written into a table cell appear as the characters
    they are; so do web addresses (a page that means a link writes ``link``).
    """
    visible = "".join(
        " " if char in "\r\n\t" else char
        for char in str(text)
        if char in "\r\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )
    escaped = _SPECIAL.sub(r"\\\1", _BARE_ADDRESS.sub(_JOINER, visible))
    return _LIST_START.sub(r"\1\\\2\3", escaped, count=1)


def link(label: object, address: str) -> str:
    """A Markdown link to a public page, or the bare label when the address is no web address."""
    if not re.fullmatch(r"https?://[^\s<>()\[\]\"']+", address):
        return plain(label)
    return f"[{plain(label)}]({address})"


_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~$:!^=\-+.)])")
_MARKS = re.compile(r"\*\*|:material/\w+:\s*|:small\[|\[(?=[^\]]*\]\()")
_TARGET = re.compile(r"\]\([^)]*\)")


def bare(text: str) -> str:
    """A sentence written for Markdown as the characters a reader sees, for files and stages."""
    without = _MARKS.sub("", _TARGET.sub("", text)).replace(_JOINER, "")
    # Blanks that must not break stay as they are.
    return re.sub(r"[ \t\r\n]+", " ", _ESCAPED.sub(r"\1", without)).strip()


_SIGN = re.compile(r"(?<!\\):material/(\w+):")


def as_html(text: str) -> str:
    """A sentence written for Markdown, for a place inside HTML: no character in it is markup.

    Signs (``:material/name:``) stay signs, hidden from those who listen.
    """
    found = []
    for number, part in enumerate(_SIGN.split(text)):
        sign = f'<span class="sign" aria-hidden="true" translate="no">{part}</span> '
        found.append(sign if number % 2 else html.escape(bare(part)))
    return "".join(found)


_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\((https?://[^\s()<>\"']+)\)")


def as_linked_html(text: str) -> str:
    """As ``as_html``, but links to public pages stay links, opened beside this page."""
    parts = _LINK.split(text)
    found = []
    for number in range(0, len(parts), 3):
        said, following = parts[number], parts[number + 1 : number + 3]
        before = " " if number and said[:1].isspace() else ""
        after = " " if following and said[-1:].isspace() else ""
        found.append(f"{before}{as_html(said)}{after}")
        if following:
            label, address = following
            found.append(anchor(bare(label), address, apart=True))
    return "".join(found)


def anchor(label: str, address: str, *, apart: bool = False) -> str:
    """A link in HTML, its label as text from data; ``apart`` opens it beside this page."""
    where = ' target="_blank" rel="noopener noreferrer"' if apart else ' target="_self"'
    return f'<a href="{html.escape(address)}"{where}>{html.escape(bare(plain(label)))}</a>'
