"""The frame around every page: navigation, my town, language, notices and the foot."""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import Page

from loaders import folders
from loaders.findings import count_errors
from loaders.languages import LANGUAGES, language
from views import session, sitemap, theme
from views.maps.tiles import origin_of
from views.session import Visit
from views.texts import plain
from views.widgets import story_draft, tour, town_choice
from views.widgets.kept_choice import say_unknown
from views.widgets.served_part import served_part

LOGGER = logging.getLogger(__name__)
ICON: Final = "data:image/svg+xml;utf8," + theme.icon().replace("#", "%23")
WITHOUT_TABLES: Final = frozenset({"data", "legal"})
_STYLE: Final = folders.STATIC / "house.css"


def navigation(visit: Visit) -> Page:
    """Register all pages and give the one the address asks for."""
    sections: dict[str, list[Page]] = {}
    for entry in sitemap.PAGES:
        if not (folders.ROOT / entry.script).is_file():
            continue
        title = visit.words(f"frame.page.{entry.name}")
        page = st.Page(
            entry.script,
            title=title,
            icon=entry.icon,
            url_path=entry.url_path or None,
            default=not entry.url_path,
            visibility="visible" if entry.listed else "hidden",
        )
        sections.setdefault(visit.words(f"frame.section.{entry.section}"), []).append(page)
    return st.navigation(sections, position="top")


def head(visit: Visit) -> None:
    """Mark, style, page language, my town, language switch and what must be said first."""
    style()
    st.logo(theme.mark(visit.scheme), size="large")
    page_language(visit)
    tour.show(visit)
    with st.container(
        key="head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        town_choice.show(visit)
        _language_switch(visit)
    _say_past(visit)
    _say_faults(visit)


def style() -> None:
    """The house style: what Streamlit's theme cannot say."""
    st.html(_STYLE)


def page_language(visit: Visit) -> None:
    """Tell the browser the page's language; open the page whose link in a text was pressed."""
    data = {"lang": visit.lang, "pages": list(sitemap.BY_PATH)}
    told = served_part("frame", "frame.js")(
        data=data, key="page_language", height=1, on_opened_change=lambda: None
    )
    if told.opened:
        path, _, query = str(told.opened).partition("?")
        if path in sitemap.BY_PATH:
            session.go(sitemap.BY_PATH[path].name, **dict(parse_qsl(query)))


def is_framed(page: Page) -> bool:
    """Whether head and foot stand around a page; the windows of a stage have none."""
    return sitemap.BY_PATH[page.url_path].framed


def _say_past(visit: Visit) -> None:
    """On every page: that an older state is shown, and the way back to the newest."""
    if not visit.is_past:
        return
    with st.container(
        key="past_version", border=True, horizontal=True, vertical_alignment="center"
    ):
        facts = {"version": visit.version, "newest": visit.newest}
        st.markdown(f":material/history: {visit.words('frame.past', **facts)}")
        st.button(visit.words("frame.past_back"), key="show_newest", on_click=session.show_newest)


def _language_switch(visit: Visit) -> None:
    st.session_state["language_switch"] = visit.lang
    st.segmented_control(
        visit.words("frame.language"),
        LANGUAGES,
        format_func=lambda lang: language(lang).name,
        required=True,
        key="language_switch",
        label_visibility="collapsed",
        on_change=_take_language,
    )


def _take_language() -> None:
    session.choose_language(st.session_state["language_switch"])


def _say_faults(visit: Visit) -> None:
    faults = count_errors(session.store().base_findings())
    if faults:
        with st.container(key="data_faults", border=True):
            st.markdown(f":material/report: {visit.words('frame.data_faults', n=faults)}")
            page_link(visit, "data", visit.words("frame.data_faults_link"))


def run(page: Page, visit: Visit) -> None:
    """Run the page; a fault of ours becomes a sentence, and its traceback goes to the log."""
    # Above the page, but filled after it: only the page knows which ids it could not use.
    notices = st.container(key="notices")
    try:
        # A fragment would show the fault itself, so a page without any table does not begin.
        if not session.store().kinds() and page.url_path not in WITHOUT_TABLES:
            raise session.NothingHeld
        page.run()
    except session.NOT_HELD:
        st.info(visit.words("frame.nothing_held"), icon=":material/database_off:")
        page_link(visit, "data", visit.words("frame.data_faults_link"))
    except Exception:
        LOGGER.exception("page %s failed", page.url_path or "/")
        st.error(visit.words("frame.went_wrong"), icon=":material/error:")
        st.caption(visit.words("frame.went_wrong_what"))
    with notices:
        for name, value in session.take_unknown().items():
            say_unknown(visit, name, value)


def foot(visit: Visit, page: Page) -> None:
    """This view for a story; data version, sources, legal pages: one click away on every page."""
    with st.container(key="story_offer", horizontal=True, vertical_alignment="center"):
        story_draft.offer(visit, page.url_path)
    with st.container(key="foot", horizontal=True, vertical_alignment="center"):
        st.caption(visit.words("frame.foot_source", version=visit.version), width="content")
        page_link(visit, "data", visit.words("frame.data"))
        page_link(visit, "legal", visit.words("frame.legal"))
        page_link(visit, "legal", visit.words("frame.accessibility"), topic="accessibility")
        st.caption(_privacy(visit), width="content")


def _privacy(visit: Visit) -> str:
    """No other host is asked, unless the operator put a picture map behind the areas."""
    host = origin_of(session.tiles())
    return (
        visit.words("frame.foot_privacy_tiles", host=plain(host))
        if host
        else visit.words("frame.foot_privacy")
    )


def page_link(visit: Visit, page: str, label: str, *, icon: str | None = None, **ids: str) -> None:
    """A link to another page that takes language and town along.

    Args:
        visit: this run.
        page: name in the sitemap.
        label: visible words.
        icon: Material symbol before the words.
        ids: further ids for the address, for example ``solution="masterportal"``.
    """
    script = sitemap.BY_NAME[page].script
    st.page_link(script, label=label, icon=icon, query_params=session.link(**ids))
