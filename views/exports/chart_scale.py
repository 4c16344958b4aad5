"""Axes of drawn charts: round steps, and where a value lies."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from views.exports.slide import ChartPicture

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
# Shares and points end at 100, so that a range shows how far it is from the end.
_OF_HUNDRED: Final = re.compile(r"%|\b(100|percent|Prozent)\b")
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class Scale:
    """A straight line from values to units of a drawing.

    Attributes:
        low, high: values at both ends; different.
        start, end: units of the drawing at both ends.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def known(picture: ChartPicture) -> list[float]:
    """All values there are."""
    return [value for one in picture.series for value in one.values if value is not None]


def domain(picture: ChartPicture) -> tuple[float, float]:
    """Least and greatest value of the axis; bars and ranges begin at zero.

    Ranges of shares and points end at 100; 0 to 1 when no value is known.
    """
    values = known(picture) or [0.0, 1.0]
    low, high = min(values), max(values)
    if picture.kind != "lines":
        low, high = min(0.0, low), max(0.0, high)
    if picture.kind == "ranges" and _OF_HUNDRED.search(picture.unit) and low >= 0 and high <= 100:
        low, high = 0.0, 100.0
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def round_steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that lie evenly and enclose ``low`` to ``high``, about ``most`` of them."""
    rough = (high - low) / max(most - 1, 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough - _TOLERANCE)
    first = math.floor(low / step + _TOLERANCE)
    last = math.ceil(high / step - _TOLERANCE)
    return [number * step for number in range(first, last + 1)]


def spread(places: Iterable[float], room: float, low: float, high: float) -> list[float]:
    """Places moved apart so that each has some room, kept between ``low`` and ``high``.

    The order stays; where there is no room for all they lie evenly.
    """
    wanted = list(places)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    moved = [wanted[place] for place in order]
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + room)
    if moved and moved[-1] > high:
        moved[-1] = high
        for place in range(len(moved) - 2, -1, -1):
            moved[place] = min(moved[place], moved[place + 1] - room)
    if moved and moved[0] < low:
        step = min(room, (high - low) / max(len(moved) - 1, 1))
        moved = [low + step * place for place in range(len(moved))]
    found = [0.0] * len(wanted)
    for place, value in zip(order, moved, strict=True):
        found[place] = value
    return found
