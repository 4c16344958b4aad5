"""The sections of the methods page: which there are, which one the address asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from loaders import folders
from views import session
from views.session import Visit
from views.texts import LANGUAGES

FOLDER = folders.DOCS / "methods"
SENTENCES, CRITERIA, NOTES, GLOSSARY = "sentences", "criteria", "notes", "glossary"
TOPICS = (
    SENTENCES,
    "adoption",
    CRITERIA,
    "peers",
    "twins",
    "progress",
    "diffusion",
    "outcome",
    "composite",
    "robustness",
    NOTES,
    GLOSSARY,
)
FILE_OF = {NOTES: "data-notes"}
_HEADING = re.compile(r"^(#{1,5}) ", re.MULTILINE)
_FIRST_HEADING = re.compile(r"\A\s*# .*\n")


@dataclass(frozen=True)
class Document:
    """A method text in one language, without its first heading."""

    lang: str
    title: str
    text: str


def chosen(visit: Visit) -> str:
    """The section to show: asked for in the address as ``topic``, or clicked here."""
    topics = available()
    asked = session.asked("topic", SENTENCES)
    if asked not in topics:
        session.say_unknown("topic", asked)
        asked = SENTENCES
    st.session_state["methods_topic"] = asked
    st.pills(
        visit.words("methods.topic"),
        topics,
        format_func=lambda topic: topic_title(visit, topic),
        required=True,
        key="methods_topic",
        on_change=_take_topic,
    )
    return asked


def _take_topic() -> None:
    session.address(topic=st.session_state["methods_topic"])


def available() -> list[str]:
    """Sections in their order; texts that the folder holds beyond the known ones come last."""
    stems = {path.name.split(".")[0] for path in FOLDER.glob("*.md")}
    further = sorted(stems - set(TOPICS) - set(FILE_OF.values()) - {"README"})
    alone = {SENTENCES, CRITERIA, GLOSSARY}
    return [name for name in TOPICS if name in alone or FILE_OF.get(name, name) in stems] + further


def topic_title(visit: Visit, topic: str) -> str:
    """Name of a section; an unlisted text gives its own heading."""
    key = f"methods.topics.{topic}"
    if visit.words.has(key):
        return visit.words(key)
    document = read_document(topic, visit.lang)
    return document.title if document else topic


def show_document(visit: Visit, topic: str) -> None:
    """A method text in the reader's language, else in the other one, which is said."""
    document = read_document(FILE_OF.get(topic, topic), visit.lang)
    if document is None:
        st.markdown(visit.words("methods.not_there"))
        return
    st.header(topic_title(visit, topic), anchor=topic)
    if document.lang != visit.lang:
        st.markdown(visit.words("methods.only_other_language"))
    st.markdown(document.text)


def read_document(name: str, lang: str) -> Document | None:
    """``<name>.<lang>.md`` of the methods folder, else another language, else ``<name>.md``.

    Headings are one step lower than in the file: the page has its own title. A file without
    a language in its name is English.
    """
    others = [one for one in LANGUAGES if one != lang]
    candidates = [(f"{name}.{one}.md", one) for one in (lang, *others)]
    for file, found in [*candidates, (f"{name}.md", "en")]:
        path = FOLDER / file
        if path.is_file():
            return _document(path, found, path.stat().st_mtime_ns)
    return None


@cache
def _document(path: Path, lang: str, stamp: int) -> Document:
    text = path.read_text(encoding="utf-8")
    first = _FIRST_HEADING.match(text)
    title = first.group().strip().lstrip("# ") if first else path.stem
    body = text[first.end() :] if first else text
    return Document(lang, title, _HEADING.sub(r"#\1 ", body).strip())
