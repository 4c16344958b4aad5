"""Upload: one file checked, mended, previewed, published and, if need be, taken back."""

import streamlit as st

from views import session
from views.widgets import (
    upload_check,
    upload_choices,
    upload_file,
    upload_findings,
    upload_publish,
    upload_repairs,
    upload_template,
)

visit = session.current()

st.title(visit.words("upload.headline"), anchor=False)
with st.container(key="lead_upload"):
    st.markdown(visit.words("upload.lead"))
upload_publish.say_rule(visit)

with st.grid(2, min_column_width=300):
    with st.container(border=True, key="card_template"):
        kind = upload_template.show(visit)
    with st.container(border=True, key="card_check"):
        file = upload_file.choose(visit)

if file is None:
    st.markdown(f":material/upload_file: {visit.words('upload.check_nothing')}")
elif upload_file.decided_about(file).published:
    upload_publish.published(visit, upload_file.decided_about(file))
elif examination := upload_file.examination_of(visit, file):
    upload_check.outcome(visit, examination)
    upload_check.jumps(visit, examination)
    upload_check.recognised(visit, examination)
    upload_choices.show(visit, file, examination)
    upload_findings.show(visit, file, examination)
    upload_repairs.show(visit, file, examination)
    upload_check.values(visit, examination)
    upload_publish.show(visit, file, examination)

upload_template.show_guide(visit, kind)
