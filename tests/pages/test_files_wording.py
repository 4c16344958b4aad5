"""No file a page gives away holds a bare rank or a forbidden word, in both languages.

Files are made as their buttons make them; statements quoted from the data are told apart.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from pptx import Presentation
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest, app_test

from tests.wording import offences
from views.texts import LANGUAGES, Formats, read_words

ROOT = Path(__file__).resolve().parents[2]
TOWN = {"ags": "07312000"}
SHUTTLE = {
    "solution": "dorfshuttle-suederbrarup",
    "indicator": "household_income_per_inhabitant",
}
# Page, what its address asks for, endings of the files it gives.
PAGES = {
    "compare/compare": (TOWN, {"zip", "csv", "md"}),
    "compare/profile": ({**TOWN, "composite": "1"}, {"zip", "csv", "md"}),
    "compare/outcomes": (SHUTTLE, {"zip", "csv", "md"}),
    "decide/adoption": ({**TOWN, "solution": "masterportal"}, {"docx", "pdf"}),
    "look/map": (TOWN, {"svg", "json", "csv"}),
    "contribute/data": ({}, {"zip", "md"}),
}
FIXED = {
    "compare/compare": {"fixed.change": {}, "fixed.peers": {}},
    "compare/profile": {"fixed.rank": {"draws": 10_000}, "fixed.peers": {}},
    "compare/outcomes": {"fixed.change": {}, "fixed.peers": {}},
}
STORIES = ("programme", "hal-plan", "for-us")
# Tables as they were handed in are data, not generated text.
RAW = re.compile(r"^(tables|boundaries|data)/(?!de-|en-)")


class Kept(MediaFileManager):
    """The files of a run, still there when it is over."""

    last: Kept

    def __init__(self, storage: MemoryMediaFileStorage) -> None:
        super().__init__(storage)
        self.storage, Kept.last = storage, self

    def files(self) -> list[bytes]:
        """Every file the buttons of the page offer, made now where it is made on the click."""
        made = [file.content for file in self.storage._files_by_id.values()]
        return made + [one["callable"]() for one in self._deferred_callables.values()]


@pytest.fixture
def files_of_page(open_page, monkeypatch: pytest.MonkeyPatch):
    """``files_of_page("look/map", "de")`` presses every button of a page for a file."""
    monkeypatch.setattr(app_test, "MediaFileManager", Kept)

    def press(page: str, lang: str) -> list[bytes]:
        open_page(f"pages/{page}.py", lang, **PAGES[page][0])
        return Kept.last.files()

    return press


@pytest.fixture
def files_of_story(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """``files_of_story("programme", "de")`` gives every kind of file of a shipped story."""
    store = tmp_path_factory.getbasetemp() / "store_of_pages"
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(store))

    def make(story: str, lang: str) -> list[bytes]:
        run = AppTest.from_function(make_story, args=(story,), default_timeout=240)
        run.query_params.update({"lang": lang, **TOWN})
        run.run()
        assert not run.exception
        files: list[bytes] = run.session_state["taken"]
        return files

    return make


def make_story(story_id: str) -> None:
    """Every file of one shipped story."""
    import streamlit as st

    from views import session
    from views.exports.story_exports import EXPORTS
    from views.widgets import story_exports, story_shelf

    visit = session.begin()
    source = story_exports.source_of(visit, story_shelf.shipped()[story_id].story)
    st.session_state["taken"] = [export.build(source) for export in EXPORTS]


def texts(content: bytes | str, name: str = "") -> Iterator[tuple[str, str]]:
    """Kind and words of a file and of every file inside it; pictures of pixels have none."""
    if isinstance(content, str):
        content = content.encode()
    start = content.lstrip(b"\xef\xbb\xbf")[:200].lstrip().lower()
    if start.startswith(b"pk"):
        yield from _archived(content)
    elif start.startswith(b"%pdf"):
        yield "pdf", _pdf_words(content)
    elif start.startswith((b"<!doctype", b"<?xml", b"<svg")):
        kind = "svg" if b"<svg" in start else "html"
        yield (
            kind,
            re.sub(
                r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", "\n", content.decode(), flags=re.DOTALL
            ),
        )
    elif start.startswith(b"{"):
        yield "json", content.decode()
    elif not start.startswith((b"\x89png", b"wof2")):
        yield name.rpartition(".")[2] or "csv", content.decode("utf-8-sig", errors="replace")


def _archived(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            tree = etree.fromstring(archive.read("word/document.xml"))
            assert Document(io.BytesIO(content)).paragraphs
            yield "docx", "\n".join(str(one) for one in tree.xpath("//*[local-name()='t']/text()"))
        elif "ppt/presentation.xml" in names:
            yield "pptx", _slide_words(content)
        else:
            yield "zip", "\n".join(names)
            for name in names:
                if not RAW.match(name) and not name.endswith((".woff2", ".js", ".css", ".txt")):
                    yield from texts(archive.read(name), name)


def _slide_words(content: bytes) -> str:
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        notes = slide.notes_slide._element if slide.has_notes_slide else None
        for part in (slide._element, notes):
            found += [] if part is None else part.xpath(".//a:t/text() | .//p:cNvPr/@descr")
    return "\n".join(str(one) for one in found)


def _pdf_words(content: bytes) -> str:
    """What stands on the pages; without the reader of the system the file is left out."""
    if shutil.which("pdftotext") is None:
        return ""
    read = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode()


def faults(files: list[bytes], lang: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for content in files:
        for kind, words in texts(content):
            # A published story speaks both languages.
            langs = LANGUAGES if kind == "html" else (lang,)
            for one in langs:
                found.setdefault(kind, []).extend(offences(words, one))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_file_of_a_page_holds_a_bare_rank_or_a_forbidden_word(page, lang, files_of_page) -> None:
    files = files_of_page(page, lang)
    found = faults(files, lang)
    assert set(found) >= PAGES[page][1]
    assert {kind: words for kind, words in found.items() if words} == {}
    # No calculation leaves the house without the fixed texts of its page.
    words = read_words(lang)
    readme = "\n".join(text for file in files for kind, text in texts(file) if kind == "md")
    told = {" ".join(line.split()) for line in readme.replace("\\", "").splitlines()}
    number = Formats(lang).number
    fixed = [
        words(key, **{name: number(value) for name, value in more.items()})
        for key, more in FIXED.get(page, {}).items()
    ]
    assert [one for one in fixed if not any(one in line for line in told)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_no_file_of_a_story_holds_a_bare_rank_or_a_forbidden_word(
    story, lang, files_of_story
) -> None:
    found = faults(files_of_story(story, lang), lang)
    assert set(found) >= {"pptx", "pdf", "html", "zip", "csv"}
    assert {kind: words for kind, words in found.items() if words} == {}
