import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import folders
from views.maps.choropleth import area_layer
from views.maps.description import (
    MISSING_CODES,
    AreaLayer,
    AreaValues,
    Faces,
    FaceWords,
    LegendEntry,
    Line,
    ListedPlace,
    MapDescription,
    MapWords,
    SchemeColours,
    Symbol,
)
from views.maps.packing import pack_numbers
from views.maps.wire import message

WORDS = MapWords(
    label="Districts",
    help="Arrow keys walk",
    legend="Charging points per 1,000",
    value="{value} per 1,000",
    missing={kind: f"no value: {kind}" for kind in MISSING_CODES},
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    whole="All",
    gesture="Two fingers move",
    loading="Loading",
    failed="Failed",
    attribution="© GeoBasis-DE / BKG",
)
COLOURS = SchemeColours(
    classes=("#111111", "#222222"),
    no_value="#EEEEEE",
    hatch="#999999",
    ground="#FFFFFF",
    border="#CCCCCC",
    outline="#666666",
    ink="#000000",
    muted="#555555",
    paper="#FFFFFF",
    selected="#C4500A",
    marks={"adopter": "#0B5E6B"},
)
LAYER = AreaLayer("app/static/boundaries/x.topo.json", "x", ("01001", "01002"), (8, 54, 10, 55))
VALUES = AreaValues(np.array([1, 251], dtype=np.uint8), np.array([12.5, np.nan]), 1)
MAP = MapDescription("en", WORDS, COLOURS, COLOURS, LAYER, VALUES)
TOWN = Symbol("16053000", 50.9, 11.6, "square", "adopter", "Jena <b>\u202e${x}")


def numbers_of(packed):
    widths = {"u1": "u1", "u2": "<u2", "u4": "<u4", "f8": "<f8"}
    raw = np.frombuffer(base64.b64decode(packed["data"]), dtype=widths[packed["kind"]])
    return (raw.astype(float) + packed["offset"]) / packed["scale"]


def test_message_is_plain_json_without_geometry():
    text = json.dumps(message(MAP, 500))
    sent = json.loads(text)
    assert sent["areas"] == {"url": LAYER.url, "object": "x", "active": True}
    assert list(base64.b64decode(sent["classes"])) == [1, 251]
    assert sent["missing"]["251"] == "suppressed"
    assert numbers_of(sent["numbers"])[0] == 12.5
    assert sent["bounds"] == [8, 54, 10, 55]


def test_four_hundred_districts_need_few_bytes():
    layer = area_layer(folders.DATA / "boundaries", "districts")
    codes = np.arange(400, dtype=np.uint8) % 2
    numbers = np.linspace(0, 900, 400).round(1)
    description = replace(MAP, areas=layer, values=AreaValues(codes, numbers, 1))
    assert len(json.dumps(message(description, 500))) < 4_500


def test_hostile_label_travels_as_one_plain_line():
    sent = message(replace(MAP, symbols=(TOWN,), notes={"16053000": "a\nb\x00"}), 500)
    assert sent["symbols"][0]["label"] == "Jena <b>${x}"
    assert sent["notes"] == {"16053000": "a b"}


@pytest.mark.parametrize(
    ("values", "symbols", "walk"),
    [(VALUES, (TOWN,), "area"), (None, (TOWN,), "symbol"), (None, (), "area")],
)
def test_arrow_keys_walk_what_carries_the_message(values, symbols, walk):
    assert message(replace(MAP, values=values, symbols=symbols), 500)["walk"] == walk


def test_legend_rows_carry_what_their_pen_needs():
    rows = (
        LegendEntry("a", "class", index=1),
        LegendEntry("b", "missing", missing="suppressed"),
        LegendEntry("c", "symbol", shape="diamond", role="adopter", filled=False, dot=True),
        LegendEntry("d", "line", role="adopter", dashed=True),
    )
    assert message(replace(MAP, legend=rows), 500)["legend"] == [
        {"kind": "class", "label": "a", "index": 1},
        {"kind": "missing", "label": "b", "missing": "suppressed"},
        {
            "kind": "symbol",
            "label": "c",
            "shape": "diamond",
            "role": "adopter",
            "filled": False,
            "dot": True,
            "cross": False,
            "joint": False,
        },
        {"kind": "line", "label": "d", "role": "adopter", "dashed": True},
    ]


