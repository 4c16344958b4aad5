"""Places compared: several indicators over time, my town beside places like it."""

import streamlit as st

from views import session
from views.widgets import (
    comparison,
    comparison_choice,
    comparison_export,
    comparison_likeness,
    comparison_marks,
    comparison_municipal,
    comparison_notes,
)

visit = session.current()
st.title(visit.words("compare.title"))
with st.container(key="lead_compare"):
    st.markdown(visit.words("compare.lead"))

with st.container(key="controls_compare"):
    chosen = comparison_choice.indicators(visit)
    kind = comparison_choice.group(visit)
    towns = comparison_choice.places(visit, kind)
    with st.container(horizontal=True, vertical_alignment="bottom", key="forms_compare"):
        shape = comparison_choice.shape(visit, chosen)
        marks = comparison_marks.marks(visit, towns)

question = comparison.Question(
    towns,
    comparison_choice.members(visit, kind, towns, comparison_likeness.weights()),
    kind,
    shape,
    marks,
)
if not chosen or not towns:
    st.info(visit.words("compare.nothing"))
tables = comparison.show_panels(visit, chosen, question) if towns else {}
tables |= comparison_municipal.show(visit, chosen)
st.caption(visit.words("fixed.change"))
comparison_likeness.show(visit, towns)
comparison_export.offer(
    visit,
    "compare",
    tables,
    comparison_notes.notes(visit, chosen, question),
    comparisons=len(tables),
)
