"""Bad boundary files at the builder's command line: named in both languages, never raised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.__main__ import main
from loaders.boundaries.layers import read_layers, read_places
from loaders.findings import known_codes

ATTRIBUTION = ["--edition", "2022", "--attribution", "© GeoBasis-DE / BKG (2022)"]
PLAN = ["--layer", "districts", "--level", "district", "--status", "2021-07-01", *ATTRIBUTION]


def square(key: str, west: float, *, column: str = "AGS", scale: float = 1.0) -> dict:
    ring = [(west, 50.5), (west + 0.1, 50.5), (west + 0.1, 51.0), (west, 51.0), (west, 50.5)]
    shape = {"type": "Polygon", "coordinates": [[(x * scale, y * scale) for x, y in ring]]}
    return {"type": "Feature", "properties": {column: key, "GEN": key}, "geometry": shape}


def collection(*features: dict, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def crossing(key: str, west: float) -> dict:
    feature = square(key, west)
    (ring,) = feature["geometry"]["coordinates"]
    feature["geometry"]["coordinates"] = [[ring[0], ring[2], ring[1], ring[3], ring[0]]]
    return feature


def open_ring(key: str, west: float) -> dict:
    feature = square(key, west)
    feature["geometry"]["coordinates"][0].pop()
    return feature


GOOD = square("16053", 11.5)
# What is refused as a whole, and what is repaired or left out with a note.
REFUSED = {
    "empty file": (b"", "boundary_file_unreadable"),
    "cut off": (collection(GOOD, square("16051", 11.0))[:210], "boundary_file_unreadable"),
    "a web page": (b"<!doctype html><title>404</title>", "boundary_file_unreadable"),
    "no outlines": (collection(), "boundary_file_empty"),
    "metres called degrees": (
        collection(square("16053", 11.5, scale=50000)),
        "boundary_projection_wrong",
    ),
    "no column of keys": (
        collection(square("16053", 11.5, column="Gebiet")),
        "boundary_key_column_missing",
    ),
}
MENDED = {
    "rows without keys": (
        [GOOD, square("", 11.0), square("1605", 11.2)],
        ["boundary_key_missing", "boundary_key_malformed"],
        ["16053"],
    ),
    "crossing ring": ([GOOD, crossing("16055", 11.0)], ["boundary_ring_repaired"], None),
    "ring left open": ([GOOD, open_ring("16055", 11.0)], ["boundary_ring_repaired"], None),
    "no shape": (
        [GOOD, {**square("16055", 11.0), "geometry": None}],
        ["boundary_shape_empty"],
        ["16053"],
    ),
    "old territorial status": (
        [square("16056", 11.5), square("16063", 11.6)],
        ["boundary_status_old"],
        ["16063"],
    ),
}


def run(tmp_path: Path, content: bytes, lang: str) -> tuple[int, Path]:
    source = tmp_path / "quelle.geojson"
    source.write_bytes(content)
    target = tmp_path / "built"
    options = [*PLAN, "--target", str(target), "--lang", lang]
    return main(["boundaries", str(source), *options]), target


def words(code: str, lang: str) -> str:
    """The longest piece of a finding's sentence without places to fill."""
    pieces = known_codes()[code][lang].replace("{", "}").split("}")[::2]
    return max(pieces, key=len).strip()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_reason(name: str, lang: str, tmp_path: Path, capsys) -> None:
    content, code = REFUSED[name]
    exit_code, target = run(tmp_path, content, lang)
    said = capsys.readouterr().out
    assert exit_code == 1
    assert words(code, lang) in said
    assert str(tmp_path) not in said
    assert not target.exists()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", MENDED)
def test_mended_with_a_note(name: str, lang: str, tmp_path: Path, capsys) -> None:
    features, codes, keys = MENDED[name]
    exit_code, target = run(tmp_path, collection(*features), lang)
    said = capsys.readouterr().out
    assert exit_code == 0
    for code in codes or ():
        assert words(code, lang) in said
    kept = read_places(target, "districts")["ags"].tolist()
    assert kept == (keys or ["16053", "16055"])
    assert read_layers(target)["districts"].count == len(kept)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_file_that_is_not_there(lang: str, tmp_path: Path, capsys) -> None:
    options = [*PLAN, "--target", str(tmp_path), "--lang", lang]
    assert main(["boundaries", str(tmp_path / "none.gpkg"), *options]) == 1
    assert words("boundary_file_unreadable", lang) in capsys.readouterr().out
