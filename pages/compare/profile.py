"""One town's indicators beside places like it; a composite only on request."""

import streamlit as st

from views import session
from views.widgets import (
    comparison_export,
    frame,
    profile,
    profile_choice,
    profile_composite,
    profile_notes,
    profile_results,
)

visit = session.current()
heading = st.container()
subject = profile_choice.subject(visit)
with heading:
    st.title(visit.words("profile.title", town=subject.name))
    with st.container(key="lead_profile"):
        st.markdown(visit.words("profile.lead"))

tables = {"profile": profile.show(visit, subject)}
composite = profile_composite.show(visit, subject)
comparison_export.offer(
    visit,
    "profile",
    {name: table for name, table in {**tables, **composite}.items() if not table.empty},
    profile_notes.notes(visit, subject, bool(composite)),
    seed=str(profile_results.SEED) if composite else "",
    comparisons=len(tables["profile"]),
)
frame.page_link(visit, "methods", visit.words("compare.peers_method"), topic="peers")
