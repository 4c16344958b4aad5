"""Evidence grades: how wide a value's range is, and how age lowers the grade.

Method: ``docs/methods/adoption``. Half-widths are a declared convention, not a statistical error.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

from analysis.errors import UnknownGrade

Grade = Literal["A", "B", "C", "D", "U"]

HALF_WIDTHS: Mapping[Grade, float] = {"A": 0.0, "B": 0.10, "C": 0.20, "D": 0.30}
UNKNOWN: Grade = "U"
_ORDER = "ABCD"
_MONTHS_FRESH = 24
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def as_grade(text: str) -> Grade:
    """The grade a text names.

    Raises:
        UnknownGrade: not one of A, B, C, D, U.
    """
    if text not in (*_ORDER, UNKNOWN):
        raise UnknownGrade([text])
    return cast("Grade", text)


def one_lower(grade: Grade) -> Grade:
    """The next grade down; D and U stay."""
    at = _ORDER.find(grade)
    return grade if at < 0 else cast("Grade", _ORDER[min(at + 1, len(_ORDER) - 1)])


def bounds(value: float, grade: Grade) -> tuple[float, float]:
    """Range of a value: half-width by grade, cut to 0 and 1; unknown is the whole range."""
    if grade == UNKNOWN:
        return 0.0, 1.0
    half = HALF_WIDTHS[grade]
    return max(0.0, value - half), min(1.0, value + half)


def grade_at(grade: Grade, evidence_date: str, data_date: date, *, time_bound: bool) -> Grade:
    """The grade after the age rule.

    Content older than 24 months at the data date drops one grade; undated content drops one
    only where the measure changes with time. A year counts as mid-year, a month as mid-month.

    Args:
        grade: grade before the rule.
        evidence_date: ISO date as exact as the source (2023, 2023-06, 2023-06-29) or "".
        data_date: day to which the data are stated.
        time_bound: whether the measure changes with time.
    """
    seen = middle_day(evidence_date)
    too_old = time_bound if seen is None else seen < _months_before(data_date, _MONTHS_FRESH)
    return one_lower(grade) if too_old else grade


def middle_day(text: str) -> date | None:
    """The day an inexact date counts as: mid-year, mid-month, or the day; ``None`` if empty.

    Raises:
        ValueError: not an ISO date, not ``YYYY-MM`` and not ``YYYY``.
    """
    if not text:
        return None
    parts = _DATE.fullmatch(text)
    if parts is None:
        raise ValueError(f"{text!r} is no date")
    year, month, day = parts.groups()
    if month is None:
        return date(int(year), 7, 1)
    return date(int(year), int(month), int(day) if day else 15)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
