"""The shipped story, taken from its page as every kind of file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import html
from pptx import Presentation

from tests.journeys.running import settle

pytestmark = pytest.mark.browser
STEPS = 5


def test_the_programme_can_be_taken_as_every_file(visit) -> None:
    page, watch = visit("/stories")
    page.locator(".st-key-story_take_programme summary").click()
    page.locator(".st-key-story_zip_programme").wait_for()
    settle(page)
    made = {}
    for name in ("pptx", "pdf", "html", "zip"):
        button = page.locator(f".st-key-story_{name}_programme button").first
        with page.expect_download() as waited:
            button.click()
        made[name] = Path(waited.value.path()).read_bytes()
        assert waited.value.suggested_filename.startswith("transferkompass-programme-v")
    slides = Presentation(io.BytesIO(made["pptx"])).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    with pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        assert len(pdf.pages) == len(titles) == STEPS
    tree = html.fromstring(made["html"].decode())
    heads = {
        lang: [one.text for one in tree.xpath(f"//div[@data-lang='{lang}']//h2")]
        for lang in ("de", "en")
    }
    assert heads["de"] == titles
    assert len(heads["en"]) == STEPS
    assert not set(heads["en"]) & set(heads["de"])
    links = tree.xpath("//div[@data-lang='en']//div[@class='code']/a/@href")
    assert [one.partition("lang=")[2][:2] for one in links] == ["en"] * STEPS
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as archive:
        assert "index.html" in archive.namelist()
    assert watch.foreign == []
