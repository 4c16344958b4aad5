"""Comparing outcomes with and without a solution: the public face of ``docs/methods/outcome``.

All of this describes what happened beside what happened elsewhere. Nothing here says why.
"""

from analysis.adopters import SeveralAdopters, several_adopters
from analysis.claims import Claim, Level, Need, claim, claim_of_panel
from analysis.difference import (
    Ancova,
    DifferenceInDifferences,
    EventStudy,
    ancova,
    ancova_of_means,
    difference_in_differences,
    event_study,
    expected_next,
    prediction_range,
)
from analysis.many_tests import benjamini_hochberg, expected_false_alarms, holm
from analysis.panels import PANDEMIC_YEARS, Panel, read_panel, without_years
from analysis.small_counts import CountRatio, poisson_ratio
from analysis.synthetic import (
    SyntheticControl,
    SyntheticStudy,
    synthetic_control,
    synthetic_placebos,
    synthetic_study,
)
from analysis.synthetic_did import (
    SyntheticDid,
    SyntheticDidPlacebos,
    noise_level,
    synthetic_did,
    synthetic_did_placebos,
    weighted_difference,
)

__all__ = [
    "PANDEMIC_YEARS",
    "Ancova",
    "Claim",
    "CountRatio",
    "DifferenceInDifferences",
    "EventStudy",
    "Level",
    "Need",
    "Panel",
    "SeveralAdopters",
    "SyntheticControl",
    "SyntheticDid",
    "SyntheticDidPlacebos",
    "SyntheticStudy",
    "ancova",
    "ancova_of_means",
    "benjamini_hochberg",
    "claim",
    "claim_of_panel",
    "difference_in_differences",
    "event_study",
    "expected_false_alarms",
    "expected_next",
    "holm",
    "noise_level",
    "poisson_ratio",
    "prediction_range",
    "read_panel",
    "several_adopters",
    "synthetic_control",
    "synthetic_did",
    "synthetic_did_placebos",
    "synthetic_placebos",
    "synthetic_study",
    "weighted_difference",
    "without_years",
]
