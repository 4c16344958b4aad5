"""Choices about a file: kept as JSON, refused when malformed, proposed by every reading."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.numbers import ENGLISH, GERMAN, NumberStyle
from loaders.readers.choices import Choices, MalformedChoices

texts = st.text(max_size=8)
choices = st.builds(
    Choices,
    period=texts,
    place=texts,
    sheet=texts,
    key_column=texts,
    indicator=texts,
    description=texts,
    header_rows=st.lists(st.integers(1, 99), max_size=3).map(tuple),
    number_styles=st.dictionaries(texts, st.sampled_from([GERMAN, ENGLISH, NumberStyle(",")])),
    places=st.dictionaries(texts, texts),
    indicators=st.dictionaries(texts, texts),
)


@given(choices)
def test_choices_written_as_json_read_back_equal(given_choices: Choices) -> None:
    assert Choices.from_json(given_choices.as_json()) == given_choices


def test_number_styles_are_written_as_an_example() -> None:
    record = json.loads(Choices(number_styles={"Wert": GERMAN}, header_rows=(3, 4)).as_json())
    assert record["number_styles"] == {"Wert": "1.234,5"}
    assert record["header_rows"] == [3, 4]
    assert Choices.from_json("{}") == Choices()


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"sheets": "x"}',
        '{"period": 2018}',
        '{"header_rows": [0]}',
        '{"header_rows": ["3"]}',
        '{"header_rows": [true]}',
        '{"number_styles": {"a": "1234"}}',
        '{"number_styles": {"a": "1,234,5"}}',
        '{"places": ["a"]}',
        '{"indicators": {"a": 1}}',
    ],
)
def test_malformed_choices_are_named(text: str) -> None:
    with pytest.raises(MalformedChoices):
        Choices.from_json(text)
