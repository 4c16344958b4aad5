"""Names above the lines of a profile fit a phone."""

from __future__ import annotations

from views.charts.profile import LETTERS, ProfileRow, ProfileWords, profile_figure
from views.theme import LIGHT

WORDS = ProfileWords("whole", "half", "mine", "less", "more")


def _lines(name: str) -> list[str]:
    row = ProfileRow(name, "said", 0.5, 0.1, 0.3, 0.6, 0.9)
    figure = profile_figure([row], WORDS, LIGHT, "de")
    texts = [note.text for note in figure.layout.annotations if note.x == 0]
    return texts[0].split("<br>")


def test_a_long_name_takes_a_second_line_and_loses_nothing() -> None:
    name = "Haushalte mit mindestens 1.000 Mbit/s im Festnetz (bis 2021): 89,9 %"
    lines = _lines(name)
    assert len(lines) == 2
    assert max(map(len, lines)) <= LETTERS
    assert " ".join(lines) == name


def test_a_short_name_keeps_one_line() -> None:
    assert _lines("Geburten: 100,9 je 10.000 Einwohner") == ["Geburten: 100,9 je 10.000 Einwohner"]
