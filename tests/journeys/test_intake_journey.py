"""A file of an office, as a person brings it in: read, mended, looked at, published, taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.running import ROOT, settle, start_server, watched_page
from views.texts import Formats, read_names, read_words

pytestmark = pytest.mark.browser

# As GENESIS hands it out: cp1252, header rows, a lost zero, a dash, footnotes, a stand.
FILE = """Tabelle: 12411-01-01-4
Bevölkerung: Kreise, Stichtag;;;
Fortschreibung des Bevölkerungsstandes;;;
Bevölkerungsstand (Anzahl);;;
;;Stichtag;Stichtag
;;31.12.2024;31.12.2025
07311;Frankenthal (Pfalz), kreisfreie Stadt;49100;49250
7312;Kaiserslautern, kreisfreie Stadt;101400;123456
07313;Landau in der Pfalz, kreisfreie Stadt;48000;48111
08421;Ulm, Stadtkreis;129000;129500
__________
Ergebnisse auf Grundlage des Zensus 2022.
© Statistisches Bundesamt (Destatis), 2026
Stand: 24.02.2026 / 00:01:03
"""
MAP = "indicator=population&period=2025-12-31"


@pytest.fixture
def own_server(tmp_path: Path):
    """A dashboard of its own: what is published here disturbs no other test."""
    running = start_server(tmp_path)
    yield running
    running.stop()


def bring(page: Any, words: Any) -> None:
    """Upload the file and wait for its findings."""
    upload = {"name": "12411-01-01-4.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    page.locator("input[type=file]").set_input_files(upload)
    expect(page.get_by_role("heading", name=words("upload.findings"))).to_be_visible()
    settle(page)


def decide(page: Any, words: Any) -> None:
    """A table nobody brought before: its indicator and its source are chosen from lists."""
    main = page.locator("[data-testid=stMain]")
    label = words("upload.label_choice", label="Bevölkerungsstand")
    population = read_names(ROOT / "data" / "names", words.lang)("indicator", "population")
    for field, typed in ((label, population), (words("upload.source_choice"), "12411-0015")):
        box = page.get_by_label(field)
        box.click()
        box.press_sequentially(typed)
        page.get_by_role("option", name=typed).first.click()
        expect(page.get_by_role("option")).to_have_count(0)
        expect(box).to_have_value(re.compile(re.escape(typed)))
    page.get_by_role("button", name=words("upload.choices_apply")).click()
    # six values may go out; the two behind the lost zero wait until somebody has looked at it
    expect(main).to_contain_text(words("upload.rows_wait", n=2))
    expect(page.get_by_role("button", name=words("upload.publish", count="6"))).to_be_visible()
    settle(page)
    restored = {"kind": words("upload.repair.lost_zero"), "value": "7312", "proposal": "07312"}
    page.get_by_text(words("upload.repair_all", n=1, row=8, **restored)).click()
    page.get_by_role("button", name=words("upload.repairs_apply")).click()
    expect(page.get_by_role("button", name=words("upload.publish", count="8"))).to_be_visible()
    settle(page)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_from_the_file_to_the_map_and_back(lang, browser, own_server):
    words = read_words(lang)
    page, watch = watched_page(browser, own_server.address)
    page.goto(f"{own_server.address}/upload?lang={lang}")
    settle(page)
    expect(page.get_by_text(words("upload.rule.local"))).to_be_visible()
    bring(page, words)
    expect(page.get_by_text(words("upload.nothing_to_publish"))).to_be_visible()
    expect(page.get_by_text(words("upload.encoding.cp1252"))).to_be_visible()
    decide(page, words)

    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text(words("upload.preview_new"))
    page.get_by_label(words("upload.person"), exact=True).fill("A. Example")
    page.get_by_label(words("upload.note"), exact=True).fill("2025")
    page.get_by_role("button", name=re.compile(words("upload.publish", count="8"))).click()
    headline = page.get_by_role("heading", name=re.compile(words("upload.published", number="")))
    expect(headline).to_be_visible()

    other, _ = watched_page(browser, own_server.address)
    other.goto(f"{own_server.address}/map?lang={lang}&{MAP}")
    settle(other)
    drawn = other.locator("[data-testid=stMain]")
    expect(drawn).to_contain_text(Formats(lang).date("2025-12-31"))

    page.get_by_role("button", name=words("versions.undo")).click()
    taken = page.get_by_role("heading", name=re.compile(words("versions.state.undone")))
    expect(taken).to_be_visible()
    other.reload()
    settle(other)
    expect(drawn).not_to_contain_text(Formats(lang).date("2025-12-31"))
    for one in (page, other):
        one.context.close()
    assert (watch.foreign, watch.faults) == ([], [])
