"""A range, its verdict and its evidence in words; a score never appears without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.adoption import Score
from analysis.all_weights import AllWeightings
from analysis.judgement import Judgement
from analysis.verdict import GATES, MODERATE_FROM, STRONG_FROM, Gate, GateState, Verdict
from analysis.weighting import Weighting
from views import results, session, theme
from views.charts.range_bar import range_bar
from views.session import Visit

GRADES = "ABCD"
LEAST_SHARE = 0.01
LEAST_SHARED = 2


@dataclass(frozen=True)
class Answer:
    """What a view says of one judgement under the chosen weights.

    Attributes:
        low: lower end shown, 0 to 1.
        high: upper end shown.
        assessable: whether a verdict is possible (under most weightings, when all count).
        verdict: the verdict in words.
        stability: how the verdict depends on weights, in words.
    """

    low: float
    high: float
    assessable: bool
    verdict: str
    stability: str


def answer(visit: Visit, judgement: Judgement, weighting: Weighting) -> Answer:
    """The range, verdict and stability of one judgement, in words."""
    judged, score = judgement.verdict, judgement.score
    if weighting.name != "all":
        said = verdict(visit, judged)
        return Answer(score.low, score.high, is_assessable(judged), said, stability(visit, judged))
    over_all = results.all_weightings(score)
    return Answer(
        over_all.low,
        over_all.high,
        next(iter(over_all.shares)) != "not_assessable" and is_assessable(judged),
        _under_all(visit, judged, over_all),
        _spread(visit, over_all),
    )


def _under_all(visit: Visit, judged: Verdict, over_all: AllWeightings) -> str:
    """The verdict most weightings give; gates hold under all of them."""
    if judged.code == "blocked":
        return verdict(visit, judged)
    said = visit.words(f"adoption.verdict.{next(iter(over_all.shares))}")
    return _with_open_gates(visit, said, judged)


def _spread(visit: Visit, over_all: AllWeightings) -> str:
    shares = [(c, s) for c, s in over_all.shares.items() if s >= LEAST_SHARE]
    first = visit.words("weights.share_first", share=visit.formats.percent(shares[0][1]))
    rest = [
        visit.words(
            "weights.share_item",
            verdict=visit.words(f"adoption.verdict.{code}"),
            share=visit.formats.percent(share),
        )
        for code, share in shares[1:]
    ]
    if not rest:
        return first
    return f"{first}, {visit.words('weights.share_rest', rest=visit.formats.listing(rest))}"


def verdict(visit: Visit, judged: Verdict) -> str:
    """The verdict with what blocks it or what it is subject to."""
    reasons = visit.formats.listing([_gate(visit, gate) for gate in judged.blocked_by])
    said = visit.words(f"adoption.verdict.{judged.code}", reasons=reasons)
    return said if judged.code == "blocked" else _with_open_gates(visit, said, judged)


def verdict_of(visit: Visit, code: str, gates: list[str]) -> str:
    """The verdict of a code, with the gates that block it or are open."""
    reasons = visit.formats.listing([_gate(visit, gate) for gate in gates])
    said = visit.words(f"adoption.verdict.{code}", reasons=reasons)
    if code in ("blocked", "not_assessable") or not gates:
        return said
    return f"{said}, {visit.words('adoption.verdict.subject_to', reasons=reasons)}"


def _with_open_gates(visit: Visit, said: str, judged: Verdict) -> str:
    if not judged.subject_to or judged.code == "not_assessable":
        return said
    open_gates = visit.formats.listing([_gate(visit, gate) for gate in judged.subject_to])
    return f"{said}, {visit.words('adoption.verdict.subject_to', reasons=open_gates)}"


def shared_conditions(judgements: Sequence[Judgement]) -> tuple[Gate, ...]:
    """Open conditions that every judgement with a verdict carries; said once for all of them."""
    judged = [j.verdict for j in judgements if is_assessable(j.verdict)]
    if len(judged) < LEAST_SHARED:
        return ()
    first, *others = judged
    return tuple(g for g in first.subject_to if all(g in one.subject_to for one in others))


def gates(visit: Visit, named: Sequence[Gate]) -> str:
    """Conditions in words, listed."""
    return visit.formats.listing([_gate(visit, gate) for gate in named])


def without_conditions(judgement: Judgement) -> Judgement:
    """The judgement without its open conditions, for a list that names them beside it."""
    named = {gate: judgement.gates.get(gate, "unknown") for gate in GATES}
    settled: dict[Gate, GateState] = {
        gate: "not_needed" if state == "unknown" else state for gate, state in named.items()
    }
    return replace(judgement, gates=settled)


def _gate(visit: Visit, gate: str) -> str:
    return visit.words(f"adoption.gate.{gate}")


def stability(visit: Visit, judged: Verdict) -> str:
    """Whether other weights would change the verdict."""
    if judged.stable:
        return visit.words("adoption.verdict.stable")
    said = visit.words("adoption.verdict.depends")
    if judged.could_touch:
        bands = visit.formats.listing([band(visit, name) for name in judged.could_touch])
        said = f"{said}, {visit.words('adoption.verdict.touches', bands=bands)}"
    return said


def band(visit: Visit, name: str) -> str:
    """Weak, moderate or strong in words."""
    return visit.words(f"adoption.band.{name}")


def is_assessable(judged: Verdict) -> bool:
    """Whether the verdict says more than "cannot be judged yet"."""
    return judged.code != "not_assessable"


def range_text(visit: Visit, score: Score | Answer) -> str:
    """The range as whole numbers of 100."""
    return visit.formats.hundredths(score.low, score.high)


def bar(visit: Visit, name: str, answer: Answer) -> str:
    """The range of one solution as a bar (HTML), with its words for those who hear it."""
    said = {"name": name, "range": range_text(visit, answer), "verdict": answer.verdict}
    return range_bar(
        answer.low,
        answer.high,
        theme.palette(visit.scheme),
        assessable=answer.assessable,
        thresholds=(MODERATE_FROM, STRONG_FROM),
        band_names=(band(visit, "weak"), band(visit, "moderate"), band(visit, "strong")),
        alt=visit.words("adoption.judgement.alt", **said),
    )


def document(visit: Visit, measure: str) -> str:
    """The document to ask for when a measure is missing or weakly documented."""
    return visit.words(f"adoption.document.{measure}")


def most_wanted(visit: Visit, judgement: Judgement) -> str:
    """The one document that would narrow the range most."""
    wanted = [item for item in judgement.missing if item.value > 0]
    if not wanted:
        return visit.words("adoption.judgement.nothing_missing")
    return visit.words("adoption.judgement.would_settle", document=document(visit, wanted[0].key))


def grades(visit: Visit, solution_id: str) -> str:
    """How many measures rest on evidence of which grade, for example ``2× A, 3× C``."""
    found: Counter[str] | dict[str, int] = session.result(_grade_counts).get(solution_id, {})
    parts = [
        visit.words("adoption.judgement.grade_count", n=found[grade], grade=grade)
        for grade in GRADES
        if found.get(grade)
    ]
    return ", ".join(parts) or visit.words("common.none")


def _grade_counts() -> dict[str, Counter[str]]:
    rows = results.measures()
    known = rows[rows["origin"].isin(["observed", "derived"])]
    return {str(key): Counter(part["grade"]) for key, part in known.groupby("solution_id")}


def names_of_solutions() -> dict[str, str]:
    """Name per solution id."""
    return session.result(_names)


def _names() -> dict[str, str]:
    solutions: pd.DataFrame = session.table("solutions")
    return dict(zip(solutions["solution_id"], solutions["name"], strict=True))
