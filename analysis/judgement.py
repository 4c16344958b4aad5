"""The judgement on every solution: readiness alone, and with the fit to one town.

Readiness is C1 to C7 with their weights rescaled; with a town, C8 joins. Both carry the
verdict and what is missing. Nothing here orders solutions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.adoption import MeasureRange, Score, score
from analysis.errors import UnknownSolution
from analysis.fit import Fit
from analysis.measures import DEFAULT_WEIGHTS, FIT, READINESS
from analysis.missing_evidence import Information, measure_information
from analysis.verdict import Gate, GateState, Verdict, verdict
from analysis.weights import DEFAULT_VARIATION

Ranges = Mapping[str, Mapping[str, Sequence[MeasureRange]]]


@dataclass(frozen=True)
class Judgement:
    """What may be said of one solution, without and with a town.

    Attributes:
        solution_id: the solution.
        examined: whether it has at least one evidence row.
        readiness: range over C1 to C7.
        readiness_verdict: verdict on it.
        fit: fit to the town, ``None`` without a town.
        score: range over C1 to C8, the readiness range without a town.
        verdict: verdict on ``score``.
    """

    solution_id: str
    examined: bool
    readiness: Score
    readiness_verdict: Verdict
    fit: Fit | None
    score: Score
    verdict: Verdict

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
    readiness = score(own, weights, variation)
    whole = readiness if fit is None else score({**own, FIT: fit.ranges}, weights, variation)
    return Judgement(
        solution_id=solution_id,
        examined=examined,
        readiness=readiness,
        readiness_verdict=verdict(readiness, gates),
        fit=fit,
        score=whole,
        verdict=verdict(whole, gates),
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
