"""Which place, on which level and beside whom the profile is shown."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.errors import UnknownPlace
from views import results, session
from views.session import Visit
from views.texts import plain

EXAMPLE = "08222"
LEVEL, GROUP, COUNT = "level", "group", "peers"
GROUPS = ("similar", "state", "participants")
DEFAULT_PEERS = 7


@dataclass(frozen=True)
class Subject:
    """Whose profile is shown beside whom.

    Attributes:
        ags: key of the place.
        name: its name, safe for Markdown.
        group: keys of the comparison places.
        kind: ``similar``, ``state`` or ``participants``.
        example: whether no town was chosen and an example stands in.
    """

    ags: str
    name: str
    group: tuple[str, ...]
    kind: str
    example: bool


def place(visit: Visit) -> str:
    """Key shown: the own town on the level chosen, or the example."""
    if not visit.ags:
        return EXAMPLE
    twin = results.places().twin(visit.ags)
    if len(visit.ags) == 5 or twin is not None:
        return visit.ags if len(visit.ags) == 5 else _level(visit, str(twin))
    return _level(visit, visit.ags[:5])


def _level(visit: Visit, district: str) -> str:
    """The own municipality has values of its own; many figures exist for districts only."""
    own_city = results.places().twin(visit.ags) is not None
    offered = ("district", "municipality") if own_city else ("municipality", "district")
    kept = session.asked(LEVEL)
    chosen = st.segmented_control(
        visit.words("profile.level"),
        offered,
        default=kept if kept in offered else offered[0],
        required=True,
        format_func=lambda one: visit.words(f"profile.level_{one}"),
        key="profile_level",
    )
    session.address(**{LEVEL: "" if chosen == offered[0] else str(chosen)})
    return district if chosen == "district" else visit.ags


def group(visit: Visit, ags: str) -> tuple[str, tuple[str, ...]]:
    """The comparison group: which kind, and the keys in it."""
    kept = session.asked(GROUP)
    chosen = str(
        st.segmented_control(
            visit.words("compare.group"),
            GROUPS,
            default=kept if kept in GROUPS else GROUPS[0],
            required=True,
            format_func=lambda one: visit.words(f"compare.group_{one}"),
            key="profile_group",
        )
    )
    session.address(**{GROUP: "" if chosen == GROUPS[0] else chosen})
    if chosen == "similar":
        return chosen, _similar(visit, ags)
    level = "districts" if len(ags) == 5 else "municipalities"
    every = session.table(level)["ags"]
    if chosen == "state":
        # All municipalities of a state would be thousands: those of the own district stand in.
        cut = 2 if len(ags) == 5 else 5
        keys = [key for key in every if key[:cut] == ags[:cut]]
    else:
        parts = {str(key)[: len(ags)] for key in session.table("participations")["ags"]}
        keys = [key for key in every if key in parts]
    return chosen, tuple(key for key in keys if key != ags)


def _similar(visit: Visit, ags: str) -> tuple[str, ...]:
    kept = session.whole_number(session.asked(COUNT))
    count = st.slider(
        visit.words("profile.count"),
        3,
        20,
        kept if 3 <= kept <= 20 else DEFAULT_PEERS,
        key="profile_count",
        width=320,
    )
    session.address(**{COUNT: "" if count == DEFAULT_PEERS else str(count)})
    found = results.peers_weighted(ags, (), int(count))
    return found.keys if found else ()


def subject(visit: Visit) -> Subject:
    """Place and comparison group, chosen in one row of controls."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls_profile"):
        ags = place(visit)
        kind, keys = group(visit, ags)
    try:
        name = results.place(ags).name
    except UnknownPlace:
        name = ags
    return Subject(ags, plain(name), keys, kind, not visit.ags)
