"""The address: what stands in it, what is kept from page to page, and links that carry it on."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from views import sitemap

LANG = "lang"
TOWN = "ags"
VERSION = "version"
TOUR = "tour"
KEPT = (LANG, TOWN, VERSION, TOUR)
MOST_DIGITS = 9


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


def whole_number(text: str, otherwise: int = 0) -> int:
    """The number that an address names in at most nine ASCII digits; anything else: ``otherwise``.

    Python itself takes ``²`` for a digit and refuses to read thousands of them.
    """
    digits = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if digits else otherwise


def newly_asked(name: str) -> str:
    """An id that a link brought and this session has not taken up yet; "" when there is none."""
    value = asked(name)
    return "" if value == st.session_state.get(f"kept_{name}") else value


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


def say_unknown(name: str, value: str) -> None:
    """Have the frame say that an id of the address is unknown (a wrong link)."""
    st.session_state.setdefault("_unknown", {})[name] = value


def link(**parameters: str) -> dict[str, str]:
    """Parameters of a link to another page: language and town go along."""
    carried = {name: str(st.session_state.get(name) or "") for name in KEPT}
    return {name: value for name, value in {**carried, **parameters}.items() if value}


def inside(page: str, /, **parameters: str) -> str:
    """The address of a page of the sitemap for a link in a text of ours, with language and town."""
    return f"{sitemap.BY_NAME[page].url_path}?{urlencode(link(**parameters))}"


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


def go(page: str, /, **parameters: str) -> None:
    """Open another page of the sitemap, with language and town."""
    st.switch_page(sitemap.BY_NAME[page].script, query_params=link(**parameters))


def view_here() -> dict[str, str]:
    """What the address says of the view itself, without language, version and tour."""
    drop = (LANG, VERSION, TOUR)
    return {name: value for name, value in st.query_params.to_dict().items() if name not in drop}
