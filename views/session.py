"""The only module that touches session state, the address and caching.

The address reproduces a view: ``lang``, ``ags``, ``version`` (an older state of the data)
and what a page adds, always as ids. Every run starts with ``begin``, which settles language,
town and version for all pages.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from loaders import folders
from loaders.languages import of_tables
from loaders.rooms import Rooms
from loaders.store import Store, open_store, queries, store_location
from loaders.store.embedded import UnknownKind
from views import publishing, sitemap
from views.maps.description import TileSource
from views.maps.tiles import BadTiles, tile_source
from views.texts import LANGUAGES, Formats, Names, Words, read_names, read_words
from views.theme import Scheme

LANG = "lang"
TOWN = "ags"
TOWN_SEARCH = "town_search"
VERSION = "version"
TOUR = "tour"
KEPT = (LANG, TOWN, VERSION, TOUR)
_TOUR = re.compile(r"[a-z0-9-]{1,60}\.\d{1,2}\.(light|dark)\.[\w-]{0,20}")

Result = TypeVar("Result")
Report = Callable[[float], object]


class NothingHeld(LookupError):
    """The store holds nothing a page could show; the frame says so and names the way on."""


# A page that asks a table nobody lists has nothing to show either.
NOT_HELD = (NothingHeld, UnknownKind)


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


def data_folder() -> Path:
    """The shipped tables, or the folder named by ``TRANSFERKOMPASS_DATA``."""
    return Path(os.environ.get("TRANSFERKOMPASS_DATA", folders.DATA))


@st.cache_resource(show_spinner=False)
def _open(root: str, data: str) -> Store:
    store = open_store(Path(root), Path(data))
    gc.collect()
    gc.freeze()
    return store


def store() -> Store:
    """The one store of this process."""
    return _open(str(store_location()), str(data_folder()))


def boundaries_folder() -> Path:
    """The layers of the map; the shipped ones where those of the data folder were refused."""
    return Path(_boundaries_folder(str(data_folder() / "boundaries")))


@st.cache_resource(show_spinner=False)
def _boundaries_folder(folder: str) -> str:
    from loaders.boundaries.start import sound_folder

    return str(sound_folder(Path(folder), folders.DATA / "boundaries"))


def tiles() -> TileSource | None:
    """The picture map the operator put behind the areas, if any; a wrong setting counts as none."""
    try:
        return tile_source(os.environ)
    except BadTiles:
        return None


def publish_layers() -> None:
    """Lay the built outlines where the browser fetches them, once per process."""
    _publish_layers(str(boundaries_folder()))


@st.cache_resource(show_spinner=False)
def _publish_layers(folder: str) -> bool:
    from loaders.boundaries.layers import publish_layers as publish

    publish(Path(folder), folders.STATIC / "boundaries")
    return True


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
    """Address before session before default; an id nobody knows is kept to be said."""
    asked = st.query_params.get(name)
    if asked is not None and asked != "" and not accepts(asked):
        st.session_state.setdefault("_unknown", {})[name] = asked
        asked = None
    value = asked if asked else str(st.session_state.get(name) or default)
    st.session_state[name] = value
    address(**{name: value})
    return value


def _settle_version(newest: int) -> int:
    """The version all pages of this run show: the newest, or an older one that was asked for."""
    st.session_state["_shown_version"] = newest
    asked_for = _settle(VERSION, "", lambda text: _is_version(text, newest))
    if not asked_for.isdecimal() or int(asked_for) >= newest:
        show_newest()
        return newest
    st.session_state["_shown_version"] = int(asked_for)
    return int(asked_for)


def _is_version(text: str, newest: int) -> bool:
    return text.isdecimal() and first_version() <= int(text) <= newest


def first_version() -> int:
    """The oldest version that can be opened: the shipped tables as they were first read."""
    numbers = set(store().versions().query("layer == 'base'")["number"])
    first = 1
    while first + 1 in numbers:
        first += 1
    return first


def show_version(version: int) -> None:
    """Have all pages show an older state of the data."""
    st.session_state[VERSION] = str(version)
    address(**{VERSION: str(version)})


def show_newest() -> None:
    """Have all pages show the newest state again."""
    st.session_state[VERSION] = ""
    address(**{VERSION: ""})


def shown_version() -> int:
    """The version this run shows; the newest outside of a visit, for example at start-up."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return store().version()
    shown: int | None = st.session_state.get("_shown_version")
    return store().version() if shown is None else shown


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


