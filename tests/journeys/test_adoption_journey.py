"""From a town to a council paper: verdict, weights, checklist, shortlist, both files opened."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from playwright.sync_api import expect

from tests.journeys.running import settle, watched_page
from tests.journeys.test_job import SIZES, SMALL_TARGETS, TOO_WIDE
from views.texts import LANGUAGES, read_words

pytestmark = pytest.mark.browser

CALLED = "solution=partheland-buergermessstationen"
JOURNEYS = (
    ("07312000", "Kaiserslautern", "de", "desk"),
    ("01059083", "Süderbrarup", "en", "phone"),
    ("03252", "Hameln-Pyrmont", "de", "phone"),
    ("09679170", "Ochsenfurt", "en", "desk"),
)


def fits(page: Any) -> None:
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(SMALL_TARGETS) == []


def ends(page: Any) -> tuple[int, int]:
    text = page.locator(".st-key-lead_answer").inner_text()
    low, high = re.search(r"(\d+)–(\d+)", text).groups()
    return int(low), int(high)


@pytest.mark.parametrize(("ags", "town", "lang", "size"), JOURNEYS)
def test_verdict_checklist_shortlist_paper(ags, town, lang, size, visit) -> None:
    words = read_words(lang)
    width, height = SIZES[size]
    page, watch = visit(f"/adoption?ags={ags}&lang={lang}", width=width, height=height)
    expect(page.get_by_role("heading", level=1)).to_contain_text(town)
    fits(page)

    page.goto(re.sub(r"\?.*", f"?ags={ags}&lang={lang}&solution=masterportal", page.url))
    settle(page)
    fits(page)
    agreed = ends(page)
    answer = page.locator(".st-key-lead_answer")
    said = answer.inner_text()
    page.get_by_role("radio", name=words("weights.name_equal")).click()
    expect(answer).not_to_have_text(said)
    assert ends(page) != agreed
    page.get_by_role("radio", name=words("weights.name_agreed")).click()
    expect(answer).to_have_text(said)

    need = page.locator(".st-key-need_mp-geodienste")
    need.get_by_role("radio", name=words("checklist.not_met")).click()
    blocked = words("adoption.verdict.blocked", reasons="")[:9]
    expect(answer).to_contain_text(re.compile(blocked, re.IGNORECASE))
    need.get_by_role("radio", name=words("checklist.met"), exact=True).click()
    expect(answer).not_to_contain_text(re.compile(blocked, re.IGNORECASE))
    assert "met=" not in page.url

    page.get_by_role("button", name=words("shortlist.add")).click()
    expect(page.get_by_role("button", name=words("shortlist.remove"))).to_be_visible()
    fits(page)
    _both_files(page, words, town)

    page.goto(re.sub(r"/adoption.*", f"/shortlist?ags={ags}&lang={lang}&ids=masterportal,dipas",
                     page.url))  # fmt: skip
    settle(page)
    fits(page)
    text = page.locator("[data-testid=stMain]").inner_text()
    assert words("shortlist.not_distinguishable") in text
    assert len(page.url) <= 300
    assert (watch.foreign, watch.faults) == ([], [])


def test_points_answer_to_keys_and_a_link_in_a_card_keeps_them(visit) -> None:
    words = read_words("de")
    page, watch = visit("/adoption?ags=07312000&lang=de&weights=03000000", width=1366, height=768)
    cards, sliders = page.locator(".card-list"), page.get_by_role("slider")
    expect(sliders).to_have_count(8)
    said = cards.text_content()
    sliders.first.press("ArrowRight")
    expect(cards).not_to_have_text(said)
    expect(page.get_by_text("(25 %)", exact=False)).to_be_visible()
    sliders.first.press("ArrowLeft")
    expect(cards).to_have_text(said)
    sliders.nth(1).press("Home")
    expect(page.get_by_text(words("weights.all_zero"))).to_be_visible()
    expect(sliders.nth(1)).to_have_value("3")
    sliders.nth(2).press("End")
    expect(page.get_by_text("(75 %)", exact=False)).to_be_visible()
    page.get_by_text(words("weights.in_address")).click()
    expect(page).not_to_have_url(re.compile("weights="))
    cards.get_by_role("link").last.click()
    expect(page.locator(".st-key-lead_answer")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(sliders.nth(2)).to_have_value("9")
    assert "solution=" in page.url
    settle(page)
    page.go_back()
    expect(cards).to_be_visible()
    profiles = page.locator(".card-grid").get_by_role("link", name=words("adoption.known.profile"))
    profiles.first.click()
    expect(page).to_have_url(re.compile("/solution[?].*solution="))
    settle(page)
    page.go_back()
    expect(cards).to_be_visible()
    assert (watch.foreign, watch.faults) == ([], [])


def _both_files(page: Any, words: Any, town: str) -> None:
    pdf = _download(page, words("paper.load_pdf"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
        assert bool(opened.Root.MarkInfo.Marked)
    document = Document(io.BytesIO(_download(page, words("paper.load_docx"))))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert town in text
    assert words("paper.section_next_step") in text
    assert f"/adoption?lang={words.lang}" in text


def _download(page: Any, label: str) -> bytes:
    with page.expect_download() as waited:
        page.get_by_role("button", name=label).click()
    return Path(waited.value.path()).read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_council_member_on_the_phone(lang, visit, browser, server) -> None:
    """From the start page to a paper with own answers, a shortlist and a link for a colleague."""
    words = read_words(lang)
    width, height = SIZES["phone"]
    page, watch = visit(f"/?lang={lang}", width=width, height=height, has_touch=True)
    title = page.get_by_role("heading", level=1)
    page.get_by_label(words("frame.my_town_search")).press_sequentially("ochsenf")
    page.get_by_role("button", name=re.compile("Ochsenfurt ·")).tap()
    page.get_by_role("link", name=words("overview.town_open", town="Ochsenfurt")).tap()
    expect(title).to_have_text(words("adoption.title_town", town="Ochsenfurt"))
    settle(page)

    page.locator(f"a[href*='{CALLED}']", has_text=words("adoption.known.profile")).first.tap()
    expect(title).to_have_text("Bürgermessstationen Partheland")
    settle(page)
    for name in ("cost", "contact"):
        expect(page.locator(f".st-key-card_{name}")).to_contain_text(re.compile(r"\w{3}"))
    page.locator(".st-key-card_adoption a").tap()
    expect(page).to_have_url(re.compile("/adoption"))
    settle(page)

    answer = page.locator(".st-key-lead_answer")
    said = answer.inner_text()
    page.get_by_role("radio", name=words("checklist.not_met")).first.tap()
    expect(answer).not_to_have_text(said)
    settle(page)
    fits(page)
    _both_files(page, words, "Ochsenfurt")
    page.get_by_text(words("whatif.letter_open")).tap()
    expect(page.locator("[data-testid=stCode]")).to_contain_text("Ochsenfurt")

    _two_on_the_shortlist(page, words, title)
    assert "met=" not in page.url
    page.get_by_text(words("checklist.in_address")).tap()
    expect(page).to_have_url(re.compile("unmet="))
    settle(page)
    assert len(page.url) <= 300
    assert f"lang={lang}" in page.url and "ags=09679170" in page.url
    _same_for_a_colleague(page, browser, server.address)
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def _two_on_the_shortlist(page: Any, words: Any, title: Any) -> None:
    page.get_by_role("button", name=words("shortlist.add")).tap()
    expect(page.get_by_role("button", name=words("shortlist.remove"))).to_be_visible()
    page.get_by_role("link", name=words("adoption.detail.back")).tap()
    expect(title).to_have_text(words("adoption.title_town", town="Ochsenfurt"))
    settle(page)
    page.locator("a[href*='solution=smart-village-app']").first.tap()
    expect(title).to_contain_text("Smart Village App")
    settle(page)
    page.get_by_role("button", name=words("shortlist.add")).tap()
    page.locator("[data-testid=stMain] a[href^='shortlist?']").first.tap()
    expect(page).to_have_url(re.compile("/shortlist.*ids="))
    settle(page)
    fits(page)


def _same_for_a_colleague(page: Any, browser: Any, address: str) -> None:
    other, _ = watched_page(browser, address, *page.viewport_size.values())
    other.goto(page.url)
    settle(other)
    main = "[data-testid=stMain]"
    assert other.locator(main).inner_text() == page.locator(main).inner_text()
    other.context.close()
