"""Words looked up by key, column by column; a table without rows is a table like any other."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def words_for(
    keys: pd.Series, words: pd.Series | Mapping[str, str], otherwise: str | pd.Series = ""
) -> pd.Series:
    """The word of each key, as text even where no word is held at all.

    Args:
        keys: a column of keys; a key may be missing.
        words: word by key; as a series, the keys are its index and each stands once.
        otherwise: what stands where a key has no word; as a series, row by row.

    Returns:
        A text column with the index of ``keys``. pandas takes what is looked up in an empty table
        for numbers; here it stays text.
    """
    return keys.map(words).astype("str").fillna(otherwise)
