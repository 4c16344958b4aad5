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

from tests.journeys.running import settle
from tests.journeys.test_job import SIZES, SMALL_TARGETS, TOO_WIDE
from views.texts import read_words

pytestmark = pytest.mark.browser

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
