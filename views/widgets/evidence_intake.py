"""Filled rows of evidence: template out, check in, what they would change, publication."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.judgement import find_judgement
from loaders import store
from loaders.evidence_rows import KIND, FilledRows, read_filled
from views import results, session
from views.exports.evidence_template import evidence_template
from views.session import Visit
from views.texts import plain
from views.widgets import findings, frame, verdict_words

PERSON = "person"
COLUMNS = ("value", "grade", "statement_de", "statement_en", "evidence_url", "evidence_date")


def template(visit: Visit, solution: str) -> None:
    """The template with the gaps of one solution, or of all."""
    words = visit.words
    st.subheader(words("evidence.template_title"))
    st.markdown(words("evidence.template_about"))
    missing = results.missing_measures()
    missing = missing[missing["solution_id"] == solution] if solution else missing
    today = dt.datetime.now(tz=dt.UTC).date()
    stem = words("evidence.template_file")
    st.download_button(
        words("evidence.template_load", n=len(missing)),
        data=partial(evidence_template, session.store().schema(KIND), missing, visit.lang, today),
        file_name=f"{stem}-{solution}.csv" if solution else f"{stem}.csv",
        mime="text/csv",
        key="evidence_template",
        icon=":material/download:",
        on_click="ignore",
    )
    lines = [f"- `{name}`: {words(f'evidence.field.{name}')}" for name in COLUMNS]
    with st.expander(words("evidence.fields"), icon=":material/help:"):
        st.markdown("\n".join(lines))
        frame.page_link(visit, "methods", words("evidence.anchors"), topic="criteria")


def choose(visit: Visit) -> UploadedFile | None:
    """The field for a filled template."""
    st.subheader(visit.words("evidence.check_title"))
    st.markdown(visit.words("evidence.check_about"))
    return st.file_uploader(
        visit.words("evidence.check_field"), type=["csv"], key="upload_file_evidence"
    )


def outcome(visit: Visit, file: UploadedFile) -> None:
    """Findings of the file, what its rows would change, and the way to publish them."""
    words = visit.words
    filled = session.draft("evidence", (file.file_id, visit.version), partial(_read, file))
    st.header(words("evidence.outcome", n=len(filled.table)))
    if filled.unfilled:
        st.caption(words("evidence.unfilled", n=filled.unfilled))
    findings.show(visit, filled.findings, key="evidence")
    if filled.table.empty:
        st.markdown(f":material/block: {words('evidence.nothing')}")
        return
    _consequence(visit, filled.table)
    if not session.may_publish() or visit.is_past:
        st.markdown(f":material/lock: {words('evidence.only_checked')}")
        frame.page_link(visit, "upload", words("evidence.to_upload"), icon=":material/upload_file:")
    else:
        _publish_form(visit, file, filled)


def _read(file: UploadedFile) -> FilledRows:
    held = session.store()
    targets = [(held.schema(kind), session.table(kind)) for kind in ("solutions", "anchors")]
    return read_filled(file.getvalue(), file.name, held.schema(KIND), targets)


def _consequence(visit: Visit, rows: pd.DataFrame) -> None:
    """Range and verdict before and after, per solution."""
    st.subheader(visit.words("evidence.consequence"))
    before = results.judgements(visit.ags)
    after = results.judgements_with(visit.ags, rows)
    names = verdict_words.names_of_solutions()
    for solution in sorted(rows["solution_id"].unique(), key=lambda one: names[one].casefold()):
        old, new = (find_judgement(judged, solution) for judged in (before, after))
        st.markdown(
            "- "
            + visit.words(
                "evidence.change",
                name=plain(names[solution]),
                before=verdict_words.range_text(visit, old.score),
                after=verdict_words.range_text(visit, new.score),
                verdict_before=verdict_words.verdict(visit, old.verdict),
                verdict_after=verdict_words.verdict(visit, new.verdict),
            )
        )


def _publish_form(visit: Visit, file: UploadedFile, filled: FilledRows) -> None:
    words = visit.words
    with st.form("evidence_publish"):
        person = st.text_input(words("upload.person"), session.remembered(PERSON), max_chars=120)
        note = st.text_input(words("upload.note"), max_chars=500)
        count = visit.formats.number(len(filled.table))
        sent = st.form_submit_button(
            words("evidence.publish", count=count), type="primary", icon=":material/publish:"
        )
    if sent and not person.strip():
        st.warning(words("upload.person_needed"), icon=":material/person:")
    elif sent:
        _publish(visit, file, filled, person.strip(), note.strip())


def _publish(visit: Visit, file: UploadedFile, filled: FilledRows, person: str, note: str) -> None:
    session.remember(PERSON, person)
    digest = hashlib.sha256(file.getvalue()).hexdigest()
    try:
        number = store.publish(
            session.store(),
            KIND,
            filled.table,
            name=file.name,
            person=person,
            note=note,
            upload_id=f"evidence:{file.file_id}:{digest[:32]}",
            original=digest,
        )
    except (store.Refused, store.NotStored) as failure:
        findings.say_one(visit, failure.finding)
        return
    st.success(visit.words("evidence.published", number=number))
    frame.page_link(visit, "versions", visit.words("upload.see_versions"))
