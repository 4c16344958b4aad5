"""The published story, opened from the file system with the network off."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from loaders.store import open_store, queries
from tests.views.exports import decks
from tests.views.exports.conftest import described_map
from views.exports.story_html import story_html
from views.exports.story_source import StorySource

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def file(tmp_path_factory, data_folder) -> Path:
    folder = tmp_path_factory.mktemp("published")
    store = open_store(folder / "store", data_folder)
    rows = queries.values(store, "population_density", "2023-12-31", "district")
    rows = rows[["ags", "value", "missing"]]
    store.close()
    told = {one: decks.deck(described_map(rows, data_folder, one), one) for one in ("de", "en")}
    target = folder / "story.html"
    source = StorySource(
        told, "de", "https://beispiel.de/", data_folder / "boundaries", "2026-11-25"
    )
    target.write_bytes(story_html(source))
    return target


@pytest.mark.parametrize("width", [1366, 390])
def test_it_works_without_any_network(browser, file: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 768}, offline=True)
    page, faults, asked = context.new_page(), [], []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(file.as_uri())
    assert page.locator("[data-lang=de] .step").count() == 10
    assert not page.locator("[data-lang=en]").is_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#de-2"
    assert page.evaluate("document.activeElement.id") == "de-2-h"
    page.keyboard.press("b")
    assert page.locator(".dark").is_visible()
    page.keyboard.press("ArrowRight")
    assert not page.locator(".dark").count()
    assert page.evaluate("location.hash") == "#de-2", "the key only brings the page back"
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("link", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("[data-lang=en] .step h2").first.is_visible()
    page.locator("[data-lang=en] summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 15
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in serious] == []
    assert faults == []
    assert set(asked) <= {"file", "data"}
    context.close()
