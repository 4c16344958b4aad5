"""Shortlist: two to five solutions side by side, point by point; nothing is ranked."""

import streamlit as st

from views import session
from views.widgets import checklist, shortlist_choice, shortlist_facts, shortlist_ranges

visit = session.current()

st.title(shortlist_ranges.headline(visit))
with st.container(key="lead_shortlist"):
    st.markdown(visit.words("shortlist.lead"))
listed = shortlist_choice.choose(visit)
if len(listed) >= shortlist_choice.LEAST:
    checklist.show_passing_on(visit, listed)
    shortlist_ranges.show(visit, listed)
    shortlist_facts.show(visit, listed)
    st.caption(f"{visit.words('fixed.score')} {visit.words('fixed.adoption')}")
