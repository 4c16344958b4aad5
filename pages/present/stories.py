"""Stories: told on the stage, taken along, or put together from one's own views."""

import streamlit as st

from views import session
from views.widgets import story_draft, story_list

visit = session.current()

theme = story_list.head(visit)
story_list.shipped(visit, theme)
story_list.keys(visit)

st.header(visit.words("stories.own"))
story = story_draft.edit(visit)
if story is not None:
    story_list.own(visit, story, theme)
story_draft.upload(visit)
