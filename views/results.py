"""Results of the analysis on the live tables, computed once per data version.

Every function here joins tables of the store to a function of ``analysis``; pages ask
these and never assemble inputs themselves.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pandas as pd

from analysis import deployments as deployment_analysis
from analysis import peers as peer_analysis
from analysis.adoption import MeasureRange, Score, ranges_by_solution
from analysis.all_weights import AllWeightings, over_all_weightings
from analysis.errors import NotComparable, UnknownPlace
from analysis.evidence import examined_solutions, measure_table
from analysis.evidence_changes import with_rows
from analysis.fit import Checklist, Fit, fits, with_answers
from analysis.gates import all_gate_states
from analysis.judgement import Judgement, find_judgement, judge_all
from analysis.peers import PeerList
from analysis.places import Place, PlaceIndex, place_index
from analysis.pool_survey import PoolSurvey, survey_pool
from analysis.standardise import Standardised, standardise
from analysis.structure import (
    SETS,
    SetName,
    pool_of,
    set_for,
    similarity_indicators,
    structural_variables,
)
from analysis.twin_check import TwinCheck, twin_check
from analysis.twins import Twins, known_places, twins
from analysis.verdict import Gate, GateState
from analysis.weighting import AGREED, Weighting, weighting_of
from loaders.store import queries
from loaders.store.queries import Statistics
from views import session

Level = Literal["district", "municipality"]


def places() -> PlaceIndex:
    """All municipalities and districts, searchable."""
    return session.result(_places)


def _places() -> PlaceIndex:
    return place_index(session.table("municipalities"), session.table("districts"))


def place(ags: str) -> Place:
    """The record of one place.

    Raises:
        UnknownPlace: no such key.
    """
    return places().place(ags)


def name_of(ags: str) -> str:
    """Name of a place; the bare key when no register lists it."""
    index = places()
    return index.place(ags).name if ags in index else ags


def search_places(text: str, limit: int) -> pd.DataFrame:
    """Places for a text, best first; see ``PlaceIndex.search``."""
    return places().search(text, limit)


def holdings() -> pd.DataFrame:
    """What the store holds per indicator and level; see ``queries.holdings``."""
    return session.result(_holdings)


def _holdings() -> pd.DataFrame:
    return queries.holdings(session.store(), session.shown_version())


def periods(indicator: str, level: Level) -> list[str]:
    """Times with a value, oldest first."""
    return session.result(_periods, indicator, level)


def _periods(indicator: str, level: Level) -> list[str]:
    return queries.periods(session.store(), indicator, level, session.shown_version())


def values(indicator: str, period: str, level: Level) -> pd.DataFrame:
    """One indicator at one time in all places of a level; see ``queries.values``."""
    return session.result(_values, indicator, period, level)


def _values(indicator: str, period: str, level: Level) -> pd.DataFrame:
    return queries.values(session.store(), indicator, period, level, session.shown_version())


def statistics(indicator: str, period: str, level: Level) -> Statistics:
    """Quartiles of one indicator at one time and level."""
    return session.result(_statistics, indicator, period, level)


def _statistics(indicator: str, period: str, level: Level) -> Statistics:
    return queries.statistics(session.store(), indicator, period, level, session.shown_version())


def series(indicator: str, towns: tuple[str, ...]) -> pd.DataFrame:
    """All times of one indicator in some places; see ``queries.series``."""
    return session.result(_series, indicator, towns)


def _series(indicator: str, towns: tuple[str, ...]) -> pd.DataFrame:
    return queries.series(session.store(), [indicator], towns, session.shown_version())


def data_date() -> dt.date:
    """Day to which the evidence is stated: the newest day anybody checked a row."""
    return session.result(_data_date)


def _data_date() -> dt.date:
    checked = session.table("evidence")["checked_on"]
    return dt.date.fromisoformat(max(checked, default="2026-11-22"))


def structure(level: Level) -> pd.DataFrame:
    """Structural variables of all places of a level; see ``structural_variables``."""
    return session.result(_structure, level)


def _structure(level: Level) -> pd.DataFrame:
    indicator_of = similarity_indicators(session.table("indicators"))
    newest = queries.latest(
        session.store(), sorted(set(indicator_of.values())), level, session.shown_version()
    )
    return structural_variables(level, session.table("municipalities"), newest, indicator_of)


def pool(name: SetName) -> Standardised:
    """All places of a level, standardised for one set of variables."""
    return session.result(_pool, name)


def _pool(name: SetName) -> Standardised:
    return pool_of(structure("district" if name == "district" else "municipality"), name)


def survey(name: SetName) -> PoolSurvey:
    """Distances of a whole pool in summary; seconds for all municipalities, then kept.

    A publication that changes no characteristic of a place leaves it as it is.
    """
    return session.lasting(_survey, session.result(_fingerprint, name), name)


def _fingerprint(name: SetName) -> str:
    return pool(name).fingerprint()


def _survey(name: SetName) -> PoolSurvey:
    return survey_pool(pool(name))


def set_of(ags: str) -> SetName:
    """The set of variables a place is compared by.

    Raises:
        UnknownPlace: the place has no row.
    """
    level: Level = "district" if len(ags) == 5 else "municipality"
    return set_for(structure(level), ags)


def peers(ags: str, k: int = peer_analysis.DEFAULT_K) -> PeerList | None:
    """The places most like one place, or ``None`` when too much about it is unknown."""
    return session.result(_peers, ags, k)


def _peers(ags: str, k: int) -> PeerList | None:
    try:
        return peer_analysis.nearest(pool(set_of(ags)), ags, k)
    except (NotComparable, UnknownPlace):
        return None


def peers_among(ags: str, towns: tuple[str, ...], k: int) -> PeerList | None:
    """The places most like one place among some towns; ``None`` when none is comparable."""
    return session.result(_peers_among, ags, towns, k)


def _peers_among(ags: str, towns: tuple[str, ...], k: int) -> PeerList | None:
    try:
        found = peer_analysis.nearest(pool(set_of(ags)), ags, k, among=towns)
    except (NotComparable, UnknownPlace):
        return None
    return found if found.peers else None


def deployments(level: Level = "municipality") -> pd.DataFrame:
    """Where every solution runs, ran or is planned; see ``analysis.deployments``.

    At district level district-free cities stand under their five-digit key, so that a
    district can be compared with them.
    """
    return session.result(_deployments, level)


def _deployments(level: Level) -> pd.DataFrame:
    names = ("solutions", "phases", "adoptions", "participations")
    found = deployment_analysis.deployments(*(session.table(name) for name in names))
    # A deployment of a solution that the catalogue lost stands among the findings only.
    found = found[found["solution_id"].isin(session.table("solutions")["solution_id"])]
    if level == "municipality":
        return found
    index = places()
    keys = [key if len(key) == 5 else (index.twin(key) or key) for key in found["ags"]]
    return found.assign(ags=keys)


def level_of(ags: str) -> Level:
    """The level of a key: five digits are a district, eight a municipality."""
    return "district" if len(ags) == 5 else "municipality"


def deployments_of(solution_id: str, level: Level = "municipality") -> pd.DataFrame:
    """The deployments of one solution."""
    found = session.result(_deployments_by_solution, level)
    return found[solution_id] if solution_id in found else deployments(level).head(0)


def _deployments_by_solution(level: Level) -> dict[str, pd.DataFrame]:
    return _by_solution(deployments(level))


def measures_of(solution_id: str) -> pd.DataFrame:
    """The measures of one solution, all of C1 to C7."""
    return session.result(_measures_by_solution)[solution_id]


def _measures_by_solution() -> dict[str, pd.DataFrame]:
    return _by_solution(measures())


def _by_solution(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Plain objects instead of packed text: small groups are read cell by cell."""
    return {str(key): part.astype(object) for key, part in rows.groupby("solution_id")}


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
    if weighting.weights == AGREED.weights and not answers:
        return tuple(one for one in judgements(ags) if one.solution_id in solution_ids)
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


