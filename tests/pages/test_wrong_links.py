"""Addresses nobody should have written: said or left out, never a failing page or a foreign link."""

from __future__ import annotations

import pytest

from tests.pages.conftest import OpenPage
from views.texts import plain, read_words

ADOPTION = "pages/decide/adoption.py"
COMPARE = "pages/compare/compare.py"
PICTURE = "![x](https://evil.example/p.png)"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_points_for_the_place_alone_are_refused_and_the_agreed_ones_count(
    open_page: OpenPage, lang: str
) -> None:
    page = open_page(ADOPTION, lang, weights="00000009")
    assert [one.value for one in page.warning] == [read_words(lang)("weights.only_fit")]
    assert page.session_state["weights_name"] == "agreed"


def test_a_value_of_an_address_is_neither_picture_nor_link(open_page: OpenPage) -> None:
    for script, ids in (
        (ADOPTION, {"weights": PICTURE}),
        (COMPARE, {"likeness": PICTURE}),
        ("pages/compare/profile.py", {"composite": "1", "points": PICTURE}),
    ):
        said = [one.value for one in open_page(script, ags="07312", **ids).warning]
        assert [one for one in said if plain(PICTURE) in one], script
        assert not [one for one in said if PICTURE in one], script
