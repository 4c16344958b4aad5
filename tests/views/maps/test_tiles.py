import pytest

from views.maps.tiles import CREDIT, SETTING, BadTiles, origin_of, tile_source
from views.service.middleware import policy

URL = "https://tiles.example:8443/base/{z}/{x}/{y}.png"
OWN = "app/static/tiles/{z}/{x}/{y}.png"


def test_no_setting_no_tiles_and_the_closed_policy():
    assert tile_source({}) is None
    assert origin_of(None) == ""
    assert "img-src 'self' data: blob:;" in policy({})


def test_a_server_of_the_operator_is_the_only_one_let_in():
    source = tile_source({SETTING: URL, CREDIT: "© Example"})
    assert (source.url, source.credit) == (URL, "© Example")
    assert origin_of(source) == "https://tiles.example:8443"
    said = policy({SETTING: URL})
    assert "img-src 'self' data: blob: https://tiles.example:8443;" in said
    assert said.count("tiles.example") == 1


def test_tiles_of_the_app_itself_need_no_other_host():
    assert origin_of(tile_source({SETTING: OWN})) == ""
    assert policy({SETTING: OWN}) == policy({})


@pytest.mark.parametrize(
    "wrong",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://{s}.example/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "javascript:{z}{x}{y}",
        "https://a.example/{z}/{x}/{y}.png; script-src *",
        "//tiles.example/{z}/{x}/{y}.png",
    ],
)
def test_anything_else_is_refused_and_changes_no_rule(wrong):
    with pytest.raises(BadTiles, match="no address of tiles"):
        tile_source({SETTING: wrong})
    assert policy({SETTING: wrong}) == policy({})
