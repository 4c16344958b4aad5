"""The stage: one step of a story, nothing else; keys of a clicker move it, Esc leaves."""

import streamlit as st

from views import session
from views.widgets import stage_frame, stage_moves, stage_show, stage_slide

visit = session.current()
show = stage_frame.open_stage(visit)
if show is None:
    stage_frame.nothing(visit)
else:
    with st.container(key="stage"):
        slide = stage_show.slide(visit, show, show.step)
        stage_slide.draw(visit, slide, show.steps, show.theme, stage_frame.note(visit, show))
        if stage_moves.controls(visit, show):
            stage_frame.look_around(show, slide)
    stage_moves.preload(visit, show)
