"""Criteria C1 to C8, their measures and default weights (``docs/methods/adoption``).

C1 to C7 describe the solution (transfer readiness), C8 its fit to one town. Names and
anchors of the measures are data (``anchors.csv`` and ``data/names``).
"""

from __future__ import annotations

from collections.abc import Mapping

MEASURES: Mapping[str, tuple[str, ...]] = {
    "C1": ("C1.1", "C1.2", "C1.3"),
    "C2": ("C2.1", "C2.2", "C2.3"),
    "C3": ("C3.1", "C3.2", "C3.3"),
    "C4": ("C4.1", "C4.2"),
    "C5": ("C5.1", "C5.2"),
    "C6": ("C6.1", "C6.2"),
    "C7": ("C7.1", "C7.2"),
    "C8": ("C8.1", "C8.2"),
}
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "C1": 0.20,
    "C2": 0.15,
    "C3": 0.15,
    "C4": 0.10,
    "C5": 0.10,
    "C6": 0.10,
    "C7": 0.10,
    "C8": 0.10,
}
CRITERIA = tuple(MEASURES)
FIT = "C8"
READINESS = tuple(criterion for criterion in CRITERIA if criterion != FIT)
CRITERION_OF: Mapping[str, str] = {m: c for c, measures in MEASURES.items() for m in measures}
READINESS_MEASURES = tuple(m for c in READINESS for m in MEASURES[c])

# Measures that change with time: an undated statement on them counts as old.
TIME_BOUND = frozenset({"C1.2", "C3.1", "C3.2", "C3.3"})
ANCHORS = (0.0, 0.25, 0.5, 0.75, 1.0)
