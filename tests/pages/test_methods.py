"""Methods: the nine fixed sentences, criteria with anchors, grades, texts, terms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from views.texts import Formats, read_words
from views.widgets.methods_topics import available, read_document
from views.widgets.methods_words import SENTENCES, read_terms

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "pages/about/methods.py"
LANGUAGES = ("de", "en")
FORBIDDEN = {
    "de": ("beweist", "verursacht", "garantiert", "beste stadt", "sieger"),
    "en": ("proves", "causes", "guarantees", "best city", "winner"),
}


def texts(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_nine_fixed_sentences_are_shown(open_page, lang) -> None:
    text, words = texts(open_page(SCRIPT, lang)), read_words(lang)
    assert len(SENTENCES) == 9
    for name in ("score", "change", "peers", "adoption", "missing", "stopped"):
        assert words(f"fixed.{name}") in text
    for name in ("rank", "placebo", "provenance"):
        assert words(f"methods.sentences.{name}") in text
    assert "1/(J+1)" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_promises_what_the_method_cannot_show(lang) -> None:
    words = read_words(lang)
    for key in sorted(words.keys()):
        if key.startswith(("fixed.", "methods.")):
            sentence = words._catalogue[key].lower()
            assert not [word for word in FORBIDDEN[lang] if word in sentence], key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_criteria_weights_and_all_anchors_are_printed(open_page, lang) -> None:
    page, words = open_page(SCRIPT, lang, topic="criteria"), read_words(lang)
    weights = page.table[0].value
    shares = weights[words("methods.column.weight")].str.replace("\u202f%", "").astype(int)
    assert list(shares) == [20, 15, 15, 10, 10, 10, 10, 10]
    anchors = pd.read_csv(ROOT / "data/catalogue/anchors.csv", keep_default_na=False)
    heading = words("methods.column.anchor")
    printed = [
        row for table in page.table if heading in table.value for row in table.value[heading]
    ]
    assert len(printed) == len(anchors)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_grades_age_rule_and_second_scoring_are_stated(open_page, lang) -> None:
    page, words = open_page(SCRIPT, lang, topic="criteria"), read_words(lang)
    width = words("methods.column.width")
    grades = next(table.value for table in page.table if width in table.value)
    assert [text.split()[1] for text in grades[width][:4]] == ["0", "10", "20", "30"]
    evidence = pd.read_csv(ROOT / "data/evidence.csv", dtype=str, keep_default_na=False)
    number = Formats(lang).number
    scored = pd.read_csv(ROOT / "data/second_scores.csv", dtype=str, keep_default_na=False)
    assert scored["solution_id"].nunique() >= 20
    said = next(part.value for part in page.markdown if number(len(scored)) in part.value)
    both = evidence.merge(scored, on=["solution_id", "measure_id"], suffixes=("", "_again"))
    both = both[(both["value"] != "") & (both["value_again"] != "")]
    same = (both["value"].astype(float) == both["value_again"].astype(float)).sum()
    assert all(number(n) in said for n in (scored["solution_id"].nunique(), len(both), same))
    newest = Formats(lang).date(evidence["checked_on"].max())
    assert any("24" in part.value and newest in part.value for part in page.markdown)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", ["adoption", "peers", "progress", "diffusion", "notes"])
def test_method_texts_are_shown_in_the_language(open_page, topic, lang) -> None:
    document = read_document({"notes": "data-notes"}.get(topic, topic), lang)
    page = open_page(SCRIPT, lang, topic=topic)
    text = texts(page)
    assert document.text in text
    said = read_words(lang)("methods.only_other_language") in text
    assert said == (document.lang != lang)


def test_headings_of_a_text_stand_below_the_heading_of_the_page() -> None:
    for topic in ("peers", "adoption"):
        lines = read_document(topic, "de").text.splitlines()
        assert not [line for line in lines if line.startswith(("# ", "## "))]


def test_every_text_of_the_folder_has_a_section() -> None:
    stems = {path.name.split(".")[0] for path in (ROOT / "docs/methods").glob("*.md")} - {"README"}
    shown = {"notes" if stem == "data-notes" else stem for stem in stems}
    assert shown <= set(available())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_glossary_pairs_every_term(open_page, lang) -> None:
    terms, text = read_terms(), texts(open_page(SCRIPT, lang, topic="glossary"))
    assert len(terms) >= 35
    other = "en" if lang == "de" else "de"
    for term in terms:
        assert f"**{getattr(term, lang)}** · {getattr(term, other)}" in text
        assert getattr(term, f"meaning_{lang}") in text


def test_no_term_is_explained_twice_or_left_empty() -> None:
    terms = read_terms()
    assert len({term.de for term in terms}) == len({term.en for term in terms}) == len(terms)
    for term in terms:
        assert all((term.de, term.en, term.code, term.meaning_de, term.meaning_en))


def test_unknown_section_is_said(open_page) -> None:
    page = open_page(SCRIPT, topic="alchemy")
    assert read_words("de")("methods.sentences.title") in [one.value for one in page.header]
    assert any("alchemy" in warning.value for warning in page.warning)
