"""Overview: the answer first, the programme on a map, the ways on."""

import streamlit as st

from views import session
from views.widgets import overview_parts, programme

visit = session.current()
counts = programme.counts()

answer, picture = st.columns([6, 7], gap="medium")
with answer:
    st.title(
        visit.words("overview.headline", spread=counts["spread"], solutions=counts["solutions"])
    )
    with st.container(key="lead_overview"):
        st.markdown(visit.words("overview.lead"))
    overview_parts.numbers(visit)
    with st.container(key="fine_overview"):
        st.caption(visit.words("overview.lower_bound"))
    overview_parts.my_town(visit)
with picture:
    overview_parts.programme_map(visit)
    st.caption(overview_parts.reading(visit))
    overview_parts.twin(visit)

overview_parts.ways(visit)
