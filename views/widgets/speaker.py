"""The speaker's window: notes, what comes next, the clock, and the code for the phone."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import streamlit as st

from loaders import folders
from views import session
from views.exports import slide_words
from views.exports.slide import Slide
from views.session import Visit
from views.texts import plain
from views.widgets import findings, frame, stage_moves, stage_part, stage_show, stage_slide
from views.widgets.stage_show import KEY, ROOM, STORY, THEME, Show

MINUTES, CODE = "minutes", "code"
USUAL_MINUTES, MOST_MINUTES = 12, 240
CODE_SIZE = 240
_STYLE = folders.STATIC / "speaker.css"


def open_window(visit: Visit) -> Show | None:
    """The show of this window as a room; ``None`` when the story is unknown."""
    session.end_tour()
    frame.style()
    st.html(_STYLE)
    frame.page_language(visit)
    show = stage_show.asked()
    if show is None:
        return None
    return show if show.room and show.key else stage_show.open_room(visit, show)


def top(visit: Visit, show: Show, slide: Slide) -> None:
    """Where the talk stands: step and clock."""
    minutes = _minutes()
    with st.container(key="speaker_top", horizontal=True, vertical_alignment="center"):
        place = visit.words("stage.step_of", step=slide.number, steps=show.steps)
        st.markdown(f"**{place}**")
        words = {name: visit.words(f"stage.clock_{name}") for name in ("now", "gone", "left")}
        words["over"] = visit.words("stage.clock_over")
        started = show.room.started if show.room else time.time()
        stage_part.clock(started, minutes, words)
        st.number_input(
            visit.words("stage.minutes"),
            1,
            MOST_MINUTES,
            minutes,
            key="speaker_minutes",
            width=150,
            on_change=_take_minutes,
        )
        st.button(
            visit.words("stage.clock_restart"),
            key="clock_restart",
            icon=":material/restart_alt:",
            on_click=_restart,
            args=(show,),
        )


def _minutes() -> int:
    asked = session.whole_number(session.asked(MINUTES))
    return asked if 1 <= asked <= MOST_MINUTES else USUAL_MINUTES


def _take_minutes() -> None:
    session.address(**{MINUTES: str(st.session_state["speaker_minutes"])})


def _restart(show: Show) -> None:
    if show.room:
        session.rooms().restart_clock(show.room.room, show.key, time.time())


def now(visit: Visit, show: Show, slide: Slide) -> None:
    """The message on the screen, the notes, and the message that follows."""
    st.title(plain(slide.headline), anchor=False)
    st.caption(plain(slide.sentence))
    with st.container(key="speaker_notes"):
        for line in slide.notes.splitlines() or [visit.words("stage.no_notes")]:
            st.markdown(plain(line))
    st.caption(plain(slide_words.source_line(slide, visit.lang)))
    if show.step < show.steps:
        following = stage_show.slide(visit, show, show.step + 1)
        st.markdown(f"{visit.words('stage.following')} **{plain(following.headline)}**")
    else:
        st.markdown(visit.words("stage.last_step"))


def windows(visit: Visit, show: Show) -> None:
    """Faults of the story's file, the audience's window, the code for the phone."""
    if show.findings:
        findings.show(visit, show.findings, key="speaker")
    if show.room is None:
        return
    with st.container(border=True, key="card_windows"):
        ids = {STORY: show.story_id, THEME: show.theme, ROOM: show.room.room}
        ids |= {"step": str(show.step), session.LANG: visit.lang}
        address = session.absolute(f"stage?{urlencode({**ids, KEY: show.key})}")
        if address:
            st.link_button(visit.words("stage.audience"), address, icon=":material/open_in_new:")
        st.caption(visit.words("stage.audience_how"))
        _phone(visit, show)


def _phone(visit: Visit, show: Show) -> None:
    room = show.room
    if room is None:
        return
    st.button(
        visit.words("stage.new_code"),
        key="new_code",
        icon=":material/qr_code_2:",
        on_click=_new_code,
        args=(show,),
    )
    _waiting(visit, room.room)


@st.fragment(run_every=2)
def _waiting(visit: Visit, room: str) -> None:
    """The code while it is good; who opened it first holds the clicker."""
    code = session.held(f"code_{room}")
    if not code:
        return
    if not session.rooms().code_is_open(room, time.time()):
        st.success(visit.words("stage.code_done"), icon=":material/check_circle:")
        return
    query = urlencode({ROOM: room, CODE: code, session.LANG: visit.lang})
    address = session.absolute(f"clicker?{query}") or f"clicker?{query}"
    st.html(stage_slide.code(address, visit.words("stage.clicker_alt"), CODE_SIZE))
    st.markdown(visit.words("stage.code_is", code=f"{code[:4]} {code[4:]}"))


def _new_code(show: Show) -> None:
    if show.room:
        code = session.rooms().new_code(show.room.room, show.key, time.time())
        session.hold(f"code_{show.room.room}", code)


def moves(visit: Visit, show: Show) -> None:
    """Two large buttons, and the keys of a clicker."""
    stage_moves.window(visit, show)
