"""Ask the evidence: what is missing for the examined solutions, and how to close a gap."""

import streamlit as st

from views import session
from views.widgets import evidence_changes, evidence_gaps, evidence_intake

visit = session.current()

st.title(evidence_gaps.headline(visit))
with st.container(key="lead_evidence"):
    st.markdown(evidence_gaps.lead(visit))
solution = evidence_gaps.choose(visit)
evidence_gaps.show(visit, solution)
with st.grid(2, min_column_width=300):
    with st.container(border=True, key="card_evidence_template", height="stretch"):
        evidence_intake.template(visit, solution)
    with st.container(border=True, key="card_evidence_check", height="stretch"):
        file = evidence_intake.choose(visit)
if file is not None:
    evidence_intake.outcome(visit, file)
evidence_changes.show(visit)
