"""Periods as they stand in files, as ISO and exactly as exact as the file says."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])[./]((?:19|20)\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{2})(?:-(\d{2}))?")
_SHORT_SPAN = re.compile(r"((?:19|20)\d{2})\s*[-–]\s*(\d{2})(?!\d)")
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_SHORT_MONTHS = (
    "jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
)  # fmt: skip
_ANY_MONTH = "|".join((*_MONTHS, *(rf"{short}\.?" for short in _SHORT_MONTHS)))
_NAMED_MONTH = re.compile(rf"\b({_ANY_MONTH})\s+((?:19|20)\d{{2}})", re.IGNORECASE)


def read_period(text: str) -> str | None:
    """ISO period of a cell that holds nothing but a period, otherwise ``None``.

    Args:
        text: ``2018``, ``2018-12``, ``31.12.2018``, ``12/2018`` and the like.
    """
    plain = text.strip()
    if _YEAR.fullmatch(plain):
        return plain
    if match := _DAY.fullmatch(plain):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _MONTH.fullmatch(plain):
        return f"{match[2]}-{int(match[1]):02d}"
    if match := _ISO.fullmatch(plain):
        return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    if match[3]:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return match[0] if 1 <= int(match[2]) <= 12 else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def without_month(text: str) -> str:
    """A text without the names of months that stand before a year, the years kept."""
    return _NAMED_MONTH.sub(r"\2", text)


def period_in_words(text: str) -> tuple[str, bool]:
    """The period a sentence names, and whether it is the end of a span.

    Args:
        text: for example ``... zwischen 2019 und 2024 pro Jahr in %``.

    Returns:
        ISO period (the latest one named; a month where the sentence names one) and
        ``True`` when several years are named; an empty period when none is.
    """
    if match := _NAMED_MONTH.search(text):
        name = match[1].lower().rstrip(".")
        months = _MONTHS if name in _MONTHS else _SHORT_MONTHS
        return f"{match[2]}-{months.index(name) + 1:02d}", False
    if match := _SHORT_SPAN.search(text):
        return f"{match[1][:2]}{match[2]}", True
    years = _YEAR.findall(text)
    return (max(years), len(set(years)) > 1) if years else ("", False)
