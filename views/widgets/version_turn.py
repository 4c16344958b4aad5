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
    except store.NoTurn as refusal:
        session.remember(_REFUSED, json.dumps(refusal.finding.as_record()))
    except store.NotStored as failure:
        session.remember(_FAILED, json.dumps(failure.finding.as_record()))


def say_refusal(visit: Visit) -> None:
    """Why the last press changed nothing, for example because somebody was faster."""
    refused, failed = _forgotten(_REFUSED), _forgotten(_FAILED)
    if failed:
        findings.say_one(visit, failed)
    if refused:
        reason = plain(refused.sentence(visit.lang))
        st.warning(visit.words("versions.refused", reason=reason), icon=":material/group:")


def _forgotten(name: str) -> Finding | None:
    """What the last press left, said once."""
    record = session.remembered(name)
    session.remember(name, "")
    return Finding.from_record(json.loads(record)) if record else None