def test_map_without_areas_opens_on_germany():
    line = Line((50.9, 11.6), (49.4, 7.8), "adopter", dashed=True)
    sent = message(replace(MAP, areas=None, values=None, symbols=(TOWN,), lines=(line,)), 500)
    assert sent["areas"] is None
    assert sent["bounds"][0] < 7 < sent["bounds"][2]
    assert sent["lines"][0]["to"] == (49.4, 7.8)


def test_values_that_do_not_fit_the_outlines_are_refused():
    short = AreaValues(np.array([1], dtype=np.uint8), np.array([1.0]), 1)
    with pytest.raises(ValueError, match="one code per outline"):
        message(replace(MAP, values=short), 500)


def test_class_without_a_colour_is_refused():
    high = AreaValues(np.array([0, 2], dtype=np.uint8), np.array([1.0, 2.0]), 1)
    with pytest.raises(ValueError, match="class 2"):
        message(replace(MAP, values=high), 500)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50), st.integers(0, 3))
def test_packed_numbers_read_back_as_they_are_shown(numbers, decimals):
    packed = pack_numbers(np.array(numbers), decimals)
    wanted = [f"{number:.{decimals}f}" for number in np.round(numbers, decimals)]
    got = [f"{number:.{decimals}f}" for number in np.round(numbers_of(vars(packed)), decimals)]
    assert [text.replace("-0", "0") for text in got] == [t.replace("-0", "0") for t in wanted]


def test_shares_take_two_bytes_each():
    assert pack_numbers(np.array([0.0, 99.9, np.nan]), 1).kind == "u2"
    assert pack_numbers(np.array([0.0, 99.0]), 0).kind == "u1"
    assert pack_numbers(np.array([0.0, 1e12]), 1).kind == "f8"


def test_the_part_writes_text_only():
    parts = [folders.STATIC / name for name in ("map.js", "choices.js")]
    sources = [*parts, *sorted((folders.STATIC / "map").glob("*.js"))]
    assert len(sources) == 19
    markup = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "bindPopup",
        "bindTooltip",
        "divIcon",
        "eval(",
        "new Function",
        "createContextualFragment",
    ]
    for source in sources:
        text = Path(source).read_text(encoding="utf-8")
        assert [word for word in markup if word in text] == []
        assert "http://" not in text and "https://" not in text


FACE_WORDS = FaceWords(*(f"word {number}" for number in range(14)))


def test_places_without_outline_travel_with_value_or_reason_never_zero():
    places = (
        ListedPlace("99001", "A\u202eB", "", 3.5, ""),
        ListedPlace("99002", "C", "", float("nan"), "suppressed"),
    )
    sent = message(replace(MAP, faces=Faces(FACE_WORDS, ("1", "2"), places=places)), 400)["faces"]
    assert [(one["name"], one["number"], one["missing"]) for one in sent["places"]] == [
        ("AB", 3.5, ""),
        ("C", None, "suppressed"),
    ]
    assert sent["play"] == {"index": 0, "count": 1}
    assert "NaN" not in json.dumps(sent)


def test_kinds_of_districts_travel_in_the_readers_words():
    kinds = {"Kreisfreie Stadt": "district-free\u202e city"}
    sent = message(replace(MAP, faces=Faces(FACE_WORDS, kinds=kinds)), 400)["faces"]
    assert sent["kinds"] == {"Kreisfreie Stadt": "district-free city"}


def test_list_without_values_is_refused():
    with pytest.raises(ValueError, match="list needs values"):
        message(replace(MAP, values=None, faces=Faces(FACE_WORDS)), 400)
