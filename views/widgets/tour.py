"""The way back to a story while its presenter looks around: on every page, in one action."""

from __future__ import annotations

import streamlit as st

from views import session, sitemap
from views.session import Tour, Visit


def show(visit: Visit) -> None:
    """While a story is under way: back to its step, or end it."""
    under_way = session.tour()
    if under_way is None:
        return
    with st.container(key="tour", border=True, horizontal=True, vertical_alignment="center"):
        st.page_link(
            sitemap.BY_NAME["stage"].script,
            label=f"**{visit.words('stage.back_to_story', step=under_way.step)}**",
            icon=":material/slideshow:",
            query_params=back(under_way),
        )
        st.button(
            visit.words("stage.end_story"),
            key="end_tour",
            type="tertiary",
            on_click=session.end_tour,
        )


def back(under_way: Tour) -> dict[str, str]:
    """Parameters of the stage at the step that was left."""
    ids = {"story": under_way.story, "step": str(under_way.step), "theme": under_way.scheme}
    return session.link(**{**ids, "room": under_way.room, session.TOUR: ""})
