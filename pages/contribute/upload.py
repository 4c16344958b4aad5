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
    with st.container(border=True, key="card_template", height="stretch"):
        kind = upload_template.show(visit)
    with st.container(border=True, key="card_check", height="stretch"):
        file = upload_file.choose(visit)
        answer = st.container(key="upload_answer")

examination = None
if file is None:
    st.markdown(f":material/upload_file: {visit.words('upload.check_nothing')}")
elif upload_file.decided_about(file).published:
    upload_publish.published(visit, upload_file.decided_about(file))
elif examination := upload_file.examination_of(visit, file, answer):
    asked = upload_choices.asked_by(examination)
    with answer:
        upload_check.jumps(visit, examination, asks=asked.is_needed)
    upload_check.outcome(visit, examination)
    upload_check.recognised(visit, examination)
    upload_choices.show(visit, file, examination, asked)
    upload_findings.show(visit, file, examination)
    upload_repairs.show(visit, file, examination)
    upload_check.values(visit, examination)
    upload_publish.show(visit, file, examination)

# after publishing nothing may push the answer out of sight
if file is None or not upload_file.decided_about(file).published:
    upload_template.show_guide(visit, examination.kind if examination else kind)
