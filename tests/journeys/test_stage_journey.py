"""Twelve minutes on a stage with no network: every step drawn and readable, windows in step."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import zxingcpp
from PIL import Image

from loaders.rooms import Rooms
from tests.journeys.running import (
    DRAWN,
    IDLE,
    PATIENCE,
    ROOT,
    STILL,
    start_server,
    watched_page,
)

pytestmark = pytest.mark.browser

SIZE = {"width": 1920, "height": 1080}
LEAST_TYPE, LEAST_CODE = 24, 0.15
# Every text on the screen with its real size, also inside scaled drawings.
TEXTS = """() => {
  const found = [];
  const stage = document.querySelector(".st-key-stage");
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest("style, .st-key-stage_keys")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(parent);
    if (box.width < 2 || box.height < 2 || style.visibility === "hidden") continue;
    const matrix = parent.getScreenCTM?.();
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
    found.push({
      text: node.textContent.trim().slice(0, 60),
      size: scale * parseFloat(style.fontSize),
      inside: Math.min(box.left, box.top) >= 0
        && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1,
    });
  }
  return found;
}"""
INK = """() => {
  const canvas = [...document.querySelectorAll(".st-key-stage .tk-map canvas")];
  const kinds = ".st-key-stage .main-svg path, .stage-table td, .stage-figures li";
  const marks = document.querySelectorAll(kinds);
  return { map: Number(document.querySelector(".st-key-stage .tk-map")?.dataset.drawn ?? 0),
    canvases: canvas.length, marks: marks.length };
}"""

# Ground, ink and type of a window that has no story to show.
LOOKS = """(box) => ({
  paper: getComputedStyle(box).backgroundColor,
  texts: [...box.querySelectorAll("h1, p")].map((one) => {
    const style = getComputedStyle(one);
    return { ink: style.color, size: parseFloat(style.fontSize) };
  }),
})"""


def still(page: Any, step: int) -> None:
    """Wait until a step stands drawn on the stage."""
    page.wait_for_selector(f".stage-dots[aria-label*=' {step} ']", timeout=PATIENCE * 1000)
    page.wait_for_selector(IDLE, timeout=PATIENCE * 1000)
    page.wait_for_function(DRAWN, timeout=PATIENCE * 1000)
    page.evaluate(STILL)


def read_code(picture: bytes) -> str:
    """The address a QR code holds."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return str(found.text)


def check_views(taken: list[str], lang: str) -> None:
    """The codes open exactly the five views of the story, in the language of the talk."""
    views = [urlsplit(one) for one in taken]
    assert [one.path for one in views] == [
        "/solution",
        "/transfer",
        "/lessons",
        "/transfer",
        "/adoption",
    ]
    assert {dict(parse_qsl(one.query))["lang"] for one in views} == {lang}


def check_blank_key(page: Any) -> None:
    """Both keys that clickers send blank the screen, and the next key brings it back."""
    for blank, key in (("b", "."), (".", "b")):
        page.keyboard.press(blank)
        page.locator(".stage-dark").wait_for()
        page.keyboard.press(key)
        page.locator(".stage-dark").wait_for(state="detached")


def headline(page: Any) -> str:
    return page.locator(".stage-headline").inner_text()


@pytest.fixture
def window(browser, server):
    """Open windows of the stage that reach no other host."""
    contexts = []

    def open_window(path: str, **size: int):
        page, watch = watched_page(browser, server.address, **(size or SIZE))
        contexts.append(page.context)
        page.goto(f"{server.address}{path}")
        return page, watch

    yield open_window
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("theme", "lang"), [("light", "de"), ("dark", "en")])
def test_a_whole_story_by_clicker_without_network(theme: str, lang: str, window):
    # Longer than others: one walk is one test, each turn rests on the one before.
    page, watch = window(f"/stories?theme={theme}&lang={lang}")
    page.locator(".st-key-card_story_hal-plan [data-testid=stPageLink] a").first.click()
    said, small, outside, taken = [], [], [], []
    for step in range(1, 6):
        still(page, step)
        said.append(headline(page))
        texts = page.evaluate(TEXTS)
        small += [one["text"] for one in texts if one["size"] < LEAST_TYPE - 0.01]
        outside += [one["text"] for one in texts if not one["inside"]]
        drawn = page.evaluate(INK)
        assert drawn["marks"] > 3 or (drawn["map"] > 0 and drawn["canvases"] > 1)
        code = page.locator(".stage-code").bounding_box()
        assert code["height"] >= LEAST_CODE * SIZE["height"]
        taken.append(read_code(page.locator(".stage-code").screenshot()))
        # No click before: a clicker is two keys.
        page.keyboard.press("PageDown" if step % 2 else "ArrowRight")
    assert (small, outside) == ([], [])
    assert len(set(said)) == 5
    check_views(taken, lang)
    page.keyboard.press("PageUp")
    still(page, 4)
    page.reload()
    still(page, 4)
    assert headline(page) == said[3]
    ground = page.locator(".st-key-stage").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(10, 18, 22)"}[theme]
    check_blank_key(page)
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/transfer"), timeout=PATIENCE * 1000)
    # Looking around, even into a story of one's own, is one link away from the step.
    page.locator(".st-key-add_to_story button").click()
    page.get_by_role("link", name=re.compile(r"^(Meine Geschichte|My story) \(")).click()
    page.locator(".st-key-own_start").wait_for()
    page.locator(".st-key-tour a").click()
    still(page, 4)
    assert headline(page) == said[3]
    page.goto(page.url.replace("story=hal-plan", "story=nobody-knows"))
    page.locator(".st-key-stage_nothing a").wait_for()
    looks = page.locator(".st-key-stage_nothing").evaluate(LOOKS)
    assert looks["paper"] == ground
    assert looks["texts"] != [] and all(one["size"] >= LEAST_TYPE for one in looks["texts"])
    assert ground not in {one["ink"] for one in looks["texts"]}
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])


