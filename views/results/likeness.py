"""Places by their structure and the places most like them."""

from __future__ import annotations

import pandas as pd

from analysis import peers as peer_analysis
from analysis.errors import NotComparable, UnknownPlace
from analysis.peers import PeerList
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
from loaders.store import queries
from views import session
from views.results.registers import Level


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
