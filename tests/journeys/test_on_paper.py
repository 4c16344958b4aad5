"""The pages that compare, printed: what is folded in on the screen stands open on paper."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PATHS = {
    "compare": "/compare?lang=de&ags=07312000",
    "outcomes": "/outcomes?lang=en",
    "profile": "/profile?lang=de&ags=07312000",
}
FOLDED = """() => [...document.querySelectorAll("details")].map((one) =>
  one.getBoundingClientRect().height - one.querySelector("summary").offsetHeight)"""
TABLES = """() => {
  const seen = (one) => one.getBoundingClientRect().height > 0;
  return [...document.querySelectorAll('[class*="st-key-paper_"]')].map((one) => ({
    canvas: [...one.querySelectorAll("canvas")].some(seen),
    rows: [...one.querySelectorAll("tbody tr")].filter(seen).length,
  }));
}"""


@pytest.mark.parametrize("name", PATHS)
def test_formula_inputs_and_tables_are_printed(name: str, visit) -> None:
    page, _ = visit(PATHS[name])
    assert max(page.evaluate(FOLDED)) < 20
    page.emulate_media(media="print")
    page.wait_for_timeout(500)
    assert min(page.evaluate(FOLDED)) > 20
    # The tables of the screen scroll; on paper stands every row, or how many more there are.
    tables = page.evaluate(TABLES)
    assert all(not one["canvas"] and one["rows"] > 0 for one in tables)
    assert max(one["rows"] for one in tables) > 10
