"""The stage's part in the browser: fits 1920 x 1080 to the window, turns a loop, shows a clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from loaders import folders

FILE = "stage.js"
_LOADER = """
const address = new URL("app/static/stage.js?v=%s", document.baseURI).href;
const part = () => import(address);
export default async (component) => (await part()).draw(component);
"""


@cache
def _part() -> Callable[..., Any]:
    content = (folders.STATIC / FILE).read_bytes()
    version = hashlib.sha256(content).hexdigest()[:12]
    return st.components.v2.component(
        "transferkompass_stage", js=_LOADER % version, isolate_styles=False
    )


def fit(loop: int, step: int, on_turn: Callable[[], None]) -> None:
    """Fit the stage to the window; in a loop ask for the next step when it is time.

    Args:
        loop: seconds per step, 0 for none.
        step: the step shown; a new one starts the time again.
        on_turn: called when the loop wants the next step.
    """
    _part()(
        key="stage_part", data={"kind": "fit", "loop": loop, "step": step}, on_turn_change=on_turn
    )


def clock(started: float, minutes: int, words: dict[str, str]) -> None:
    """Time of day, time gone and time left, ticking in the browser.

    Args:
        started: when the talk began, seconds since 1970.
        minutes: how long it may last.
        words: ``now``, ``gone``, ``left`` and ``over`` in the language of the page.
    """
    _part()(
        key="stage_clock",
        data={"kind": "clock", "started": started, "minutes": minutes, "words": words},
    )
