"""Places like mine: the reasons in one sentence each, the numbers in a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.peers import PeerList
from views import results
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, peer_words, verdict_words

SHOWN_SOLUTIONS = 3


def show(visit: Visit, town: str) -> None:
    """The seven most similar places with reasons and what runs there."""
    st.header(visit.words("adoption.peers.title", town=town))
    found = results.peers(visit.ags)
    if found is None:
        st.info(visit.words("adoption.peers.none", town=town))
        return
    pool = results.pool(found.variable_set)
    variables = visit.formats.listing([peer_words.variable(visit, n) for n in pool.variables])
    count = visit.formats.number(len(pool.keys) - 1 - found.not_comparable)
    reading = visit.words("adoption.peers.reading", variables=variables, count=count)
    st.markdown(reading)
    if found.variable_set == "rough":
        st.info(visit.words("adoption.peers.rough"))
    if results.survey(found.variable_set).lacks_close_peers(found):
        st.info(visit.words("adoption.peers.not_close", town=town))
    st.markdown("\n".join(f"- {_line(visit, found, n)}" for n in range(len(found.peers))))
    st.caption(visit.words("fixed.peers"))
    _table(visit, found, reading)
    chosen = visit.words(f"adoption.peers.set_{found.variable_set}")
    st.caption(visit.words("adoption.peers.distance_note", set=chosen))
    frame.page_link(visit, "methods", visit.words("common.how"), topic="peers")


@st.fragment
def _table(visit: Visit, found: PeerList, reading: str) -> None:
    chart.twin_on_demand(visit, lambda: _twin(visit, found), key="peers", title=reading)


def _line(visit: Visit, found: PeerList, position: int) -> str:
    peer = found.peers[position]
    said = peer_words.reason(visit, peer)
    table = results.deployments("district" if len(visit.ags) == 5 else "municipality")
    running = table[(table["ags"] == peer.ags) & table["runs"]]["solution_id"].unique()
    names = verdict_words.names_of_solutions()
    if len(running):
        shown = [plain(names[solution]) for solution in running[:SHOWN_SOLUTIONS]]
        listed = visit.formats.listing(shown)
        said = f"{said} {visit.words('adoption.peers.reason_runs', solutions=listed)}"
    return said


def _twin(visit: Visit, found: PeerList) -> pd.DataFrame:
    rows = []
    for peer in found.peers:
        place = results.place(peer.ags)
        same, other = peer_words.same_and_other(visit, peer)
        distance = visit.formats.number(peer.distance, 2)
        coverage = visit.formats.percent(peer.coverage)
        rows.append((place.name, place.state, distance, coverage, same, other))
    names = ("place", "state", "distance", "coverage", "same", "other")
    return pd.DataFrame(rows, columns=[visit.words(f"adoption.peers.column_{n}") for n in names])
