"""Moving on the stage: keys of a clicker, two buttons, a loop, and following the speaker."""

from __future__ import annotations

import time

import streamlit as st

from views import session
from views.session import Visit
from views.widgets import stage_part, stage_show
from views.widgets.stage_show import Show

FOLLOW_SECONDS = 0.6
NEXT_KEYS, BACK_KEYS = ("Right", "Down"), ("Left", "Up")
LEAVE_KEY = "Escape"


def controls(visit: Visit, show: Show) -> bool:
    """Keys and buttons; whether the presenter leaves for the live page."""
    if show.room is not None:
        _follow(show)
    stage_part.fit(show.loop, show.step, lambda: _turn(show))
    with st.container(key="stage_keys"):
        left = st.button(visit.words("stage.leave"), key="stage_leave", shortcut=LEAVE_KEY)
        if show.may_move:
            for key in NEXT_KEYS:
                _button(visit, show, 1, key)
            for key in BACK_KEYS:
                _button(visit, show, -1, key)
    if show.may_move:
        with st.container(key="stage_moves", horizontal=True):
            _button(visit, show, -1, "PageUp", label="‹")
            _button(visit, show, 1, "PageDown", label="›")
    return left


def _button(visit: Visit, show: Show, by: int, key: str, label: str = "") -> None:
    words = visit.words("stage.next" if by > 0 else "stage.back")
    step = show.step + by
    st.button(
        label or words,
        key=f"stage_{key.lower()}",
        shortcut=key,
        on_click=stage_show.move,
        args=(show, step),
        disabled=not 1 <= step <= show.steps,
    )


def _turn(show: Show) -> None:
    """The next step of a loop; after the last comes the first."""
    stage_show.move(show, show.step % show.steps + 1)


@st.fragment(run_every=FOLLOW_SECONDS)
def _follow(show: Show) -> None:
    """Run the page again when another window moved the step."""
    if show.room is None:
        return
    now = session.rooms().find(show.room.room, time.time())
    if now is not None and now.step != show.step:
        st.rerun()


def preload(visit: Visit, show: Show) -> None:
    """Compute what comes next while the audience looks at what is shown."""
    following = show.step % show.steps + 1
    stage_show.slide(visit, show, following)


def window(visit: Visit, show: Show) -> None:
    """Moving from the speaker's window or a phone: large buttons, the same keys."""
    _follow(show)
    with st.container(key="window_keys"):
        for key in NEXT_KEYS:
            _button(visit, show, 1, key)
        for key in BACK_KEYS:
            _button(visit, show, -1, key)
    with st.container(key="window_moves", horizontal=True):
        _button(visit, show, -1, "PageUp", label=f"‹ {visit.words('stage.back')}")
        _button(visit, show, 1, "PageDown", label=f"{visit.words('stage.next')} ›")