def take_unknown() -> dict[str, str]:
    """Ids of the address that nobody knows, by parameter; each is given out once."""
    unknown: dict[str, str] = st.session_state.pop("_unknown", {})
    return unknown


def address(**parameters: str) -> None:
    """Write ids into the address; an empty text removes the parameter."""
    for name, value in parameters.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]


def asked(name: str, default: str = "") -> str:
    """One id as it stands in the address."""
    return st.query_params.get(name, default)


def kept(name: str, default: str = "") -> str:
    """A page's choice: from the address, else from this session, and written to both.

    Used for what survives a change of page: indicator, period, selection.
    """
    value = st.query_params.get(name) or str(st.session_state.get(f"kept_{name}") or default)
    keep(name, value)
    return value


def keep(name: str, value: str) -> None:
    """Remember a page's choice in session and address."""
    st.session_state[f"kept_{name}"] = value
    address(**{name: value})


def remembered(name: str, default: str = "") -> str:
    """What this visitor chose, from a link first, else from the session; address untouched.

    A link counts once: what is chosen afterwards wins.
    """
    asked_for = st.query_params.get(name, "")
    if asked_for and st.session_state.get(f"_linked_{name}") != asked_for:
        st.session_state[f"_linked_{name}"] = asked_for
        st.session_state[f"kept_{name}"] = asked_for
    return str(st.session_state.get(f"kept_{name}") or default)


def remember(name: str, value: str) -> None:
    """Keep a choice in the session alone."""
    st.session_state[f"kept_{name}"] = value
    st.session_state[f"_linked_{name}"] = st.query_params.get(name, "")


def put_in_address(name: str, value: str) -> None:
    """Write a remembered choice into the address because the visitor asked for it."""
    st.session_state[f"_linked_{name}"] = value
    address(**{name: value})


def in_address(name: str) -> bool:
    """Whether the address holds this name."""
    return name in st.query_params


def set_widget(key: str, value: object) -> None:
    """Move a control from a callback, before the run that draws it."""
    st.session_state[key] = value


def seed_widget(key: str, value: object) -> None:
    """What a control shows first; afterwards it keeps what the visitor chose."""
    st.session_state.setdefault(key, value)


def told(key: str, name: str) -> Any:
    """What a part of the page tells in the callback of one of its triggers."""
    state = st.session_state.get(key)
    return None if state is None else state.get(name)


def say_unknown(name: str, value: str) -> None:
    """Have the frame say that an id of the address is unknown (a wrong link)."""
    st.session_state.setdefault("_unknown", {})[name] = value


def choose_town(ags: str) -> None:
    """Make a town the visitor's own on all pages; empty text forgets it."""
    st.session_state[TOWN] = ags
    st.session_state[TOWN_SEARCH] = ""
    address(**{TOWN: ags})


def choose_language(lang: str) -> None:
    """Switch the language of all pages."""
    st.session_state[LANG] = lang
    address(**{LANG: lang})


def link(**parameters: str) -> dict[str, str]:
    """Parameters of a link to another page: language and town go along."""
    carried = {name: str(st.session_state.get(name) or "") for name in KEPT}
    return {name: value for name, value in {**carried, **parameters}.items() if value}


def full_address(page: str, **parameters: str) -> str:
    """The address of a page of the sitemap as a colleague can open it; "" when unknown."""
    query = urlencode(link(**{TOUR: "", **parameters}))
    return absolute(f"{sitemap.BY_NAME[page].url_path}?{query}")


def absolute(address: str) -> str:
    """An address inside the site as another device can open it; "" when the host is unknown."""
    here = urlsplit(st.context.url or "")
    if not here.netloc:
        return ""
    base = here.path.rsplit("/", 1)[0] if _last_part(here.path) in _paths() else here.path
    path, _, query = address.partition("?")
    return urlunsplit((here.scheme, here.netloc, f"{base.rstrip('/')}/{path}", query, ""))


def _last_part(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1]


def _paths() -> set[str]:
    return {entry.url_path for entry in sitemap.PAGES if entry.url_path}


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


def room_key(room: str) -> str:
    """What lets this session move the step of a room; "" when nothing does."""
    keys: dict[str, str] = st.session_state.get("_room_keys", {})
    return keys.get(room, "")


def hold_room_key(room: str, key: str) -> None:
    """Remember what lets this session move the step of a room."""
    keys: dict[str, str] = st.session_state.setdefault("_room_keys", {})
    keys[room] = key


