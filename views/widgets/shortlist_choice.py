"""The visitor's shortlist: two to five solutions, ids in the session and on its own page."""

from __future__ import annotations

import streamlit as st

from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import frame, verdict_words

ADDRESS = "ids"
LEAST, MOST = 2, 5
LONGEST = 40


def ids() -> list[str]:
    """Solutions on the list, in the order they were added, without unknown ids."""
    known = verdict_words.names_of_solutions()
    listed = dict.fromkeys(session.remembered(ADDRESS).split(","))
    return [solution for solution in listed if solution in known][:MOST]


def unknown_ids() -> list[str]:
    """Ids of the address that are no solutions."""
    known = verdict_words.names_of_solutions()
    return [one for one in session.remembered(ADDRESS).split(",") if one and one not in known]


def keep(solutions: list[str]) -> None:
    """Set the list."""
    session.remember(ADDRESS, ",".join(solutions))


def offer(visit: Visit, solution_id: str) -> None:
    """A button that puts a solution on the list or takes it off, and the way to the list."""
    listed = ids()
    on_list = solution_id in listed
    with st.container(horizontal=True, vertical_alignment="center", key="shortlist_offer"):
        if on_list or len(listed) < MOST:
            st.button(
                visit.words("shortlist.remove" if on_list else "shortlist.add"),
                icon=":material/playlist_remove:" if on_list else ":material/playlist_add:",
                key="shortlist_toggle",
                on_click=_toggle,
                args=(solution_id,),
            )
        else:
            st.caption(visit.words("shortlist.full", most=MOST))
        if listed:
            label = visit.words("shortlist.open", n=len(listed))
            frame.page_link(visit, "shortlist", label, icon=":material/view_column:")


def _toggle(solution_id: str) -> None:
    listed = ids()
    if solution_id in listed:
        listed.remove(solution_id)
    else:
        listed.append(solution_id)
    keep(listed[:MOST])


def choose(visit: Visit) -> list[str]:
    """The field in which solutions are chosen; what is wrong in the address is said."""
    if wrong := unknown_ids():
        st.warning(_unknown_words(visit, wrong), icon=":material/link_off:")
    if asked_for() > MOST:
        st.info(visit.words("shortlist.too_many", most=MOST))
    names = verdict_words.names_of_solutions()
    st.session_state["shortlist_field"] = ids()
    st.multiselect(
        visit.words("shortlist.choose", least=LEAST, most=MOST),
        sorted(names, key=lambda one: names[one].casefold()),
        format_func=names.__getitem__,
        max_selections=MOST,
        placeholder=visit.words("shortlist.placeholder"),
        key="shortlist_field",
        on_change=_take_field,
    )
    listed = ids()
    session.put_in_address(ADDRESS, ",".join(listed))
    if len(listed) < LEAST:
        st.info(visit.words("shortlist.too_few", least=LEAST))
        frame.page_link(visit, "adoption", visit.words("shortlist.to_adoption"))
    return listed


def _unknown_words(visit: Visit, wrong: list[str]) -> str:
    """The first unknown ids, each cut to a readable length, and how many more there are."""
    named = [plain(one[:LONGEST] + ("…" if len(one) > LONGEST else "")) for one in wrong[:MOST]]
    if len(wrong) > MOST:
        named.append(visit.words("shortlist.unknown_more", n=len(wrong) - MOST))
    return visit.words("shortlist.unknown", names=visit.formats.listing(named))


def asked_for() -> int:
    """How many known solutions the address or session names."""
    known = verdict_words.names_of_solutions()
    return len({one for one in session.remembered(ADDRESS).split(",") if one in known})


def _take_field() -> None:
    keep(list(st.session_state["shortlist_field"]))
