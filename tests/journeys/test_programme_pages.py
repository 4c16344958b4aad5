"""Progress, transfer and projects in the browser: drawn, silent, readable, and clickable."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

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
FRAME = "iframe[src*=streamlit_folium]"
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
    faults = [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in Axe().run(page, options=RULES).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert faults == []


def test_members_stand_on_the_small_map_and_answer_a_click(visit) -> None:
    page, watch = visit("/project?lang=de&project=cut")
    frame = page.frame_locator(FRAME)
    marks = frame.locator(".tk-mark")
    expect(marks).to_have_count(3)
    frame.get_by_role("button", name="München").click()
    popup = frame.locator(".leaflet-popup-content")
    expect(popup).to_have_text(re.compile("^München"))
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def test_years_play_on_the_map_and_arrow_keys_walk(visit) -> None:
    page, watch = visit("/transfer?lang=de&solution=masterportal&until=2018")
    assert page.locator(FRAME).get_attribute("title").startswith("Karte")
    frame = page.frame_locator(FRAME)
    marks, said = frame.locator(".tk-mark"), frame.locator(".tk-said")
    expect(marks).to_have_count(6)
    slider = frame.get_by_role("slider", name="Bis zum Jahr")
    slider.focus()
    page.keyboard.press("End")
    expect(marks).to_have_count(11)
    assert "auch ohne Jahr" in slider.get_attribute("aria-valuetext")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Für 3 ist kein Jahr")
    assert "until" not in page.url
    frame.get_by_role("button", name="Jahre abspielen").click()
    expect(said).to_contain_text("Bis 2018")
    expect(said).to_contain_text("Bis 2020")
    frame.get_by_role("button", name="Anhalten").click()
    page.wait_for_url("**until=20*")
    expect(frame.locator(".tk-mark[tabindex='0']")).to_have_count(1)
    frame.locator(".tk-mark[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    focused = frame.locator(".tk-mark:focus")
    assert focused.get_attribute("aria-label") != ""
    page.keyboard.press("Enter")
    name = frame.locator(".leaflet-popup-content strong").inner_text()
    assert focused.get_attribute("aria-label").startswith(name)
    expect(page.locator(".st-key-card_transfer_place")).to_contain_text(name)
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def test_all_projects_are_two_clicks_from_the_start_page(visit) -> None:
    page, _ = visit("/?lang=de")
    page.get_by_text("Vergleichen", exact=True).first.click()
    page.locator("a", has_text="Projekte verglichen").click()
    page.wait_for_selector("h1:has-text('73 Modellprojekte')", timeout=30000)
    expect(page.locator(".stDataFrame").first).to_be_visible(timeout=30000)
