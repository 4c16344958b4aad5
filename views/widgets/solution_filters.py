"""Search and filters of the catalogue: one calm row, every choice an id in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import streamlit as st

from analysis.catalogue import MARKS, PHASES, SIZES, STOPPED, UNKNOWN, Choice, Order
from views import session
from views.session import Visit
from views.widgets import solution_results

PAGE = "page"
SELECT_WIDTH = 168
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
        marks = _marks(visit)
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


def search_box(visit: Visit, name: str, label: str, page: str) -> str:
    """A search field that answers while typing; the words stand in the address."""
    text = st.text_input(
        label,
        value=session.kept(name),
        key=f"choice_{name}",
        type="search",
        live=True,
        icon=":material/search:",
        placeholder=visit.words("solutions.search_example"),
        width=320,
        on_change=session.keep,
        args=(page, ""),
    )
    session.keep(name, (text or "").strip())
    return (text or "").strip()


def pick(
    visit: Visit,
    name: str,
    label: str,
    options: Mapping[str, object],
    words: Callable[[str], str],
    page: str = PAGE,
) -> str:
    """One id out of several, or all; an unknown id of the address is said and left out.

    Args:
        visit: this run.
        name: parameter of the address.
        label: visible label.
        options: ids that can be chosen, in order.
        words: name of an id in the page's language.
        page: parameter that holds the page number, forgotten when the choice changes.
    """
    ids = ["", *options]
    kept = known(visit, name, session.kept(name), ids)
    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(kept),
        format_func=lambda one: words(one) if one else visit.words("solutions.all"),
        key=f"choice_{name}",
        width=SELECT_WIDTH,
        on_change=session.keep,
        args=(page, ""),
    )
    session.keep(name, chosen or "")
    return chosen or ""


def known(visit: Visit, name: str, value: str, ids: Sequence[str]) -> str:
    """The id when it is one of ``ids``; else a sentence on the page, and none."""
    if value in ids:
        return value
    session.keep(name, "")
    st.warning(
        visit.words("frame.unknown_other", value=value, name=name), icon=":material/link_off:"
    )
    return ""


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


def _marks(visit: Visit) -> tuple[str, ...]:
    asked = [one for one in session.kept("only").split("-") if one]
    default = [one for one in asked if known(visit, "only", one, MARKS)]
    chosen = st.pills(
        visit.words("solutions.only"),
        MARKS,
        selection_mode="multi",
        default=default,
        format_func=lambda mark: visit.words(f"solutions.mark.{mark}"),
        key="choice_only",
        label_visibility="collapsed",
        on_change=session.keep,
        args=(PAGE, ""),
    )
    marks = tuple(mark for mark in MARKS if mark in chosen)
    session.keep("only", "-".join(marks))
    return marks


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
