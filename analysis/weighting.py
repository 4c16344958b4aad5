"""Sets of weights a reader can choose: agreed, equal, her own; and the code that names them.

The agreed weights are a convention (``docs/methods/adoption``). Own weights are points from 0 to 9
per criterion, so that eight digits in a link say all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.errors import BadWeights
from analysis.measures import CRITERIA, DEFAULT_WEIGHTS, READINESS
from analysis.weights import normalise_weights

WeightingName = Literal["agreed", "equal", "own", "all"]
NAMES: tuple[WeightingName, ...] = ("agreed", "equal", "own", "all")
MOST_POINTS = 9
AGREED_POINTS: Mapping[str, int] = {c: round(w * 20) for c, w in DEFAULT_WEIGHTS.items()}
_CODE = re.compile(rf"\d{{{len(CRITERIA)}}}")


@dataclass(frozen=True)
class Weighting:
    """A chosen set of weights.

    Attributes:
        name: ``agreed``, ``equal``, ``own``, or ``all`` (every weighting at once; its
            ``weights`` are the agreed ones).
        points: points per criterion in the order of ``CRITERIA``.
    """

    name: WeightingName
    points: tuple[int, ...]

    @property
    def weights(self) -> dict[str, float]:
        """Weight per criterion, summing to 1.

        Raises:
            BadWeights: all points are zero.
        """
        return normalise_weights(dict(zip(CRITERIA, map(float, self.points), strict=True)))

    @property
    def code(self) -> str:
        """The text that names this weighting in an address: its name, or eight digits."""
        return self.name if self.name != "own" else "".join(str(p) for p in self.points)


AGREED = Weighting("agreed", tuple(AGREED_POINTS.values()))
EQUAL = Weighting("equal", (1,) * len(CRITERIA))
ALL = Weighting("all", AGREED.points)
_NAMED: Mapping[str, Weighting] = {"agreed": AGREED, "equal": EQUAL, "all": ALL}


def own(points: Mapping[str, int]) -> Weighting:
    """A reader's own weighting.

    Raises:
        BadWeights: no criterion of the solution itself (C1 to C7) has a point, for without one
            its readiness cannot be weighed; or points are outside 0 to 9.
    """
    bad = [name for name, given in points.items() if not 0 <= given <= MOST_POINTS]
    if bad or not any(points[criterion] for criterion in READINESS):
        raise BadWeights(bad or READINESS)
    return Weighting("own", tuple(points[criterion] for criterion in CRITERIA))


def weighting_of(code: str) -> Weighting:
    """The weighting a code names: ``agreed``, ``equal``, ``all`` or eight digits.

    Raises:
        BadWeights: no such code, or no points for C1 to C7.
    """
    if code in _NAMED:
        return _NAMED[code]
    if not _CODE.fullmatch(code):
        raise BadWeights([code])
    return own(dict(zip(CRITERIA, map(int, code), strict=True)))
