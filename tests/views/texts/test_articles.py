"""German sentences with a place in them: districts take their article, towns have none."""

import pytest

from views.texts import MissingWord, read_words, with_article


@pytest.mark.parametrize(
    ("name", "der", "dem", "im", "zum"),
    [
        (
            "Kaiserslautern",
            "Kaiserslautern",
            "Kaiserslautern",
            "in Kaiserslautern",
            "zu Kaiserslautern",
        ),
        (
            "Landkreis Fulda",
            "der Landkreis Fulda",
            "dem Landkreis Fulda",
            "im Landkreis Fulda",
            "zum Landkreis Fulda",
        ),
        (
            "Samtgemeinde Elm",
            "die Samtgemeinde Elm",
            "der Samtgemeinde Elm",
            "in der Samtgemeinde Elm",
            "zur Samtgemeinde Elm",
        ),
        (
            "Märkischer Kreis",
            "der Märkische Kreis",
            "dem Märkischen Kreis",
            "im Märkischen Kreis",
            "zum Märkischen Kreis",
        ),
        ("Amt Neuhaus", "das Amt Neuhaus", "dem Amt Neuhaus", "im Amt Neuhaus", "zum Amt Neuhaus"),
        (
            "Rhein-Kreis Neuss",
            "der Rhein-Kreis Neuss",
            "dem Rhein-Kreis Neuss",
            "im Rhein-Kreis Neuss",
            "zum Rhein-Kreis Neuss",
        ),
        ("Sankt Katharinen (Landkreis Neuwied)",) * 3
        + ("in Sankt Katharinen (Landkreis Neuwied)", "zu Sankt Katharinen (Landkreis Neuwied)"),
        ("Würzburg, Landkreis Würzburg",) * 3
        + ("in Würzburg, Landkreis Würzburg", "zu Würzburg, Landkreis Würzburg"),
    ],
)
def test_a_place_takes_the_article_its_name_has(name, der, dem, im, zum) -> None:
    said = tuple(with_article(name, form) for form in ("der", "dem", "im", "zum"))
    assert said == (der, dem, im, zum)


def test_a_sentence_begins_with_a_capital_and_other_languages_stay_plain() -> None:
    german, english = read_words("de"), read_words("en")
    place = {"town": "Landkreis Fulda"}
    assert german("twins.here", **place) == "Im Landkreis Fulda selbst läuft die Lösung bereits."
    assert german("adoption.peers.title", **place) == "Orte, die dem Landkreis Fulda ähneln"
    assert "the solution" in english("twins.here", **place).lower()
    with pytest.raises(MissingWord, match="town"):
        german("twins.here")
