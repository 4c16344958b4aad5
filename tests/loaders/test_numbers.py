"""Number styles: worked examples from official files, and what must hold for all numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.numbers import ENGLISH, GERMAN, NotANumber, decide_style, parse_number

finite = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).map(lambda x: round(x, 3))


def german(value: float) -> str:
    return f"{value:,.3f}".translate(str.maketrans(",.", ".,"))


@given(finite)
def test_german_spelling_reads_back(value: float) -> None:
    assert parse_number(german(value), GERMAN) == pytest.approx(value, abs=1e-6)


@given(finite)
def test_english_spelling_reads_back(value: float) -> None:
    assert parse_number(f"{value:,.3f}", ENGLISH) == pytest.approx(value, abs=1e-6)


@given(st.lists(finite, min_size=1), finite.filter(lambda value: abs(value) >= 1_000_000))
def test_one_full_cell_decides_the_column(values: list[float], proof: float) -> None:
    cells = [german(value) for value in values]
    assert decide_style([*cells, german(proof)]).style == GERMAN


@given(st.text(max_size=12))
def test_a_text_is_a_finite_number_or_refused(text: str) -> None:
    for style in (GERMAN, ENGLISH):
        try:
            value = parse_number(text, style)
        except NotANumber as refusal:
            assert refusal.text == text
        else:
            assert math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1.234,5", GERMAN, 1234.5),
        ("2903,8", GERMAN, 2903.8),
        ("1 841 179", GERMAN, 1841179.0),
        ("1 847 253", ENGLISH, 1847253.0),
        ("755.09", ENGLISH, 755.09),
        ("9,99697", GERMAN, 9.99697),
        ("−3,5", GERMAN, -3.5),
        ("1e3", ENGLISH, 1000.0),
    ],
)
def test_spellings_of_official_files(text, style, value) -> None:
    assert parse_number(text, style) == value


@pytest.mark.parametrize("text", ["", "1.23,4", "12,3,4", "nan", "inf", "1e999", "12 34", "5 %"])
def test_what_is_no_german_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text, GERMAN)


def test_an_overflowing_number_is_refused() -> None:
    with pytest.raises(NotANumber):
        parse_number("1e999", ENGLISH)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["2.124,3", "2903,8"], GERMAN),
        (["360,311", "12,5"], GERMAN),
        (["1,787,408", "560,472"], ENGLISH),
        (["755.09", "7"], ENGLISH),
        (["0,123"], GERMAN),
        (["1234.567"], ENGLISH),
        (["1 234,567"], GERMAN),
        (["12", "-", "x", "Summe"], ENGLISH),
    ],
)
def test_the_column_decides(cells, style) -> None:
    assert decide_style(cells).style == style


def test_an_open_column_is_said_to_be_open() -> None:
    decision = decide_style(["8,380", "-", "12"])
    assert decision.ambiguous
    assert decision.style is None
    assert decision.evidence == {"open ,": 1}


def test_a_default_closes_an_open_column_but_never_a_mixed_one() -> None:
    assert decide_style(["8,380"], default=GERMAN).style == GERMAN
    mixed = decide_style(["1,5", "2.5"], default=GERMAN)
    assert mixed.mixed
    assert mixed.style is None
