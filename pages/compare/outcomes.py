"""What changed where a solution runs, beside places without it; never why."""

import streamlit as st

from views import session
from views.widgets import comparison_export, frame, outcome, outcome_choice, outcome_notes

visit = session.current()
st.title(visit.words("outcomes.title"))
with st.container(key="lead_outcomes"):
    st.markdown(visit.words("outcomes.lead"))
with st.container(key="controls_outcomes"):
    asked = outcome_choice.ask(visit)
outcome_choice.say_link(visit, asked)
tables, compared = outcome.show(visit, asked)
st.caption(visit.words("fixed.peers"))
comparison_export.offer(
    visit,
    "outcomes",
    tables,
    outcome_notes.notes(visit, asked),
    seed="0" if tables else "",
    comparisons=compared,
)
frame.page_link(visit, "methods", visit.words("outcomes.method"), topic="outcomes")
