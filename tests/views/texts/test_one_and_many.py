"""Sentences with a count that may be one."""

from __future__ import annotations

import pytest

from views.texts import read_words

PLACES = {"total": 9, "places": "1", "running": "1", "solution": "Bus", "pages": "Karte"}
SAID = {
    "evidence.more_changes": ("und eine weitere Änderung", "and one more change"),
    "project.members_reading_none": ("Ein Mitglied; die", "One member; the"),
    "stage.solutions_found": ("Eine von 9 Lösungen passt", "One of 9 solutions fits"),
    "stage.transfer_headline": ("Bus: ein weiterer Ort, in", "Bus: one further place, in"),
    "stories.steps": ("Ein Schritt: Karte", "One step: Karte"),
}


@pytest.mark.parametrize(("key", "said"), SAID.items())
def test_one_thing_is_said_in_the_singular(key: str, said: tuple[str, str]) -> None:
    for lang, beginning in zip(("de", "en"), said, strict=True):
        assert read_words(lang)(key, n=1, **PLACES).startswith(beginning)
