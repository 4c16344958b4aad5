"""Addresses nobody should have written: said or left out, never a failing page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import open_store, publish, queries
from tests.pages.conftest import OpenPage
from views.texts import plain, read_words

ROOT = Path(__file__).resolve().parents[2]
DE = read_words("de")
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


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣"])
def test_what_is_no_number_of_ours_opens_the_page_as_agreed(
    open_page: OpenPage, number: str
) -> None:
    assert open_page(COMPARE, ags="07312", base=number).session_state["compare_base"] == 0
    profile = open_page("pages/compare/profile.py", ags="07312", peers=number)
    assert profile.session_state["profile_count"] == 7
    assert len(open_page("pages/look/solutions.py", page=number).get("page_link")) > 12
    said = [one.value for one in open_page("pages/about/legal.py", version=number).warning]
    assert len(said) == 1


def test_breaks_of_an_address_are_read_as_the_field_reads_them(open_page: OpenPage) -> None:
    page = open_page("pages/look/map.py", "en", classes="own", breaks="1,000_−5_nan_1e999")
    assert page.text_input(key="map_breaks_en").value == "1000; -5"


def test_a_town_that_a_publication_removed_is_said_and_forgotten(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
    page.switch_page("pages/about/legal.py")
    page.query_params.update({"lang": "de", "ags": "07312000"})
    page.run()
    assert not page.warning
    store = open_store(own_folder, ROOT / "data")
    rows = queries.table(store, "municipalities").head(0)
    gone = {"ags": ["07312000"]}
    told = {"name": "register.csv", "person": "A", "note": "", "upload_id": "1"}
    publish(store, "municipalities", rows, mode="replace", scope=gone, **told)
    store.close()
    page.run()
    assert not page.exception
    assert [one.value for one in page.warning] == [DE("frame.unknown_ags", value="07312000")]
    assert "ags" not in page.query_params
