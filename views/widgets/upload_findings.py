"""All findings of the uploaded file: errors apart from warnings, filtered, given back."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.findings import Finding
from loaders.intake import Examination
from loaders.intake.annotate import annotated
from views.session import Visit
from views.widgets import findings

ALL: Final = "all"
FEW: Final = 5


def show(visit: Visit, file: UploadedFile, examination: Examination) -> None:
    """Findings of reader and checks of one pass, and the file with remarks."""
    st.header(visit.words("upload.findings"), anchor="findings")
    shown = examination.findings
    if len(shown) > FEW:
        shown = _of_severity(visit, shown)
    findings.show(visit, shown, "upload_findings")
    _annotated(visit, file, examination)


def _of_severity(visit: Visit, given: tuple[Finding, ...]) -> tuple[Finding, ...]:
    words, counts = visit.words, Counter(finding.severity for finding in given)
    present = [one for one in findings.ORDER if counts[one]]
    if len(present) < 2:
        return given

    def label(one: str) -> str:
        if one == ALL:
            return words("upload.findings_all", n=visit.formats.number(len(given)))
        return words(f"findings.{one}s", n=visit.formats.number(counts[one]))

    chosen = st.segmented_control(
        words("upload.findings_severity"),
        [ALL, *present],
        default=ALL,
        format_func=label,
        required=True,
        key="findings_severity",
    )
    return given if chosen == ALL else tuple(one for one in given if one.severity == chosen)


def _annotated(visit: Visit, file: UploadedFile, examination: Examination) -> None:
    words = visit.words
    if not examination.findings or not examination.reading.format:
        return
    st.download_button(
        words("upload.annotated"),
        data=lambda: annotated(file.getvalue(), examination, visit.lang),
        file_name=f"{file.name.rsplit('.', 1)[0]}-{words('findings.file_mark')}.csv",
        mime="text/csv",
        key="annotated_load",
        icon=":material/download:",
        on_click="ignore",
    )
    with st.container(key="fine_annotated"):
        st.markdown(words("upload.annotated_about"))
