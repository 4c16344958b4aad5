"""Send us yours: the visitor's lesson becomes a row to keep; nothing is stored here."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from analysis.lessons import KINDS
from views.exports.lesson_row import filled, lesson_row
from views.session import Visit
from views.widgets import frame
from views.widgets.solution_results import entries

# Languages in which the table holds a lesson.
HELD_IN: Final = ("de", "en")


def show(visit: Visit) -> None:
    """A short form and the button that gives the row."""
    words = visit.words
    st.header(words("lessons.own"), anchor="own")
    st.markdown(words("lessons.own_what"))
    with st.expander(words("lessons.own_open"), icon=":material/edit_note:"):
        row = _form(visit)
        st.download_button(
            words("lessons.own_download"),
            data=lesson_row(row),
            file_name="lessons.csv",
            mime="text/csv",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            disabled=not row[f"lesson_{visit.text_lang}"],
        )
        with st.container(key="fine_own"):
            st.caption(words("lessons.own_fine"))
        frame.page_link(visit, "upload", words("frame.page.upload"), kind="lessons")


def _form(visit: Visit) -> dict[str, str]:
    words = visit.words
    rows = entries().set_index("solution_id")["name"]
    solution = st.selectbox(
        words("lessons.about"),
        ["", *rows.index],
        format_func=lambda one: rows[one] if one else words("lessons.own_other"),
        key="own_solution",
    )
    kind = st.selectbox(
        words("lessons.kind"),
        KINDS,
        format_func=lambda one: visit.names("lesson_kind", one),
        key="own_kind",
    )
    text = st.text_area(words("lessons.own_text"), max_chars=600, key="own_text")
    other = st.text_area(words("lessons.own_other_text"), max_chars=600, key="own_other_text")
    source = st.text_input(
        words("lessons.own_source"), key="own_source", type="url", placeholder="https://"
    )
    project = entries().set_index("solution_id")["project_id"].get(solution, "")
    texts = _in_both(visit, (text or "").strip(), (other or "").strip())
    return filled(texts, solution or "", project, kind, source or "", dt.date.today())


def _in_both(visit: Visit, text: str, other: str) -> dict[str, str]:
    """The lesson by language; what has no translation says so instead of staying empty."""
    untranslated = visit.words("lessons.own_untranslated", text=text) if text else ""
    return {lang: text if lang == visit.text_lang else other or untranslated for lang in HELD_IN}
