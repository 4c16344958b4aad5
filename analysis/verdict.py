"""The verdict on a range: bands, stability against weights, and gates.

A verdict is a set of bands the range touches, never a point. Gates cannot be offset: a gate
that is not met blocks, a gate that is unknown is said with every verdict.
Method: ``docs/methods/adoption``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.adoption import Score
from analysis.thresholds import reaches

Band = Literal["weak", "moderate", "strong"]
VerdictCode = Literal[
    "blocked",
    "not_assessable",
    "weak",
    "moderate",
    "strong",
    "weak_to_moderate",
    "moderate_to_strong",
    "open",
]
GateState = Literal["met", "not_met", "unknown", "not_needed"]
Gate = Literal["legal_basis", "data_protection", "licence_reuse", "mandatory_prerequisite"]

MODERATE_FROM, STRONG_FROM = 0.40, 0.65
LEAST_COVERAGE = 0.5
GATES: tuple[Gate, ...] = (
    "legal_basis",
    "data_protection",
    "licence_reuse",
    "mandatory_prerequisite",
)
_CODES: Mapping[tuple[Band, ...], VerdictCode] = {
    ("weak",): "weak",
    ("moderate",): "moderate",
    ("strong",): "strong",
    ("weak", "moderate"): "weak_to_moderate",
    ("moderate", "strong"): "moderate_to_strong",
    ("weak", "moderate", "strong"): "open",
}


@dataclass(frozen=True)
class Verdict:
    """What may be said of a range.

    Attributes:
        code: ``blocked``, ``not_assessable`` or the bands the range touches.
        bands: those bands, also where blocked or not assessable.
        stable: whether the same bands are touched when weights vary.
        could_touch: bands reached only when weights vary.
        blocked_by: gates that are not met.
        subject_to: gates whose state is unknown.
    """

    code: VerdictCode
    bands: tuple[Band, ...]
    stable: bool
    could_touch: tuple[Band, ...]
    blocked_by: tuple[Gate, ...]
    subject_to: tuple[Gate, ...]


def verdict(score: Score, gates: Mapping[Gate, GateState]) -> Verdict:
    """The verdict on a score, gates included; a gate without entry is unknown."""
    bands = touched_bands(score.low, score.high)
    varied = touched_bands(score.low_varied, score.high_varied)
    blocked = tuple(gate for gate in GATES if gates.get(gate) == "not_met")
    return Verdict(
        code=_code(bands, blocked, score.coverage),
        bands=bands,
        stable=bands == varied,
        could_touch=tuple(band for band in varied if band not in bands),
        blocked_by=blocked,
        subject_to=tuple(gate for gate in GATES if gates.get(gate, "unknown") == "unknown"),
    )


def touched_bands(low: float, high: float) -> tuple[Band, ...]:
    """Bands a range touches: weak < .40 <= moderate < .65 <= strong, up to rounding of 1e-9."""
    bands: list[Band] = []
    if not reaches(low, MODERATE_FROM):
        bands.append("weak")
    if reaches(high, MODERATE_FROM) and not reaches(low, STRONG_FROM):
        bands.append("moderate")
    if reaches(high, STRONG_FROM):
        bands.append("strong")
    return tuple(bands)


def next_threshold(low: float) -> float | None:
    """The threshold a lower end has still to reach; ``None`` when it is strong already."""
    return next((t for t in (MODERATE_FROM, STRONG_FROM) if not reaches(low, t)), None)


def _code(bands: tuple[Band, ...], blocked: tuple[Gate, ...], coverage: float) -> VerdictCode:
    if blocked:
        return "blocked"
    return _CODES[bands] if reaches(coverage, LEAST_COVERAGE) else "not_assessable"
