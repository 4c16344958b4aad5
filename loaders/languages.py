"""The languages of the product: one entry each in ``languages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "languages.toml"


@dataclass(frozen=True)
class Language:
    """How one language writes numbers, dates, lists and files.

    Attributes:
        name: as its speakers call it.
        locale, day: locale and pattern of a full date (Babel).
        last: word that joins the last two parts of a list.
        tag: of office files, such as ``de-DE``.
        delimiter: between the fields of a CSV for a spreadsheet.
        decimal, group: signs of a number in charts and CSV files.
        stemmer: algorithm of snowballstemmer.
        tables: language of the sentences that tables, findings and templates hold for its
            readers; these are written in German and English alone.
    """

    name: str
    locale: str
    day: str
    last: str
    tag: str
    delimiter: str
    decimal: str
    group: str
    stemmer: str
    tables: str


@cache
def _languages() -> dict[str, Language]:
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {lang: Language(last=entry.pop("and"), **entry) for lang, entry in entries.items()}


LANGUAGES = tuple(_languages())
# the tables that hold the words of the data, one per language
WORD_KINDS = tuple(f"names_{lang}" for lang in LANGUAGES)


def language(lang: str) -> Language:
    """The entry of one language.

    Raises:
        KeyError: the product does not speak it.
    """
    return _languages()[lang]


def of_tables(lang: str) -> str:
    """Language of the sentences in tables, findings and templates: ``de`` or ``en``."""
    return language(lang).tables
