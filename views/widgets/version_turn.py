"""Undo and redo of a published version: one press, and what came of it."""

from __future__ import annotations

import json

import streamlit as st

from loaders import store
from loaders.findings import Finding
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import findings

PERSON = "publisher"
_REFUSED, _FAILED = "turn_refused", "turn_failed"


def button(visit: Visit, number: int, state: str) -> None:
    """The one thing that can be done with an upload: take it back, or bring it back."""
    turn = "undo" if state == "live" else "redo"
    st.button(
        visit.words(f"versions.{turn}"),
        key=f"{turn}_{number}",
        icon=f":material/{turn}:",
        on_click=_turn,
        args=(turn, number),
    )


def _turn(turn: str, number: int) -> None:
    if not session.may_publish():
        return
    act = store.undo if turn == "undo" else store.redo
    try:
        act(session.store(), number, person=session.remembered(PERSON))
    except store.Refused as refusal:
        session.remember(_REFUSED, str(refusal))
    except store.NotStored as failure:
        session.remember(_FAILED, json.dumps(failure.finding.as_record()))


def say_refusal(visit: Visit) -> None:
    """Why the last press changed nothing, for example because somebody was faster."""
    failed = session.remembered(_FAILED)
    if failed:
        findings.say_one(visit, Finding.from_record(json.loads(failed)))
        session.remember(_FAILED, "")
    reason = session.remembered(_REFUSED)
    if reason:
        st.warning(visit.words("versions.refused", reason=plain(reason)), icon=":material/group:")
        session.remember(_REFUSED, "")
