"""Columns of few words as numbers and words, so that each word is looked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.integer[Any]]


@dataclass
class Column:
    """A column of few words as codes and words."""

    codes: Codes
    words: list[str]

    @classmethod
    def of(cls, series: pd.Series) -> Column:
        """The column of a table, categorical or not."""
        if isinstance(series.dtype, pd.CategoricalDtype):
            words = [str(word) for word in series.cat.categories.tolist()]
            return cls(series.cat.codes.to_numpy(dtype=np.int64), words)
        numbers, found = pd.factorize(series.fillna(""))
        codes: Codes = numbers.astype("int64")
        return cls(codes, [str(word) for word in found])

    def mapped(self, words: Mapping[str, str]) -> Column:
        """The same column with other words; words without an entry stay."""
        return Column(self.codes, [words.get(word, word) for word in self.words])

    def mask(self, hit: list[bool]) -> Mask:
        """Which rows hold one of the words that are hit."""
        if not hit:
            return np.zeros(len(self.codes), dtype=np.bool_)
        return np.array(hit, dtype=np.bool_)[self.codes]

    def texts(self, at: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        """The words at some positions."""
        return np.array(self.words, dtype=object)[self.codes[at]]

    def series(self) -> pd.Series:
        """As a categorical column; words that mean the same become one category."""
        distinct = list(dict.fromkeys(self.words))
        place = {word: number for number, word in enumerate(distinct)}
        codes = self.codes
        if len(distinct) != len(self.words):
            codes = np.array([place[word] for word in self.words], dtype=np.int32)[codes]
        categories = pd.Index(distinct, dtype=object)
        return pd.Series(pd.Categorical.from_codes(codes, categories=categories))


def words_in(series: pd.Series) -> list[str]:
    """The words that stand in a column, each once."""
    column = Column.of(series)
    counts = np.bincount(column.codes, minlength=len(column.words))
    return [column.words[at] for at in np.flatnonzero(counts).tolist()]
