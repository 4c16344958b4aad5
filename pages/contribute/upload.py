"""Upload: take the template, check one file, see every finding, take the remarks back."""

import streamlit as st

from views import session
from views.widgets import upload_check, upload_template

visit = session.current()

st.title(visit.words("upload.headline"), anchor=False)
with st.container(key="lead_upload"):
    st.markdown(visit.words("upload.lead"))

with st.grid(2, min_column_width=300):
    with st.container(border=True, key="card_template"):
        upload_template.show(visit)
    with st.container(border=True, key="card_check"):
        file = upload_check.choose_file(visit)

upload_check.show(visit, file)
upload_template.show_guide(visit)
