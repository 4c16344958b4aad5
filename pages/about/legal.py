"""Legal: the operator's texts, privacy and accessibility facts, licences and sources."""

import streamlit as st

from views import session
from views.widgets import legal_hosts, legal_licences, legal_operator

visit = session.current()

st.title(visit.words("legal.headline"), anchor=False)
with st.container(key="lead_legal"):
    st.markdown(visit.words("legal.lead"))

topics = legal_operator.chosen_topics(visit)
missing = legal_operator.first_missing(topics, visit.lang)
for topic in topics:
    if topic == "licences":
        legal_licences.show(visit)
        continue
    legal_operator.show(visit, topic, say_how=topic == missing)
    if topic in ("privacy", "accessibility"):
        st.subheader(visit.words("legal.product_says"), anchor=False)
        st.markdown(visit.words.long(f"legal_{topic}"))
    if topic == "privacy":
        legal_hosts.show(visit)
