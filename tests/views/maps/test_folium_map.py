"""The small folium map: nothing foreign, nothing but text from data, outlines kept exactly."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import shapely

from loaders.boundaries.topology import decode
from views.maps.folium_map import Member, MemberMap, member_map, part_of, popup
from views.theme import palette

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}`</script><script>alert(3)</script>{{ 7*7 }}"


def topology(name: str) -> dict[str, object]:
    return json.loads((ROOT / "data" / "boundaries" / f"{name}.topo.json").read_text())


@pytest.fixture(scope="module")
def drawn() -> str:
    members = [
        Member("02000000", "Hamburg", 53.55, 10.0, ("1.892.122 Einwohner",)),
        Member("01057", HOSTILE, 54.1, 10.4, (HOSTILE,)),
    ]
    shown = MemberMap(
        members,
        topology("states"),
        [topology("districts"), topology("municipalities_participating")],
        palette("light"),
    )
    return str(member_map(shown).get_root().render())


def test_nothing_is_asked_of_a_foreign_host(drawn: str) -> None:
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)["']""", drawn)
    loaded += re.findall(r"url\(([^)]+)\)", drawn)
    assert [one for one in loaded if "//" in one] == []
    assert {one.rsplit("/", 1)[-1] for one in loaded if one.endswith(".js")} == {
        "leaflet.js",
        "topojson-client.min.js",
    }


def test_every_file_it_loads_is_in_the_house(drawn: str) -> None:
    loaded = set(re.findall(r"\.\./\.\./app/static/([\w./-]+)", drawn))
    assert {"vendor/leaflet/leaflet.css", "vendor/leaflet/leaflet.js"} <= loaded
    assert [one for one in sorted(loaded) if not (ROOT / "static" / one).is_file()] == []


def test_words_from_data_stay_words(drawn: str) -> None:
    assert "<img" not in drawn
    assert "alert(3)</script>" not in drawn
    assert "${alert" not in drawn
    assert "49" not in re.findall(r"bindPopup\(.*?\);", drawn)[1]


def test_popup_shows_name_and_lines_escaped() -> None:
    markup = popup(Member("x", "A & <b>B</b>", 0, 0, ("1 < 2", "zwei")))
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
