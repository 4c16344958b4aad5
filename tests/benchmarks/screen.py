"""What a visitor waits for, against an empty page of the same server settings and frame."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
# Milliseconds from a press until something is different on the screen.
PRESSED_UNTIL = """async ([press, sign]) => {
  const read = () => document.querySelector(sign)?.textContent;
  const before = read(), start = performance.now();
  document.querySelector(press).click();
  while (read() === before) await new Promise((next) => setTimeout(next, 1));
  await new Promise((next) => requestAnimationFrame(next));
  return performance.now() - start;
}"""
EMPTY_BODY = """\"\"\"Nothing but a button and the number of runs: what every rerun costs.\"\"\"

import streamlit as st

st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if st.query_params.get("rerun"):
    st.button("run", key="run")
    st.caption(str(st.session_state["runs"]))
"""
FOLIUM_BODY = """\"\"\"The same districts by folium.GeoJson and st_folium.\"\"\"

from pathlib import Path

import folium
import geopandas
import streamlit as st
from streamlit_folium import st_folium


@st.cache_resource
def districts():
    file = next(Path("{data}").glob("boundaries/districts*.topo.json"))
    return geopandas.read_file(file).set_crs(4326, allow_override=True)


st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("run", key="run")
st.caption(str(st.session_state["runs"]))
# A colour never sent before: Streamlit keeps large messages it has sent once.
colour = f"#0B{{st.session_state['runs'] % 256:02x}}6B"
plain = folium.Map(location=(51.2, 10.4), zoom_start=6, tiles=None)
folium.GeoJson(districts(), style_function=lambda _: {{"fillColor": colour}}).add_to(plain)
st_folium(plain, key="plain", returned_objects=[])
"""


@contextmanager
def empty_app(body: str = EMPTY_BODY) -> Iterator[Server]:
    """The same server, settings, navigation and theme with nothing in the pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for entry in ("server.py", "dashboard.py"):
            shutil.copy(ROOT / entry, folder / entry)
        for entry in (".streamlit", "static", "pages"):
            shutil.copytree(ROOT / entry, folder / entry)
        for entry in SHARED:
            (folder / entry).symlink_to(ROOT / entry)
        for script in folder.glob("pages/*/*.py"):
            script.write_text(body.format(data=ROOT / "data") if "{data}" in body else body)
        server = start_server(folder, cwd=folder)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def full_app() -> Iterator[Server]:
    """The shipped dashboard."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder))
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; without one the measurement cannot be made."""
    path = browser_path()
    if path is None:
        raise RuntimeError("no Chromium: apt-get install chromium, then run again")
    with running_browser(path) as browser:
        yield browser


def first_view_ms(browser: Any, server: Server, path: str, sign: str) -> float:
    """From a new visitor's request until ``sign`` is there and the page has run."""
    page, _ = watched_page(browser, server.address)
    start = time.perf_counter()
    page.goto(server.address + path)
    page.wait_for_selector(sign)
    page.wait_for_selector(f"{IDLE} .st-key-foot")
    taken = (time.perf_counter() - start) * 1000
    page.context.close()
    return taken


@measurement
def overview_first_view(quick: bool) -> Iterator[Comparison]:
    """The overview with its map drawn against the empty page, visits in turn."""
    times = 3 if quick else 9
    with chromium() as browser, full_app() as full, empty_app() as empty:
        for server in (full, empty):
            first_view_ms(browser, server, "/", ".st-key-foot")
        ours, theirs = [], []
        for _ in range(times):
            ours.append(first_view_ms(browser, full, "/", ".tk-map[data-drawn]"))
            theirs.append(first_view_ms(browser, empty, "/", ".st-key-foot"))
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
    page: Any, received: Received, press: str, sign: str, times: int
) -> tuple[float, float]:
    """Median milliseconds until the sign changes and bytes received, per press."""
    taken, sizes = [], []
    for _ in range(times + 1):
        settle(page)
        before = received.size
        taken.append(page.evaluate(PRESSED_UNTIL, [press, sign]))
        settle(page)
        sizes.append(received.size - before)
    return statistics.median(taken[1:]), statistics.median(sizes[1:])


def opened(browser: Any, address: str) -> tuple[Any, Received]:
    page, _ = watched_page(browser, address.rsplit("/", 1)[0])
    received = Received(page)
    page.goto(address)
    settle(page)
    return page, received


def rerun_of(browser: Any, address: str, times: int) -> tuple[float, float]:
    """A press on the button of an empty or a folium page until its caption changes."""
    page, received = opened(browser, address)
    press, sign = ".st-key-run button", "[data-testid=stCaptionContainer]"
    result = pressed(page, received, press, sign, times)
    page.context.close()
    return result


def recolouring(browser: Any, server: Server, times: int) -> tuple[float, float]:
    """The other kind of classes on the map until the legend has changed; bytes of a new time."""
    page, received = opened(browser, f"{server.address}/map")
    taken, _ = pressed(page, received, UNCHOSEN, ".tk-map-legend", times)
    sizes, legend = [], page.locator(".tk-map-legend")
    for _ in range(times):
        before, shown = received.size, legend.inner_text().split("\n")[0]
        page.get_by_role("slider").press("ArrowLeft")
        legend.filter(has_not_text=shown).wait_for()
        settle(page)
        sizes.append(received.size - before)
    page.context.close()
    return taken, statistics.median(sizes)


UNCHOSEN = ".st-key-map_classes button[aria-checked=false]"


@measurement
def map_recolouring(quick: bool) -> Iterator[Comparison]:
    """Recolouring 400 districts against an empty rerun, and its bytes against folium."""
    times = 3 if quick else 15
    with chromium() as browser, full_app() as full:
        ours, bytes_ours = recolouring(browser, full, times)
        with empty_app() as empty:
            floor, _ = rerun_of(browser, f"{empty.address}/?rerun=1", times)
        yield Comparison(
            "map: 400 districts recoloured / empty rerun", ours, floor, "ms", 2.5, times
        )
        with empty_app(FOLIUM_BODY) as plain:
            _, bytes_theirs = rerun_of(browser, f"{plain.address}/", min(times, 5))
        name = "map: websocket per recolouring / folium.GeoJson"
        yield Comparison(name, bytes_ours / 1000, bytes_theirs / 1000, "kB", 1 / 20, times)
