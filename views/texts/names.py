"""Data words: names of indicators, fields, phases and kinds from ``data/names/<lang>.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


class Names:
    """Words of one language for the ids that stand in the tables.

    One word per vocabulary and id; an id without a word is shown as it is, and the check
    of the data folder names it.
    """

    def __init__(self, lang: str, words: Mapping[tuple[str, str], tuple[str, str]]) -> None:
        self.lang = lang
        self._words = words

    def __call__(self, vocabulary: str, word_id: object) -> str:
        """The word for one id."""
        return self._words.get((vocabulary, str(word_id)), (str(word_id), ""))[0]

    def explain(self, vocabulary: str, word_id: object) -> str:
        """The sentence that explains one id; empty when there is none."""
        return self._words.get((vocabulary, str(word_id)), ("", ""))[1]

    def ids(self, vocabulary: str) -> list[str]:
        """All ids of one vocabulary in the order of the file."""
        return [word_id for name, word_id in self._words if name == vocabulary]


def read_names(folder: Path, lang: str) -> Names:
    """The data words of one language; read again when the file changes."""
    path = folder / f"{lang}.csv"
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _read(path, lang, stamp)


@lru_cache(maxsize=8)
def _read(path: Path, lang: str, stamp: int) -> Names:
    words: dict[tuple[str, str], tuple[str, str]] = {}
    if stamp:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                key = (row["vocabulary"], row["word_id"])
                words[key] = (row["word"], row.get("explanation") or "")
    return Names(lang, words)