def store_version() -> int:
    """Data version everything here is computed from."""
    return session.current().version


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


def _examined() -> frozenset[str]:
    return examined_solutions(session.table("evidence"))


def _ranges() -> dict[str, dict[str, list[MeasureRange]]]:
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
    assessed = measure_table(session.table("solutions"), evidence, data_date(), **tables)
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


def twins_of(ags: str, solution_id: str) -> Twins:
    """Places like one where a solution runs, and places like it without a known deployment."""
    return session.result(_twins, ags, solution_id)


def _twins(ags: str, solution_id: str) -> Twins:
    table = deployments("district" if len(ags) == 5 else "municipality")
    running = deployment_analysis.running_places(table, solution_id)
    try:
        name = set_of(ags)
    except UnknownPlace:
        return Twins((), ())
    return twins(pool(name), ags, running, known_places(table, solution_id))


def twin_check_result() -> TwinCheck:
    """How well likeness told places that took a solution over, one left out at a time."""
    return session.result(_twin_check)


def _twin_check() -> TwinCheck:
    programme = frozenset(session.table("participations")["ags"])
    return twin_check(pool("municipality"), deployments("municipality"), programme)


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


def running_near(ags: str) -> pd.DataFrame:
    """Running deployments in the places most like one, nearest first, one row per deployment.

    When none of the seven most similar places runs anything, the most similar among all
    places where something runs are taken. Columns of ``solutions_near`` and ``far`` (bool).
    """
    return session.result(_running_near, ags)