def rooms() -> Rooms:
    """What the windows of presentations share; a file beside the ledger."""
    return _rooms(str(store_location()))


@st.cache_resource(show_spinner=False)
def _rooms(root: str) -> Rooms:
    return Rooms(Path(root) / "rooms.sqlite")


def go(page: str, **parameters: str) -> None:
    """Open another page of the sitemap, with language and town."""
    st.switch_page(sitemap.BY_NAME[page].script, query_params=link(**parameters))


@st.cache_resource(max_entries=400, show_spinner=False)
def _remember(_compute: Callable[..., Result], name: str, version: int, options: Any) -> Result:
    return _compute(*options)


def result(compute: Callable[..., Result], *options: Any) -> Result:
    """A result, computed once per data version and options and shared by all visitors.

    Args:
        compute: a module-level function; its full name is part of the cache key. What it
            asks the store it asks for ``shown_version()``.
        options: hashable arguments. The result must not be changed by the caller.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    return _remember(
        compute, f"{name}@{data_folder()}@{store_location()}", shown_version(), options
    )


def lasting(compute: Callable[..., Result], stamp: str, *options: Any) -> Result:
    """A result that outlives a publication as long as what it is made from stays the same.

    Args:
        compute: a module-level function, as in ``result``.
        stamp: fingerprint of everything the result depends on, instead of the data version.
        options: hashable arguments.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    return _remember(compute, f"{name}#{stamp}", 0, options)


@st.cache_resource(max_entries=400, show_spinner=False)
def _box(name: str, version: int, options: Any) -> dict[str, Any]:
    return {}


def long_result(compute: Callable[..., Result], *options: Any, report: Report) -> Result:
    """As ``result``, for work that says how far it is; stopped work leaves nothing behind.

    Args:
        compute: a module-level function that takes the options and ``report`` by name.
        options: hashable arguments.
        report: told the share done, 0 to 1; may raise to stop the work.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    box = _box(f"{name}@{data_folder()}@{store_location()}", shown_version(), options)
    if "found" not in box:
        box["found"] = compute(*options, report=report)
    found: Result = box["found"]
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _keep_file(_build: Callable[..., bytes], name: str, version: int, options: Any) -> bytes:
    return _build(store(), version, *options)


def file_of(build: Callable[..., bytes], version: int, *options: Any) -> bytes:
    """A file of one data version for everybody; the last few are kept.

    Args:
        build: a module-level function of the store, the version and the options.
        version: data version.
        options: hashable arguments.
    """
    name = f"{build.__module__}.{build.__qualname__}"
    return _keep_file(build, f"{name}@{data_folder()}@{store_location()}", version, options)


def table(kind: str) -> pd.DataFrame:
    """The live rows of one table kind; shared, never changed by the caller."""
    return result(_read_table, kind)


def _read_table(kind: str) -> pd.DataFrame:
    try:
        return queries.table(store(), kind, shown_version())
    except UnknownKind as absent:
        raise NothingHeld(kind) from absent


def table_index(kind: str) -> Mapping[str, int]:
    """Row number by the first column of a table of places."""
    return result(_read_index, kind)


def _read_index(kind: str) -> Mapping[str, int]:
    keys = table(kind)["ags"]
    return dict(zip(keys, range(len(keys)), strict=True))


def draft(name: str, stamp: object, compute: Callable[[], Result]) -> Result:
    """A result of this visitor alone, for example of an upload; never shared or cached.

    Args:
        name: one draft is kept per name.
        stamp: what the result was made from; another stamp computes it again.
        compute: makes the result.
    """
    kept_draft: tuple[object, Result] | None = st.session_state.get(f"_draft_{name}")
    if kept_draft is None or kept_draft[0] != stamp:
        kept_draft = (stamp, compute())
        st.session_state[f"_draft_{name}"] = kept_draft
    return kept_draft[1]


def held(name: str) -> Any:
    """Something this visitor made and nobody else sees, ``None`` when there is nothing."""
    return st.session_state.get(f"_held_{name}")


def hold(name: str, value: Any) -> None:
    """Keep something this visitor made until the visit ends; ``None`` forgets it."""
    st.session_state[f"_held_{name}"] = value


def view_here() -> dict[str, str]:
    """What the address says of the view itself, without language, version and tour."""
    drop = (LANG, VERSION, TOUR)
    return {name: value for name, value in st.query_params.to_dict().items() if name not in drop}


def drop_draft(name: str) -> None:
    """Forget a draft."""
    st.session_state.pop(f"_draft_{name}", None)
