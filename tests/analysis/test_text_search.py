"""Texts are found by parts, stems and close spelling; unknown words find nothing."""

import pytest

from analysis.text_search import TextIndex, folded

TEXTS = [
    "Sensoren für Jungbäume in Köln",
    "Starkregenfrühalarmsystem für Gemeinden",
    "Höxter zeigt Daten auf einer Karte",
    "Straße ohne Autos",
]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("", (0, 1, 2, 3)),
        ("baum", (0,)),
        ("Bäume", (0,)),
        ("Baeume", (0,)),
        ("köln", (0,)),
        ("Koeln", (0,)),
        ("starkregen", (1,)),
        ("hoexter", (2,)),
        ("Karten", (2,)),
        ("strasse", (3,)),
        ("für", (0, 1)),
        ("für Köln", (0,)),
    ],
)
def test_umlauts_parts_and_stems(typed: str, rows: tuple[int, ...]) -> None:
    hits = TextIndex(TEXTS, "de").find(typed)
    assert hits.rows == rows
    assert hits.close == {}


def test_typing_error_finds_the_near_word_and_says_which() -> None:
    hits = TextIndex(TEXTS, "de").find("Sensoren Starkregn")
    assert hits.rows == ()
    assert hits.close == {"Starkregn": ("Starkregenfrühalarmsystem",)}
    assert TextIndex(TEXTS, "de").find("Starkregn").rows == (1,)


def test_unknown_word_finds_nothing() -> None:
    hits = TextIndex(TEXTS, "de").find("Quantencomputer")
    assert hits.rows == ()
    assert hits.close == {"Quantencomputer": ()}


def test_short_words_match_beginnings_only() -> None:
    assert TextIndex(["auf dem Hof", "ein Haus"], "de").find("au").rows == (0,)


def test_english_stems() -> None:
    assert TextIndex(["parking sensors", "a city app"], "en").find("sensor cities").rows == ()
    assert TextIndex(["parking sensors", "many cities"], "en").find("city").rows == (1,)


def test_folded_meets_both_spellings() -> None:
    assert folded("Überlandstraße") == folded("UEBERLANDSTRASSE") == "uberlandstrasse"
