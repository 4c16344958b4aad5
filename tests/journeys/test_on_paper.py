"""The pages that compare, printed: what is folded in on the screen stands open on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PATHS = {
    "compare": "/compare?lang=de&ags=07312000",
    "outcomes": "/outcomes?lang=en",
    "profile": "/profile?lang=de&ags=07312000",
}
FOLDED = """() => [...document.querySelectorAll("details")].map((one) =>
  one.getBoundingClientRect().height - one.querySelector("summary").offsetHeight)"""
TABLES = """() => {
  const seen = (one) => one.getBoundingClientRect().height > 0;
  return [...document.querySelectorAll('[class*="st-key-paper_"]')].map((one) => ({
    canvas: [...one.querySelectorAll("canvas")].some(seen),
    rows: [...one.querySelectorAll("tbody tr")].filter(seen).length,
  }));
}"""


@pytest.mark.parametrize("name", PATHS)
def test_formula_inputs_and_tables_are_printed(name: str, visit) -> None:
    page, _ = visit(PATHS[name])
    assert max(page.evaluate(FOLDED)) < 20
    page.emulate_media(media="print")
    page.wait_for_timeout(500)
    assert min(page.evaluate(FOLDED)) > 20
    # The tables of the screen scroll; on paper stands every row, or how many more there are.
    tables = page.evaluate(TABLES)
    assert all(not one["canvas"] and one["rows"] > 0 for one in tables)
    assert max(one["rows"] for one in tables) > 10


def test_the_map_prints_all_districts_or_where_they_stand(visit) -> None:
    page, _ = visit("/map?lang=de")
    note = page.locator(".st-key-paper_map_twin p")
    expect(note).to_be_hidden()
    page.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Alle 400 Werte")
    expect(note).to_contain_text("/map?lang=de&indicator=")
    page.emulate_media(media="screen")
    page.locator("[class*=st-key-map_fold] summary").click()
    expect(page.locator(".st-key-paper_map_twin canvas").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".st-key-paper_map_twin tbody tr")).to_have_count(400)
    expect(page.locator(".st-key-paper_map_twin tbody tr").last).to_be_visible()
    expect(page.locator(".st-key-paper_map_twin canvas").first).to_be_hidden()


def test_a_phone_sees_the_map_on_its_first_screen(visit) -> None:
    page, _ = visit("/map?lang=de", width=390, height=844)
    stage = page.locator(".tk-map-stage").bounding_box()
    how = page.locator(".st-key-map_mode").bounding_box()
    assert stage["y"] < 500
    assert how["y"] > stage["y"] + stage["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
