"""The lessons: failures as visible as successes, filters, and a row to take along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")
KIND_WORDS = {
    "de": {"worked": "Hat funktioniert", "did_not_work": "Hat nicht funktioniert"},
    "en": {"worked": "Worked", "did_not_work": "Did not work"},
}
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def lessons() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "lessons.csv", dtype=str, keep_default_na=False)


@pytest.fixture
def opened(open_page: Open) -> Open:
    return partial(open_page, "pages/look/lessons.py")


def texts(at: AppTest) -> str:
    return "\n".join(part.value for part in at.markdown)


def cards(at: AppTest) -> list[str]:
    """Texts of the lesson cards, in order."""
    return [part.value for part in at.markdown if part.value.count("\n\n:small[") == 1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_names_successes_and_failures(opened: Open, lessons, lang: str) -> None:
    title = opened(lang).title[0].value
    counts = lessons["kind"].value_counts()
    for number in (len(lessons), counts["worked"], counts["did_not_work"]):
        assert str(number) in title


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["worked", "did_not_work"])
def test_kind_by_link_shows_only_this_kind(opened: Open, lessons, kind: str, lang: str) -> None:
    at = opened(lang, lesson_kind=kind)
    n = int((lessons["kind"] == kind).sum())
    assert read_words(lang)("lessons.count", n=n, total=len(lessons)) in texts(at)
    shown = cards(at)
    assert len(shown) == min(n, 12)
    assert all(f"**{KIND_WORDS[lang][kind]}**" in card for card in shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_has_source_age_and_whose_view(opened: Open, lang: str) -> None:
    words = read_words(lang)
    views = [words(f"lessons.view.{view}") for view in ("own", "programme", "other")]
    for card in cards(opened(lang)):
        assert "](http" in card
        assert any(f":small[{view}: [" in card for view in views)
        assert words("common.undated") in card or words("common.as_of", date="") in card


def test_lesson_leads_to_its_solution(opened: Open) -> None:
    at = opened(lesson_find="Überwachung", lesson_kind="acceptance")
    assert "Kameras und Handy-Ortung" in texts(at)
    asked = [link.proto.query_string for link in at.get("page_link")]
    assert any("solution=heidenheim-frequenztest" in query for query in asked)


def test_choice_is_kept_as_ids(opened: Open) -> None:
    at = opened("en")
    at.selectbox(key="choice_lesson_field").select("mobility").run()
    assert at.query_params["lesson_field"] == "mobility"
    assert "lesson_kind" not in at.query_params
    at.button(key="lessons_reset").click().run()
    assert "lesson_field" not in at.query_params


def test_table_twin_holds_all_found(opened: Open, lessons) -> None:
    at = opened(lesson_kind="cost")
    (twin,) = [table.value for table in at.dataframe if "Erfahrung" in table.value]
    expected = lessons.loc[lessons["kind"] == "cost", "lesson_de"]
    assert sorted(twin["Erfahrung"]) == sorted(expected)


def test_own_lesson_becomes_a_row(opened: Open) -> None:
    at = opened()
    assert at.get("download_button")[0].proto.disabled
    at.selectbox(key="own_solution").select("dipas")
    at.selectbox(key="own_kind").select("did_not_work")
    at.text_area(key="own_text").set_value("Ohne Moderation blieb die Beteiligung leer.").run()
    assert not at.get("download_button")[0].proto.disabled


def test_nothing_found_says_so(opened: Open) -> None:
    at = opened(lesson_find="Quantencomputer")
    assert "Keine Erfahrung passt zu dieser Auswahl." in texts(at)
    at.button(key="lessons_all").click().run()
    assert len(cards(at)) == 12
