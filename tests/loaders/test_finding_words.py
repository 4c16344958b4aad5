"""Sentences of findings: one thing in the singular, numbers as the language writes them."""

from __future__ import annotations

import pytest

from loaders.findings import Finding

COUNTED = {
    "classes_instead_of_numbers": "1 Zelle nennt",
    "missing_misspelt": "1 Zelle steht",
    "record_type": "1 Zeile der Satzart",
    "rows_repeat": "1 Zeile wiederholt",
    "names_need_kind": "1 Name der Spalte",
    "source_needed": "1 Wert nennt",
    "value_jumps_more": "1 weiterer Wert weicht",
    "more_of_the_same": "1 weiteren gleichen Befund",
}


@pytest.mark.parametrize(("code", "said"), COUNTED.items())
def test_one_thing_is_said_in_the_singular(code: str, said: str) -> None:
    finding = Finding(code, "a.csv", details={"count": "1", "same_as": "cell_empty"})
    assert said in finding.sentence("de")


@pytest.mark.parametrize(("lang", "written"), [("de", "11,5"), ("en", "11.5")])
def test_a_computed_number_bears_the_decimal_sign_of_the_sentence(lang: str, written: str) -> None:
    details = {"before": "11.5", "earlier": "2019", "deviations": "9"}
    finding = Finding("value_jump", "a.csv", row=4, value="900", details=details)
    assert f" {written} (2019)" in finding.sentence(lang)
