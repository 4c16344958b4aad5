"""The layers the product ships: complete, small, and true to the official outlines."""

import hashlib

import geopandas as gpd
import pandas as pd
import pytest

from loaders.boundaries.build import LayerPlan, build
from loaders.boundaries.coverage import areas_km2, deviations, fit_of, new_holes, new_overlaps
from loaders.boundaries.layers import read_layers, read_places
from loaders.boundaries.outlines import STATE_NAMES, read_outlines
from loaders.boundaries.topology import decode

LAYERS = {"districts": 400, "states": 16, "municipalities_participating": 121}


@pytest.fixture(scope="module")
def folder(data_folder):
    return data_folder / "boundaries"


@pytest.mark.parametrize(("layer", "count"), LAYERS.items())
def test_register_places_and_file_agree(folder, layer, count):
    entry = read_layers(folder)[layer]
    content = (folder / entry.file).read_bytes()
    shapes = decode(content)
    assert entry.count == count
    assert entry.sha256 == hashlib.sha256(content).hexdigest()
    assert shapes["ags"].tolist() == read_places(folder, layer)["ags"].tolist()
    assert shapes["ags"].is_unique
    assert "GeoBasis-DE / BKG" in entry.attribution
    assert entry.territorial_status == "2021-07-01"
    assert (entry.report["holes_new"], entry.report["overlaps_new"]) == (0, 0)
    assert entry.report["area_change_largest"] < 0.02


def test_districts_stay_small_and_lie_in_their_states(folder):
    entry = read_layers(folder)["districts"]
    assert entry.report["bytes"] <= 300_000
    districts, states = read_places(folder, "districts"), read_places(folder, "states")
    assert sorted(set(districts["ags"].str[:2])) == states["ags"].tolist() == sorted(STATE_NAMES)
    summed = districts.groupby(districts["ags"].str[:2])["area_km2"].sum()
    assert summed.tolist() == pytest.approx(states["area_km2"].tolist(), rel=0.001)


def test_points_lie_inside_their_outline(folder):
    shapes = decode((folder / "municipalities_participating.topo.json").read_bytes())
    places = read_places(folder, "municipalities_participating")
    points = gpd.points_from_xy(places["lon"], places["lat"], crs="EPSG:4326")
    assert shapes.covers(gpd.GeoSeries(points)).all()


def test_every_participating_outline_says_where_it_comes_from(folder):
    places = read_places(folder, "municipalities_participating").set_index("ags")
    assert (places["note"] != "").all()
    assert places.loc["01001000", "note"] == "district outline 01001"
    assert "16064046" not in places.index


@pytest.mark.shared
def test_districts_against_the_official_outlines(folder, shared_data):
    shapes = decode((folder / "districts.topo.json").read_bytes())
    official = gpd.read_file(shared_data / "boundaries" / "kreise_2022.geojson")
    assert set(shapes["ags"]) == set(official["ags"])
    gaps = deviations(areas_km2(shapes), areas_km2(official))
    # Another edition, simplified by others: nearly all agree, the rest is coast and reform.
    assert (gaps.abs() < 0.05).mean() > 0.9
    assert gaps.abs().median() < 0.02


@pytest.mark.shared
def test_districts_against_their_own_input(folder, shared_data):
    before = read_outlines(shared_data / "boundaries_product" / "kreise_vg250.gpkg", "district")
    after = decode((folder / "districts.topo.json").read_bytes())
    assert [finding.value for finding in before.findings] == ["16056"]
    assert deviations(areas_km2(after), areas_km2(before.frame)).abs().max() < 0.02
    fit_before, fit_after = fit_of(before.frame), fit_of(after)
    assert (len(fit_before.holes), len(fit_before.overlaps)) == (5, 8)
    assert new_holes(fit_before, fit_after) == []
    assert new_overlaps(fit_before, fit_after) == []


@pytest.mark.shared
def test_simplifying_the_official_districts_keeps_what_it_promises(
    folder, shared_data, data_folder, tmp_path
):
    source = shared_data / "boundaries" / "kreise_2022.geojson"
    if not source.is_file():
        pytest.skip("kreise_2022.geojson is not here")
    register = pd.read_csv(data_folder / "catalogue" / "districts.csv", dtype=str)
    official = register.set_index("ags")["area_km2"].astype(float).to_dict()
    plan = LayerPlan(
        "districts",
        "district",
        "2021-07-01",
        "2022",
        "dl-de/by-2-0",
        "© GeoBasis-DE / BKG (2022)",
        reference=register["ags"].tolist(),
        official_areas=official,
    )
    built = build(source, plan, tmp_path)
    before, after = read_outlines(source, "district").frame, decode_layer(tmp_path)
    report = built.entry.report
    assert after["ags"].tolist() == sorted(register["ags"])
    assert deviations(areas_km2(after), areas_km2(before)).abs().max() < 0.02
    fit_before, fit_after = fit_of(before), fit_of(after)
    assert (new_holes(fit_before, fit_after), new_overlaps(fit_before, fit_after)) == ([], [])
    assert report["holes_input"] == len(fit_before.holes)
    assert report["overlaps_input"] == len(fit_before.overlaps)
    gaps = deviations(areas_km2(before), pd.Series(official))
    far = gaps[gaps.abs() > 0.05]
    assert set(report["official_area_far"]) == set(far.index)
    listed = {one.value for one in built.findings if one.code == "boundary_area_official"}
    assert listed == set(far.index)
    assert report["errors"] == 0


def decode_layer(folder):
    return decode((folder / "districts.topo.json").read_bytes())
