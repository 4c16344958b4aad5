"""The stage's part in the browser: fits 1920 x 1080 to the window, turns a loop, shows a clock."""

from __future__ import annotations

from collections.abc import Callable

from views.widgets.served_part import served_part


def fit(loop: int, step: int, on_turn: Callable[[], None]) -> None:
    """Fit the stage to the window; in a loop ask for the next step when it is time.

    Args:
        loop: seconds per step, 0 for none.
        step: the step shown; a new one starts the time again.
        on_turn: called when the loop wants the next step.
    """
    served_part("stage", "stage.js")(
        key="stage_part", data={"kind": "fit", "loop": loop, "step": step}, on_turn_change=on_turn
    )


def clock(started: float, minutes: int, words: dict[str, str]) -> None:
    """Time of day, time gone and time left, ticking in the browser.

    Args:
        started: when the talk began, seconds since 1970.
        minutes: how long it may last.
        words: ``now``, ``gone``, ``left`` and ``over`` in the language of the page.
    """
    served_part("stage", "stage.js")(
        key="stage_clock",
        data={"kind": "clock", "started": started, "minutes": minutes, "words": words},
    )
