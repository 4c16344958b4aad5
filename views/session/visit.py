"""The visit: language, town, version and tour, settled at the start of every run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from loaders.folders import data_folder
from loaders.languages import of_tables
from views import publishing
from views.session.location import LANG, TOUR, TOWN, VERSION, address, whole_number
from views.session.shared import (
    NothingHeld,
    first_version,
    shown_version,
    store,
    table_index,
)
from views.texts import LANGUAGES, Formats, Names, Words, read_names, read_words
from views.theme import Scheme

TOWN_SEARCH = "town_search"
_TOUR = re.compile(r"[a-z0-9-]{1,60}\.\d{1,2}\.(light|dark)\.[\w-]{0,20}")


@dataclass(frozen=True)
class Visit:
    """What every part of a page needs to know about this run.

    Attributes:
        lang: one of ``LANGUAGES``.
        ags: key of the visitor's own town or district, empty when none is chosen.
        version: data version the page shows.
        newest: newest data version there is; above ``version`` when an older state is shown.
        scheme: ``light`` or ``dark``.
        words, names, formats: the language's words, data words and number formats.
    """

    lang: str
    ags: str
    version: int
    newest: int
    scheme: Scheme
    words: Words
    names: Names
    formats: Formats

    @property
    def text_lang(self) -> str:
        """Language of the sentences that tables hold for this reader: ``de`` or ``en``."""
        return of_tables(self.lang)

    @property
    def is_past(self) -> bool:
        """Whether the page shows an older state of the data."""
        return self.version < self.newest


def current() -> Visit:
    """The visit that ``begin`` settled for this run; pages start with it."""
    visit: Visit = st.session_state["_visit"]
    return visit


def in_language(visit: Visit, lang: str) -> Visit:
    """The same visit with the words of another language, for files that hold both."""
    return replace(
        visit,
        lang=lang,
        words=read_words(lang),
        names=read_names(data_folder() / "names", lang),
        formats=Formats(lang),
    )


def begin() -> Visit:
    """Settle language, version and town from address and session; write them into the address."""
    _repeat_address()
    newest = store().version()
    version = _settle_version(newest)
    lang = _settle(LANG, LANGUAGES[0], lambda value: value in LANGUAGES)
    ags = _settle(TOWN, "", _is_known_place)
    _settle(TOUR, "", lambda text: bool(_TOUR.fullmatch(text)))
    visit = Visit(
        lang=lang,
        ags=ags,
        version=version,
        newest=newest,
        scheme="dark" if st.context.theme.type == "dark" else "light",
        words=read_words(lang),
        names=read_names(data_folder() / "names", lang),
        formats=Formats(lang),
    )
    st.session_state["_visit"] = visit
    return visit


def _repeat_address() -> None:
    """Tell the browser a new address: a link to the page already open would not change it."""
    stands = st.query_params.to_dict()
    if st.session_state.get("_address", stands) != stands:
        st.query_params.from_dict(stands)
    st.session_state["_address"] = stands


def _settle(name: str, default: str, accepts: Callable[[str], bool]) -> str:
    """Address before session before default; an id nobody knows is kept to be said.

    What the session holds may be gone, too: another state of the data need not know a town.
    """
    asked = st.query_params.get(name)
    if asked is not None and asked != "" and not accepts(asked):
        st.session_state.setdefault("_unknown", {})[name] = asked
        asked = None
    held = str(st.session_state.get(name) or default)
    value = asked or (held if held == default or accepts(held) else default)
    st.session_state[name] = value
    address(**{name: value})
    return value


def _settle_version(newest: int) -> int:
    """The version all pages of this run show: the newest, or an older one that was asked for."""
    st.session_state["_shown_version"] = newest
    asked_for = _settle(VERSION, "", lambda text: _is_version(text, newest))
    version = whole_number(asked_for, otherwise=newest)
    if version >= newest:
        show_newest()
        return newest
    st.session_state["_shown_version"] = version
    return version


def _is_version(text: str, newest: int) -> bool:
    return first_version() <= whole_number(text, otherwise=-1) <= newest


def show_version(version: int) -> None:
    """Have all pages show an older state of the data."""
    st.session_state[VERSION] = str(version)
    address(**{VERSION: str(version)})


def show_newest() -> None:
    """Have all pages show the newest state again."""
    st.session_state[VERSION] = ""
    address(**{VERSION: ""})


@contextmanager
def showing(version: int) -> Iterator[None]:
    """Inside, results come from this state of the data, whatever the page itself shows."""
    page_version, visit = shown_version(), current()
    st.session_state["_shown_version"] = version
    st.session_state["_visit"] = replace(visit, version=version)
    try:
        yield
    finally:
        st.session_state["_shown_version"] = page_version
        st.session_state["_visit"] = visit


def can_open(version: int) -> bool:
    """Whether a state of the data can still be opened."""
    return first_version() <= version <= current().newest


def publish_rule() -> publishing.Rule:
    """Which rule about publishing holds for this visitor."""
    setting = os.environ.get(publishing.SETTING, "")
    return publishing.rule_for(setting, st.context.headers.to_dict(), st.context.ip_address)


def may_publish() -> bool:
    """Whether this visitor may publish, undo and redo."""
    return publish_rule() in ("open", "local")


def _is_known_place(ags: str) -> bool:
    kind = "districts" if len(ags) == 5 else "municipalities"
    try:
        return ags in table_index(kind)
    except NothingHeld:
        return False


def known_place(ags: str) -> str:
    """The key when it is one of a municipality or district, else ""."""
    return ags if ags and _is_known_place(ags) else ""


def choose_town(ags: str) -> None:
    """Make a town the visitor's own on all pages; empty text forgets it."""
    st.session_state[TOWN] = ags
    st.session_state[TOWN_SEARCH] = ""
    address(**{TOWN: ags})


def choose_language(lang: str) -> None:
    """Switch the language of all pages."""
    st.session_state[LANG] = lang
    address(**{LANG: lang})


@dataclass(frozen=True)
class Tour:
    """The story under way while its presenter looks around: where to come back to.

    Attributes:
        story: id of the story.
        step: the step left, from 1.
        scheme: theme of the stage.
        room: id of the presentation, "" for a single window.
    """

    story: str
    step: int
    scheme: Scheme
    room: str = ""

    def __str__(self) -> str:
        return f"{self.story}.{self.step}.{self.scheme}.{self.room}"


def tour() -> Tour | None:
    """The story under way, from the address or the session."""
    kept_tour = str(st.session_state.get(TOUR) or "")
    if not kept_tour:
        return None
    story, step, scheme, room = kept_tour.split(".")
    return Tour(story, int(step), "dark" if scheme == "dark" else "light", room)


def end_tour() -> None:
    """Look around no longer: the story is over, or it goes on."""
    st.session_state[TOUR] = ""
    address(**{TOUR: ""})
