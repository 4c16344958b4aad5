"""Which weights count: agreed, equal, own, or all at once; one click, kept in the session."""

from __future__ import annotations

import re

import streamlit as st

from analysis import weighting
from analysis.errors import BadWeights
from analysis.measures import CRITERIA
from analysis.weighting import AGREED, Weighting
from analysis.weights import dominant_weights
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import points_part

ADDRESS = "weights"
OWN_POINTS = "own_points"
FAULT = "weights_fault"
LONGEST = 40
CODE_OF_FIT = re.compile(r"0{7}[1-9]")


def current() -> Weighting:
    """The weighting of this visit; an unusable one in the address gives the agreed weights."""
    code = session.remembered(ADDRESS, AGREED.code)
    try:
        return weighting.weighting_of(code)
    except BadWeights:
        session.remember(FAULT, code)
        session.remember(ADDRESS, AGREED.code)
        session.address(**{ADDRESS: ""})
        return AGREED


def show(visit: Visit) -> Weighting:
    """The switch between weightings, with sliders for own points; gives the one that counts."""
    chosen = current()
    st.session_state["weights_name"] = chosen.name
    st.segmented_control(
        visit.words("weights.label"),
        weighting.NAMES,
        format_func=lambda name: visit.words(f"weights.name_{name}"),
        required=True,
        key="weights_name",
        on_change=_take_name,
    )
    st.caption(visit.words(f"weights.about_{chosen.name}"))
    _say_fault(visit)
    if chosen.name == "own":
        _sliders(visit, chosen)
    _link_choice(visit, chosen)
    return chosen


def _take_name() -> None:
    name = st.session_state["weights_name"]
    code = session.remembered(OWN_POINTS, "") if name == "own" else name
    if name == "own" and not code:
        code = "".join(str(points) for points in AGREED.points)
    _keep(code)


def _keep(code: str) -> None:
    """In the session; in the address only if a weighting stands there already."""
    session.remember(ADDRESS, code)
    if session.in_address(ADDRESS):
        session.put_in_address(ADDRESS, code)


def _sliders(visit: Visit, chosen: Weighting) -> None:
    with st.container(border=True, key="card_weights"):
        st.markdown(visit.words("weights.own_how", most=weighting.MOST_POINTS))
        rows = [
            points_part.Row(
                visit.names("criterion", criterion),
                visit.formats.percent(chosen.weights[criterion]),
                points,
            )
            for criterion, points in zip(CRITERIA, chosen.points, strict=True)
        ]
        points_part.show(rows, weighting.MOST_POINTS, key="points", on_move=_take_points)
        for criterion in dominant_weights(chosen.weights):
            name = visit.names("criterion", criterion)
            st.caption(visit.words("weights.dominant", criterion=name))


def _take_points(points: tuple[int, ...]) -> None:
    try:
        code = weighting.own(dict(zip(CRITERIA, points, strict=True))).code
    except BadWeights:
        session.remember(FAULT, "only_fit" if any(points) else "zero")
        return
    _keep(code)
    session.remember(OWN_POINTS, code)


def _say_fault(visit: Visit) -> None:
    """A weighting that cannot be used is said once; the last usable one stays."""
    fault = session.remembered(FAULT)
    if not fault:
        return
    session.remember(FAULT, "")
    if fault == "only_fit" or CODE_OF_FIT.fullmatch(fault):
        key = "weights.only_fit"
    else:
        key = "weights.all_zero" if set(fault) <= set("0") or fault == "zero" else "weights.unknown"
    # Whoever made the link wrote the value: it must not become a link or an image here.
    value = plain(fault[:LONGEST])
    st.warning(visit.words(key, value=value), icon=":material/balance:")


def _link_choice(visit: Visit, chosen: Weighting) -> None:
    """Offer to put the weighting into the address, for a colleague."""
    if chosen == AGREED:
        session.address(**{ADDRESS: ""})
        return
    st.session_state["weights_linked"] = session.in_address(ADDRESS)
    st.checkbox(visit.words("weights.in_address"), key="weights_linked", on_change=_take_link)


def _take_link() -> None:
    code = current().code if st.session_state["weights_linked"] else ""
    session.put_in_address(ADDRESS, code)
