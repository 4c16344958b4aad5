"""No page and no text holds a rank without its range, or a word the method forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.wording import FORBIDDEN, bare_ranks, offences
from views.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "compare": {"ags": "07312000"},
    "profile": {"ags": "07312000", "composite": "1"},
    "outcomes": {
        "solution": "dorfshuttle-suederbrarup",
        "indicator": "household_income_per_inhabitant",
    },
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("liegt auf Platz 3", ["Platz 3"]),
        ("rank 3 of 8", ["rank 3"]),
        ("zwischen Rang 2 und 5 von 8", []),
        ("between rank {low} and {high}", []),
        ("Rang {low}", ["Rang {low}"]),
        ("zwischen Rang 2 und 5, vorher Rang 4", ["Rang 4"]),
    ],
)
def test_the_scan_finds_ranks_without_a_range(text: str, found: list[str]) -> None:
    assert bare_ranks(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Das beweist den Nutzen.", 1),
        ("signifikant besser, beste Stadt", 2),
        ("Der Beweis steht aus.", 0),
    ],
)
def test_the_scan_finds_forbidden_words(text: str, found: int) -> None:
    assert len(offences(text, "de")) == found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_holds_a_bare_rank_or_a_forbidden_word(lang: str) -> None:
    faults = []
    for path in sorted((ROOT / "views" / "texts" / lang).glob("*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            words = bare_ranks(line) + [m.group() for m in re.finditer(FORBIDDEN[lang], line)]
            faults += [f"{path.name}:{number}: {word}" for word in words]
    assert faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_bare_rank_or_a_forbidden_word(page: str, lang: str, open_page) -> None:
    at = open_page(f"pages/compare/{page}.py", lang, **PAGES[page])
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info")
    shown = "\n".join(str(element.value) for kind in kinds for element in at.get(kind))
    cells = "\n".join(frame.value.to_csv() for frame in at.dataframe)
    assert offences(f"{shown}\n{cells}", lang) == []
