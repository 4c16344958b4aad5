"""Pages of cards: the one the address asks for, and the one a visitor turns to."""

from __future__ import annotations

import streamlit as st

from views import session


def asked(name: str) -> int:
    """Number of the page in the address, from 1; what is no number is the first page."""
    return max(1, session.whole_number(session.kept(name)))


def take(key: str, name: str) -> None:
    """Callback of a pager: the new page counts before the cards are drawn.

    Args:
        key: key of the pager.
        name: name of the page in the address.
    """
    number = st.session_state[key]
    session.keep(name, str(number) if number > 1 else "")
