"""A clicker's press on the stage against an empty rerun of the same server settings."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.measurements import Comparison, measurement
from tests.benchmarks.screen import (
    PRESSED_UNTIL,
    chromium,
    empty_app,
    full_app,
    rerun_of,
    text_of,
)
from tests.journeys.running import DRAWN, IDLE, PATIENCE, STILL, Server, watched_page

STORY, STEPS = "programme", 5
NEXT, BACK = ".st-key-stage_pagedown button", ".st-key-stage_pageup button"


def _still(page: Any) -> None:
    page.wait_for_selector(f"{IDLE} .stage-dots", timeout=PATIENCE * 1000)
    page.wait_for_function(DRAWN, timeout=PATIENCE * 1000)
    page.evaluate(STILL)


def step_changes(browser: Any, server: Server, rounds: int) -> list[float]:
    """Milliseconds from each press until the next message stands there, to the end and back."""
    page, _ = watched_page(browser, server.address, width=1920, height=1080)
    page.goto(f"{server.address}/stage?story={STORY}&step=1")
    _still(page)
    taken = []
    for _ in range(rounds):
        for press in [NEXT] * (STEPS - 1) + [BACK] * (STEPS - 1):
            taken.append(page.evaluate(PRESSED_UNTIL, [press, text_of(".stage-headline")]))
            _still(page)
    page.context.close()
    return taken


@measurement
def stage_step(quick: bool) -> Iterator[Comparison]:
    """From one step to the next against an empty rerun; the slowest press stands beside it."""
    rounds = 1 if quick else 3
    with chromium() as browser, full_app() as full:
        taken = step_changes(browser, full, rounds)
        with empty_app() as empty:
            floor, _ = rerun_of(browser, f"{empty.address}/?rerun=1", 5 if quick else 15)
    name = "stage: next step shown / empty rerun"
    yield Comparison(name, statistics.median(taken), floor, "ms", 3, len(taken))
    yield Comparison("stage: slowest of all steps / one second", max(taken), 1000, "ms", 1, 1)
