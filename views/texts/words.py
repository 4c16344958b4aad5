"""Interface words from ``views/texts/<lang>/*.toml``; long texts as Markdown beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaders.languages import LANGUAGES
from views.texts.articles import ArticleFormatter, asks_for_article

FOLDER = Path(__file__).parent


class MissingWord(LookupError):
    """A key without words in this language: a fault of ours."""


class Words:
    """All interface words of one language.

    ``words("overview.headline", solutions=174)`` gives the sentence of ``headline`` in
    ``overview.toml`` with its placeholders filled. A key ``x`` that has ``x.one`` and
    ``x.other`` is chosen by the placeholder ``n``.
    """

    def __init__(self, lang: str, catalogue: Mapping[str, str], long_texts: Mapping[str, str]):
        self.lang = lang
        self._catalogue = catalogue
        self._long_texts = long_texts
        self._articled = {key for key, text in catalogue.items() if asks_for_article(text)}

    def __call__(self, key: str, **places: object) -> str:
        """The sentence of one key with its placeholders filled.

        Raises:
            MissingWord: the key or a placeholder is unknown.
        """
        if "n" in places and key not in self._catalogue:
            key = f"{key}.one" if str(places["n"]) == "1" else f"{key}.other"
        try:
            if key in self._articled:
                return ArticleFormatter().vformat(self._catalogue[key], (), places)
            return self._catalogue[key].format(**places)
        except (KeyError, IndexError) as missing:
            raise MissingWord(f"{self.lang}: {key} ({missing})") from None

    def has(self, key: str) -> bool:
        """Whether the key has words."""
        return key in self._catalogue

    def keys(self) -> set[str]:
        """All keys, for the test that holds the languages together."""
        return set(self._catalogue)

    def long(self, name: str) -> str:
        """A long text (Markdown) by its file name without ending."""
        try:
            return self._long_texts[name]
        except KeyError:
            raise MissingWord(f"{self.lang}: {name}.md") from None


@cache
def read_words(lang: str) -> Words:
    """The words of one language, read once.

    Raises:
        MissingWord: there is no folder for this language.
    """
    folder = FOLDER / lang
    if lang not in LANGUAGES or not folder.is_dir():
        raise MissingWord(f"no words for language {lang!r}")
    catalogue: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        catalogue.update(_flatten(entries, path.stem))
    long_texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return Words(lang, catalogue, long_texts)


def _flatten(entries: Mapping[str, Any], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in entries.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            flat.update(_flatten(value, name))
        else:
            flat[name] = str(value)
    return flat
