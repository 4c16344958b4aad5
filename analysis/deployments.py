"""Where every solution runs, ran or is planned: one row per solution and place.

Examined deployments come first, then documented adoptions, then the origin named in the
catalogue. A phase told from a bare status says so in ``source``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.decisions import RUNNING_PHASES, with_decisions
from analysis.peers import PeerList, distances
from analysis.standardise import Standardised
from analysis.word_columns import words_for

COLUMNS = [
    "solution_id",
    "ags",
    "municipality",
    "role",
    "phase",
    "as_of",
    "runs",
    "adoption_type",
    "year",
    "decision",
    "evidence_url",
    "source",
]
PHASE_OF_ADOPTION: Mapping[str, str] = {
    "announced": "P1",
    "pilot": "P3",
    "operation": "P4",
    "ended": "stopped",
}
PHASE_OF_STATUS: Mapping[str, str] = {
    "idea": "P1",
    "pilot": "P3",
    "operation": "P4",
    "scaled": "P5",
    "discontinued": "stopped",
    "": "",
}


def deployments(
    solutions: pd.DataFrame,
    phases: pd.DataFrame,
    adoptions: pd.DataFrame,
    participations: pd.DataFrame,
) -> pd.DataFrame:
    """One row per solution and place.

    Args:
        solutions: catalogue; origin_municipalities and origin_ags separated by semicolons.
        phases: examined deployments.
        adoptions: documented adoptions.
        participations: places of the model projects, for the names of origins that several
            places share.

    Returns:
        Columns solution_id, ags ("" for a place without key), municipality, role (origin or
        adopter), phase (P1 to P5, stopped, "" unknown), as_of, runs (phase P4 or P5),
        adoption_type and year of the adoption ("" and NaN for origins), decision (equal for
        rows that are one decision), evidence_url, source (phase, adoption or status).
        The origins of one solution are one decision; an examined origin without key (an
        association) stands once per member place.
    """
    taken = with_decisions(adoptions).assign(
        key=_key(adoptions, "adopter_ags", "adopter_municipality")
    )
    examined = _examined(phases, taken, _origin_keys(solutions))
    held = set(examined["key"])
    adopted = _adopted(taken[~taken["key"].isin(held)])
    with_origin = set(examined.loc[examined["role"] == "origin", "solution_id"])
    names = dict(zip(participations["ags"], participations["name_de"], strict=True))
    origins = _origins(solutions[~solutions["solution_id"].isin(with_origin)], names)
    origins = origins[~origins["key"].isin(held | set(adopted["key"]))]
    table = pd.concat([examined, adopted, origins], ignore_index=True)
    table["runs"] = table["phase"].isin(RUNNING_PHASES)
    return table[COLUMNS].sort_values(
        ["solution_id", "role", "ags"], kind="stable", ignore_index=True
    )


def running_places(table: pd.DataFrame, solution_id: str | None = None) -> frozenset[str]:
    """Keys of places where a solution (any, if none is named) runs."""
    rows = table[table["runs"] & (table["ags"] != "")]
    if solution_id is not None:
        rows = rows[rows["solution_id"] == solution_id]
    return frozenset(rows["ags"])


def solutions_in(table: pd.DataFrame, ags: str) -> frozenset[str]:
    """Solutions that a place has or had itself: it made them or took them over, in any phase."""
    return frozenset(table.loc[table["ags"] == ags, "solution_id"])


def solutions_near(ags: str, peers: PeerList, table: pd.DataFrame) -> pd.DataFrame:
    """Solutions in the towns of a peer list: which run in towns like mine.

    Args:
        ags: the town; its own deployments are left out.
        peers: similar towns, for example ``nearest(pool, ags, among=running_places(table))``.
        table: deployments.

    Returns:
        The deployments in those towns with ``position`` and ``distance`` of the town, nearest
        first; running ones before others in the same town.
    """
    near = table[table["ags"] != ags].merge(peers.table(), on="ags")
    order = ["position", "runs", "solution_id"]
    return near.sort_values(order, ascending=[True, False, True], kind="stable", ignore_index=True)


def nearest_running(
    pool: Standardised, ags: str, table: pd.DataFrame, only: Collection[str] | None = None
) -> pd.DataFrame:
    """Per solution the places where it runs, by distance from a town.

    Places of another level, without key or not comparable are left out; the town itself too.

    Args:
        pool: standardised towns of the level of ``ags``.
        ags: the town.
        table: deployments.
        only: solutions wanted; all if none are named.

    Returns:
        Columns solution_id, ags, municipality, phase, decision, distance, coverage, ordered by
        solution, then distance, then key.
    """
    rows = table[table["runs"] & (table["ags"] != ags)]
    rows = rows if only is None else rows[rows["solution_id"].isin(list(only))]
    found = rows.join(distances(pool, ags), on="ags", how="inner").dropna(subset=["distance"])
    columns = ["solution_id", "ags", "municipality", "phase", "decision", "distance", "coverage"]
    return found.sort_values(["solution_id", "distance", "ags"], ignore_index=True)[columns]


def _key(table: pd.DataFrame, ags: str, name: str) -> pd.Series:
    return table["solution_id"] + "/" + table[ags].where(table[ags] != "", table[name])


def _origin_keys(solutions: pd.DataFrame) -> dict[str, list[str]]:
    pairs = zip(solutions["solution_id"], solutions["origin_ags"], strict=True)
    return {solution: _listed(keys) for solution, keys in pairs}


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _listed_or_empty(cell: str) -> list[str]:
    return _listed(cell) or [""]


def _examined(
    phases: pd.DataFrame, taken: pd.DataFrame, origin_keys: Mapping[str, list[str]]
) -> pd.DataFrame:
    rows = phases[["solution_id", "ags", "municipality", "phase", "as_of", "evidence_url"]]
    rows = rows.assign(key=_key(rows, "ags", "municipality"), source="phase")
    adoption = taken.drop_duplicates("key").set_index("key")
    rows["role"] = rows["key"].isin(adoption.index).map({True: "adopter", False: "origin"})
    own = rows["key"].where(rows["role"] == "adopter", rows["solution_id"] + "/origin")
    rows["decision"] = words_for(rows["key"], adoption["decision"], own)
    rows["adoption_type"] = words_for(rows["key"], adoption["adoption_type"])
    rows["year"] = rows["key"].map(adoption["year"])
    return _spread_associations(rows, origin_keys)


def _spread_associations(rows: pd.DataFrame, origin_keys: Mapping[str, list[str]]) -> pd.DataFrame:
    """One row per member place where the only examined origin is an association."""
    is_origin = rows["role"] == "origin"
    alone = rows[is_origin].groupby("solution_id")["ags"].agg(list)
    keyless = {str(solution) for solution, keys in alone.items() if keys == [""]}
    spread = is_origin & rows["solution_id"].isin(keyless)
    members = rows[spread].copy()
    keys = [origin_keys.get(str(solution)) or [""] for solution in members["solution_id"]]
    members["ags"] = pd.Series(keys, index=members.index, dtype=object)
    members = members.explode("ags")
    members["key"] = _key(members, "ags", "municipality")
    return pd.concat([rows[~spread], members], ignore_index=True)


def _adopted(taken: pd.DataFrame) -> pd.DataFrame:
    named = taken.rename(columns={"adopter_ags": "ags", "adopter_municipality": "municipality"})
    phase = words_for(named["status"], PHASE_OF_ADOPTION)
    return named.assign(phase=phase, as_of="", role="adopter", source="adoption")


def _origins(solutions: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    keys = pd.Series(solutions["origin_ags"].map(_listed_or_empty), dtype=object)
    rows = solutions.assign(ags=keys)
    towns = [_listed(cell) for cell in rows["origin_municipalities"]]
    pairs = zip(rows["ags"], towns, rows["origin_municipalities"], strict=True)
    rows["municipality"] = [_place_names(keys, town, whole, names) for keys, town, whole in pairs]
    rows = rows.explode(["ags", "municipality"], ignore_index=True)
    return rows.assign(
        key=_key(rows, "ags", "municipality"),
        role="origin",
        source="status",
        decision=rows["solution_id"] + "/origin",
        adoption_type="",
        year=float("nan"),
        phase=words_for(rows["status"], PHASE_OF_STATUS),
        as_of=rows["status_as_of"],
        evidence_url=rows["source_url"],
    )


def _place_names(
    keys: list[str], towns: list[str], whole: str, names: Mapping[str, str]
) -> list[str]:
    """A name per key: as listed where the lists match, else by the register."""
    if len(keys) == len(towns):
        return towns
    return [names.get(key, whole) for key in keys]
