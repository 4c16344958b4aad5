"""Map: one indicator in all districts, the programme's places above it."""

import streamlit as st

from views import session
from views.widgets import indicator_choice, indicator_map

visit = session.current()
st.title(visit.words("map.title"))

choices, stage = st.columns([4, 9], gap="medium")
with choices:
    indicator = indicator_choice.choose(visit, "district", indicator_map.DEFAULT_INDICATOR)
    period = indicator_map.choose_period(visit, indicator)
    method = indicator_map.choose_classes(visit)
    with_places = st.toggle(visit.words("map.places"), key="map_places")
    shown = indicator_map.view(indicator, period)
    st.markdown(indicator_map.reading(visit, shown))
    st.caption(indicator_choice.meaning(visit, indicator))
with stage:
    picked = indicator_map.draw(visit, shown, method, with_places)
    indicator_map.picked_place(visit, shown, picked)
    indicator_map.twin(visit, shown)
    st.caption(indicator_choice.source_line(visit, indicator, sorted(set(shown.rows["source"]))))
