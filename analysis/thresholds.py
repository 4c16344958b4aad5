"""The comparison with a threshold.

Thresholds are compared with a tolerance: exactly .50 counts as reached although sums of
weights rarely meet it bit for bit.
"""

from __future__ import annotations

TOLERANCE = 1e-9


def reaches(value: float, threshold: float) -> bool:
    """Whether a value is at or above a threshold, up to rounding of 1e-9."""
    return value >= threshold - TOLERANCE
