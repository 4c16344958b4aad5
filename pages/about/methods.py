"""Methods: the fixed sentences, how things are judged and compared, notes, terms."""

import streamlit as st

from views import session
from views.widgets import methods_criteria, methods_topics, methods_twins, methods_words

visit = session.current()

st.title(visit.words("methods.headline"), anchor=False)
with st.container(key="lead_methods"):
    st.markdown(visit.words("methods.lead"))

topic = methods_topics.chosen(visit)
if topic == methods_topics.SENTENCES:
    methods_words.show_sentences(visit)
elif topic == methods_topics.GLOSSARY:
    methods_words.show_glossary(visit)
elif topic == methods_topics.CRITERIA:
    methods_criteria.show(visit)
else:
    methods_topics.show_document(visit, topic)
    if topic == methods_twins.TOPIC:
        methods_twins.show(visit)
