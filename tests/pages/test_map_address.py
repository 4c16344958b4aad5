"""What an address may ask of the map: what nobody knows is said, then the map is shown."""

from __future__ import annotations

import pytest

from tests.pages.conftest import OpenPage
from views.widgets.indicator_map import key_at

MAP = "pages/look/map.py"


def test_a_place_nobody_knows_is_said_and_leaves_the_address(open_page: OpenPage) -> None:
    page = open_page(MAP, "en", place="99999")
    assert ["99999" in one.value for one in page.warning] == [True]
    assert "place" not in page.query_params


@pytest.mark.parametrize("place", ["16053", "16053000"])
def test_a_place_of_the_register_stays_in_the_address(open_page: OpenPage, place: str) -> None:
    page = open_page(MAP, "en", place=place)
    assert [one.value for one in page.warning] == []
    assert page.query_params["place"] == place


def test_classes_of_the_address_are_drawn_and_wrong_ones_fall_back(open_page: OpenPage) -> None:
    page = open_page(MAP, "en", count="7", classes="natural", ramp="nonsense", scale="nonsense")
    assert page.query_params["count"] == "7"
    assert page.query_params["classes"] == "natural"
    assert "ramp" not in page.query_params
    assert "scale" not in page.query_params


def test_a_period_nobody_has_is_said_and_the_newest_shown(open_page: OpenPage) -> None:
    page = open_page(MAP, "en", period="1850")
    assert ["1850" in one.value for one in page.warning] == [True]
    shown = page.query_params["period"]
    assert shown > "2000"
    assert [one.value for one in page.run().warning] == []
    assert page.query_params["period"] == shown


def test_my_place_is_looked_up_at_the_level_shown() -> None:
    assert key_at("district", "09679170") == "09679"
    assert key_at("municipality", "09679170") == "09679170"
    assert key_at("municipality", "09679") == "", "a district is no municipality"
