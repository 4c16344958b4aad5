"""What stands around a slide: style, theme, page language, and the way out and back."""

from __future__ import annotations

import streamlit as st

from loaders import folders
from loaders.stories import Step
from views import session, sitemap
from views.exports.slide import Slide
from views.session import Tour, Visit
from views.widgets import frame, stage_show, stage_slide
from views.widgets.stage_show import Show

_STYLE = folders.STATIC / "stage.css"


def open_stage(visit: Visit) -> Show | None:
    """Style the page as a stage; gives what it shows, ``None`` when the story is unknown."""
    session.end_tour()
    show = stage_show.asked()
    if show is not None and show.key:
        # A beamer shows the address to everybody: the right to move leaves it at once.
        session.hold_room_key(session.asked(stage_show.ROOM), show.key)
        session.address(**{stage_show.KEY: ""})
    st.html(_STYLE)
    st.html(stage_slide.colours(show.theme if show else stage_show.theme_asked(visit.scheme)))
    frame.page_language(visit)
    return show


def nothing(visit: Visit) -> None:
    """No story to tell: a sentence and the way to the stories."""
    with st.container(key="stage_nothing"):
        st.title(visit.words("stage.nothing_title"), anchor=False)
        st.markdown(visit.words("stage.nothing"))
        frame.page_link(visit, "stories", visit.words("stage.to_stories"))


def note(visit: Visit, show: Show) -> str:
    """What the source line adds when the story asks for a state of the data that is gone."""
    lost = stage_show.lost_version(show)
    return visit.words("stage.version_lost", version=lost) if lost else ""


def look_around(show: Show, slide: Slide) -> None:
    """Leave for the live page of the step; the way back goes along in the address."""
    step = Step(slide.address, {}, {})
    room = show.room.room if show.room else ""
    tour = Tour(show.story_id, show.step, show.theme, room)
    ids = {name: value for name, value in step.parameters.items() if name != session.LANG}
    session.go(sitemap.BY_PATH[step.page].name, **{**ids, session.TOUR: str(tour)})
