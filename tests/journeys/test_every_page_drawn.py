"""On every page something is drawn, no other host is asked and the console stays clean."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Error

from tests.journeys.running import settle
from views import sitemap

pytestmark = pytest.mark.browser

IDS = {
    "solution": "solution=masterportal",
    "adoption": "ags=07312000",
    "project": "project=cut",
    "projects": "projects=cut-halle-konstanz",
}
# Where a page shows a map, a chart or a table, what proves that it stands on the screen.
MAPS = {"overview", "map"}
FOLIUM = {"transfer", "solution", "project"}
CHARTS = {"compare", "progress", "projects"}
TABLES = {"data"}


def test_the_lists_name_pages_that_exist() -> None:
    assert {*IDS, *MAPS, *FOLIUM, *CHARTS, *TABLES} <= set(sitemap.FRAMED)


@pytest.mark.parametrize("name", sitemap.FRAMED)
def test_page_is_drawn_and_asks_nobody_else(name: str, visit) -> None:
    page, watch = visit(f"/{sitemap.BY_NAME[name].url_path}?{IDS.get(name, '')}")
    assert watch.foreign == []
    assert watch.faults == []
    assert watch.missing == []
    assert page.get_by_role("heading", level=1).count() == 1
    assert len(page.locator("[data-testid=stMain]").inner_text().split()) > 60
    if name in MAPS:
        assert int(page.locator(".tk-map").get_attribute("data-drawn")) > 0
        assert _colours(page, ".tk-map canvas") >= 3
    if name in FOLIUM:
        shapes, marks = _painted(page)
        assert shapes >= 16
        assert marks >= 3
    if name in CHARTS:
        assert page.locator(".stPlotlyChart .main-svg path").count() > 3
    if name in TABLES:
        assert _colours(page, ".stDataFrame canvas") >= 3


def test_no_other_host_is_reached_and_asking_is_noticed(visit, server) -> None:
    page, watch = visit("/legal")
    assert watch.foreign == []
    foreign = server.address.replace("127.0.0.1", "elsewhere.localhost")
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(f"{foreign}/legal")
    assert watch.foreign == [f"{foreign}/legal"]


# Maps of folium in every mode: years, undated only, no origin, one arrow, dark, members.
MODES = {
    "/transfer": 131,
    "/transfer?until=2018&lang=en": 7,
    "/transfer?solution=smart-village-app": 32,
    "/transfer?solution=civitas-core": 3,
    "/solution?solution=leezenflow": 2,
    "/solution?solution=eichenzell-starkregen&lang=en": 23,
    "/project?project=bitburg_pruem": 1,
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_folium_maps_are_drawn_and_silent_in_every_mode(scheme: str, visit, server) -> None:
    drawn = {}
    page, watch = visit("/legal", scheme=scheme)
    for path in MODES:
        page.goto(server.address + path)
        settle(page)
        shapes, drawn[path] = _painted(page)
        # Outlines far outside of the view take up no room.
        assert shapes >= 2, path
        assert (watch.foreign, watch.faults, watch.missing) == ([], [], []), path
    assert drawn == MODES


def _painted(page) -> tuple[int, int]:
    """Outlines and lines, and marks, that take up room inside the frame of a folium map."""
    frame = page.frame_locator("iframe[src*=streamlit_folium]")
    return tuple(
        frame.locator(selector).evaluate_all(
            "all => all.filter((one) => one.getBoundingClientRect().width > 1).length"
        )
        for selector in ("#map_div path", "#map_div .tk-mark svg")
    )


def _colours(page, canvases: str) -> int:
    """Different colours on the canvases of a selector, so that an empty one counts as one."""
    return page.evaluate(
        """(selector) => {
          const found = new Set();
          for (const canvas of document.querySelectorAll(selector)) {
            if (!canvas.width || !canvas.height) continue;
            const context = canvas.getContext("2d");
            const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
            const words = new Uint32Array(pixels.buffer);
            for (let at = 0; at < words.length; at += 7) found.add(words[at]);
          }
          return found.size;
        }""",
        canvases,
    )


@pytest.mark.parametrize("path", ["/", "/adoption", "/app/static/map.js", "/health"])
def test_answers_carry_the_policy_without_eval(path: str, server) -> None:
    with urllib.request.urlopen(server.address + path, timeout=10) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' blob:" in policy
    assert "unsafe-eval" not in policy
