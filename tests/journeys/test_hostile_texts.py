"""Names, notes and popups full of script, markup and tricks: shown as letters, never run."""

from __future__ import annotations

import pytest

from tests.hostile import TEXTS, hostile_data
from tests.journeys.running import settle, start_server, watched_page
from views.texts import read_words

pytestmark = pytest.mark.browser

OBSERVATIONS = ("destatis_districts_2023.csv", "destatis_register_2023.csv")
PATHS = {
    "map": "/map?ags=07312000",
    "spread": "/transfer",
    "network": "/transfer?picture=network",
    "matrix": "/transfer?picture=matrix",
    "solution": "/solution?solution=hal-plan",
    "project": "/project?project=cut",
    "lessons": "/lessons",
    "compare": "/compare?ags=07312000",
    "profile": "/profile?ags=07312000",
    "adoption": "/adoption?ags=07312000",
    "one judgement": "/adoption?ags=07312000&solution=hal-plan",
}
# Every popup is opened and every mark is pointed at, as no test could click them all.
POPUPS = """() => {
  const marks = [...document.querySelectorAll(".tk-mark")];
  for (const mark of marks) {
    for (const name of ["mouseover", "focus", "click"])
      mark.dispatchEvent(new MouseEvent(name, { bubbles: true }));
  }
  return marks.length;
}"""


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    cells = hostile_data(folder / "data", OBSERVATIONS)
    assert cells > 10 * len(TEXTS)
    running = start_server(folder, TRANSFERKOMPASS_DATA=str(folder / "data"))
    yield running
    running.stop()


def test_there_are_three_hundred() -> None:
    assert len(set(TEXTS)) >= 300


@pytest.mark.parametrize("name", PATHS)
def test_nothing_runs_nothing_is_asked_nothing_breaks(name: str, browser, spoilt) -> None:
    page, watch = watched_page(browser, spoilt.address, width=390, height=844)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(spoilt.address + PATHS[name])
    settle(page)
    text = page.locator("[data-testid=stMain]").inner_text()
    assert read_words("de")("frame.went_wrong") not in text
    for frame in page.frames[1:]:
        assert frame.evaluate(POPUPS) >= 3
        page.wait_for_timeout(400)
        text += frame.locator("body").inner_text()
        assert frame.evaluate("document.body.scrollWidth <= innerWidth")
    # The texts are there, as letters.
    assert "struck" in text + page.content()
    assert "1337" not in text
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("top.struck ?? 0") == 0
    assert (watch.foreign, dialogs) == ([], [])
    page.context.close()


def test_an_address_in_a_crafted_link_is_said_but_leads_nowhere(browser, spoilt) -> None:
    page, _ = watched_page(browser, spoilt.address)
    page.goto(spoilt.address + "/solutions?field=www.evil.example%20https://evil.example/x")
    settle(page)
    main = page.locator("[data-testid=stMain]")
    assert "evil.example" in main.inner_text()
    assert main.locator("a[href*='evil.example']:not([href*='field='])").count() == 0
    page.context.close()


def test_a_planted_script_is_seen_in_page_and_frame(browser, spoilt) -> None:
    page, _ = watched_page(browser, spoilt.address)
    page.goto(f"{spoilt.address}/project?project=cut")
    settle(page)
    plant = """() => { const box = document.createElement("div"); document.body.append(box);
      box.innerHTML = "<img src=x onerror='top.struck=(top.struck||0)+1'>"; }"""
    for place in (page, page.frames[1]):
        place.evaluate(plant)
    page.wait_for_function("() => top.struck >= 2")
    assert page.evaluate("top.struck") == 2
    page.context.close()
