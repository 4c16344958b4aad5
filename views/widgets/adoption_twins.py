"""Transfer twins: places like mine where a solution runs, and those without it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.places import Place, PlaceIndex
from analysis.twins import Twin
from views import results
from views.session import Visit
from views.texts import link, plain
from views.widgets import adoption_known, chart, frame, peer_words
from views.widgets.solution_sources import site

CARDS = 3
MOST_SHARE = 0.99
HALF = 0.5


def show(visit: Visit, solution_id: str, town: str) -> None:
    """Where it runs in places like mine, with two reasons each; places like mine without it."""
    st.header(visit.words("twins.title"), anchor="twins")
    if not visit.ags:
        st.markdown(visit.words("twins.no_town"))
        return
    found = results.twins_of(visit.ags, solution_id)
    rows = results.deployments_of(solution_id, results.level_of(visit.ags))
    here = bool((rows["runs"].astype(bool) & (rows["ags"] == visit.ags)).any())
    index = results.places()
    if here:
        st.markdown(visit.words("twins.here", town=town))
    if not found.running:
        st.markdown(visit.words("twins.none" if not here else "twins.none_else", town=town))
    else:
        is_like = found.running[0].closer_share >= HALF
        key = "twins.reading" if is_like else "twins.reading_unlike"
        reading = visit.words(key, town=town, n=len(found.running))
        more = len(found.running) > CARDS
        rest = visit.words("twins.first_shown", shown=CARDS, n=len(found.running)) if more else ""
        st.markdown(f"{reading} {rest}")
        contact = adoption_known.contact(visit, solution_id)
        by_place = {str(row["ags"]): row for row in rows.to_dict("records")}
        with st.grid(CARDS, min_column_width=300, gap="medium"):
            for twin in found.running[:CARDS]:
                with st.container(border=True, key=f"card_twin_{twin.ags}", height="stretch"):
                    _card(visit, twin, index.place(twin.ags), by_place[twin.ags], contact)
        chart.twin_table(visit, _table(visit, found.running, index), key="twins", title=reading)
    if found.without:
        names = [plain(index.place(peer.ags).name) for peer in found.without]
        places = visit.formats.listing(names)
        st.markdown(visit.words("twins.without", town=town, places=places))
    st.caption(f"{visit.words('twins.range_note')} {visit.words('fixed.peers')}")
    frame.page_link(visit, "methods", visit.words("twins.check"), topic="twins")


def _card(
    visit: Visit, twin: Twin, place: Place, row: Mapping[Hashable, Any], contact: str
) -> None:
    same, other = peer_words.same_and_other(visit, twin.peer)
    share = farther(visit, twin)
    parts = (
        f"**{plain(place.name)}** ({place.state})",
        visit.words("twins.reasons", same=same, other=other),
        visit.words("twins.distance", range=distance(visit, twin), share=share),
    )
    said = [visit.words(f"twins.role_{_role(row)}")]
    if row["phase"]:
        said.append(plain(visit.names("phase", row["phase"])))
    if row["evidence_url"]:
        source = link(site(row["evidence_url"]), row["evidence_url"])
        said.append(f"{visit.words('common.source')}: {source}")
    call = f":material/call: {visit.words('adoption.known.contact')}: {contact}"
    fine = (f":small[{' · '.join(said)}]", f":small[{call}]")
    st.markdown("\n\n".join((*parts, *fine)))


def _role(row: Mapping[Hashable, Any]) -> str:
    """How the place came to it: made here, taken over, or only seen in operation."""
    if row["role"] == "adopter":
        return "adopter"
    origins = str(results.solution(str(row["solution_id"]))["origin_ags"])
    return "origin" if str(row["ags"]) in origins else "seen"


def farther(visit: Visit, twin: Twin) -> str:
    """Share of all places farther away, in whole percent; never a full hundred."""
    if twin.closer_share > MOST_SHARE:
        return visit.words("twins.more_than", share=visit.formats.percent(MOST_SHARE))
    return visit.formats.percent(twin.closer_share)


def distance(visit: Visit, twin: Twin) -> str:
    """The distance as a range over the choices of characteristics, never as one number."""
    low, high = (visit.formats.number(end, 1) for end in (twin.low, twin.high))
    return visit.words("twins.range", low=low, high=high) if low != high else low


def _table(visit: Visit, running: tuple[Twin, ...], index: PlaceIndex) -> pd.DataFrame:
    rows = []
    for twin in running:
        place = index.place(twin.ags)
        same, other = peer_words.same_and_other(visit, twin.peer)
        share = farther(visit, twin)
        rows.append((place.name, place.state, same, other, distance(visit, twin), share))
    names = ("place", "state", "same", "other", "distance", "share")
    return pd.DataFrame(rows, columns=[visit.words(f"twins.column_{name}") for name in names])
