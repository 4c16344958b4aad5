"""Where solutions run, near a place and among places like it."""

from __future__ import annotations

import pandas as pd

from analysis import deployments as deployment_analysis
from analysis.errors import UnknownPlace
from analysis.twin_check import TwinCheck, twin_check
from analysis.twins import Twins, known_places, twins
from views import session
from views.results.likeness import peers, peers_among, pool, set_of
from views.results.registers import Level, level_of, places


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


def deployments_of(solution_id: str, level: Level = "municipality") -> pd.DataFrame:
    """The deployments of one solution."""
    found = session.result(_deployments_by_solution, level)
    return found[solution_id] if solution_id in found else deployments(level).head(0)


def _deployments_by_solution(level: Level) -> dict[str, pd.DataFrame]:
    return _by_solution(deployments(level))


def _by_solution(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Plain objects instead of packed text: small groups are read cell by cell."""
    return {str(key): part.astype(object) for key, part in rows.groupby("solution_id")}


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


def solutions_in(ags: str) -> frozenset[str]:
    """Solutions that a place has or had itself, as their origin or by adoption."""
    return deployment_analysis.solutions_in(deployments(level_of(ags)), ags)


def running_near(ags: str) -> pd.DataFrame:
    """Running deployments in the places most like one, nearest first, one row per deployment.

    Solutions that the place has itself are left out: nobody adopts what is already there.
    When none of the seven most similar places runs anything, the most similar among all
    places where something runs are taken. Columns of ``solutions_near`` and ``far`` (bool).
    """
    return session.result(_running_near, ags)


def _running_near(ags: str) -> pd.DataFrame:
    level = level_of(ags)
    table = deployments(level)
    table = table[~table["solution_id"].isin(solutions_in(ags))]
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
