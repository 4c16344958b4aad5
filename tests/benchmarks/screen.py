"""What a visitor waits for, against an empty page of the same server settings and frame."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.measurements import Comparison, measurement
from tests.journeys.running import (
    IDLE,
    ROOT,
    Server,
    browser_path,
    running_browser,
    settle,
    start_server,
    watched_page,
)

SHARED = ("loaders", "analysis", "views", "data", "docs")
# Milliseconds from a press until something reads different on the screen.
PRESSED_UNTIL = """async ([press, reader]) => {
  const read = new Function("return " + reader);
  const before = read(), start = performance.now();
  document.querySelector(press).click();
  while ((read() ?? before) === before) await new Promise((next) => setTimeout(next, 1));
  await new Promise((next) => requestAnimationFrame(next));
  return performance.now() - start;
}"""
FOOT = ".st-key-foot [data-testid=stPageLink]"
# A page whose head names nothing of the map.
EMPTY = "/methods"
EMPTY_BODY = """\"\"\"Nothing but a button and the number of runs: what every rerun costs.\"\"\"

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if st.query_params.get("rerun"):
    st.button("run", key="run")
    st.caption(str(st.session_state["runs"]))
"""


def text_of(selector: str) -> str:
    """The reader for ``PRESSED_UNTIL`` of all text in the first element of a selector."""
    return f"document.querySelector({json.dumps(selector)})?.textContent"


class Kept:
    """Servers and the browser: each is started once, for all measurements of a run."""

    def __init__(self) -> None:
        self._running: dict[object, Any] = {}
        self._stack = ExitStack()

    def get(self, key: object, start: Callable[[], AbstractContextManager[Any]]) -> Any:
        """What runs under a key; started when it does not run yet."""
        if key not in self._running:
            self._running[key] = self._stack.enter_context(start())
        return self._running[key]

    def stop(self) -> None:
        """End everything."""
        self._running.clear()
        self._stack.close()


KEPT = Kept()


@contextmanager
def empty_app(body: str = EMPTY_BODY, data: Path = ROOT / "data") -> Iterator[Server]:
    """The same server, settings, navigation and theme with nothing in the pages."""
    yield KEPT.get(("empty", body, data), lambda: _empty_app(body, data))


@contextmanager
def full_app(data: Path = ROOT / "data") -> Iterator[Server]:
    """The shipped dashboard."""
    yield KEPT.get(("full", data), lambda: _full_app(data))


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; without one the measurement cannot be made."""
    yield KEPT.get("chromium", _chromium)


@contextmanager
def _empty_app(body: str, data: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for entry in ("server.py", "dashboard.py"):
            shutil.copy(ROOT / entry, folder / entry)
        for entry in (".streamlit", "static", "pages"):
            shutil.copytree(ROOT / entry, folder / entry)
        for entry in SHARED:
            (folder / entry).symlink_to(ROOT / entry)
        for script in folder.glob("pages/*/*.py"):
            script.write_text(body.replace("{data}", str(data)))
        server = start_server(folder, cwd=folder)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _full_app(data: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder), TRANSFERKOMPASS_DATA=str(data))
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def _chromium() -> Iterator[Any]:
    path = browser_path()
    if path is None:
        raise RuntimeError("no Chromium: apt-get install chromium, then run again")
    with running_browser(path) as browser:
        yield browser


def first_view_ms(browser: Any, server: Server, path: str, sign: str) -> float:
    """From a new visitor's request until ``sign`` is there, the page has run and its foot is drawn.

    The foot stands empty before its links are: a page is seen when they are.
    """
    page, _ = watched_page(browser, server.address)
    start = time.perf_counter()
    page.goto(server.address + path)
    page.wait_for_selector(sign)
    page.wait_for_selector(f"{IDLE} {FOOT}")
    taken = (time.perf_counter() - start) * 1000
    page.context.close()
    return taken


@measurement
def overview_first_view(quick: bool) -> Iterator[Comparison]:
    """The overview with its map drawn against the empty page, visits in turn."""
    times = 3 if quick else 9
    with chromium() as browser, full_app() as full, empty_app() as empty:
        for server, path in ((full, "/"), (empty, EMPTY)):
            first_view_ms(browser, server, path, FOOT)
        ours, theirs = [], []
        for _ in range(times):
            ours.append(first_view_ms(browser, full, "/", ".tk-map[data-drawn]"))
            theirs.append(first_view_ms(browser, empty, EMPTY, FOOT))
    name = "overview with its map, new visitor / empty page"
    yield Comparison(name, statistics.median(ours), statistics.median(theirs), "ms", 3, times)


class Received:
    """Counts what the websockets of a page bring."""

    def __init__(self, page: Any) -> None:
        self.size = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: Any) -> None:
        self.size += len(frame if isinstance(frame, (bytes, str)) else frame["payload"])


def pressed(
    page: Any,
    received: Received,
    press: str,
    reader: str,
    times: int,
    calm: Callable[[Any], None] = settle,
) -> tuple[float, float]:
    """Median milliseconds until something reads different and bytes received, per press.

    Args:
        page: an opened page.
        received: counter of its websockets.
        press: selector of what is pressed.
        reader: JavaScript expression; nothing while the screen is being rebuilt.
        times: how often, after one press that does not count.
        calm: waits until a page has drawn everything.
    """
    taken, sizes = [], []
    for _ in range(times + 1):
        calm(page)
        before = received.size
        taken.append(page.evaluate(PRESSED_UNTIL, [press, reader]))
        calm(page)
        sizes.append(received.size - before)
    return statistics.median(taken[1:]), statistics.median(sizes[1:])


def opened(browser: Any, address: str) -> tuple[Any, Received]:
    page, _ = watched_page(browser, address.rsplit("/", 1)[0])
    received = Received(page)
    page.goto(address)
    settle(page)
    return page, received


def rerun_of(browser: Any, address: str, times: int) -> tuple[float, float]:
    """A press on the button of an empty page until its caption changes."""
    page, received = opened(browser, address)
    reader = text_of("[data-testid=stCaptionContainer]")
    result = pressed(page, received, ".st-key-run button", reader, times)
    page.context.close()
    return result
