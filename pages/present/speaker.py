"""The speaker's window: notes, next step, clock; it moves all windows of its presentation."""

import streamlit as st

from views import session
from views.widgets import speaker, stage_frame, stage_show

visit = session.current()
show = speaker.open_window(visit)
if show is None:
    stage_frame.nothing(visit)
else:
    slide = stage_show.slide(visit, show, show.step)
    with st.container(key="speaker"):
        speaker.top(visit, show, slide)
        told, side = st.columns([7, 3], gap="large")
        with told:
            speaker.now(visit, show, slide)
            speaker.moves(visit, show)
        with side:
            speaker.windows(visit, show)
