"""What would have to be true: the fewest documents, ticks or points that change a verdict.

Gains of measures add up, so taking the largest first gives the fewest. Method:
``docs/methods/adoption``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from analysis.adoption import Score
from analysis.missing_evidence import weight_flips
from analysis.thresholds import reaches
from analysis.verdict import LEAST_COVERAGE
from analysis.weights import keep_weights


@dataclass(frozen=True)
class Need:
    """Measures that must be settled for a goal.

    Attributes:
        goal: ``assessable`` or the threshold of the lower end (.40 or .65) as text.
        measures: the fewest that do it, largest gain first; empty when nothing is needed.
        reachable: whether all measures together would do it.
    """

    goal: str
    measures: tuple[str, ...]
    reachable: bool


def fewest_for_coverage(judged: Score) -> Need:
    """The fewest unknown measures that must become known for a verdict to be possible."""
    gains = {
        m.measure_id: c.weight / len(c.measures)
        for c in judged.criteria
        for m in c.measures
        if not m.known
    }
    return _fewest("assessable", judged.coverage, LEAST_COVERAGE, gains)


def fewest_for_threshold(judged: Score, threshold: float) -> Need:
    """The fewest measures that, fully met and checkable by anyone, lift the lower end to it."""
    gains = {
        m.measure_id: c.weight / len(c.measures) * (1 - m.low)
        for c in judged.criteria
        for m in c.measures
        if m.low < 1
    }
    return _fewest(f"{threshold:.2f}", judged.low, threshold, gains)


def flips_of_lower_ends(first: Score, second: Score) -> dict[str, float]:
    """Weight of each common criterion at which the lower ends of two scores change places.

    The lower end is what is documented for certain. NaN where no weight does it. Criteria
    that only one of the two has are left out and the weights of the others rescaled.
    """
    common = [c.criterion for c in first.criteria if second.criterion(c.criterion) is not None]
    weights = keep_weights({c.criterion: c.weight for c in first.criteria}, common)
    return weight_flips(_lows(first, common), _lows(second, common), weights)


def common_weights(first: Score, second: Score) -> dict[str, float]:
    """The weights of the criteria two scores share, summing to 1."""
    common = [c.criterion for c in first.criteria if second.criterion(c.criterion) is not None]
    return keep_weights({c.criterion: c.weight for c in first.criteria}, common)


def lower_end(judged: Score, weights: Mapping[str, float]) -> float:
    """The lower end under other weights of (some of) its criteria."""
    return sum(w * c.low for c in judged.criteria if (w := weights.get(c.criterion, 0.0)))


def _lows(judged: Score, names: Collection[str]) -> dict[str, float]:
    return {c.criterion: c.low for c in judged.criteria if c.criterion in names}


def _fewest(goal: str, start: float, threshold: float, gains: Mapping[str, float]) -> Need:
    need = Need(goal, (), reaches(start + sum(gains.values()), threshold))
    if not need.reachable:
        return need
    reached = start
    for measure in sorted(gains, key=lambda name: (-gains[name], name)):
        if reaches(reached, threshold):
            break
        reached += gains[measure]
        need = replace(need, measures=(*need.measures, measure))
    return need
