"""What is compared: indicators, the comparison group, the places drawn, the form of the values."""

from __future__ import annotations

import streamlit as st

from views import results, session
from views.session import Visit
from views.widgets import comparison_likeness, indicator_choice
from views.widgets.comparison import district_labels
from views.widgets.comparison_likeness import Weights
from views.widgets.comparison_series import Shape, is_count, year_of

DEFAULT_INDICATOR = "unemployment_rate"
SECOND_INDICATOR = "household_income_per_inhabitant"
START_PLACES = ("02000", "14713", "09162", "08222")
INDICATOR, ALSO, PLACES, GROUP, BASE, PER = (
    "indicator",
    "also",
    "places",
    "group",
    "base",
    "per_inhabitant",
)
MOST_INDICATORS, MOST_PLACES, PROPOSED = 6, 8, 3
GROUPS = ("similar", "own", "state", "size", "participants", "all")
GROUPS_WITHOUT_TOWN = ("all", "participants", "own")
SIZE_STEPS = (100_000, 200_000, 500_000)


def indicators(visit: Visit) -> tuple[str, ...]:
    """Up to six indicators, in the order chosen; the first one follows to other pages.

    Raises:
        NothingHeld: no indicator has a value, or no district is held.
    """
    labels = _labels(visit)
    if not labels or session.table("districts").empty:
        raise session.NothingHeld
    if "compare_indicators" not in st.session_state:
        st.session_state["compare_indicators"] = _asked(labels)
    chosen = st.multiselect(
        visit.words("compare.indicators"),
        list(labels),
        format_func=labels.__getitem__,
        max_selections=MOST_INDICATORS,
        key="compare_indicators",
        help=visit.words("compare.indicators_help", most=MOST_INDICATORS),
    )
    if chosen:
        session.keep(INDICATOR, chosen[0])
        session.address(**{ALSO: "-".join(chosen[1:])})
    return tuple(chosen)


def _labels(visit: Visit) -> dict[str, str]:
    """Indicators held for districts or municipalities, by theme and name."""
    found = {
        **indicator_choice.labels(visit, "municipality"),
        **indicator_choice.labels(visit, "district"),
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _asked(labels: dict[str, str]) -> list[str]:
    first = session.kept(INDICATOR, "")
    if first and first not in labels:
        session.say_unknown(INDICATOR, first)
        first = ""
    if not first:
        proposed = [one for one in (DEFAULT_INDICATOR, SECOND_INDICATOR) if one in labels]
        return proposed or [next(iter(labels))]
    also = [one for one in session.asked(ALSO).split("-") if one in labels and one != first]
    return [first, *also][:MOST_INDICATORS]


def group(visit: Visit) -> str:
    """The comparison group whose range is shown: similar places, same state and so on."""
    offered = GROUPS if visit.ags else GROUPS_WITHOUT_TOWN
    kept = session.asked(GROUP)
    chosen = st.segmented_control(
        visit.words("compare.group"),
        offered,
        default=kept if kept in offered else offered[0],
        required=True,
        format_func=lambda one: visit.words(f"compare.group_{one}"),
        key=f"compare_group_{bool(visit.ags)}",
    )
    session.address(**{GROUP: "" if chosen == offered[0] else str(chosen)})
    return str(chosen)


def places(visit: Visit, kind: str) -> tuple[str, ...]:
    """Up to eight districts; proposed are my town and the most similar ones of the group."""
    labels = district_labels(visit)
    weights = comparison_likeness.weights()
    proposed = proposed_places(visit, kind, weights)
    asked = [ags for ags in session.asked(PLACES).split("-") if ags in labels]
    stamp = (visit.ags, kind, weights)
    if st.session_state.get("compare_stamp") != stamp or "compare_places" not in st.session_state:
        is_first = "compare_stamp" not in st.session_state
        held = list(st.session_state.get("compare_places", ()))
        if kind != "own" or not held:
            st.session_state["compare_places"] = asked if is_first and asked else proposed
        st.session_state["compare_stamp"] = stamp
    chosen = st.multiselect(
        visit.words("compare.places"),
        list(labels),
        format_func=labels.__getitem__,
        max_selections=MOST_PLACES,
        key="compare_places",
        help=visit.words("compare.places_help"),
    )
    session.address(**{PLACES: "-".join(chosen) if chosen != proposed else ""})
    return tuple(chosen)


def proposed_places(visit: Visit, kind: str, weights: Weights) -> list[str]:
    """My district and the most similar ones of a group; four known ones without a town.

    Args:
        visit: this run.
        kind: the group, see ``GROUPS``.
        weights: of the similarity, see ``comparison_likeness.weights``.
    """
    if not visit.ags:
        return list(START_PLACES)
    mine = visit.ags[:5]
    among = None if kind in ("similar", "own", "all") else members(visit, kind, (), weights)
    found = results.peers_weighted(mine, weights, PROPOSED, among)
    return [mine, *(found.keys if found else ())]


def members(visit: Visit, kind: str, chosen: tuple[str, ...], weights: Weights) -> tuple[str, ...]:
    """Keys of the comparison group, my own place left out; the chosen ones for an own list."""
    mine = visit.ags[:5]
    every = tuple(session.table("districts")["ags"])
    if kind == "own":
        keys = chosen
    elif kind == "similar":
        found = results.peers_weighted(mine, weights)
        keys = found.keys if found else ()
    elif kind == "state":
        keys = tuple(ags for ags in every if ags[:2] == mine[:2])
    elif kind == "size":
        keys = tuple(ags for ags in every if _size_class(ags) == _size_class(mine))
    elif kind == "participants":
        taking_part = {str(ags)[:5] for ags in session.table("participations")["ags"]}
        keys = tuple(ags for ags in every if ags in taking_part)
    else:
        keys = every
    return tuple(ags for ags in keys if ags != mine)


def _size_class(ags: str) -> int:
    population = results.place(ags).population
    return sum(population >= step for step in SIZE_STEPS)


def shape(visit: Visit, chosen: tuple[str, ...]) -> Shape:
    """Values as they are, counts per 1,000 inhabitants, or everything as an index."""
    per = False
    if any(is_count(one) for one in chosen):
        per = st.toggle(
            visit.words("compare.per_inhabitant"),
            value=session.asked(PER) == "1",
            key="compare_per",
            help=visit.words("compare.per_inhabitant_help"),
        )
    session.address(**{PER: "1" if per else ""})
    return Shape(_base_year(visit, chosen), per)


def _base_year(visit: Visit, chosen: tuple[str, ...]) -> int:
    years = sorted({year_of(p) for one in chosen for p in results.periods(one, "district")})
    if len(years) < 2:
        return 0
    asked = session.whole_number(session.asked(BASE))
    base = asked if asked in years else 0
    picked = st.selectbox(
        visit.words("compare.base"),
        [0, *years],
        index=[0, *years].index(base),
        format_func=lambda year: (
            visit.words("compare.base_year", year=year)
            if year
            else visit.words("compare.base_none")
        ),
        key="compare_base",
        width=260,
    )
    session.address(**{BASE: str(picked) if picked else ""})
    return int(picked)
