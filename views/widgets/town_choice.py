"""Choosing my town: type a part of the name or a key, take one of the places found."""

from __future__ import annotations

from typing import Any

import streamlit as st

from views import results, session
from views.session import Visit
from views.texts import plain

MOST_MATCHES = 7


def show(visit: Visit) -> None:
    """The town chosen, or the field to search for one; matches appear while typing."""
    with st.container(key="town_choice", gap="xsmall"):
        if visit.ags:
            _chosen(visit)
        else:
            search(visit, "head")


def _chosen(visit: Visit) -> None:
    place = results.place(visit.ags)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/location_on: {visit.words('frame.my_town')}: **{plain(place.name)}**"
        )
        with st.popover(visit.words("frame.my_town_change"), type="tertiary"):
            search(visit, "change")
            st.button(
                visit.words("frame.my_town_forget"),
                key="forget_town",
                on_click=session.choose_town,
                args=("",),
            )


def search(visit: Visit, where: str, field: str = session.TOWN_SEARCH) -> None:
    """A field to search for my town and what it finds.

    Args:
        visit: this run.
        where: part of the page, for keys of its own.
        field: key of the field, one per page.
    """
    text = st.text_input(
        visit.words("frame.my_town_search"),
        key=field,
        type="search",
        live=True,
        placeholder=visit.words("frame.my_town_placeholder"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    if not text:
        return
    found = results.search_places(text, MOST_MATCHES)
    if found.empty:
        st.caption(visit.words("frame.no_match", text=plain(text)))
    for match in found.itertuples(index=False):
        st.button(
            place_label(visit, match),
            key=f"take_{where}_{match.ags}",
            type="tertiary",
            icon=":material/location_on:",
            on_click=session.choose_town,
            args=(match.ags,),
        )


def place_label(visit: Visit, place: Any) -> str:
    """Name, kind and state of one place, as a person tells places apart."""
    return visit.words(
        "frame.choose",
        name=plain(place.name),
        kind=place_kind(visit, place),
        state=place.state,
    )


def place_kind(visit: Visit, place: Any) -> str:
    """District-free city, municipality of a district, or district, in the page's language."""
    if place.level == "district":
        return visit.words("frame.kind_district")
    if place.district:
        return visit.words("frame.kind_municipality", district=plain(place.district))
    return visit.words("frame.kind_city")
