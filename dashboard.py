"""Streamlit entry: settles language and town, draws the frame and runs the page."""

import streamlit as st

from views import session
from views.widgets import frame

st.set_page_config(page_title="Transferkompass", page_icon=frame.ICON, layout="wide", menu_items={})
visit = session.begin()
page = frame.navigation(visit)
if frame.is_framed(page):
    frame.head(visit)
    frame.run(page, visit)
    frame.foot(visit, page)
else:
    frame.run(page, visit)
