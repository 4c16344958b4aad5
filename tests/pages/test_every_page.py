"""Every page in both languages, with and without a town: true words in the language asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.wording import offences
from views import sitemap
from views.texts import LANGUAGES, read_words
from views.texts.words import MissingWord

ROOT = Path(__file__).resolve().parents[2]
# Town and language: the two most asked for in both, each other kind of place in one.
VISITS = [
    ("", "de"),
    ("", "en"),
    ("07312000", "de"),
    ("07312000", "en"),
    ("01059083", "de"),
    ("09675111", "en"),
    ("03252", "en"),
]
Open = Callable[..., AppTest]


@pytest.fixture
def opened(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open one page on the shipped data; the store is shared by all tests of pages."""
    store = tmp_path_factory.getbasetemp() / "store_of_pages"
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(store))
    return open_page


def open_page(page: str, **parameters: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    at.switch_page(sitemap.BY_NAME[page].script)
    at.query_params.update({name: value for name, value in parameters.items() if value})
    return at.run()


def shown(at: AppTest) -> str:
    """All words a page shows in headings, text and notices."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error")
    texts = [str(element.value) for kind in kinds for element in at.get(kind)]
    pieces = (str(element.value) for element in at.get("html"))
    return "\n".join(texts + [one for one in pieces if "<style" not in one])


@cache
def sentences(lang: str, page: str) -> frozenset[str]:
    """Sentences of a page's words without placeholders, long enough to tell languages apart."""
    words, found = read_words(lang), set()
    for key in sorted(words.keys()):
        if key.startswith((f"{page}.", "frame.")):
            with suppress(MissingWord):
                found.add(words(key))
    return frozenset(sentence for sentence in found if len(sentence) > 25)


def faults(at: AppTest, lang: str) -> list[str]:
    """What a visitor must never see: exceptions and the sentence about a fault of ours."""
    went_wrong = read_words(lang)("frame.went_wrong")
    return [str(e.value) for e in at.exception] + [
        str(e.value) for e in at.error if e.value == went_wrong
    ]


@pytest.mark.parametrize(("ags", "lang"), VISITS)
@pytest.mark.parametrize("page", sitemap.FRAMED)
def test_page_says_something_in_its_language(page: str, ags: str, lang: str, opened) -> None:
    at = opened(page, lang=lang, ags=ags)
    assert faults(at, lang) == []
    assert len(at.title) == 1
    text = shown(at)
    cells = "\n".join(frame.value.to_csv() for frame in at.dataframe)
    assert offences(f"{text}\n{cells}", lang) == []
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    own = {sentence for sentence in sentences(lang, page) if sentence in text}
    # Notices of publishers are quoted word for word, whatever the page's language.
    quoted = (ROOT / "data" / "catalogue" / "sources.csv").read_text(encoding="utf-8")
    foreign = {one for one in sentences(other, page) if one in text and one not in quoted}
    assert read_words(lang)("frame.foot_privacy") in own
    assert foreign - sentences(lang, page) == set()
    assert at.query_params["lang"] == lang
    assert at.query_params.get("ags", "") == ags


UNKNOWN = {
    ("adoption", "ags"): ("99999999", "frame.unknown_ags"),
    ("overview", "ags"): ("0731", "frame.unknown_ags"),
    ("solution", "solution"): ("nope", "solution.unknown"),
    ("adoption", "solution"): ("nope", "frame.unknown_solution"),
    ("map", "indicator"): ("nope", "frame.unknown_indicator"),
    ("compare", "indicator"): ("nope", "frame.unknown_indicator"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "name"), UNKNOWN)
def test_an_unknown_id_is_said(page: str, name: str, lang: str, opened) -> None:
    value, key = UNKNOWN[page, name]
    at = opened(page, lang=lang, **{name: value})
    assert faults(at, lang) == []
    assert read_words(lang)(key, value=value) in shown(at).split("\n")


@pytest.mark.parametrize("page", sitemap.FRAMED)
def test_an_unknown_language_is_said_in_german(page: str, opened) -> None:
    at = opened(page, lang="xx")
    assert faults(at, "de") == []
    assert read_words("de")("frame.unknown_lang", value="xx") in [w.value for w in at.warning]
    assert at.query_params["lang"] == "de"


def test_an_id_of_the_address_cannot_become_a_link(opened) -> None:
    at = opened("overview", ags="[free money](https://example.org)")
    said = [warning.value for warning in at.warning]
    assert len(said) == 1
    assert "](" not in said[0].replace("\\]", "")
    assert "free money" in said[0]
