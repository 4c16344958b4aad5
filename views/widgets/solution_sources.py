"""How a source, its age and a phase are written wherever solutions and lessons appear."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from views.session import Visit
from views.texts import link, plain
from views.texts.plain import ADDRESS

PHASE_SHAPES = {
    "P1": ":material/lightbulb:",
    "P2": ":material/draw:",
    "P3": ":material/science:",
    "P4": ":material/check_circle:",
    "P5": ":material/hub:",
    "stopped": ":material/stop_circle:",
    "": ":material/help:",
}
LESSON_SHAPES = {
    "worked": ":material/thumb_up:",
    "did_not_work": ":material/block:",
    "precondition": ":material/checklist:",
    "cost": ":material/payments:",
    "governance": ":material/account_tree:",
    "acceptance": ":material/groups:",
}
SITE_NAME = r"https?://(?:www\.)?([^/?#]+)"


def site(address: str) -> str:
    """The host of an address as a reader says it, ``konstanz.de``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def links(addresses: str) -> str:
    """Markdown links to all addresses of a cell (separated by ``|``), shown by their host."""
    every = [part.strip() for part in addresses.split(" | ") if part.strip()]
    return ", ".join(link(site(address) or address, address) for address in every)


def age(visit: Visit, date: str) -> str:
    """The date of a source in words, or that it has none."""
    if not date:
        return visit.words("common.undated")
    return visit.words("common.as_of", date=visit.formats.date(date))


def source_note(visit: Visit, addresses: str, date: str) -> str:
    """Small print with source and age; says so when no source is named."""
    if not addresses:
        return f":small[{visit.words('solution.no_source')}]"
    return f":small[{visit.words('common.source')}: {links(addresses)}, {age(visit, date)}]"


def phase_words(visit: Visit, phase: str) -> str:
    """A phase as shape and word."""
    word = visit.names("phase", phase) if phase else visit.words("solution.phase_unknown")
    return f"{PHASE_SHAPES.get(phase, PHASE_SHAPES[''])} {plain(word)}"


def adoptions_words(visit: Visit, adoptions: int, decisions: int) -> str:
    """How many adoptions from how many decisions; the same words wherever they are counted."""
    count = visit.words("transfer.count", n=adoptions)
    return f"{count} {visit.words('transfer.from_decisions', n=decisions)}"


def linked(text: str) -> str:
    """Data text with its web addresses as links shown by their host."""
    return "".join(
        link(site(part), part) if number % 2 else plain(part)
        for number, part in enumerate(ADDRESS.split(text))
    )


def text_in(visit: Visit, text: str, lang: str = "de") -> str:
    """Data text; marked when it stands in another language than the page."""
    said = linked(re.sub(r"\s+", " ", text))
    if lang == visit.lang:
        return said
    other = "solution.in_german" if lang == "de" else "solution.in_english"
    return f"{said} :small[{visit.words(other)}]"
