"""What one visitor holds alone: drafts, controls, keys of rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from views.session.shared import Result


def set_widget(key: str, value: object) -> None:
    """Move a control from a callback, before the run that draws it."""
    st.session_state[key] = value


def seed_widget(key: str, value: object) -> None:
    """What a control shows first; afterwards it keeps what the visitor chose."""
    st.session_state.setdefault(key, value)


def shown_by(key: str) -> Any:
    """What a control shows in this run, known before it is drawn; ``None`` when it never was."""
    return st.session_state.get(key)


def told(key: str, name: str) -> Any:
    """What a part of the page tells in the callback of one of its triggers."""
    state = st.session_state.get(key)
    return None if state is None else state.get(name)


def room_key(room: str) -> str:
    """What lets this session move the step of a room; "" when nothing does."""
    keys: dict[str, str] = st.session_state.get("_room_keys", {})
    return keys.get(room, "")


def hold_room_key(room: str, key: str) -> None:
    """Remember what lets this session move the step of a room."""
    keys: dict[str, str] = st.session_state.setdefault("_room_keys", {})
    keys[room] = key


def draft(name: str, stamp: object, compute: Callable[[], Result]) -> Result:
    """A result of this visitor alone, for example of an upload; never shared or cached.

    Args:
        name: one draft is kept per name.
        stamp: what the result was made from; another stamp computes it again.
        compute: makes the result.
    """
    kept_draft: tuple[object, Result] | None = st.session_state.get(f"_draft_{name}")
    if kept_draft is None or kept_draft[0] != stamp:
        kept_draft = (stamp, compute())
        st.session_state[f"_draft_{name}"] = kept_draft
    return kept_draft[1]


def held(name: str) -> Any:
    """Something this visitor made and nobody else sees, ``None`` when there is nothing."""
    return st.session_state.get(f"_held_{name}")


def hold(name: str, value: Any) -> None:
    """Keep something this visitor made until the visit ends; ``None`` forgets it."""
    st.session_state[f"_held_{name}"] = value


def drop_draft(name: str) -> None:
    """Forget a draft."""
    st.session_state.pop(f"_draft_{name}", None)
