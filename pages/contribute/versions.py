"""Versions: who published what and when; take back, bring back, open an older state."""

import streamlit as st

from views import session
from views.widgets import version_list, version_turn

visit = session.current()

history = version_list.history()
st.title(version_list.headline(visit, history), anchor=False)
with st.container(key="lead_versions"):
    st.markdown(visit.words("versions.lead"))
version_turn.say_refusal(visit)

version_list.ask_person(visit)
version_list.uploads(visit, history)
version_list.open_by_number(visit)
version_list.everything(visit, history)
