"""The operator's own texts, from files; what is missing is said plainly."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from loaders import folders
from views import session
from views.session import Visit
from views.texts import LANGUAGES

ALL = "all"
TOPICS = ("imprint", "privacy", "accessibility", "licences")
LONGEST = 200_000


def folder() -> Path:
    """Where the operator's texts lie: ``TRANSFERKOMPASS_OPERATOR``, else ``var/operator``."""
    stated = os.environ.get("TRANSFERKOMPASS_OPERATOR", "").strip()
    return Path(stated).expanduser() if stated else folders.ROOT / "var" / "operator"


def chosen_topics(visit: Visit) -> tuple[str, ...]:
    """The sections to show: the one that the address names as ``topic``, else all."""
    asked = session.asked("topic", ALL)
    if asked not in (ALL, *TOPICS):
        session.say_unknown("topic", asked)
        asked = ALL
    st.session_state["legal_topic"] = asked
    st.pills(
        visit.words("legal.topic"),
        [ALL, *TOPICS],
        format_func=lambda topic: visit.words(f"legal.topics.{topic}"),
        required=True,
        key="legal_topic",
        on_change=_take_topic,
        label_visibility="collapsed",
    )
    return TOPICS if asked == ALL else (asked,)


def _take_topic() -> None:
    topic = st.session_state["legal_topic"]
    session.address(topic="" if topic == ALL else topic)


def show(visit: Visit, topic: str, *, say_how: bool) -> None:
    """One of the operator's texts, or the sentence that there is none.

    Args:
        visit: this run.
        topic: one of ``TOPICS``.
        say_how: whether a missing text also says how an operator adds it; once a page is enough.
    """
    st.header(visit.words(f"legal.topics.{topic}"), anchor=topic)
    found = read_text(topic, visit.lang)
    if found is None:
        with st.container(key=f"fine_{topic}_missing"):
            st.markdown(f":material/edit_note: {visit.words('legal.not_provided')}")
            if say_how:
                st.markdown(visit.words("legal.not_provided_how"))
        return
    lang, text = found
    if lang != visit.lang:
        st.markdown(visit.words("legal.only_other_language"))
    with st.container(border=True, key=f"card_operator_{topic}"):
        st.markdown(visit.words("legal.operator_says"))
        st.markdown(text)


def first_missing(topics: Sequence[str], lang: str) -> str:
    """The first of the sections whose text no operator gave; "" when none is missing."""
    own = [topic for topic in topics if topic != "licences"]
    return next((topic for topic in own if read_text(topic, lang) is None), "")


def read_text(topic: str, lang: str) -> tuple[str, str] | None:
    """Language and Markdown of ``<topic>.<lang>.md``, else of another language, else ``None``.

    An empty file counts as not provided; characters that are no UTF-8 are shown as such.
    """
    for found in (lang, *(one for one in LANGUAGES if one != lang)):
        path = folder() / f"{topic}.{found}.md"
        if path.is_file():
            text = path.read_bytes()[:LONGEST].decode("utf-8-sig", errors="replace").strip()
            if text:
                return found, text
    return None
