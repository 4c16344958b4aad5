"""Solutions with their measures and what they are judged to be for a place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from analysis.adoption import Measures, Score, ranges_by_solution
from analysis.all_weights import AllWeightings, over_all_weightings
from analysis.errors import UnknownPlace
from analysis.evidence import examined_solutions, measure_table, newest_check
from analysis.evidence_changes import with_rows
from analysis.fit import Checklist, Fit, fits, with_answers
from analysis.gates import all_gate_states
from analysis.judgement import Judgement, find_judgement, judge_all
from analysis.verdict import Gate, GateState
from analysis.weighting import AGREED, Weighting, weighting_of
from views import session
from views.results.likeness import pool, set_of, survey
from views.results.observed import store_version
from views.results.registers import Level
from views.results.running import _by_solution, deployments


def data_date() -> dt.date:
    """Day to which the evidence is stated: the newest day anybody checked a row."""
    return session.result(_data_date)


def _data_date() -> dt.date:
    return newest_check(session.table("evidence"))


def measures_of(solution_id: str) -> pd.DataFrame:
    """The measures of one solution, all of C1 to C7."""
    return session.result(_measures_by_solution)[solution_id]


def _measures_by_solution() -> dict[str, pd.DataFrame]:
    return _by_solution(measures())


def solution(solution_id: str) -> dict[str, Any]:
    """The row of one solution in the catalogue, by column."""
    return session.result(_solutions)[solution_id]


def _solutions() -> dict[str, dict[str, Any]]:
    rows = session.table("solutions").to_dict("records")
    return {str(row["solution_id"]): {str(k): v for k, v in row.items()} for row in rows}


def measures() -> pd.DataFrame:
    """One row per solution and measure with value, grade, range and source."""
    return session.result(_measures)


def _measures() -> pd.DataFrame:
    tables = {name: session.table(name) for name in ("lessons", "adoptions", "phases", "progress")}
    return measure_table(
        session.table("solutions"), session.table("evidence"), data_date(), **tables
    )


def judgements(ags: str = "") -> tuple[Judgement, ...]:
    """The judgement on every solution, with the fit to one place when it is named."""
    return session.result(_judgements, ags)


def _judgements(ags: str) -> tuple[Judgement, ...]:
    solutions, gates = session.table("solutions"), session.table("gates")
    ranges = ranges_by_solution(measures())
    return judge_all(
        ranges,
        all_gate_states(solutions, gates, session.table("prerequisites")),
        examined=examined_solutions(session.table("evidence")),
        fits=_fits(ags, list(ranges)) if ags else None,
    )


def judgements_as(
    ags: str, weighting: Weighting = AGREED, answers: tuple[tuple[str, str], ...] = ()
) -> tuple[Judgement, ...]:
    """The judgement on every solution by a visitor's own weights and checklist.

    Kept with the visit, not with the data: every visitor may have others.

    Args:
        ags: the place, "" for none.
        weighting: chosen weights.
        answers: sorted pairs of prerequisite id and ``met`` or ``not_met``.
    """
    if weighting.weights == AGREED.weights and not answers:
        return judgements(ags)
    if weighting.name != "own" and not answers:
        return session.result(_judged_named, ags, weighting.code)
    stamp = (store_version(), ags, weighting, answers)
    return session.draft("judgements", stamp, lambda: _judged(ags, weighting, dict(answers)))


def _judged_named(ags: str, code: str) -> tuple[Judgement, ...]:
    """By weights that have a name: the same for every visitor."""
    return _judged(ags, weighting_of(code), {})


def judgements_among(
    solution_ids: tuple[str, ...],
    ags: str,
    weighting: Weighting,
    answers: tuple[tuple[str, str], ...],
) -> tuple[Judgement, ...]:
    """The judgements on some solutions alone; arguments as in ``judgements_as``."""
    if weighting.name != "own" and not answers:
        everything = judgements_as(ags, weighting)
        return tuple(one for one in everything if one.solution_id in solution_ids)
    stamp = (store_version(), solution_ids, ags, weighting, answers)
    return session.draft(
        "judgements_among", stamp, lambda: _judged(ags, weighting, dict(answers), solution_ids)
    )


def judgement_as(
    solution_id: str,
    ags: str,
    weighting: Weighting,
    answers: tuple[tuple[str, str], ...],
) -> Judgement:
    """The judgement on one solution alone; arguments as in ``judgements_as``."""
    if weighting.weights == AGREED.weights and not answers:
        return find_judgement(judgements(ags), solution_id)
    stamp = (store_version(), solution_id, ags, weighting, answers)
    return session.draft(
        "judgement", stamp, lambda: _judged(ags, weighting, dict(answers), (solution_id,))[0]
    )


def _judged(
    ags: str, weighting: Weighting, checklist: Checklist, only: tuple[str, ...] = ()
) -> tuple[Judgement, ...]:
    ranges = session.result(_ranges)
    ranges = {one: ranges[one] for one in only} if only else ranges
    fits_here = session.result(_all_fits, ags) if ags else None
    return judge_all(
        ranges,
        _gate_states(checklist) if checklist else session.result(_gate_states),
        examined=session.result(_examined),
        weights=weighting.weights,
        fits=None if fits_here is None else with_answers(fits_here, checklist),
    )


def _gate_states(checklist: Checklist | None = None) -> dict[str, dict[Gate, GateState]]:
    """The gates of all solutions, as ticked."""
    solutions, gates, needs = map(session.table, ("solutions", "gates", "prerequisites"))
    return all_gate_states(solutions, gates, needs, checklist)


def examined() -> tuple[str, ...]:
    """Ids of the solutions with at least one row of evidence, sorted."""
    return tuple(sorted(session.result(_examined)))


def _examined() -> frozenset[str]:
    return examined_solutions(session.table("evidence"))


def _ranges() -> dict[str, dict[str, Measures]]:
    return ranges_by_solution(measures())


def _all_fits(ags: str) -> dict[str, Fit]:
    return _fits(ags, list(session.result(_ranges)))


def judgements_with(ags: str, rows: pd.DataFrame) -> tuple[Judgement, ...]:
    """The judgements as they would be if some evidence rows joined; nothing is kept.

    Args:
        ags: the place, "" for none.
        rows: checked evidence rows.
    """
    evidence = with_rows(session.table("evidence"), rows)
    tables = {name: session.table(name) for name in ("lessons", "adoptions", "phases", "progress")}
    day = newest_check(evidence)
    assessed = measure_table(session.table("solutions"), evidence, day, **tables)
    return judge_all(
        ranges_by_solution(assessed),
        all_gate_states(
            session.table("solutions"), session.table("gates"), session.table("prerequisites")
        ),
        examined=examined_solutions(evidence),
        fits=session.result(_all_fits, ags) if ags else None,
    )


def missing_measures() -> pd.DataFrame:
    """Measures without a source, for the examined solutions; see ``_missing_measures``."""
    return session.result(_missing_measures)


def _missing_measures() -> pd.DataFrame:
    """One row per examined solution and unknown measure.

    Returns:
        Columns solution_id, criterion, measure_id and gain: how much knowing it exactly
        would narrow the range of the solution alone (0 to 1).
    """
    rows = measures()
    unknown = rows[rows["origin"] == "unknown"]
    examined = examined_solutions(session.table("evidence"))
    unknown = unknown[unknown["solution_id"].isin(examined)]
    gains = {(j.solution_id, item.key): item.value for j in judgements() for item in j.missing}
    pairs = zip(unknown["solution_id"], unknown["measure_id"], strict=True)
    columns = ["solution_id", "criterion", "measure_id"]
    return unknown[columns].assign(gain=[gains[pair] for pair in pairs])


def all_weightings(score: Score) -> AllWeightings:
    """Range and verdicts of one score under every weighting."""
    return over_all_weightings(score)


def _fits(ags: str, solution_ids: list[str]) -> dict[str, Fit]:
    level: Level = "district" if len(ags) == 5 else "municipality"
    try:
        name = set_of(ags)
    except UnknownPlace:
        return fits(
            ags, solution_ids, deployments(level), session.table("prerequisites"), pool=None
        )
    return fits(
        ags,
        solution_ids,
        deployments(level),
        session.table("prerequisites"),
        pool=pool(name),
        pair_quantile=survey(name).pair_quantile,
    )


def warm() -> None:
    """Compute what the first visitor of the adoption page would otherwise wait for."""
    for name in ("district", "municipality", "rough"):
        survey(name)
    judgements()
