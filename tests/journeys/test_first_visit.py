"""The very first visitor of a fresh server may come by any link."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.running import settle, start_server, watched_page

pytestmark = pytest.mark.browser


def test_a_deep_link_as_the_very_first_visit(browser, tmp_path) -> None:
    server = start_server(tmp_path)
    try:
        page, watch = watched_page(browser, server.address)
        page.goto(f"{server.address}/adoption?ags=07312000")
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Was könnte Kaiserslautern übernehmen?"
        )
        assert page.get_by_role("dialog").count() == 0
        assert (watch.missing, watch.faults, watch.foreign) == ([], [], [])
        expect(page.locator("html")).to_have_attribute("lang", "de")

        page.get_by_role("radio", name="English").click()
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text("What could Kaiserslautern adopt?")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert "lang=en" in page.url and "ags=07312000" in page.url
        assert (watch.missing, watch.faults, watch.foreign) == ([], [], [])
        page.context.close()
    finally:
        server.stop()


@pytest.mark.parametrize("path", ["/map", "/solution?solution=masterportal", "/compare"])
def test_one_step_back_leads_to_where_one_came_from(path, browser, server) -> None:
    """Pages write their defaults into the address: that is no step of its own."""
    page, _ = watched_page(browser, server.address)
    page.goto(f"{server.address}/health")
    page.goto(f"{server.address}{path}")
    settle(page)
    assert "lang=de" in page.url
    page.go_back()
    expect(page).to_have_url(f"{server.address}/health")