def _running_near(ags: str) -> pd.DataFrame:
    level: Level = "district" if len(ags) == 5 else "municipality"
    table = deployments(level)
    for far, found in (
        (False, peers(ags)),
        (True, peers_among(ags, tuple(sorted(deployment_analysis.running_places(table))), 7)),
    ):
        if found is not None:
            near = deployment_analysis.solutions_near(ags, found, table)
            near = near[near["runs"]].assign(far=far)
            if not near.empty:
                return near
    return table.head(0).assign(position=0, distance=0.0, far=False)


def warm() -> None:
    """Compute what the first visitor of the adoption page would otherwise wait for."""
    for name in ("district", "municipality", "rough"):
        survey(name)
    judgements()


def peers_weighted(
    ags: str,
    weights: tuple[tuple[str, float], ...] = (),
    k: int = peer_analysis.DEFAULT_K,
    among: tuple[str, ...] | None = None,
    without: tuple[str, ...] = (),
) -> PeerList | None:
    """The places most like one place by a visitor's own weights of the variables.

    Args:
        ags: the place.
        weights: variable and weight; empty for the agreed weights.
        k: how many, 3 to 20.
        among: keys a peer may come from, ``None`` for all of the level.
        without: keys that are never a peer.

    Returns:
        ``None`` when too much about the place is unknown or nobody is comparable.

    Raises:
        BadWeights: negative or all-zero weights.
    """
    return session.result(_peers_weighted, ags, weights, k, among, without)


def _peers_weighted(
    ags: str,
    weights: tuple[tuple[str, float], ...],
    k: int,
    among: tuple[str, ...] | None,
    without: tuple[str, ...],
) -> PeerList | None:
    try:
        pool = pool_weighted(set_of(ags), weights)
        found = peer_analysis.nearest(pool, ags, k, among=among, without=without)
    except (NotComparable, UnknownPlace):
        return None
    return found if found.peers else None


def pool_weighted(name: SetName, weights: tuple[tuple[str, float], ...] = ()) -> Standardised:
    """All places of a level, standardised with a visitor's own weights.

    Raises:
        BadWeights: negative or all-zero weights.
    """
    return session.result(_pool_weighted, name, weights) if weights else pool(name)


def _pool_weighted(name: SetName, weights: tuple[tuple[str, float], ...]) -> Standardised:
    level: Level = "district" if name == "district" else "municipality"
    return standardise(structure(level), dict(weights), groups=SETS[name].groups, name=name)
