"""The analyst's walk: template, file of an office, repairs, consequence, map, undo, own tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.running import ROOT, Server, Watch, settle, start_server, watched_page
from views.texts import Formats, read_names, read_words

pytestmark = pytest.mark.browser

# As GENESIS hands it out: cp1252, header rows, a lost zero, footnotes, a stand.
FILE = """GENESIS-Tabelle: 12411-01-01-4
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
OFFICIAL = "dirty/d02_regionalstatistik_12411-01-01-4_bevoelkerung_2021.csv"


@pytest.fixture
def own_server(tmp_path: Path, own_folder: Path):
    """A dashboard of its own: what is published here disturbs no other test."""
    running = start_server(tmp_path, TRANSFERKOMPASS_STORE=str(own_folder))
    yield running
    running.stop()


@pytest.fixture
def analyst(browser, own_server):
    """Pages of one analyst, each with its watch; at the end nothing was asked of other hosts."""
    opened: list[tuple[Any, Watch]] = []

    def new_page() -> Any:
        opened.append(watched_page(browser, own_server.address, accept_downloads=True))
        return opened[-1][0]

    yield new_page
    for page, watch in opened:
        page.context.close()
        assert (watch.foreign, watch.faults) == ([], [])


def go(page: Any, server: Server, path: str) -> None:
    page.goto(server.address + path)
    settle(page)


def take(page: Any, label: str) -> bytes:
    """What a button hands out."""
    with page.expect_download() as given:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(given.value.path()).read_bytes()


def put(page: Any, words: Any, name: str, content: bytes) -> None:
    """Choose a file; that it is read is said beside it, without scrolling."""
    upload = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(upload)
    see_read(page, words)


def drop(page: Any, words: Any, file: Path) -> None:
    """Drag a file of the disk over the window onto the place for files, and let it go."""
    zone = page.get_by_test_id("stFileUploaderDropzone")
    expect(zone).to_be_in_viewport()
    box = zone.bounding_box()
    hand = page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": kind, **at, "data": dragged})
    see_read(page, words)
    expect(page.get_by_text(file.name).first).to_be_visible()


def see_read(page: Any, words: Any) -> None:
    """What was read stands beside the file."""
    answer = page.locator(".st-key-upload_answer")
    expect(answer).to_contain_text(words("upload.read"))
    settle(page)
    expect(answer.get_by_role("link", name=words("upload.jump_outcome"))).to_be_in_viewport()


def publish(page: Any, words: Any, count: str, note: str) -> None:
    """Name, reason, button; the answer stands in sight."""
    page.get_by_label(words("upload.person"), exact=True).fill("A. Example")
    page.get_by_label(words("upload.note"), exact=True).fill(note)
    page.get_by_role("button", name=words("upload.publish", count=count)).click()
    headline = page.get_by_role("heading", name=re.compile(words("upload.published", number="")))
    expect(headline).to_be_in_viewport()


def undo(page: Any, words: Any) -> None:
    """Two clicks: the versions, the newest of them."""
    page.get_by_role("link", name=words("upload.see_versions")).click()
    card = page.locator("[class*=card_version_]").first
    card.get_by_role("button", name=words("versions.undo")).click()
    expect(card).to_contain_text(words("versions.state.undone"))


def see_on_map_and_return(page: Any, words: Any, lang: str) -> None:
    """The published figures on the map; back on the upload page all stands as it was left."""
    page.get_by_role("link", name=words("upload.see_map")).click()
    expect(page.locator("[data-testid=stMain]")).to_contain_text(Formats(lang).date("2025-12-31"))
    settle(page)
    page.go_back()
    expect(page.get_by_text(words("upload.put_away"))).to_be_visible()
    headline = page.get_by_role("heading", name=re.compile(words("upload.published", number="")))
    expect(headline).to_be_visible()
    settle(page)


def decide(page: Any, words: Any) -> None:
    """A table nobody brought before: its indicator and its source are chosen from lists."""
    main = page.locator("[data-testid=stMain]")
    choose(page, words, "Bevölkerungsstand", "12411-0015")
    # six values may go out; the two behind the lost zero wait until somebody has looked at it
    expect(main).to_contain_text(words("upload.rows_wait", n=2))
    expect(page.get_by_role("button", name=words("upload.publish", count="6"))).to_be_visible()
    settle(page)
    restored = {"kind": words("upload.repair.lost_zero"), "value": "7312", "proposal": "07312"}
    page.get_by_text(words("upload.repair_all", n=1, row=8, **restored)).click()
    page.get_by_role("button", name=words("upload.repairs_apply")).click()
    expect(page.get_by_role("button", name=words("upload.publish", count="8"))).to_be_visible()
    settle(page)


