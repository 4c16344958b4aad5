"""The judgement on every solution: readiness alone, and with the fit to one town.

Readiness is C1 to C7 with their weights rescaled; with a town, C8 joins. Both carry the
verdict and what is missing. Nothing here orders solutions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.adoption import MeasureRange, Score
from analysis.adoption import score as score_of
from analysis.errors import UnknownSolution
from analysis.fit import Fit
from analysis.measures import DEFAULT_WEIGHTS, FIT, READINESS
from analysis.missing_evidence import Information, measure_information
from analysis.verdict import Gate, GateState, Verdict
from analysis.verdict import verdict as verdict_on
from analysis.weights import DEFAULT_VARIATION

Ranges = Mapping[str, Mapping[str, Sequence[MeasureRange]]]


@dataclass(frozen=True)
class Judgement:
    """What may be said of one solution, without and with a town.

    What rests on the town is worked out when it is asked for: a list asks most of its
    solutions for their readiness alone.

    Attributes:
        solution_id: the solution.
        examined: whether it has at least one evidence row.
        readiness: range over C1 to C7.
        fit: fit to the town, ``None`` without a town.
        measures: applicable measures per criterion, C8 included where there is a fit.
        weights: weight per criterion C1 to C8.
        gates: state per gate.
        variation: share by which each weight may move for the stability line.
    """

    solution_id: str
    examined: bool
    readiness: Score
    fit: Fit | None
    measures: Mapping[str, Sequence[MeasureRange]] = field(repr=False)
    weights: Mapping[str, float] = field(repr=False)
    gates: Mapping[Gate, GateState] = field(repr=False)
    variation: float = DEFAULT_VARIATION

    @cached_property
    def readiness_verdict(self) -> Verdict:
        """The verdict on ``readiness``."""
        return verdict_on(self.readiness, self.gates)

    @cached_property
    def score(self) -> Score:
        """Range over C1 to C8, the readiness range without a town."""
        if self.fit is None:
            return self.readiness
        return score_of(self.measures, self.weights, self.variation)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on ``score``."""
        return verdict_on(self.score, self.gates)

    @cached_property
    def missing(self) -> tuple[Information, ...]:
        """Measures by how much knowing them would narrow ``score``, largest first."""
        return measure_information(self.score)


def judge_all(
    ranges: Ranges,
    gates: Mapping[str, Mapping[Gate, GateState]],
    *,
    examined: Collection[str] = (),
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
    fits: Mapping[str, Fit] | None = None,
    variation: float = DEFAULT_VARIATION,
) -> tuple[Judgement, ...]:
    """The judgement on every solution in ``ranges``, in the same order.

    Args:
        ranges: applicable measures per solution, see ``ranges_by_solution``.
        gates: gate states per solution, see ``all_gate_states``.
        examined: solutions with evidence rows.
        weights: weight per criterion C1 to C8.
        fits: fit per solution for one town; ``None`` without a town.
        variation: share by which each weight may move for the stability line.

    Raises:
        BadWeights: unusable weights.
    """
    return tuple(
        judge(
            solution_id,
            measures,
            gates.get(solution_id, {}),
            examined=solution_id in examined,
            weights=weights,
            fit=None if fits is None else fits[solution_id],
            variation=variation,
        )
        for solution_id, measures in ranges.items()
    )


def judge(
    solution_id: str,
    measures: Mapping[str, Sequence[MeasureRange]],
    gates: Mapping[Gate, GateState],
    *,
    examined: bool = True,
    weights: Mapping[str, float] = DEFAULT_WEIGHTS,
    fit: Fit | None = None,
    variation: float = DEFAULT_VARIATION,
) -> Judgement:
    """The judgement on one solution; arguments as in ``judge_all``."""
    own = {criterion: measures[criterion] for criterion in READINESS if criterion in measures}
    return Judgement(
        solution_id=solution_id,
        examined=examined,
        readiness=score_of(own, weights, variation),
        fit=fit,
        measures=own if fit is None else {**own, FIT: fit.ranges},
        weights=weights,
        gates=gates,
        variation=variation,
    )


def find_judgement(judgements: tuple[Judgement, ...], solution_id: str) -> Judgement:
    """The judgement on one solution.

    Raises:
        UnknownSolution: it is not among them.
    """
    for judgement in judgements:
        if judgement.solution_id == solution_id:
            return judgement
    raise UnknownSolution([solution_id])
