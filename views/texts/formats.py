"""Numbers, ranges and dates as the readers of each language write them (Babel)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from loaders.languages import language

MISSING = "–"
MINUS = "\u2212"


class Formats:
    """Formats of one language; a missing number is always a dash, never zero."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._locale = language(lang).locale

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with thousands separators and a true minus; ``–`` for missing.

        Args:
            value: the number, ``None`` or NaN for missing.
            decimals: digits after the separator, always shown.
        """
        if value is None or math.isnan(value):
            return MISSING
        return _written(value + 0.0, decimals, self._locale)

    def value(self, value: float | None, unit: str, decimals: int = 0) -> str:
        """A number with its unit: a no-break space between, narrow before a sign like %."""
        written = self.number(value, decimals)
        space = "\u00a0" if any(map(str.isalpha, unit)) else "\u202f"
        return written if written == MISSING or not unit else f"{written}{space}{unit}"

    def hundredths(self, low: float, high: float) -> str:
        """A score range from 0-1 as whole numbers of 100, ``44–73``; never a point."""
        return f"{round(low * 100)}\u2013{round(high * 100)}"

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share (0-1) in percent."""
        if share is None or math.isnan(share):
            return MISSING
        return f"{self.number(share * 100, decimals)}\u202f%"

    def shares(self, parts: Sequence[float]) -> list[str]:
        """Shares of one whole in percent, with one decimal where a part needs it."""
        decimals = int(any(abs(part * 100 - round(part * 100)) > 1e-6 for part in parts))
        return [self.percent(part, decimals) for part in parts]

    def signed(self, value: float, decimals: int = 0) -> str:
        """A change with its sign, plus and true minus."""
        written = self.number(abs(value), decimals)
        if not _is_more_than_zero(written):
            return f"±{written}"
        return f"{'+' if value > 0 else MINUS}{written}"

    def date(self, iso: str) -> str:
        """A date as exact as the text is: year, month or day; empty stays empty."""
        parts = iso.split("-")
        if iso and len(parts) == 2 and parts[1].isdigit():
            day = dt.date(int(parts[0]), int(parts[1]), 1)
            return str(format_date(day, "LLLL yyyy", locale=self._locale))
        if len(parts) == 3:
            day = dt.date.fromisoformat(iso)
            return str(format_date(day, language(self.lang).day, locale=self._locale))
        return iso

    def spans(self, labels: Sequence[str], places: Sequence[int]) -> str:
        """Some of the labels, by their ascending places; three or more in a row as a span."""
        runs: list[list[int]] = []
        for place in places:
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        to = "bis" if self.lang == "de" else "to"
        told: list[str] = []
        for run in runs:
            named = [labels[place] for place in run]
            told += [f"{named[0]} {to} {named[-1]}"] if len(run) > 2 else named
        return self.listing(told)

    def listing(self, words: Sequence[str]) -> str:
        """Words joined with commas and a final *and* of the language."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {language(self.lang).last} {words[-1]}"


@lru_cache(maxsize=10_000)
def _written(value: float, decimals: int, locale: str) -> str:
    """Tables of one page write the same few numbers over and over."""
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = str(format_decimal(value, format=shape, locale=locale)).replace("-", MINUS)
    return written if _is_more_than_zero(written) else written.removeprefix(MINUS)


def _is_more_than_zero(written: str) -> bool:
    """Whether a digit other than zero is left after rounding: only then there is a sign."""
    return any(sign in "123456789" for sign in written)
