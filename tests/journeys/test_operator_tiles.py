"""A picture map of the operator's own: asked by the browser, said on page and self-test."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.running import settle, start_server, watched
from views.texts import read_words

pytestmark = pytest.mark.browser
HOST = "https://kacheln.stadt.example"
# Addresses in texts of data are no links: a word joiner stands before the slashes.
SHOWN = HOST.replace("//", "\u2060//")
CREDIT = "Karte: Vermessungsamt der Stadt"
PAINTED = "[...document.querySelectorAll('.leaflet-tile')].filter((one) => one.naturalWidth).length"


@pytest.fixture(scope="module")
def operated(tmp_path_factory):
    server = start_server(
        tmp_path_factory.mktemp("tiles"),
        TRANSFERKOMPASS_TILES=f"{HOST}/{{z}}/{{x}}/{{y}}.png",
        TRANSFERKOMPASS_TILES_CREDIT=CREDIT,
    )
    yield server
    server.stop()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_tiles_come_from_the_named_host_alone(lang, browser, operated) -> None:
    page, watch = watched(browser.new_context(locale="de-DE"), operated.address, HOST)
    asked: list[str] = []
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "#D8E4D0").save(picture, "PNG")

    def give(route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=picture.getvalue(), content_type="image/png")

    page.context.route(f"{HOST}/**", give)
    page.goto(f"{operated.address}/map?lang={lang}")
    settle(page)
    page.wait_for_function(f"() => {PAINTED} > 2")
    assert len(asked) > 2
    words = read_words(lang)
    expect(page.locator(".tk-map")).to_contain_text(CREDIT)
    expect(page.locator("[data-testid=stMain]")).to_contain_text(
        words("legal.hosts.on_map", host=SHOWN)
    )
    expect(page.locator(".st-key-foot")).to_contain_text(
        words("frame.foot_privacy_tiles", host=SHOWN)
    )
    page.goto(f"{operated.address}/legal?topic=privacy&lang={lang}")
    settle(page)
    expect(page.locator("[data-testid=stMain]")).to_contain_text(SHOWN)
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])
    page.context.close()
