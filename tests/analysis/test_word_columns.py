"""Words by key stay text, whatever the table they are looked up in holds."""

import warnings

import pandas as pd
import pytest

from analysis.word_columns import words_for

NONE = pd.Series([], index=pd.Index([], dtype="str"), dtype="str")


@pytest.mark.parametrize("words", [NONE, {}, NONE.astype(object)])
def test_a_table_without_rows_gives_empty_words_without_a_warning(words) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = words_for(pd.Series(["a", "b"], index=[5, 7]), words)
    assert found.tolist() == ["", ""]
    assert found.index.tolist() == [5, 7]
    assert (found + "!").tolist() == ["!", "!"]


def test_a_key_without_a_word_takes_what_stands_in_its_row() -> None:
    keys = pd.Series(["a", None, "c"])
    own = pd.Series(["x", "y", "z"])
    assert words_for(keys, {"a": "Aachen"}, own).tolist() == ["Aachen", "y", "z"]
    assert words_for(keys, pd.Series(["Celle"], index=["c"])).tolist() == ["", "", "Celle"]
