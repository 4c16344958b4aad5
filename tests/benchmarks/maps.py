"""The map against an empty rerun and against ``folium.GeoJson`` with ``st_folium``.

Both sides draw the same simplified outlines in classes of a value, say name and value of the
place pointed at, and are timed until the new colours are painted.
All municipalities need the official outlines, named by ``TRANSFERKOMPASS_SHARED``.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks.measurements import Comparison, measurement
from tests.benchmarks.screen import (
    EMPTY,
    FOOT,
    KEPT,
    Received,
    chromium,
    empty_app,
    first_view_ms,
    full_app,
    opened,
    pressed,
    rerun_of,
)
from tests.journeys.running import IDLE, ROOT, STILL, Server, settle, watched_page

FOLIUM_BODY = '''"""The same outlines by folium.GeoJson and st_folium, assets served by the app."""

from pathlib import Path

import folium
import geopandas
import streamlit as st
from streamlit_folium import st_folium

VENDOR = "../../app/static/vendor/leaflet/"
folium.Map.default_js = [("leaflet", VENDOR + "leaflet.js")]
folium.Map.default_css = [("leaflet_css", VENDOR + "leaflet.css")]


@st.cache_resource
def outlines():
    file = Path("{data}") / "boundaries" / "{layer}.topo.json"
    found = geopandas.read_file(file).set_crs(4326, allow_override=True)
    found["value"] = found.geometry.area.rank().astype(int)
    return found[["id", "name", "value", "geometry"]]


def tip():
    return folium.GeoJsonTooltip(["name", "value"], labels=False)


st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("run", key="run")
# A colour never sent before: Streamlit keeps large messages it has sent once.
run = st.session_state["runs"]
classes = 3 + run % 2
colours = [f"#{40 * number:02x}{run % 256:02x}6B" for number in range(classes)]
places = outlines()


def style(feature):
    share = (feature["properties"]["value"] - 1) / len(places)
    return {"fillColor": colours[int(share * classes)], "fillOpacity": 1, "weight": 0.6}


plain = folium.Map(location=(51.2, 10.4), zoom_start=6, tiles=None)
folium.GeoJson(places, style_function=style, tooltip=tip()).add_to(plain)
st_folium(plain, key="plain", returned_objects=[])
'''
# The bridge draws its map in a frame of its own; the first outline tells its colour.
FOLIUM_COLOUR = (
    "[...document.querySelectorAll('iframe')].map((one) => one.contentDocument"
    "?.querySelector('path.leaflet-interactive')?.getAttribute('fill')).find(Boolean)"
)
OUR_LEGEND = "document.querySelector('.tk-map-limits')?.textContent"
UNCHOSEN = ".choices [data-name=count] input:not(:checked)"


@dataclass(frozen=True)
class Targets:
    """Greatest ratios that meet the targets, and how often the slow side is measured."""

    rerun: float
    folium: float
    bytes: float
    folium_times: int


def our_recolouring(browser: Any, address: str, times: int) -> tuple[float, float]:
    """Another number of classes until the map is painted anew; bytes per change."""
    page, received = opened(browser, address)
    page.locator("[data-testid=stPopover] button").first.click()
    page.locator(UNCHOSEN).first.wait_for()
    result = pressed(page, received, UNCHOSEN, OUR_LEGEND, times)
    page.context.close()
    return result


def new_values(browser: Any, address: str, times: int) -> float:
    """Bytes of another time, whose values were never sent before; as many as there are."""
    page, received = opened(browser, address)
    sizes, title = [], page.locator(".tk-map-legend-title")
    handle = page.get_by_role("slider")
    for _ in range(min(times, int(handle.input_value()))):
        before, shown = received.size, title.inner_text()
        handle.press("ArrowLeft")
        title.filter(has_not_text=shown).wait_for()
        settle(page)
        sizes.append(received.size - before)
    page.context.close()
    return statistics.median(sizes)


@cache
def folium_recolouring(browser: Any, layer: str, data: Path, times: int) -> tuple[float, float]:
    """A new colour of all outlines until it is painted; bytes per change."""
    with empty_app(FOLIUM_BODY.replace("{layer}", layer), data) as plain:
        page, _ = watched_page(browser, plain.address)
        received = Received(page)
        page.goto(f"{plain.address}/")
        press = ".st-key-run button"
        result = pressed(page, received, press, FOLIUM_COLOUR, times, folium_drawn)
        page.context.close()
    return result


def folium_drawn(page: Any) -> None:
    """The page has run and outlines are painted; frames of the house say so themselves."""
    page.wait_for_selector(IDLE)
    page.wait_for_function(f"() => {FOLIUM_COLOUR}")
    page.evaluate(STILL)


def compared(
    browser: Any, full: Server, data: Path, layer: str, address: str, times: int, limits: Targets
) -> Iterator[Comparison]:
    """Time against an empty rerun and folium, bytes against folium."""
    ours, bytes_ours = our_recolouring(browser, f"{full.address}{address}", times)
    with empty_app() as empty:
        floor, _ = rerun_of(browser, f"{empty.address}/?rerun=1", times)
    few = limits.folium_times
    theirs, bytes_theirs = folium_recolouring(browser, layer, data, few)
    name = f"map: {layer} recoloured"
    yield Comparison(f"{name} / empty rerun", ours, floor, "ms", limits.rerun, times)
    yield Comparison(f"{name} / folium.GeoJson", ours, theirs, "ms", limits.folium, few)
    yield Comparison(
        f"{name}, websocket / folium",
        bytes_ours / 1000,
        bytes_theirs / 1000,
        "kB",
        limits.bytes,
        few,
    )


@measurement
def map_recolouring(quick: bool) -> Iterator[Comparison]:
    """400 districts."""
    times = 3 if quick else 15
    with chromium() as browser, full_app() as full:
        targets = Targets(2.5, 1 / 10, 1 / 40, 3 if quick else 5)
        data = ROOT / "data"
        yield from compared(browser, full, data, "districts", "/map", times, targets)
        sent = new_values(browser, f"{full.address}/map", times)
        _, whole = folium_recolouring(browser, "districts", data, targets.folium_times)
    name = "map: districts at another time, websocket / folium"
    yield Comparison(name, sent / 1000, whole / 1000, "kB", 1 / 40, times)


@measurement
def map_of_municipalities(quick: bool) -> Iterator[Comparison]:
    """All municipalities, from the official outlines."""
    times = 3 if quick else 9
    address = "/map?level=municipality"
    data = KEPT.get("municipal data", municipal_data)
    with chromium() as browser, full_app(data) as full:
        targets = Targets(6, 1 / 20, 1 / 40, 1 if quick else 5)
        yield from compared(browser, full, data, "municipalities", address, times, targets)
        with empty_app() as empty:
            views = ((full, address, ".tk-map[data-drawn]"), (empty, EMPTY, FOOT))
            for view in views:
                first_view_ms(browser, *view)
            taken = [[first_view_ms(browser, *view) for view in views] for _ in range(times)]
        ours, theirs = (statistics.median(side) for side in zip(*taken, strict=True))
    name = "map: municipalities, first view / empty page"
    yield Comparison(name, ours, theirs, "ms", 1.6, times)


@contextmanager
def municipal_data() -> Iterator[Path]:
    """The shipped tables with a layer of all municipalities beside the others."""
    shared = Path(os.environ.get("TRANSFERKOMPASS_SHARED", ROOT.parent / "shared" / "data"))
    source = shared / "boundaries" / "gemeinden_2022.gpkg"
    if not source.is_file():
        raise RuntimeError("no official outlines: set TRANSFERKOMPASS_SHARED to their folder")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        facts = ["--layer", "municipalities", "--level", "municipality", "--status", "2022-01-01"]
        facts += ["--edition", "2022-01-01", "--attribution", "© GeoBasis-DE / BKG (2022)"]
        command = [sys.executable, "-m", "loaders.boundaries", str(source), *facts]
        built = [*command, "--target", str(data / "boundaries")]
        subprocess.run(built, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield data
