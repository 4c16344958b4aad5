"""Progress, transfer and projects in the browser: drawn, silent, readable, and clickable."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PATHS = {
    "phases": "/progress?lang=de",
    "milestones": "/progress?lang=en&board=milestones",
    "clock": "/progress?lang=de&board=time",
    "map": "/transfer?lang=en",
    "network": "/transfer?lang=de&picture=network",
    "matrix": "/transfer?lang=en&picture=matrix",
    "curve": "/transfer?lang=de&solution=masterportal",
    "projects": "/projects?lang=de",
    "side by side": "/projects?lang=en&projects=cut-halle-konstanz",
    "project": "/project?lang=de&project=cut",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("name", PATHS)
def test_silent_and_without_sideways_scrolling_on_a_phone(name: str, visit) -> None:
    page, watch = visit(PATHS[name], width=390, height=844)
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize(
    ("name", "scheme"),
    [(name, "light") for name in PATHS]
    + [(name, "dark") for name in ("phases", "map", "side by side", "project")],
)
def test_no_serious_fault(name: str, scheme: str, visit) -> None:
    page, _ = visit(PATHS[name], scheme=scheme)
    page.wait_for_timeout(1500)
    faults = [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in Axe().run(page, options=RULES).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert faults == []


def test_members_stand_on_the_small_map_and_answer_a_click(visit) -> None:
    page, watch = visit("/project?lang=de&project=cut")
    frame = page.frame_locator("iframe[title*=folium]")
    marks = frame.locator("path[fill-opacity='1'][stroke-width='2']")
    marks.last.wait_for(timeout=20000)
    assert marks.count() == 3
    marks.last.click()
    popup = frame.locator(".leaflet-popup-content")
    assert popup.inner_text().startswith("München")
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def test_year_changes_the_map(visit) -> None:
    page, _ = visit("/transfer?lang=de&until=2020")
    few = int(page.locator(".tk-map").get_attribute("data-drawn"))
    page, _ = visit("/transfer?lang=de")
    assert int(page.locator(".tk-map").get_attribute("data-drawn")) > few + 100


def test_all_projects_are_two_clicks_from_the_start_page(visit) -> None:
    page, _ = visit("/?lang=de")
    page.get_by_text("Vergleichen", exact=True).first.click()
    page.locator("a", has_text="Projekte verglichen").click()
    page.wait_for_selector("h1:has-text('73 Modellprojekte')", timeout=30000)
    assert page.locator(".stDataFrame").first.is_visible()
