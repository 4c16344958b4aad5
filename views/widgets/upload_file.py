"""The file a visitor uploaded: what they decided about it, and its examination."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders import intake
from loaders.intake import Examination, Ticked
from loaders.readers.choices import Choices
from views import session
from views.session import Visit
from views.texts import plain

LIMIT_MB: Final = 100
_DECIDED, _EXAMINED, _KEPT = "upload_decided", "upload", "upload_kept"
_STAGES: Final = {"reading": (0.0, 0.7), "checking": (0.7, 0.3)}
_TOLD_EVERY: Final = 0.25


@dataclass
class Decided:
    """What one visitor decided about one file; a new file begins anew.

    Attributes:
        choices: how to read it, where that differs from the proposal.
        source: source of rows that name none; empty takes the proposal.
        ticked: repairs to apply.
        cancelled: the reading was stopped.
        shown_version: version the preview on the screen was reckoned against.
        published: version of the publication, 0 before.
        page: where it is seen after publishing, a name of the sitemap.
        link: ids for the link there.
    """

    choices: Choices = field(default_factory=Choices)
    source: str = ""
    ticked: Ticked = field(default_factory=Ticked)
    cancelled: bool = False
    shown_version: int = 0
    published: int = 0
    page: str = "map"
    link: dict[str, str] = field(default_factory=dict)


def choose(visit: Visit) -> UploadedFile | None:
    """The file to check, or ``None``."""
    words = visit.words
    st.subheader(words("upload.check_title"), anchor="check")
    st.markdown(words("upload.check_about", limit=LIMIT_MB))
    file = st.file_uploader(
        words("upload.check_label"),
        key="upload_file",
        max_upload_size=LIMIT_MB,
        on_change=_forget,
    )
    if file is not None:
        session.hold(_KEPT, file)
        return file
    # whoever comes back from another page finds the file as it was left
    kept: UploadedFile | None = session.held(_KEPT)
    if kept is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="upload_kept"):
            name = plain(kept.name)
            st.markdown(f":material/draft: {words('upload.kept', name=name)}", width="content")
            st.button(words("upload.put_away"), key="put_away", on_click=_forget, type="tertiary")
    return kept


def _forget() -> None:
    """Another file, or none: nothing of the one before stays."""
    session.hold(_KEPT, None)
    for name in (_DECIDED, _EXAMINED):
        session.drop_draft(name)


def decided_about(file: UploadedFile) -> Decided:
    """The decisions about this very file, to be changed in place."""
    return session.draft(_DECIDED, file.file_id, Decided)


def stamp(file: UploadedFile) -> tuple[object, ...]:
    """What an examination was made from; another stamp means to read again."""
    decided = decided_about(file)
    version = session.store().version()
    return file.file_id, decided.choices.as_json(), decided.source, decided.ticked, version


def examination_of(visit: Visit, file: UploadedFile, answer: DeltaGenerator) -> Examination | None:
    """The examination of the file; ``None`` when the visitor stopped it.

    Args:
        visit: this run.
        file: what was uploaded.
        answer: place beside the file where progress is told, in sight on a laptop.
    """
    decided = decided_about(file)
    if decided.cancelled:
        with answer:
            st.markdown(f":material/cancel: {visit.words('upload.cancelled')}")
            st.button(visit.words("upload.read_again"), key="read_again", on_click=_resume,
                      args=(decided,))  # fmt: skip
        return None
    place = answer.empty()

    def examine() -> Examination:
        with place.container(key="reading"):
            bar = st.progress(0.0, visit.words("upload.reading"))
            st.button(visit.words("upload.cancel"), key="cancel_reading", on_click=_cancel,
                      args=(decided,), icon=":material/cancel:")  # fmt: skip
            told = _Telling(visit, bar.progress)
            return intake.examine(
                file.getvalue(),
                file.name,
                decided.choices,
                session.store(),
                source=decided.source,
                ticked=decided.ticked,
                progress=told.stage,
                cancelled=told.tick,
            )

    examination = session.draft(_EXAMINED, stamp(file), examine)
    place.empty()
    return examination


def _cancel(decided: Decided) -> None:
    decided.cancelled = True


def _resume(decided: Decided) -> None:
    decided.cancelled = False


class _Telling:
    """Tells how far the reading is.

    Every word to the screen lets Streamlit end this run when the visitor pressed a button:
    that is how a cancelled reading stops, and its process with it.
    """

    def __init__(self, visit: Visit, write: Callable[[float, str], object]) -> None:
        self._visit, self._write = visit, write
        self._begun = self._told = time.monotonic()
        self._part, self._stage = 0.0, "reading"

    def stage(self, stage: str, part: float) -> None:
        start, share = _STAGES[stage]
        is_new = stage != self._stage
        self._part, self._stage = min(start + share * part, 1.0), stage
        if is_new:
            self._say()

    def tick(self) -> bool:
        if time.monotonic() - self._told >= _TOLD_EVERY:
            self._say()
        return False

    def _say(self) -> None:
        self._told = time.monotonic()
        seconds = self._visit.formats.number(self._told - self._begun)
        words = self._visit.words(f"upload.stage.{self._stage}", seconds=seconds)
        self._write(self._part, words)
