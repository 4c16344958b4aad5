"""Search and filters of the catalogue: one calm row, every choice an id in the address."""

from __future__ import annotations

from typing import cast

import streamlit as st

from analysis.catalogue import MARKS, PHASES, SIZES, STOPPED, UNKNOWN, Choice, Order
from views import session
from views.session import Visit
from views.widgets import solution_results
from views.widgets.kept_choice import PAGE, SELECT_WIDTH, known, pick, search_box, several

ORDERS = ("name", "newest")


def show(visit: Visit) -> Choice:
    """The filters; gives what the visitor chose."""
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="solution_filters", gap="small"
    ):
        text = search_box(visit, "find", visit.words("solutions.search"), PAGE)
        field = _fields(visit)
        phase = pick(
            visit,
            "phase",
            visit.words("solutions.phase"),
            dict.fromkeys((*PHASES, STOPPED, UNKNOWN)),
            lambda phase: _phase_name(visit, phase),
        )
        order = _order(visit)
    with st.container(horizontal=True, vertical_alignment="center", key="solution_marks"):
        marks = several(
            visit,
            "only",
            visit.words("solutions.only"),
            MARKS,
            lambda mark: visit.words(f"solutions.mark.{mark}"),
            key="choice_only",
            page=PAGE,
        )
        state, size = _more(visit)
        st.button(
            visit.words("solutions.reset"),
            key="solutions_reset",
            type="tertiary",
            icon=":material/filter_alt_off:",
            on_click=reset,
            disabled=not any((text, field, phase, marks, state, size)),
        )
    return Choice(text, field, phase, state, size, marks, order)


def reset() -> None:
    """Forget every filter of the catalogue."""
    for name in ("find", "field", "phase", "state", "size", "only", PAGE):
        session.keep(name, "")
        st.session_state.pop(f"choice_{name}", None)


def _fields(visit: Visit) -> str:
    present = set(solution_results.entries()["action_field"])
    by_name = dict.fromkeys(
        sorted(present, key=lambda one: visit.names("action_field", one).casefold())
    )
    label = visit.words("solutions.field")
    return pick(visit, "field", label, by_name, lambda one: visit.names("action_field", one))


def _phase_name(visit: Visit, phase: str) -> str:
    if phase == UNKNOWN:
        return visit.words("solution.phase_unknown")
    return visit.names("phase", phase)


def _order(visit: Visit) -> Order:
    kept = known(visit, "order", session.kept("order", ORDERS[0]), ORDERS) or ORDERS[0]
    chosen = st.selectbox(
        visit.words("solutions.order"),
        ORDERS,
        index=ORDERS.index(kept),
        format_func=lambda one: visit.words(f"solutions.order_{one}"),
        key="choice_order",
        width=SELECT_WIDTH,
        on_change=session.keep,
        args=(PAGE, ""),
    )
    session.keep("order", "" if chosen == ORDERS[0] else chosen)
    return cast("Order", chosen)


def _more(visit: Visit) -> tuple[str, str]:
    states = solution_results.states()
    with st.popover(visit.words("solutions.more"), icon=":material/tune:"):
        state = pick(
            visit, "state", visit.words("solutions.state"), states, lambda key: states[key]
        )
        sizes = dict.fromkeys(SIZES)
        size = pick(
            visit,
            "size",
            visit.words("solutions.size"),
            sizes,
            lambda one: visit.words(f"solutions.size_of.{one}"),
        )
    return state, size
