"""The builder on small made-up files: a strip of districts side by side in Thuringia."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from loaders.boundaries.build import LayerPlan, build
from loaders.boundaries.layers import publish_layers, read_layers, read_places
from loaders.boundaries.topology import decode

STRIP = {"16051": "Erfurt", "16052": "Gera", "16053": "Jena", "16054": "Suhl"}


def strip(keys=STRIP, **columns):
    shapes = [
        shapely.box(10 + 0.1 * step, 50.5, 10.1 + 0.1 * step, 51) for step in range(len(keys))
    ]
    data = {"AGS": list(keys), "GEN": list(dict(keys).values()) if isinstance(keys, dict) else ""}
    return gpd.GeoDataFrame({**data, **columns}, geometry=shapes, crs="EPSG:4326")


def plan(**changes):
    words = {
        "layer": "districts",
        "level": "district",
        "territorial_status": "2021-07-01",
        "edition": "2019",
        "licence": "dl-de/by-2-0",
        "attribution": "© GeoBasis-DE / BKG (2019)",
    }
    return LayerPlan(**{**words, **changes})


def built(frame, tmp_path, suffix="gpkg", **changes):
    source = tmp_path / f"source.{suffix}"
    frame.to_file(source)
    return build(source, plan(**changes), tmp_path / "built")


def codes(result):
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson"])
def test_every_format_gives_the_same_layer(tmp_path, suffix):
    result = built(strip(), tmp_path, suffix)
    assert result.findings == []
    entry = read_layers(tmp_path / "built")["districts"]
    assert (entry.count, entry.level, entry.key) == (4, "district", "id")
    assert entry.bounds == pytest.approx((10.0, 50.5, 10.4, 51.0))
    places = read_places(tmp_path / "built", "districts")
    assert places["ags"].tolist() == list(STRIP)
    assert places["name"].tolist() == list(STRIP.values())
    assert places["lon"].tolist() == pytest.approx([10.05, 10.15, 10.25, 10.35])
    # 0.1 degrees by 0.5 degrees at 50.75 degrees north: 7.06 km by 55.6 km.
    assert places["area_km2"].tolist() == pytest.approx([392.5] * 4, rel=0.005)


def test_metre_grid_of_the_bkg_is_brought_to_degrees(tmp_path):
    result = built(strip().to_crs("EPSG:25832"), tmp_path)
    assert result.findings == []
    assert result.entry.bounds == pytest.approx((10.0, 50.5, 10.4, 51.0), abs=0.001)


def test_topojson_writes_a_shared_border_once_and_reads_back(tmp_path):
    built(strip(), tmp_path)
    content = (tmp_path / "built" / "districts.topo.json").read_bytes()
    topology = json.loads(content)
    assert topology["type"] == "Topology"
    assert topology["objects"]["districts"]["geometries"][2]["id"] == "16053"
    # Four boxes in a row: two outer ends, three shared borders, four outer pieces at most.
    assert len(topology["arcs"]) <= 9
    shapes = decode(content)
    assert shapes["ags"].tolist() == list(STRIP)
    for step, shape in enumerate(shapes.geometry):
        wanted = shapely.box(10 + 0.1 * step, 50.5, 10.1 + 0.1 * step, 51)
        assert shape.symmetric_difference(wanted).area < 1e-5


def test_eisenach_is_merged_and_the_old_status_named(tmp_path):
    keys = {"16056": "Eisenach", "16063": "Wartburgkreis"}
    result = built(strip(keys), tmp_path)
    assert codes(result) == ["boundary_status_old"]
    assert result.findings[0].value == "16056"
    assert "16063" in result.findings[0].sentence("de")
    places = read_places(tmp_path / "built", "districts")
    assert places[["ags", "name"]].values.tolist() == [["16063", "Wartburgkreis"]]
    assert decode((tmp_path / "built/districts.topo.json").read_bytes()).geometry[0].bounds == (
        pytest.approx((10.0, 50.5, 10.2, 51.0))
    )


def test_states_are_dissolved_from_districts(tmp_path):
    keys = {"16051": "Erfurt", "16052": "Gera", "15001": "Dessau", "15002": "Halle"}
    result = built(strip(keys), tmp_path, layer="states", level="state")
    assert result.findings == []
    places = read_places(tmp_path / "built", "states")
    assert places["ags"].tolist() == ["15", "16"]
    assert places["name"].tolist() == ["Sachsen-Anhalt", "Thüringen"]


def test_twelve_digit_keys_become_municipality_keys(tmp_path):
    frame = strip({"160510000000": "Erfurt", "160530000000": "Jena"}).rename(columns={"AGS": "ARS"})
    built(frame, tmp_path, level="municipality")
    assert read_places(tmp_path / "built", "districts")["ags"].tolist() == ["16051000", "16053000"]


def test_water_is_left_out_where_the_file_tells_it_apart(tmp_path):
    keys = ["16051", "16052", "16051"]
    result = built(strip(keys, GF=[4, 4, 1]), tmp_path)
    shapes = decode((tmp_path / "built/districts.topo.json").read_bytes())
    assert result.entry.count == 2
    assert shapes.geometry[0].bounds == pytest.approx((10.0, 50.5, 10.1, 51.0))


def test_rows_without_a_proper_key_are_named_and_left_out(tmp_path):
    result = built(strip(["16051", "", "1605x", "16"]), tmp_path)
    named = [(finding.code, finding.row, finding.value) for finding in result.findings]
    assert named == [
        ("boundary_key_missing", 2, ""),
        ("boundary_key_malformed", 3, "1605x"),
        ("boundary_key_malformed", 4, "16"),
    ]
    assert result.entry.count == 1


def test_file_without_a_key_column_is_refused_and_nothing_written(tmp_path):
    result = built(strip().rename(columns={"AGS": "Gebiet"}), tmp_path)
    assert codes(result) == ["boundary_key_column_missing"]
    assert "Gebiet" in result.findings[0].sentence("en")
    assert result.entry is None
    assert not (tmp_path / "built").exists()


def test_metres_declared_as_degrees_are_refused(tmp_path):
    frame = strip().to_crs("EPSG:25832").set_crs("EPSG:4326", allow_override=True)
    result = built(frame, tmp_path)
    assert codes(result) == ["boundary_projection_wrong"]
    assert result.entry is None


def test_metres_without_any_projection_are_refused(tmp_path):
    frame = gpd.GeoDataFrame(strip().to_crs("EPSG:25832").set_crs(None, allow_override=True))
    result = built(frame, tmp_path)
    assert codes(result) == ["boundary_projection_unknown"]
    assert result.entry is None


def test_degrees_without_any_projection_are_read_with_a_note(tmp_path):
    result = built(strip().set_crs(None, allow_override=True), tmp_path, "shp")
    assert codes(result) == ["boundary_projection_assumed"]
    assert result.entry.count == 4


def test_crossing_ring_is_repaired_with_a_note(tmp_path):
    frame = strip()
    bow = shapely.Polygon([(10.4, 50.5), (10.5, 51), (10.5, 50.5), (10.4, 51)])
    extra = gpd.GeoDataFrame({"AGS": ["16055"], "GEN": ["Weimar"]}, geometry=[bow], crs=frame.crs)
    result = built(pd.concat([frame, extra], ignore_index=True), tmp_path)
    repaired = [finding for finding in result.findings if finding.code == "boundary_ring_repaired"]
    assert [(finding.value, finding.row) for finding in repaired] == [("16055", 5)]
    assert "Self-intersection" in repaired[0].sentence("en")
    assert decode((tmp_path / "built/districts.topo.json").read_bytes()).is_valid.all()


def test_truncated_file_is_named_not_raised(tmp_path):
    strip().to_file(tmp_path / "whole.gpkg")
    source = tmp_path / "source.gpkg"
    source.write_bytes((tmp_path / "whole.gpkg").read_bytes()[:9000])
    result = build(source, plan(), tmp_path / "built")
    assert codes(result) == ["boundary_file_unreadable"]
    assert str(tmp_path) not in result.findings[0].sentence("de")


def test_layer_is_found_by_level_and_a_wrong_name_is_refused(tmp_path):
    source = tmp_path / "vg5000.gpkg"
    strip({"16": "Thüringen"}).to_file(source, layer="vg5000_lan")
    strip().to_file(source, layer="vg5000_krs")
    assert build(source, plan(), tmp_path / "built").entry.count == 4
    refused = build(source, plan(source_layer="vg5000_gem"), tmp_path / "other")
    assert codes(refused) == ["boundary_layer_missing"]
    assert "vg5000_krs" in refused.findings[0].sentence("en")


def test_keys_are_held_against_the_reference_list(tmp_path):
    result = built(strip(), tmp_path, reference=["16051", "16052", "16053", "16055", "16051000"])
    named = [(finding.code, finding.value) for finding in result.findings]
    assert named == [("boundary_outline_missing", "16055"), ("boundary_key_unknown", "16054")]


def test_official_areas_that_differ_are_listed_not_failed(tmp_path):
    areas = {"16051": 392.5, "16052": 450.0}
    result = built(strip(), tmp_path, official_areas=areas)
    assert [(f.code, f.value) for f in result.findings] == [("boundary_area_official", "16052")]
    assert result.entry.report["official_area_far"] == {"16052": pytest.approx(-0.128, abs=0.002)}


def test_hole_and_overlap_of_the_input_are_counted_and_none_is_added(tmp_path):
    frame = strip()
    shapes = frame.geometry.tolist()
    shapes[0] = shapes[0].difference(shapely.box(10.03, 50.7, 10.06, 50.8))
    shapes[1] = shapely.union(shapes[1], shapely.box(10.19, 50.6, 10.21, 50.65))
    result = built(frame.set_geometry(gpd.GeoSeries(shapes, crs=frame.crs)), tmp_path)
    report = result.entry.report
    assert (report["holes_input"], report["overlaps_input"]) == (1, 1)
    assert (report["holes_new"], report["overlaps_new"], report["overlaps_output"]) == (0, 0, 0)
    assert report["holes_output"] == 1
    assert "boundary_input_gaps" in codes(result)


def test_borrowed_district_outline_says_so(tmp_path):
    districts = tmp_path / "districts.gpkg"
    strip().to_file(districts)
    towns = strip({"16051000": "Erfurt"})
    borrowed = {"16053000": "16053", "16099000": "16099"}
    result = built(
        towns, tmp_path, level="municipality", borrowed=borrowed, borrowed_from=districts
    )
    places = read_places(tmp_path / "built", "districts")
    assert places["ags"].tolist() == ["16051000", "16053000"]
    assert places["note"].tolist() == ["", "district outline 16053"]
    assert [(f.code, f.value) for f in result.findings] == [
        ("boundary_borrowed_missing", "16099000")
    ]


def test_building_again_replaces_one_layer_and_keeps_the_other(tmp_path):
    built(strip(), tmp_path)
    built(strip(), tmp_path, layer="states", level="state")
    built(strip({"16051": "Erfurt"}), tmp_path)
    layers = read_layers(tmp_path / "built")
    assert {name: entry.count for name, entry in layers.items()} == {"districts": 1, "states": 1}


def test_publishing_names_files_by_content_and_keeps_open_ones(tmp_path):
    target = tmp_path / "static"
    built(strip(), tmp_path)
    first = publish_layers(tmp_path / "built", target)
    stamp = (target / first["districts"]).stat().st_mtime_ns
    assert publish_layers(tmp_path / "built", target) == first
    assert (target / first["districts"]).stat().st_mtime_ns == stamp
    built(strip({"16051": "Erfurt"}), tmp_path)
    second = publish_layers(tmp_path / "built", target)
    assert second["districts"] != first["districts"]
    assert {path.name for path in target.iterdir()} == {first["districts"], second["districts"]}
    original = (tmp_path / "built/districts.topo.json").read_bytes()
    assert (target / second["districts"]).read_bytes() == original


def test_publishing_an_empty_folder_gives_nothing(tmp_path):
    assert publish_layers(tmp_path / "none", tmp_path / "static") == {}
