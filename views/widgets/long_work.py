"""Work that takes a while: a bar that says how far it is, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from views import session
from views.session import Report, Visit

Result = TypeVar("Result")


def run(
    visit: Visit, key: str, asked: Hashable, work: Callable[[Report], Result], said: str = ""
) -> Result | None:
    """The result of some work, or ``None`` once the visitor has stopped it.

    Args:
        visit: this run.
        key: name of the work on its page.
        asked: what is asked for; another question starts anew.
        work: gets the function that shows the share done. Every call of it is a place where
            a click of the visitor ends this run.
        said: what is computed, beside the bar.
    """
    said = said or visit.words("profile.computing")
    stopped, question = f"{key}_stopped", str(hash(asked))
    session.remember(f"{key}_asked", question)
    place = st.empty()
    if session.remembered(stopped) == question:
        with place.container(horizontal=True, vertical_alignment="center"):
            st.markdown(visit.words("common.stopped"))
            st.button(visit.words("common.go_on"), key=f"{key}_go_on", on_click=_keep(stopped, ""))
        return None
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=said, width=360)
        st.button(visit.words("common.stop"), key=f"{key}_stop", on_click=_keep(stopped, question))
    found = work(lambda share: bar.progress(min(1.0, share), text=said))
    place.empty()
    return found


def _keep(name: str, value: str) -> Callable[[], None]:
    return lambda: session.remember(name, value)
