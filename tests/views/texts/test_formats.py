"""Numbers as read: a true minus, and no sign at what rounds to zero."""

from __future__ import annotations

import pytest

from loaders.numbers import ENGLISH, GERMAN, parse_number
from views.texts import Formats


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "written"),
    [
        ("en", -1234.5, 1, "−1,234.5"),
        ("de", -1234.5, 1, "−1.234,5"),
        ("en", -70.0, 0, "−70"),
        ("en", -0.04, 1, "0.0"),
        ("en", 0.04, 1, "0.0"),
        ("de", float("nan"), 1, "–"),
    ],
)
def test_a_number_bears_a_true_minus(lang, value, decimals, written) -> None:
    assert Formats(lang).number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"), [(-0.04, "±0.0"), (0.04, "±0.0"), (-0.6, "−0.6"), (0.6, "+0.6")]
)
def test_a_change_that_rounds_to_zero_goes_neither_way(value, written) -> None:
    assert Formats("en").signed(value, 1) == written


@pytest.mark.parametrize(("lang", "style"), [("de", GERMAN), ("en", ENGLISH)])
def test_a_number_as_read_can_be_typed_in_again(lang, style) -> None:
    assert parse_number(Formats(lang).number(-1234.5, 1), style) == -1234.5


@pytest.mark.parametrize(
    ("unit", "written"),
    [("%", "9\u202f%"), ("€", "9\u202f€"), ("EUR", "9\u00a0EUR"), ("m²", "9\u00a0m²")],
)
def test_only_a_sign_stands_close_to_its_number(unit, written) -> None:
    assert Formats("en").value(9, unit) == written
