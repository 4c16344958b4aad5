"""A process that holds nothing, for tests that change files or limits under it."""

import streamlit as st

from views.session import shared


def forget_all() -> None:
    """Drop the open store and everything that was computed."""
    shared._remember.cache_clear()
    st.cache_resource.clear()
