"""A range, its verdict and its evidence in words; a score never appears without them."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.adoption import Score
from analysis.judgement import Judgement
from analysis.verdict import MODERATE_FROM, STRONG_FROM, Verdict
from views import results, session, theme
from views.charts.range_bar import range_bar
from views.session import Visit

GRADES = "ABCD"


def verdict(visit: Visit, judged: Verdict) -> str:
    """The verdict with what blocks it or what it is subject to."""
    reasons = visit.formats.listing([_gate(visit, gate) for gate in judged.blocked_by])
    said = visit.words(f"adoption.verdict.{judged.code}", reasons=reasons)
    if judged.subject_to and judged.code not in ("blocked", "not_assessable"):
        open_gates = visit.formats.listing([_gate(visit, gate) for gate in judged.subject_to])
        said = f"{said}, {visit.words('adoption.verdict.subject_to', reasons=open_gates)}"
    return said


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


def range_text(visit: Visit, score: Score) -> str:
    """The range as whole numbers of 100."""
    return visit.formats.hundredths(score.low, score.high)


def bar(visit: Visit, score: Score, judged: Verdict) -> str:
    """The range as a picture (SVG)."""
    return range_bar(
        score.low,
        score.high,
        theme.palette(visit.scheme),
        assessable=is_assessable(judged),
        thresholds=(MODERATE_FROM, STRONG_FROM),
        band_names=(band(visit, "weak"), band(visit, "moderate"), band(visit, "strong")),
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
