"""The phone as clicker: a code used once becomes a key; two buttons, step and message."""

from __future__ import annotations

import time

import streamlit as st

from loaders import folders
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import frame, stage_moves, stage_show
from views.widgets.speaker import CODE
from views.widgets.stage_show import KEY, ROOM, Show

_STYLE = folders.STATIC / "speaker.css"


def open_window(visit: Visit) -> Show | None:
    """The show this phone may move; else why not, and ``None``."""
    session.end_tour()
    frame.style()
    st.html(_STYLE)
    frame.page_language(visit)
    room, code = session.asked(ROOM), session.asked(CODE)
    held = session.asked(KEY) or session.room_key(room)
    if code and not session.rooms().may_move(room, held):
        _redeem(visit, room, code)
    session.address(**{CODE: ""})
    show = stage_show.asked()
    if show is None or show.room is None or not show.key:
        _ask(visit, room)
        return None
    return show


def _redeem(visit: Visit, room: str, code: str) -> None:
    answer = session.rooms().redeem(room, code.replace(" ", ""), time.time())
    if answer.key:
        session.hold_room_key(room, answer.key)
        session.address(**{KEY: answer.key})
    else:
        st.error(visit.words(f"stage.refused_{answer.refusal}"), icon=":material/block:")


def _ask(visit: Visit, room: str) -> None:
    """The code by hand, for phones whose camera cannot read it."""
    st.title(visit.words("stage.clicker_title"), anchor=False)
    st.markdown(visit.words("stage.clicker_ask"))
    if not room:
        return
    with st.form("clicker_code"):
        st.text_input(visit.words("stage.clicker_code"), key="typed_code", max_chars=12)
        sent = st.form_submit_button(visit.words("stage.clicker_send"))
    if sent:
        session.address(**{CODE: st.session_state["typed_code"]})
        st.rerun()


def show_window(visit: Visit, show: Show) -> None:
    """Step, message, buttons, what comes next."""
    slide = stage_show.slide(visit, show, show.step)
    with st.container(key="clicker"):
        st.markdown(visit.words("stage.step_of", step=show.step, steps=show.steps))
        st.title(plain(slide.headline), anchor=False)
        stage_moves.window(visit, show)
        if show.step < show.steps:
            following = stage_show.slide(visit, show, show.step + 1)
            st.markdown(f"{visit.words('stage.following')} **{plain(following.headline)}**")
        with st.expander(visit.words("stage.notes")):
            for line in slide.notes.splitlines() or [visit.words("stage.no_notes")]:
                st.markdown(plain(line))