def choose(page: Any, words: Any, label: str, source: str) -> None:
    """The indicator a label of the file means, and the source of its rows."""
    label = words("upload.label_choice", label=label)
    population = read_names(ROOT / "data" / "names", words.lang)("indicator", "population")
    for field, typed in ((label, population), (words("upload.source_choice"), source)):
        box = page.get_by_label(field)
        box.click()
        box.press_sequentially(typed)
        # indicators stand with their meaning, so the name alone would also hit other meanings
        is_wanted = re.compile(rf"^{re.escape(typed)}( –|$)|\({re.escape(typed)}\)$")
        page.get_by_role("option", name=is_wanted).first.click()
        expect(page.get_by_role("option")).to_have_count(0)
        expect(box).to_have_value(re.compile(re.escape(typed)))
    page.get_by_role("button", name=words("upload.choices_apply")).click()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_from_the_file_to_the_map_and_back(lang, analyst, own_server, tmp_path):
    words, page = read_words(lang), analyst()
    go(page, own_server, f"/upload?lang={lang}")
    main = page.locator("[data-testid=stMain]")
    expect(page.get_by_text(words("upload.rule.local"))).to_be_visible()
    put(page, words, "template.csv", take(page, words("upload.template_load")))
    expect(main).to_contain_text(words("upload.preview_nothing"))

    go(page, own_server, f"/upload?lang={lang}")
    dirty = tmp_path / "12411-01-01-4.csv"
    dirty.write_bytes(FILE.encode("cp1252"))
    drop(page, words, dirty)
    expect(page.get_by_text(words("upload.nothing_to_publish"))).to_be_visible()
    expect(page.get_by_text(words("upload.encoding.cp1252"))).to_be_visible()
    page.get_by_role("link", name=words("upload.jump_choices")).click()
    needed = page.get_by_role("heading", name=words("upload.choices_needed"))
    expect(needed).to_be_in_viewport()
    remarks = take(page, words("upload.annotated")).decode("utf-8-sig")
    assert FILE.splitlines()[6] in remarks
    assert "Bevölkerungsstand" in remarks
    decide(page, words)

    expect(main).to_contain_text(words("upload.preview_new"))
    publish(page, words, "8", "2025")
    other = analyst()
    go(other, own_server, f"/map?lang={lang}&{MAP}")
    drawn = other.locator("[data-testid=stMain]")
    expect(drawn).to_contain_text(Formats(lang).date("2025-12-31"))
    see = page.get_by_role("link", name=words("upload.see_map"))
    expect(see).to_have_attribute("href", re.compile("period=2025-12-31"))
    see_on_map_and_return(page, words, lang)

    undo(page, words)
    other.reload()
    settle(other)
    expect(drawn).not_to_contain_text(Formats(lang).date("2025-12-31"))


def test_an_official_table_dragged_in(analyst, own_server, shared_data):
    words, page = read_words("de"), analyst()
    official = shared_data / OFFICIAL
    go(page, own_server, "/upload?lang=de")
    drop(page, words, official)
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text(words("upload.encoding.cp1252"))
    expect(main).to_contain_text(words("upload.choices_needed"))
    choose(page, words, "Insgesamt", "12411-0015")
    settle(page)
    # values the store holds already are no change, so the number of changes is its own
    sentence = re.escape(words("upload.publish", count="§").split("§")[0])
    label = page.get_by_role("button", name=re.compile(sentence)).inner_text()
    count = re.search(rf"{sentence}(\d+)", label)[1]
    publish(page, words, count, "2021")
    undo(page, words)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_lesson_of_ones_own_from_the_form_to_the_list_and_its_removal(lang, analyst, own_server):
    words, page = read_words(lang), analyst()
    go(page, own_server, f"/lessons?lang={lang}")
    page.get_by_text(words("lessons.own_open")).click()
    page.get_by_label(words("lessons.own_text")).fill("LoRaWAN braucht eigenen Notstrom.")
    page.get_by_label(words("lessons.own_source")).fill("https://example.org/lorawan")
    page.get_by_label(words("lessons.own_source")).press("Enter")
    settle(page)
    row = take(page, words("lessons.own_download"))
    page.get_by_role("link", name=words("frame.page.upload")).click()
    expect(page.get_by_role("heading", name=words("upload.headline"))).to_be_visible()
    settle(page)
    put(page, words, "lessons.csv", row)
    expect(page.get_by_text(words("findings.none"))).to_be_visible()
    publish(page, words, "1", "LoRaWAN")
    page.get_by_role(
        "link", name=words("upload.see_page", page=words("frame.page.lessons"))
    ).click()
    expect(page.get_by_text("LoRaWAN braucht eigenen Notstrom.").first).to_be_visible()


LARGE = 700_000
LINE = "07312000;population;{year}-12-31;{value};;;persons;destatis_register_2023\n"


@pytest.fixture(scope="module")
def large_file(tmp_path_factory) -> Path:
    """A long table that takes a while to read."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("ags;indicator;period;value;missing;flag;unit;source\n")
        file.writelines(LINE.format(year=1900 + n % 90, value=n) for n in range(LARGE))
    return path


def test_a_large_file_shows_how_far_it_is_and_can_be_cancelled(analyst, own_server, large_file):
    words, page = read_words("de"), analyst()
    go(page, own_server, "/upload?lang=de")
    page.locator("input[type=file]").set_input_files(large_file)
    bar = page.locator(".st-key-reading").get_by_role("progressbar")
    expect(bar).to_be_in_viewport()
    stage = words("upload.stage.reading", seconds="").split(" ")[0]
    expect(page.locator(".st-key-reading")).to_contain_text(stage)
    page.get_by_role("button", name=words("upload.cancel")).click()
    answer = page.locator(".st-key-upload_answer")
    expect(answer).to_contain_text(words("upload.cancelled"))
    settle(page)
    expect(page.get_by_role("heading", name="large.csv")).to_have_count(0)
    page.get_by_role("button", name=words("upload.read_again")).click()
    expect(bar).to_be_in_viewport()
    expect(answer).to_contain_text(words("upload.read"))
    expect(answer).to_contain_text(Formats("de").number(LARGE))
