"""Map: one indicator in all places as map, list and sentence."""

import streamlit as st

from views import session
from views.widgets import (
    indicator_choice,
    indicator_map,
    legal_hosts,
    map_choice,
    map_files,
    map_painted,
    map_place,
)

visit = session.current()
st.title(visit.words("map.title"))
indicator_choice.expect_values(visit, "district")


@st.fragment
def map_with_choices() -> None:
    """Answers a choice without running the rest of the page."""
    choices, stage = st.container(key="map_page").columns([1, 3], gap="medium")
    # On a phone the map stands between the two, so that it is seen on the first screen.
    first, further = choices.container(key="map_first"), choices.container(key="map_further")
    choice, colouring = map_choice.choose(visit, first, further)
    shown = indicator_map.view(visit, choice)
    sentence = indicator_map.reading(visit, shown)
    with further:
        st.markdown(sentence)
        st.caption(indicator_choice.meaning(visit, choice.indicator))
    with stage:
        taken = map_files.Taken()
        map_painted.show(visit, shown, sentence, colouring, taken)
        map_place.twin(visit, shown)
        map_files.show(visit, shown, taken)
        if other_host := legal_hosts.line(visit):
            st.caption(other_host)
        sources = sorted(shown.rows["source"].unique())
        st.caption(indicator_choice.source_line(visit, choice.indicator, sources))


map_with_choices()
