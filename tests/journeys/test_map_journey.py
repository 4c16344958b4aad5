"""The map without a mouse: find Jena, read, walk, choose, change what is shown."""

from __future__ import annotations

import json
import re

import pytest

from tests.journeys.running import settle, watched_page
from views.texts import read_words

pytestmark = pytest.mark.browser


def said(page) -> str:
    return page.locator(".tk-map-sentence").inner_text()


def tab_to(page, selector: str, most: int = 60) -> None:
    """Press Tab until an element that matches holds the focus."""
    for _ in range(most):
        if page.evaluate("(s) => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_by_keyboard_alone(lang, visit) -> None:
    page, watch = visit(f"/map?lang={lang}")
    words = read_words(lang)
    find_jena(page, words("common.source"), words("map.kind_of.Kreisfreie Stadt"))
    walk_to_the_neighbour(page)
    change_year_and_indicator(page, read_words(lang)("compare.indicator"))
    tab_to(page, ".st-key-card_picked a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/profile"))
    settle(page)
    assert "ags=16074" in page.url
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def find_jena(page, source: str, kind: str) -> None:
    """By name in the list; the sentence is the live region."""
    tab_to(page, ".tk-map-field")
    page.keyboard.type("jena")
    page.keyboard.press("ArrowDown")
    assert re.search(rf"Jena \({kind}\): [\d.,]+", said(page))
    between = re.search(r"(\d+) (?:bis|to) (\d+) (?:von|of) 100", said(page))
    assert 0 <= int(between[1]) < int(between[2]) <= 100
    assert source in said(page)
    assert page.locator(".tk-map-sentence").get_attribute("aria-live") == "polite"
    active = page.locator(".tk-map-field").get_attribute("aria-activedescendant")
    assert page.locator(f"[id='{active}'][role=option]").inner_text().startswith("Jena")
    page.keyboard.press("Enter")
    settle(page)
    assert "place=16053" in page.url


def walk_to_the_neighbour(page) -> None:
    """From Jena on the map to the right; the row of the list goes along."""
    from playwright.sync_api import expect

    page.locator(".tk-map-field").fill("")
    page.locator(".tk-map-stage").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".tk-map").get_attribute("data-focus") == "16074"
    expect(page.locator(".tk-map-row-active")).to_contain_text("Saale-Holzland-Kreis")
    assert said(page).startswith("Saale-Holzland-Kreis")
    page.keyboard.press("Enter")
    settle(page)
    assert "place=16074" in page.url


def change_year_and_indicator(page, label: str) -> None:
    """Both by arrow keys; the place stays chosen and everything stands in the address."""
    from playwright.sync_api import expect

    period = re.search(r"period=([\d-]+)", page.url)[1]
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tk-map-sentence")).not_to_contain_text(period[:4])
    settle(page)
    assert re.search(r"period=([\d-]+)", page.url)[1] < period
    indicator = re.search(r"indicator=(\w+)", page.url)[1]
    before = page.locator(".tk-map-stage").get_attribute("aria-label")
    page.get_by_role("combobox", name=label).focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".tk-map-stage")).not_to_have_attribute("aria-label", before)
    settle(page)
    assert re.search(r"indicator=(\w+)", page.url)[1] != indicator
    assert "place=16074" in page.url
    assert said(page).startswith("Saale-Holzland-Kreis")


def test_thumb_on_a_phone(visit) -> None:
    page, _ = visit("/map?place=16053", width=390, height=844)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    small = page.evaluate(
        """() => [...document.querySelectorAll(".tk-map button, .tk-map input, .tk-map-row")]
          .map((one) => [one.className, one.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
          .map(([name]) => name)"""
    )
    assert small == []
    stage, rows = (page.locator(one).bounding_box() for one in (".tk-map-stage", ".tk-map-rows"))
    assert rows["y"] > stage["y"] + stage["height"]
    page.locator(".tk-map-row").nth(3).click()
    settle(page)
    key = page.locator(".tk-map").get_attribute("data-focus")
    assert f"place={key}" in page.url


def test_playing_moves_the_time_and_switches_keep_the_rest(visit) -> None:
    from playwright.sync_api import expect

    page, watch = visit("/map?place=16053&period=2018-12-31&lang=en&classes=natural&count=4")
    title = page.locator(".tk-map-legend-title")
    before = title.inner_text()
    assert page.locator(".tk-map-scale li").count() == 4
    page.locator("[data-name=play]").click()
    expect(title).not_to_have_text(before)
    page.locator("[data-name=play]").click()
    settle(page)
    painted = page.locator(".tk-map").get_attribute("data-drawn")
    page.get_by_text(read_words("en")("map.mode_symbols")).click()
    expect(page.locator(".tk-map-sizes span").first).to_be_visible()
    settle(page)
    assert page.locator(".tk-map").get_attribute("data-drawn") == painted
    for part in ("place=16053", "classes=natural", "count=4", "mode=symbols"):
        assert part in page.url
    assert "period=2018-12-31" not in page.url
    assert watch.faults == []


