"""Faults in data, as records with a place and a sentence in the reader's language.

A finding never stops the work: readers and checks collect all of them in one pass.
The words live in ``loaders/finding_words/*.toml``, one table per code::

    [key_unknown]
    severity = "error"
    de = "Der Schlüssel {value} steht in keinem Verzeichnis."
    en = "The key {value} is in no register."
    do_de = "Schlüssel prüfen ..."
    do_en = "Check the key ..."
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from loaders.languages import of_tables

Severity = Literal["error", "warning", "note"]
WORDS_FOLDER = Path(__file__).parent / "finding_words"
_COUNTS = frozenset({"count", "found", "limit", "limit_ratio", "unpacked"})
# of these the value is a number as we write it, of all others a cell as it stands in the file
_FIGURES = frozenset(
    {"value_too_small", "value_too_large", "value_jump", "value_scale", "level_shift_at_reform"}
)
_FIGURE_DETAILS = frozenset({"before", "expected", "factor", "percent"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_LOCALES = {"de": "de_DE", "en": "en_GB"}


class UnknownFindingCode(LookupError):
    """A code without words: a fault of ours, never of the data."""


@dataclass(frozen=True)
class Finding:
    """One fault at one place.

    Attributes:
        code: key of the words, for example ``key_unknown``.
        file: file name as the reader knows it (never a full path of the server).
        sheet: sheet of a workbook, empty for text files.
        row: line of the original file, counted from 1 with header lines; ``None`` for the
            whole file.
        column: column name of the original file; empty when the whole row is meant.
        value: the cell as it stands in the file.
        details: further words for the sentence, for example ``{"expected": "2-8 digits"}``.
    """

    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How bad it is: an error keeps the row out, a warning and a note do not."""
        severity: Severity = _entry(self.code)["severity"]
        return severity

    def sentence(self, lang: str) -> str:
        """What is wrong, in one of the languages."""
        lang = of_tables(lang)
        return self._fill(_entry(self.code)[lang], lang)

    def advice(self, lang: str) -> str:
        """What to do about it, in one of the languages."""
        lang = of_tables(lang)
        return self._fill(_entry(self.code)[f"do_{lang}"], lang)

    def as_record(self) -> dict[str, Any]:
        """A plain dictionary for JSON; ``from_record`` reads it back."""
        return {**vars(self), "details": dict(self.details), "severity": self.severity}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Finding:
        """The finding written by ``as_record``."""
        return cls(**{name: record[name] for name in cls.__dataclass_fields__})

    def _fill(self, template: str, lang: str) -> str:
        row = "" if self.row is None else str(self.row)
        places = {"file": self.file, "sheet": self.sheet, "row": row, "column": self.column}
        details = {name: _written(name, text, lang) for name, text in self.details.items()}
        value = _figure(self.value, lang) if self.code in _FIGURES else self.value
        filled = template.format(**{"value": value, **places, **details})
        return filled.strip()  # a sentence may begin with the sheet, and often there is none


class _Count(str):
    """A count that knows its noun: ``{count:row|rows}`` gives ``1 row`` or ``1,578 rows``."""

    __slots__ = ()

    def __format__(self, nouns: str) -> str:
        one, _, many = nouns.partition("|")
        noun = one if self == "1" else many
        return f"{self} {noun}" if nouns else str(self)


def _written(name: str, text: str, lang: str) -> str:
    """A detail as the language writes it: thousands, decimal sign, whole dates with their month."""
    if name in _COUNTS:
        digits = f"{int(text):,}" if text.isascii() and text.isdigit() else text
        return _Count(digits.replace(",", ".") if lang == "de" else digits)
    if name in _FIGURE_DETAILS and _DECIMAL.fullmatch(text):
        return _figure(text, lang)
    if name != "proposal" and _DAY.fullmatch(text):
        return _day(text, lang)
    return text


def _figure(text: str, lang: str) -> str:
    """A number with the decimal sign of the language."""
    return text.replace(".", ",") if lang == "de" else text


@cache
def _day(text: str, lang: str) -> str:
    from babel.dates import format_date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return format_date(day, "long", locale=_LOCALES[lang])


def count_errors(findings: Iterable[Finding]) -> int:
    """How many findings are errors."""
    return sum(finding.severity == "error" for finding in findings)


@cache
def known_codes() -> Mapping[str, Mapping[str, Any]]:
    """All codes with their words, read once from ``finding_words``.

    Raises:
        UnknownFindingCode: a code has words twice.
    """
    codes: dict[str, Mapping[str, Any]] = {}
    for path in sorted(WORDS_FOLDER.glob("*.toml")):
        for code, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in codes:
                raise UnknownFindingCode(f"{code} has words twice, again in {path.name}")
            codes[code] = words
    return codes


def _entry(code: str) -> Mapping[str, Any]:
    try:
        return known_codes()[code]
    except KeyError:
        raise UnknownFindingCode(f"{code} has no words in {WORDS_FOLDER.name}") from None
