"""Finding texts by words: beginnings, parts of words and word stems, then close spelling.

Umlauts are folded both ways ("Bäume", "Baeume", "Baume" meet), stems come from Snowball and
close spellings from rapidfuzz. Nothing is ranked: a text is found or it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer
from rapidfuzz import fuzz, process

from loaders.languages import language

CLOSE_SPELLING = 82.0
SHORTEST_FOR_SPELLING = 4
SHORTEST_PART = 3
MOST_CLOSE = 12
_WORD = re.compile(r"[^\W_]+")
_SPELLED_OUT = (("ß", "ss"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


@dataclass(frozen=True)
class Hits:
    """Texts that hold every word asked for.

    Attributes:
        rows: positions of the texts, ascending; all of them when nothing was asked.
        close: per word without a literal hit the words of the texts that are spelled
            similarly and were taken instead.
    """

    rows: tuple[int, ...]
    close: dict[str, tuple[str, ...]] = field(default_factory=dict)


def folded(text: str) -> str:
    """The text in lower case without accents; ä and ae both become a."""
    text = text.casefold()
    for spelled, short in _SPELLED_OUT[:1]:
        text = text.replace(spelled, short)
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    for spelled, short in _SPELLED_OUT[1:]:
        bare = bare.replace(spelled, short)
    return bare


@lru_cache(maxsize=4)
def _stemmer(lang: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language(lang).stemmer)


class TextIndex:
    """The words of some texts, ready to be asked.

    Building takes about a second for 5,000 short texts, asking a few milliseconds.
    """

    def __init__(self, texts: Sequence[str], lang: str) -> None:
        """Read the words of ``texts``, written in ``lang`` (``de`` or ``en``)."""
        self._count = len(texts)
        self._lang = lang
        self._rows: dict[str, set[int]] = {}
        self._shown: dict[str, str] = {}
        for row, text in enumerate(texts):
            for word in set(_WORD.findall(text)):
                key = folded(word)
                self._rows.setdefault(key, set()).add(row)
                self._shown.setdefault(key, word)
        self._words = list(self._rows)
        self._stems: dict[str, list[str]] = {}
        for key, word in self._shown.items():
            self._stems.setdefault(self._stem(word), []).append(key)

    def find(self, query: str) -> Hits:
        """Texts that hold every word of the query."""
        rows: set[int] | None = None
        close: dict[str, tuple[str, ...]] = {}
        for word in _WORD.findall(query):
            words = self._literal(word)
            if not words:
                words = self._close(folded(word))
                close[word] = tuple(self._shown[key] for key in words)
            found = set().union(*(self._rows[key] for key in words))
            rows = found if rows is None else rows & found
        kept = range(self._count) if rows is None else sorted(rows)
        return Hits(tuple(kept), close)

    def _literal(self, word: str) -> list[str]:
        asked = folded(word)
        if len(asked) < SHORTEST_PART:
            return [key for key in self._words if key.startswith(asked)]
        found = {key for key in self._words if asked in key}
        return sorted(found.union(self._stems.get(self._stem(word), ())))

    def _close(self, asked: str) -> list[str]:
        if len(asked) < SHORTEST_FOR_SPELLING:
            return []
        near = process.extract(
            asked, self._words, scorer=_spelling, score_cutoff=CLOSE_SPELLING, limit=MOST_CLOSE
        )
        return [key for key, _, _ in near]

    def _stem(self, word: str) -> str:
        return folded(_stemmer(self._lang).stemWord(word.casefold()))


def _spelling(
    asked: Sequence[Hashable], word: Sequence[Hashable], /, *, score_cutoff: float | None = None
) -> float:
    """Likeness (0-100) of a word, or of the best part of a longer word, to what was asked."""
    if len(word) < SHORTEST_FOR_SPELLING:
        return 0.0
    if len(word) > len(asked) + 2:
        return float(fuzz.partial_ratio(asked, word, score_cutoff=score_cutoff))
    return float(fuzz.ratio(asked, word, score_cutoff=score_cutoff))
