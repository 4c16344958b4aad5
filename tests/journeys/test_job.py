"""The main job, as a person does it: my town, what runs in towns like it, what that is worth."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.running import settle, watched_page
from views.texts import read_words

pytestmark = pytest.mark.browser

KIND = {"de": "kreisfreie Stadt", "en": "district-free city"}
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
SMALL_TARGETS = """() => {
  const targets = "a, button, input, select, summary, [role=button], [role=radio], [role=tab]";
  const inText = (one) => one.tagName === "A" && one.closest("p, li, td") && !one.dataset.testid;
  return [...document.querySelectorAll(targets)]
    .filter((one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
    // The whole field of a choice opens it, not only the text in it.
    .filter((one) => !inText(one) && !one.matches("input[role=combobox]"))
    // A hidden input is reached through its label.
    .map((one) => (one.matches("label input, input[type=file]") && one.closest("label")) || one)
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0)
    .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
    .map(([one, box]) =>
      `${one.tagName} ${one.dataset.testid ?? one.className} ${one.innerText} ` +
      `${Math.round(box.width)}x${Math.round(box.height)}`);
}"""
TOO_WIDE = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return Math.max(main.scrollWidth - main.clientWidth,
                  document.documentElement.scrollWidth - innerWidth);
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", KIND)
def test_from_the_overview_to_a_judgement_and_its_lessons(lang, size, visit, browser, server):
    # Longer than others: one walk is one test, each turn rests on the one before.
    words = read_words(lang)
    width, height = SIZES[size]
    page, watch = visit(f"/?lang={lang}", width=width, height=height)
    title = page.get_by_role("heading", level=1)
    _fits(page)

    page.get_by_label(words("frame.my_town_search")).press_sequentially("kaisersl")
    page.get_by_role("button", name=re.compile(f"Kaiserslautern · {KIND[lang]}")).click()
    opened = words("overview.town_open", town="Kaiserslautern")
    page.get_by_role("link", name=opened).click()
    expect(title).to_have_text(words("adoption.title_town", town="Kaiserslautern"))
    settle(page)
    _fits(page)

    like_mine = words("adoption.peers.title", town="Kaiserslautern")
    expect(page.get_by_role("heading", name=like_mine, exact=True)).to_be_visible()
    same = words("adoption.peers.reason", name="·", state="·", same="|", other="|").split("|")
    reasons = page.get_by_role("listitem").filter(has_text=same[0].split("·")[-1].strip(") :*"))
    assert reasons.count() == 7

    page.locator("a[href*='solution=hal-plan']", has_text=words("adoption.known.open")).click()
    expect(title).to_contain_text("HAL-Plan – digitaler Zwilling")
    expect(title).to_contain_text("Kaiserslautern")
    expect(page).to_have_url(re.compile("solution=hal-plan"))
    settle(page)
    _fits(page)
    _says_range_and_what_is_missing(page, words)
    _is_the_same_for_a_colleague(page, browser, server.address)

    page.locator("main a[href^='solution?'], [data-testid=stMain] a[href^='solution?']").filter(
        has_text=words("adoption.known.profile")
    ).click()
    expect(title).to_have_text("HAL-Plan – digitaler Zwilling")
    settle(page)
    _fits(page)
    _open_from_navigation(page, words, "look", "lessons", on_phone=size == "phone")
    expect(title).to_contain_text(re.compile(r"\d+ (Erfahrungen|lessons)"))
    settle(page)
    _fits(page)
    assert "ags=07312000" in page.url and f"lang={lang}" in page.url
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def _fits(page) -> None:
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(SMALL_TARGETS) == []


def _says_range_and_what_is_missing(page, words) -> None:
    text = page.locator("[data-testid=stMain]").inner_text()
    low, high = map(int, re.search(r"(\d+)–(\d+) \w+ 100", text).groups())
    assert 0 <= low < high <= 100
    expect(page.get_by_role("heading", name=words("adoption.detail.missing"))).to_be_visible()
    assert page.locator("ol > li").count() >= 3


def _is_the_same_for_a_colleague(page, browser, address: str) -> None:
    assert len(page.url) <= 300
    assert "ags=07312000" in page.url
    other, _ = watched_page(browser, address, *page.viewport_size.values())
    other.goto(page.url)
    settle(other)
    main = "[data-testid=stMain]"
    assert other.locator(main).inner_text() == page.locator(main).inner_text()
    other.context.close()


def _open_from_navigation(page, words, section: str, name: str, on_phone: bool) -> None:
    if on_phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    else:
        page.get_by_text(words(f"frame.section.{section}"), exact=True).click()
    link = "stSidebarNavLink" if on_phone else "stTopNavDropdownLink"
    page.get_by_test_id(link).filter(has_text=words(f"frame.page.{name}")).click()


def test_the_first_screen_answers_without_scrolling(visit) -> None:
    page, _ = visit("/")
    low = """(selector) => Math.max(...[...document.querySelectorAll(selector)]
      .map((one) => one.getBoundingClientRect().bottom))"""
    assert re.search(r"\d+ von \d+ Lösungen", page.get_by_role("heading", level=1).inner_text())
    numbers = page.locator("[data-testid=stMetricValue]").all_inner_texts()
    assert [number.isdigit() for number in numbers] == [True, True, True]
    for selector in ("h1", ".tk-map-stage", "[data-testid=stMetricValue]"):
        assert page.evaluate(low, selector) <= 768
    assert int(page.locator(".tk-map").get_attribute("data-drawn")) > 0


@pytest.mark.parametrize(
    ("typed", "shown", "ags"),
    [
        ("kaisersl", "Kaiserslautern · kreisfreie Stadt", "07312000"),
        ("Köln", "Köln · kreisfreie Stadt", "05315000"),
        ("07312000", "Kaiserslautern · kreisfreie Stadt", "07312000"),
        ("Süderbrarup", "Süderbrarup · Gemeinde", "01059083"),
        ("suederbr", "Süderbrarup · Gemeinde", "01059083"),
    ],
)
def test_a_town_is_found_in_two_actions(typed: str, shown: str, ags: str, visit) -> None:
    page, _ = visit("/adoption")
    page.get_by_label(read_words("de")("frame.my_town_search")).press_sequentially(typed)
    page.get_by_role("button", name=re.compile(f"{shown}")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(shown.split(" · ")[0])
    settle(page)
    assert f"ags={ags}" in page.url
