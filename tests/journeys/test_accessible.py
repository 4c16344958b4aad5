"""No serious fault for people who hear, tab or need contrast, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/",
    "map": "/map?place=16053&places_shown=1",
    "adoption": "/adoption?ags=07312000",
    "one judgement": "/adoption?ags=07312000&solution=hal-plan",
    "solutions": "/solutions",
    "compare": "/compare",
    "stories": "/stories?ags=07312000",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_fault(name: str, scheme: str, visit) -> None:
    page, _ = visit(PAGES[name], scheme=scheme)
    assert _serious(_violations(page)) == []


def test_a_planted_fault_is_found(visit) -> None:
    page, _ = visit("/upload")
    page.evaluate(
        """() => { const faint = document.createElement("p"); faint.textContent = "faint";
                   faint.style = "color: #ccc; background: #fff";
                   document.querySelector("h1").after(faint, document.createElement("button")); }"""
    )
    rules = {fault.split(":")[0] for fault in _serious(_violations(page))}
    assert rules == {"color-contrast", "button-name"}


def _violations(page) -> list[dict]:
    found = Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 15
    return found["violations"]


def _serious(violations: list[dict]) -> list[str]:
    """Rule, place and cause of each fault that keeps somebody out."""
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
