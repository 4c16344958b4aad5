"""The small folium map: nothing foreign, nothing but text from data, outlines kept exactly."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import shapely

from loaders.boundaries.topology import decode
from views.maps.choropleth import area_layer
from views.maps.folium_map import (
    FoliumWords,
    LegendRow,
    Mark,
    MemberMap,
    member_map,
    part_of,
    popup,
)
from views.maps.marks import mark_svg
from views.maps.spread_map import Arrow, Dated, SpreadMap, Step, spread_map
from views.theme import LIGHT

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = (
    "<img src=x onerror=alert(1)>${alert(2)}`</script><script>alert(3)</script>{{ 7*191 }}{% raw %}"
)
GROUND = area_layer(ROOT / "data" / "boundaries", "states")
WORDS = FoliumWords("de", HOSTILE, "+", "-", HOSTILE, HOSTILE, HOSTILE)
LEGEND = [LegendRow(HOSTILE, mark_svg("circle", "full", "#000000", "#ffffff"))]


def topology(name: str) -> dict[str, object]:
    return json.loads((ROOT / "data" / "boundaries" / f"{name}.topo.json").read_text())


def mark(ags: str, name: str, lat: float, *lines: str) -> Mark:
    return Mark(ags, name, lat, 10.0, "circle", "full", "#0B5E6B", lines)


def members() -> str:
    marks = [mark("02000000", "Hamburg", 53.55, "1.892.122"), mark("01057", HOSTILE, 54.1, HOSTILE)]
    areas = [topology("districts"), topology("municipalities_participating")]
    shown = MemberMap(marks, GROUND, areas, LEGEND, WORDS, LIGHT)
    return str(member_map(shown).get_root().render())


def spread() -> SpreadMap:
    origin, taker = (
        mark("02000000", "Hamburg", 53.55, HOSTILE),
        mark("09162", HOSTILE, 48.1, HOSTILE),
    )
    return SpreadMap(
        [Dated(origin, 2018)],
        [Dated(taker, 2020), Dated(taker, None)],
        [Arrow((53.55, 10.0), (48.1, 10.0), "#0B5E6B", year) for year in (2020, None)],
        [Step("2020", "2020", HOSTILE, 2020, False), Step("all", "alle", HOSTILE, 2020, True)],
        "all",
        GROUND,
        LEGEND,
        WORDS,
        LIGHT,
    )


@pytest.fixture(scope="module", params=["members", "spread"])
def drawn(request) -> str:
    return (
        members() if request.param == "members" else str(spread_map(spread()).get_root().render())
    )


def test_nothing_is_asked_of_a_foreign_host(drawn: str) -> None:
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)["']""", drawn)
    loaded += re.findall(r"url\(([^)]+)\)", drawn)
    assert [one for one in loaded if "//" in one] == []
    scripts = {one.rsplit("/", 1)[-1].split("?")[0] for one in loaded}
    assert {one for one in scripts if one.endswith(".js")} == {
        "leaflet.js",
        "topojson-client.min.js",
        "folium.js",
    }


def test_every_file_it_loads_is_in_the_house(drawn: str) -> None:
    loaded = set(re.findall(r"\.\./\.\./app/static/([\w./-]+)", drawn))
    assert {"vendor/leaflet/leaflet.css", "vendor/leaflet/leaflet.js"} <= loaded
    assert [one for one in sorted(loaded) if not (ROOT / "static" / one).is_file()] == []


def test_words_from_data_stay_words(drawn: str) -> None:
    assert "<img" not in drawn
    assert "alert(3)</script>" not in drawn
    assert "${alert" not in drawn
    # branca reads the finished script once more as a template: braces of a name must not run.
    assert "1337" not in drawn
    assert "{% raw" not in drawn
    assert len(re.findall(r"bindPopup\(", drawn)) >= 2
    assert not re.search(r"bind(?:Popup|Tooltip)\([^;]*[<>`$]", drawn)
    # The frame's own words stand in JSON, where no letter of markup is left.
    (began,) = re.findall(r"house\.begin\((.*)\);", drawn)
    assert not re.search("[<>&']", began)


def test_every_year_is_a_group_and_what_bears_none_stands_apart() -> None:
    drawn = str(spread_map(spread()).get_root().render())
    (groups,) = re.findall(r"house\.begin\(.*, (\{[^{}]*\})\);", drawn)
    names = dict(re.findall(r'"(\w+)": (feature_group_\w+)', groups))
    assert list(names) == ["2018", "2020", "undated"]
    lines = {
        name: len(re.findall(rf"L\.polyline\([^;]*?\)\.addTo\({group}\)", drawn, re.S))
        for name, group in names.items()
    }
    marks = {
        name: len(re.findall(rf"\)\.addTo\({group}\)", drawn)) for name, group in names.items()
    }
    assert lines == {"2018": 0, "2020": 1, "undated": 1}
    assert marks == {"2018": 1, "2020": 2, "undated": 2}
    dashes = re.findall(r'"dashArray": ("[^"]*"|null)', drawn)
    assert sorted(dashes) == ['"5 5"', "null"]


def test_marks_of_one_place_stand_side_by_side() -> None:
    drawn = str(spread_map(spread()).get_root().render())
    assert sorted(re.findall(r'"shift": (\d+)', drawn)) == ["0", "0", "17"]


def test_shape_and_filling_differ_without_colour() -> None:
    shapes = ("circle", "square", "diamond", "triangle", "wedge", "star")
    fillings = ("full", "dot", "ring", "cross")
    drawings = {mark_svg(shape, how, "#111111", "#ffffff") for shape in shapes for how in fillings}
    assert len(drawings) == len(shapes) * len(fillings)


def test_popup_shows_name_and_lines_escaped() -> None:
    markup = popup(mark("x", "A & <b>B</b>", 0, "1 < 2", "zwei"))
    assert markup == ("<strong>A &amp; &lt;b&gt;B&lt;/b&gt;</strong><br>1 &lt; 2<br>zwei")


def test_an_unknown_key_draws_no_outline() -> None:
    part = part_of(topology("districts"), {"99999"})
    assert part["objects"]["places"]["geometries"] == []
    assert part["arcs"] == []


@pytest.mark.parametrize("keys", [{"02000"}, {"01001", "01057", "14713"}, None])
def test_part_keeps_the_outlines_exactly(keys: set[str] | None) -> None:
    whole = topology("districts")
    part = part_of(whole, keys)
    for shape in part["objects"]["places"]["geometries"]:
        shape["properties"] = {"name": "", "kind": ""}
    kept = decode(json.dumps(part).encode())
    original = decode(json.dumps(whole).encode())
    area = shapely.area(original.geometry.to_numpy())
    wanted = [one["id"] for one in whole["objects"]["districts"]["geometries"]]
    rows = [n for n, key in enumerate(wanted) if keys is None or key in keys]
    assert len(kept) == len(rows)
    assert np.allclose(shapely.area(kept.geometry.to_numpy()), area[rows], rtol=0, atol=1e-12)


def test_part_carries_only_the_arcs_it_needs() -> None:
    part = part_of(topology("districts"), {"02000"})
    assert len(part["arcs"]) < 20
    assert part["objects"]["places"]["geometries"][0]["id"] == "02000"
