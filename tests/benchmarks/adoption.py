"""What it costs to weigh 174 solutions anew, and to make a council paper."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from analysis.measures import CRITERIA
from tests.benchmarks.measurements import Comparison, measurement
from tests.benchmarks.screen import chromium, empty_app, full_app, opened, pressed, rerun_of
from tests.journeys.running import settle

# The first of "agreed" and "equal" that is not chosen: presses go back and forth.
OTHER_WEIGHTS = ".st-key-weights_name [role=radio][aria-checked=false]"
LIST, ONE = "/adoption?ags=07312000", "/adoption?ags=07312000&solution=masterportal"
VERDICTS = "document.querySelector('.card-list')?.textContent"
ANSWER = "document.querySelector('.st-key-lead_answer')?.textContent"
OWN = f"{LIST}&weights=24333333"
POINTS = ".points input"
PAPER_LIMIT_MS = 10_000
# Promises milliseconds from the moment a slider has moved until the verdicts differ.
MOVED_UNTIL = """([sliders, reader]) => {
  const read = new Function("return " + reader), before = read();
  const moved = new Promise((begun) => {
    for (const one of document.querySelectorAll(sliders))
      one.addEventListener("change", () => begun(performance.now()), { capture: true, once: true });
  });
  window.moved = (async () => {
    const start = await moved;
    while ((read() ?? before) === before) await new Promise((next) => setTimeout(next, 1));
    await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - start;
  })();
}"""


@measurement
def weights_to_verdict(quick: bool) -> Iterator[Comparison]:
    """Other weights until the verdicts have changed, against an empty rerun."""
    times = 3 if quick else 11
    with chromium() as browser, full_app() as full, empty_app() as empty:
        floor, _ = rerun_of(browser, f"{empty.address}/?rerun=1", times)
        for path, sign, name in (
            (LIST, VERDICTS, "adoption: 174 solutions weighed anew"),
            (ONE, ANSWER, "adoption: one solution weighed anew"),
        ):
            page, received = opened(browser, f"{full.address}{path}")
            taken, _ = pressed(page, received, OTHER_WEIGHTS, sign, times)
            page.context.close()
            yield Comparison(f"{name} / empty rerun", taken, floor, "ms", 2, times)
        name = "adoption: 174 solutions by a slider, new points each time"
        page, _ = opened(browser, f"{full.address}{OWN}")
        taken = median(_moved_ms(page, at % len(CRITERIA)) for at in range(times))
        yield Comparison(f"{name} / empty rerun", taken, floor, "ms", 2, times)


def _moved_ms(page: Any, slider: int) -> float:
    """One point more on one of the sliders until the verdicts answer."""
    settle(page)
    page.evaluate(MOVED_UNTIL, [POINTS, VERDICTS])
    page.locator(POINTS).nth(slider).press("ArrowRight")
    taken: float = page.evaluate("window.moved")
    return taken


@measurement
def council_paper(quick: bool) -> Iterator[Comparison]:
    """From the press to the file, against the ten seconds a person may wait."""
    times = 1 if quick else 5
    with chromium() as browser, full_app() as full:
        page, _ = opened(browser, f"{full.address}{ONE}")
        for key in ("paper_pdf", "paper_docx"):
            taken = sorted(_download_ms(page, key) for _ in range(times))
            name = f"council paper, {key[6:].upper()} / limit"
            yield Comparison(name, taken[len(taken) // 2], PAPER_LIMIT_MS, "ms", 1, times)


def _download_ms(page: Any, key: str) -> float:
    start = time.perf_counter()
    with page.expect_download() as waited:
        page.locator(f".st-key-{key} button").click()
    waited.value.path()
    taken = (time.perf_counter() - start) * 1000
    settle(page)
    return taken
