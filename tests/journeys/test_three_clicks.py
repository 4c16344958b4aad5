"""Any question about a solution is answered after at most three clicks from the start page."""

from __future__ import annotations

import pytest

from tests.journeys.running import settle
from views.texts import LANGUAGES, read_words

pytestmark = pytest.mark.browser

SECTIONS = ("stage", "spread", "learnt", "questions", "cost", "use", "needs", "parts", "evidence")
ANSWERS = ("stage", "spread", "cost", "contact")
TEXT_UNTIL_NEXT = """(name) => {
  const heading = document.getElementById(name);
  const all = [...document.querySelectorAll(
    "[data-testid=stMain] h2, [data-testid=stMain] p, [data-testid=stMain] li, .stDataFrame")];
  const from = all.findIndex((one) => one.contains(heading) || one === heading);
  const rest = all.slice(from + 1);
  const end = rest.findIndex((one) => one.tagName === "H2");
  return rest.slice(0, end < 0 ? rest.length : end)
    .map((one) => one.textContent.trim()).join(" ").trim();
}"""


class Walk:
    """Counts the clicks of a visitor."""

    def __init__(self, page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_about_a_solution_is_three_clicks_away(lang: str, visit) -> None:
    page, watch = visit(f"/?lang={lang}&ags=07312000")
    walk = Walk(page)
    walk.click(".st-key-card_way_solutions a")
    page.wait_for_selector(".st-key-solution_grid")
    settle(page)
    walk.click(".st-key-choice_find input")
    page.keyboard.type("Leezenflo")
    walk.click(".st-key-card_muenster-leezenflow a, .st-key-card_leezenflow a")
    page.wait_for_selector("h1:has-text('Leezenflow')")
    settle(page)
    assert walk.clicks == 3
    for name in ANSWERS:
        head = read_words(lang)(f"solution.answer.{name}")
        said = page.locator(f".st-key-card_{name}").inner_text().replace(head, "").strip()
        assert len(said) >= 3, name
    said = {name: page.evaluate(TEXT_UNTIL_NEXT, name) for name in SECTIONS}
    assert {name for name, text in said.items() if len(text) < 3} == set()
    assert page.locator(".st-key-card_adoption a").get_attribute("href").count("07312000") == 1
    assert (watch.foreign, watch.faults, watch.missing) == ([], [], [])
