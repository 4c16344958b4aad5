"""Signs for missing values keep their own meaning and never become zero by themselves."""

import pytest

from loaders.missing import MISSING_KINDS, read_sign


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", "not_reported"),
        ("  ", "not_reported"),
        (".", "suppressed"),
        ("*", "suppressed"),
        ("...", "not_yet_available"),
        ("x", "not_applicable"),
        ("/", "unreliable"),
        ("( )", "unreliable"),
        (":", "not_reported"),
        ("-9999", "not_reported"),
        ("k. A.", "not_reported"),
        ("k.A.", "not_reported"),
        ("keine Angabe", "not_reported"),
        ("n. v.", "not_reported"),
        ("-", "not_applicable"),
        ("–", "not_applicable"),
    ],
)
def test_each_sign_has_its_kind(cell: str, kind: str) -> None:
    sign = read_sign(cell)
    assert sign.kind == kind
    assert kind in MISSING_KINDS


def test_only_dashes_say_nothing_there() -> None:
    cells = ["-", "–", "—", "", ".", "...", "x", "/", ":"]
    assert [cell for cell in cells if read_sign(cell).is_nil] == ["-", "–", "—"]


def test_a_number_in_parentheses_is_an_uncertain_number() -> None:
    assert read_sign("( 12,5 )").number == "12,5"
    assert read_sign("( 12,5 )").kind == ""


@pytest.mark.parametrize("cell", ["0", "0,0", "-5", "12", "abc", "k", "A.", "-99999"])
def test_everything_else_is_no_sign(cell: str) -> None:
    assert read_sign(cell) is None