def test_audience_and_phone_follow_the_speaker(window):
    speaker, _ = window("/speaker?story=programme&step=1&lang=de", width=1366, height=768)
    speaker.wait_for_selector(".stage-clock b", timeout=PATIENCE * 1000)
    room = re.search(r"room=([\w-]+)", speaker.url).group(1)
    address = speaker.get_by_role("link", name="Publikumsfenster öffnen").get_attribute("href")
    audience, _ = window(address.removeprefix(address.split("/stage")[0]))
    still(audience, 1)
    assert "key=" not in audience.url
    speaker.keyboard.press("PageDown")
    still(audience, 2)

    speaker.get_by_role("button", name="Telefon als Fernbedienung").click()
    written = speaker.get_by_text(re.compile("^Code ")).inner_text()
    code = re.search(r"Code (\w{4}) (\w{4})", written)
    wrong, _ = window(f"/clicker?room={room}&code=AAAAAAAA", width=390, height=844)
    wrong.get_by_text("Der Code stimmt nicht", exact=False).wait_for()
    phone, _ = window(f"/clicker?room={room}&code={code[1]}{code[2]}", width=390, height=844)
    button = phone.get_by_role("button", name="Weiter ›")
    button.click()
    still(audience, 3)
    assert button.bounding_box()["height"] > 200
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    late, _ = window(f"/clicker?room={room}&code={code[1]}{code[2]}", width=390, height=844)
    late.get_by_text("Der Code ist schon verbraucht", exact=False).wait_for()
    speaker.get_by_text("Schritt 3 von 5").wait_for()


def test_the_audience_comes_back_by_itself_when_the_server_dies(browser, tmp_path: Path):
    first = start_server(tmp_path)
    rooms = Rooms(tmp_path / "store" / "rooms.sqlite")
    room, key = rooms.open_room("story=hal-plan", 3, 5, time.time())
    page, _ = watched_page(browser, first.address, **SIZE)
    second = None
    try:
        page.goto(f"{first.address}/stage?room={room.room}&lang=de")
        still(page, 3)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait(timeout=20)
        assert rooms.move(room.room, key, 4)
        second = _start_again(tmp_path, first.address.rsplit(":", 1)[1])
        still(page, 4)
        assert "step=4" in page.url
    finally:
        page.context.close()
        for process in (first.process, second):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(timeout=20)


def _start_again(folder: Path, port: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", port],
        cwd=ROOT,
        env={**os.environ, "TRANSFERKOMPASS_STORE": str(folder / "store")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )


def test_a_loop_turns_and_rests_after_a_touch(browser, server):
    page, _ = watched_page(browser, server.address, **SIZE)
    page.clock.install()
    page.goto(f"{server.address}/stage?story=programme&step=4&loop=20&lang=de")
    still(page, 4)
    page.clock.fast_forward(21_000)
    still(page, 5)
    page.mouse.click(900, 700)
    page.clock.fast_forward(25_000)
    page.wait_for_timeout(1500)
    assert "step=5" in page.url
    page.clock.fast_forward(40_000)
    page.wait_for_timeout(1000)
    page.clock.fast_forward(21_000)
    still(page, 1)
    page.context.close()


@pytest.mark.parametrize("size", [(1366, 768), (3840, 2160), (1024, 768)])
def test_a_chart_keeps_its_place_in_every_window(size: tuple[int, int], window):
    width, height = size
    page, _ = window("/stage?story=programme&step=2", width=width, height=height)
    still(page, 2)
    scale = min(width / SIZE["width"], height / SIZE["height"])
    chart = page.locator(".st-key-stage .main-svg").first.bounding_box()
    assert chart["width"] == pytest.approx(1760 * scale, rel=0.02)
    assert [one["text"] for one in page.evaluate(TEXTS) if not one["inside"]] == []
