"""Publishing: who may, with which name and note, what was published, taking it back."""

from __future__ import annotations

import hashlib

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders import intake, store
from loaders.intake import Examination, Preview
from loaders.store.ledger import Mode, Scope
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import findings, frame, upload_file, upload_preview, version_turn
from views.widgets.upload_check import OBSERVATIONS
from views.widgets.upload_file import Decided
from views.widgets.version_turn import PERSON


def say_rule(visit: Visit) -> None:
    """One sentence: who may publish here."""
    with st.container(key="fine_rule"):
        st.markdown(f":material/key: {visit.words(f'upload.rule.{session.publish_rule()}')}")


def show(visit: Visit, file: UploadedFile, examination: Examination) -> None:
    """Consequence and publication of the accepted rows."""
    words, decided = visit.words, upload_file.decided_about(file)
    st.header(words("upload.consequence"), anchor="consequence")
    if examination.accepted.empty:
        st.markdown(f":material/block: {words('upload.nothing_to_publish')}")
        return
    if examination.waiting:
        what = "rows_wait" if examination.kind == OBSERVATIONS else "rows_wait_table"
        st.markdown(f":material/build: {words(f'upload.{what}', n=examination.waiting)}")
    mode, scope = upload_preview.choose_way(visit, examination)
    with st.spinner(words("upload.preview_wait")):
        preview = upload_preview.preview_of(file, examination, mode, scope)
    upload_preview.show(visit, preview, examination.kind)
    if not session.may_publish():
        st.markdown(f":material/lock: {words('upload.only_checked')}")
    elif visit.is_past:
        st.markdown(f":material/history: {words('upload.not_from_the_past')}")
    elif preview.is_change and not preview.pointing:
        _form(visit, file, examination, preview, mode, scope)
    decided.shown_version = preview.version


def _form(
    visit: Visit,
    file: UploadedFile,
    examination: Examination,
    preview: Preview,
    mode: Mode,
    scope: Scope | None,
) -> None:
    words, decided = visit.words, upload_file.decided_about(file)
    with st.form("publish"):
        st.subheader(words("upload.publish_title"), anchor="publish")
        person = st.text_input(
            words("upload.person"),
            value=session.remembered(PERSON),
            key="publish_person",
            max_chars=120,
        )
        note = st.text_input(
            words("upload.note"),
            placeholder=words("upload.note_hint"),
            key="publish_note",
            max_chars=500,
        )
        count = visit.formats.number(preview.new + preview.changed + preview.removed)
        is_sent = st.form_submit_button(
            words("upload.publish", count=count), type="primary", icon=":material/publish:"
        )
    if not is_sent:
        return
    if not person.strip():
        st.warning(words("upload.person_needed"), icon=":material/person:")
    elif decided.shown_version not in (0, preview.version):
        _say_others(visit, decided.shown_version)
    else:
        _publish(visit, file, examination, preview, person, note, mode, scope)


def _publish(
    visit: Visit,
    file: UploadedFile,
    examination: Examination,
    preview: Preview,
    person: str,
    note: str,
    mode: Mode,
    scope: Scope | None,
) -> None:
    session.remember(PERSON, person.strip())
    try:
        number = intake.publish(
            examination,
            session.store(),
            person,
            note.strip(),
            upload_id(file, examination, mode, scope),
            mode=mode,
            scope=scope,
        )
    except (store.Refused, store.NotStored) as failure:
        findings.say_one(visit, failure.finding)
        return
    decided = upload_file.decided_about(file)
    decided.published = number
    decided.page, decided.link = seen_on(examination, preview)
    st.rerun()


def upload_id(file: UploadedFile, examination: Examination, mode: Mode, scope: Scope | None) -> str:
    """The same for the same upload, rows and way: pressing twice publishes once."""
    parts = (file.file_id, examination.sha256, examination.fingerprint, mode, str(scope))
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def seen_on(examination: Examination, preview: Preview) -> tuple[str, dict[str, str]]:
    """The page that shows what was published, and what its address must name."""
    pages = [upload_preview.PAGES[view] for view in preview.views if view in upload_preview.PAGES]
    if not preview.indicators:
        return (pages or ["data"])[0], {}
    indicator = next(iter(preview.indicators))
    rows = examination.accepted[examination.accepted["indicator"] == indicator]
    return "map", {"indicator": indicator, "period": max(rows["period"].astype(str))}


def _say_others(visit: Visit, since: int) -> None:
    """Names who published while this visitor looked at the preview."""
    versions = session.store().versions()
    for one in versions[versions["number"] > since].itertuples():
        st.warning(
            visit.words(
                "upload.others_published",
                person=plain(str(one.person) or visit.words("common.not_reported")),
                name=plain(str(one.name)),
                number=one.number,
            ),
            icon=":material/group:",
        )
    st.markdown(visit.words("upload.look_again"))


def published(visit: Visit, decided: Decided) -> None:
    """What was published, where it is seen now, and the way back."""
    words, number = visit.words, decided.published
    version_turn.say_refusal(visit)
    versions = session.store().versions().set_index("number")
    entry = versions.loc[number]
    is_live = entry["state"] == "live"
    name = "published" if is_live else "taken_back"
    st.header(words(f"upload.{name}", number=number), anchor="published")
    st.markdown(
        words(f"upload.{name}_about", name=plain(entry["name"]), person=plain(entry["person"]))
    )
    with st.container(horizontal=True, vertical_alignment="center", key="after_publishing"):
        if session.may_publish():
            version_turn.button(visit, number, entry["state"])
        label = words("upload.see_map" if decided.page == "map" else "upload.see_page",
                      page=words(f"frame.page.{decided.page}"))  # fmt: skip
        frame.page_link(visit, decided.page, label, **decided.link)
        frame.page_link(visit, "versions", words("upload.see_versions"))
