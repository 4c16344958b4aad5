"""My town's checklist: what a solution needs, ticked met or not met; the verdict answers.

Answers stay in the session. They enter the address only when the visitor asks for it, as ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.fit import Answer
from views import session
from views.session import Visit
from views.texts import link, plain
from views.widgets.solution_results import of_solution
from views.widgets.solution_sources import site

MET, NOT_MET = "met", "unmet"
CHOICES: tuple[Answer, ...] = ("met", "not_met", "unknown")
KINDS = ("technical", "organisational", "financial", "legal", "data")


def answers() -> tuple[tuple[str, str], ...]:
    """What the visitor ticked, as sorted pairs of prerequisite id and answer."""
    return tuple(sorted(_answers().items()))


def _answers() -> dict[str, Answer]:
    known = session.result(_known_ids)
    said: dict[str, Answer] = {}
    for name, answer in ((MET, "met"), (NOT_MET, "not_met")):
        for key in session.remembered(name).split(","):
            if key in known:
                said[key] = "met" if answer == "met" else "not_met"
    return said


def in_view(solution_id: str) -> dict[str, str]:
    """The answers on one solution as parameters of an address; empty ones left out."""
    ids = set(of_solution("prerequisites", solution_id)["prerequisite_id"])
    listed = _listed({key: answer for key, answer in _answers().items() if key in ids})
    return {name: keys for name, keys in listed.items() if keys}


def _known_ids() -> frozenset[str]:
    return frozenset(session.table("prerequisites")["prerequisite_id"])


def show(visit: Visit, solution_id: str, town: str) -> None:
    """The prerequisites of one solution, each with three answers."""
    st.header(visit.words("checklist.title" if town else "checklist.title_any", town=town))
    needs = of_solution("prerequisites", solution_id)
    if needs.empty:
        st.markdown(visit.words("checklist.none"))
        return
    said = _answers()
    ids = list(needs["prerequisite_id"])
    st.markdown(_reading(visit, ids, said))
    rank = needs["kind"].map({kind: n for n, kind in enumerate(KINDS)})
    ordered = needs.assign(rank=rank).sort_values("rank", kind="stable")
    for need in ordered.to_dict("records"):
        _need(visit, pd.Series(need), said, ids)
    st.caption(visit.words("checklist.kept"))
    _offer_address(visit, ids, said)


def show_passing_on(visit: Visit, solution_ids: Sequence[str]) -> None:
    """Where several solutions stand together: that own answers count, and how to pass them on."""
    needs = session.table("prerequisites")
    ids = list(needs.loc[needs["solution_id"].isin(solution_ids), "prerequisite_id"])
    said = {key: answer for key, answer in _answers().items() if key in ids}
    if said:
        st.caption(visit.words("checklist.counted"))
        _offer_address(visit, ids, said)


def _reading(visit: Visit, ids: list[str], said: Mapping[str, Answer]) -> str:
    met = sum(said.get(key) == "met" for key in ids)
    missed = sum(said.get(key) == "not_met" for key in ids)
    open_ones = len(ids) - met - missed
    return visit.words("checklist.reading", n=len(ids), met=met, missed=missed, open=open_ones)


def _need(visit: Visit, need: pd.Series, said: Mapping[str, Answer], ids: list[str]) -> None:
    key = str(need["prerequisite_id"])
    kind = plain(visit.names("prerequisite_kind", need["kind"]))
    must = visit.words(f"solution.mandatory_{need['mandatory']}")
    source = link(site(need["source_url"]), need["source_url"])
    with st.container(border=True, key=f"card_need_{key}"):
        st.markdown(
            f"**{kind}:** {plain(need[f'text_{visit.text_lang}'])} :small[{must} · {source}]"
        )
        st.session_state[f"need_{key}"] = said.get(key, "unknown")
        st.segmented_control(
            plain(need[f"text_{visit.text_lang}"]),
            CHOICES,
            format_func=lambda answer: visit.words(f"checklist.{answer}"),
            required=True,
            key=f"need_{key}",
            label_visibility="collapsed",
            on_change=_take_answer,
            args=(key, ids),
        )


def _take_answer(key: str, ids: list[str]) -> None:
    said = _answers()
    chosen = st.session_state[f"need_{key}"]
    said.pop(key, None)
    if chosen != "unknown":
        said[key] = chosen
    _keep(said)
    if session.in_address(MET) or session.in_address(NOT_MET):
        _put_in_address(ids, said)


def _keep(said: Mapping[str, Answer]) -> None:
    for name, listed in _listed(said).items():
        session.remember(name, listed)


def _offer_address(visit: Visit, ids: list[str], said: Mapping[str, Answer]) -> None:
    """Offer the address and forgetting, where something was answered."""
    if not any(key in said for key in ids):
        return
    st.session_state["checklist_linked"] = session.in_address(MET) or session.in_address(NOT_MET)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.checkbox(
            visit.words("checklist.in_address"),
            key="checklist_linked",
            on_change=_take_link,
            args=(ids,),
        )
        st.button(
            visit.words("checklist.forget"), key="checklist_forget", on_click=_forget, args=(ids,)
        )


def _take_link(ids: list[str]) -> None:
    """Only the answers of the solution shown enter the address: it must stay short."""
    _put_in_address(ids, _answers() if st.session_state["checklist_linked"] else {})


def _put_in_address(ids: list[str], said: Mapping[str, Answer]) -> None:
    for name, listed in _listed({k: a for k, a in said.items() if k in ids}).items():
        session.put_in_address(name, listed)


def _listed(said: Mapping[str, Answer]) -> dict[str, str]:
    """Ids per name in the address, separated by commas."""
    pairs = ((MET, "met"), (NOT_MET, "not_met"))
    return {
        name: ",".join(sorted(key for key, one in said.items() if one == answer))
        for name, answer in pairs
    }


def _forget(ids: list[str]) -> None:
    _keep({key: answer for key, answer in _answers().items() if key not in ids})
    session.address(**{MET: "", NOT_MET: ""})