def test_the_map_is_made_ready_before_the_server_has_said_anything(browser, server) -> None:
    page, watch = watched_page(browser, server.address)
    page.route_web_socket(re.compile("stream"), lambda _: None)
    page.goto(f"{server.address}/map")
    page.wait_for_function("() => globalThis.L?.map !== undefined")
    fetched = "performance.getEntriesByType('resource').filter(({name}) => name.includes('.topo'))"
    page.wait_for_function(f"() => {fetched}.length === 2")
    assert page.locator(".tk-map").count() == 0
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


@pytest.mark.parametrize("path", ["/map", "/methods"])
def test_no_script_is_asked_for_that_the_head_did_not_name(path, browser, server) -> None:
    page, _ = watched_page(browser, server.address)
    head = page.goto(f"{server.address}{path}").text()
    settle(page)
    asked = page.evaluate(
        """performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop())
          .filter((name) => name.endsWith(".js"))"""
    )
    assert len(asked) > 50
    assert [name for name in asked if name not in head] == []


LOOKS = """() => ({
  steps: [...document.querySelectorAll(".tk-map-scale li")]
    .map((one) => [one.style.background, one.textContent]),
  limits: document.querySelector(".tk-map-limits").textContent,
  areas: document.querySelector(".tk-map-areas").toDataURL(),
  swatches: [...document.querySelectorAll(".tk-map-row-swatch")]
    .map((one) => one.style.background),
})"""
PRESSED = f"""(radio) => {{
  const before = ({LOOKS})();
  radio.click();
  return [before, ({LOOKS})()];
}}"""


def test_colours_change_in_the_press_itself_and_the_server_agrees(visit) -> None:
    page, watch = visit("/map?indicator=migration_balance_per_10000")
    page.locator("[data-testid=stPopover] button").first.click()
    asked = {
        "count": ["3", "7"],
        "classes": ["equal", "natural"],
        "scale": ["median", "sequential"],
        "ramp": ["violet"],
    }
    for name, options in asked.items():
        for option in options:
            radio = page.locator(f".choices [data-name={name}] input[value='{option}']")
            before, at_once = radio.evaluate(PRESSED)
            assert at_once != before, (name, option)
            page.wait_for_url(re.compile(rf"\b{name}={option}\b"))
            settle(page)
            assert page.evaluate(LOOKS) == at_once, (name, option)
            assert radio.is_checked()
    page.locator(".choices [data-name=classes] input[value='own']").check()
    page.get_by_role("textbox", name=read_words("de")("map.breaks")).wait_for()
    assert page.locator(".choices [data-name=count]").count() == 0
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def test_files_carry_the_view_and_no_outline_travels_by_websocket(browser, server) -> None:
    page, _ = watched_page(browser, server.address)
    frames: list[bytes] = []

    def keep(frame: bytes | str) -> None:
        frames.append(frame if isinstance(frame, bytes) else frame.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(f"{server.address}/map?place=16053&classes=equal&mode=symbols")
    settle(page)
    assert sum(map(len, frames)) > 10_000
    assert not any(b'"arcs"' in frame or b"Topology" in frame for frame in frames)
    files = {name: taken(page, name) for name in ("png", "svg", "geojson", "csv")}
    assert files["png"].startswith(b"\x89PNG")
    drawing = files["svg"].decode()
    assert "Destatis" in drawing
    assert "classes=equal" in drawing
    assert "mode=symbols" in drawing
    assert drawing.count("<circle") >= 400
    outlines = json.loads(files["geojson"])
    assert len(outlines["features"]) == 400
    jena = next(one for one in outlines["features"] if one["id"] == "16053")
    value = f"{jena['properties']['value']:.1f}".replace(".", ",")
    assert f"16053;Jena (kreisfreie Stadt);{value};" in files["csv"].decode("utf-8-sig")
    assert value in said(page)
    page.context.close()


def taken(page, name: str) -> bytes:
    """The file behind a button."""
    with page.expect_download() as download:
        page.locator(f".st-key-map_take_{name} button").first.click()
    return download.value.path().read_bytes()
