"""Places compared: one indicator over time, my town beside places like it."""

import streamlit as st

from views import session
from views.widgets import chart, comparison, frame, indicator_choice

visit = session.current()
st.title(visit.words("compare.title"))
st.markdown(visit.words("compare.lead"))

with st.container(key="controls_compare"):
    first, second = st.columns([2, 3])
    with first:
        indicator = indicator_choice.choose(visit, "district", comparison.DEFAULT_INDICATOR)
    with second:
        towns = comparison.choose_places(visit)

view = comparison.view(visit, indicator, towns)
if view is None:
    st.info(visit.words("compare.nothing"))
else:
    chart.show(
        visit,
        view.figure,
        key="series",
        reading=view.reading,
        source=view.source,
        twin=view.twin,
    )
    with st.container(key="fine_compare"):
        st.caption(
            f"{indicator_choice.meaning(visit, indicator)} {visit.words('compare.no_claim')}"
        )

comparison.show_reasons(visit, towns)
frame.page_link(visit, "methods", visit.words("compare.peers_method"), topic="peers")
