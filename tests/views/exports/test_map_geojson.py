import json

import numpy as np
import pytest

from loaders import folders
from views.exports.caption import Caption
from views.exports.map_geojson import map_geojson
from views.maps.choropleth import area_layer
from views.maps.description import (
    MISSING_CODES,
    AreaValues,
    Faces,
    FaceWords,
    ListedPlace,
    MapDescription,
    MapWords,
    SchemeColours,
)

COLOURS = SchemeColours(("#000000",), *["#111111"] * 9)
WORDS = MapWords("", "", "", "{value}", {}, "", "", "", "", "", "", "")
SAID = Caption("Population", "One sentence.", ("Office",), "2023", 7, address="http://x/map")
BOUNDARIES = folders.DATA / "boundaries"


def described(**changes) -> MapDescription:
    layer = area_layer(BOUNDARIES, "districts")
    numbers = np.arange(400.0)
    numbers[3] = np.nan
    codes = np.zeros(400, dtype=np.uint8)
    codes[3] = MISSING_CODES["suppressed"]
    words = FaceWords(*[""] * 14)
    listed = (ListedPlace("99999", "Nowhere", "", 5.0, ""),)
    facts = {"values": AreaValues(codes, numbers, 0), "faces": Faces(words, places=listed)}
    return MapDescription("en", WORDS, COLOURS, COLOURS, layer, **{**facts, **changes})


def test_every_place_stands_in_it_with_value_or_reason():
    found = json.loads(map_geojson(described(), SAID, "persons", BOUNDARIES))
    by_key = {one["id"]: one for one in found["features"]}
    assert len(by_key) == 401
    assert by_key["01001"]["properties"] == {"name": "Flensburg", "value": 0, "missing": None}
    missing = [one["properties"] for one in by_key.values() if one["properties"]["missing"]]
    assert [(one["value"], one["missing"]) for one in missing] == [(None, "suppressed")]
    assert by_key["99999"]["geometry"] is None
    west, south = by_key["01001"]["geometry"]["coordinates"][0][0][0]
    assert (round(west), round(south)) == (9, 55)


def test_it_says_where_it_comes_from():
    found = json.loads(map_geojson(described(), SAID, "persons", BOUNDARIES))
    assert found["sources"] == ["Office"]
    assert (found["period"], found["unit"], found["data_version"]) == ("2023", "persons", 7)
    assert "BKG" in found["outlines"]["notice"]
    assert found["address"] == "http://x/map"


def test_a_map_without_values_is_refused():
    with pytest.raises(ValueError, match="areas with values"):
        map_geojson(described(values=None), SAID, "", BOUNDARIES)
