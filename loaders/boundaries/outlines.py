"""Official boundary files of the BKG, read into one frame of outlines.

Reads VG250, VG1000, VG2500 and VG5000 as GeoPackage, shapefile or GeoJSON. The key is
found under ``AGS`` or ``ARS``; where the file holds finer keys than asked for
(districts for states), the outlines are joined along the longer key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from loaders.boundaries.layers import SUCCESSORS
from loaders.findings import Finding
from loaders.keys import Level, level_of

GEOGRAPHIC = "EPSG:4326"
LAND_WITH_STRUCTURE = 4
GERMANY = (5.0, 46.5, 16.0, 56.0)

KEY_LENGTHS: Mapping[str, int] = {"state": 2, "district": 5, "municipality": 8}
LAYER_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "state": ("_lan", "_krs", "_gem"),
    "district": ("_krs", "_gem"),
    "municipality": ("_gem",),
}
KEY_COLUMNS = ("ags", "ars")
NAME_COLUMNS = ("gen", "name")
KIND_COLUMNS = ("bez",)
NOTE_COLUMNS = ("source",)

STATE_NAMES: Mapping[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}


@dataclass(frozen=True)
class Reading:
    """Outlines of one level and what was found on the way.

    Attributes:
        frame: columns ags, name, kind, note (text, empty where unknown) and geometry
            (polygons, EPSG:4326), one row per key, sorted by ags; empty when refused.
        findings: every fault of the file; an error about the whole file leaves no rows.
    """

    frame: gpd.GeoDataFrame
    findings: list[Finding] = field(default_factory=list)


def read_outlines(source: Path, level: Level, layer: str | None = None) -> Reading:
    """Outlines of one level from an official file, one row per key.

    Args:
        source: GeoPackage, shapefile or GeoJSON.
        level: ``state``, ``district`` or ``municipality``.
        layer: name of the layer; found from the level when not given.
    """
    findings: list[Finding] = []
    raw = _open(source, level, layer, findings)
    if raw is None or not _has_place(raw, source, findings):
        return Reading(_empty(), findings)
    columns = {name.lower(): name for name in raw.columns}
    key_column = _first(columns, KEY_COLUMNS)
    if key_column is None:
        missing = {"columns": ", ".join(map(str, raw.columns))}
        findings.append(Finding("boundary_key_column_missing", source.name, details=missing))
        return Reading(_empty(), findings)
    raw = _land_only(raw, columns)
    frame = _named(raw, columns, key_column)
    frame = _with_valid_keys(frame, source, key_column, level, findings)
    frame = _with_current_keys(frame, source, level, findings)
    frame = _with_sound_shapes(frame, source, findings)
    return Reading(_joined(frame, source, level, findings), findings)


def _open(
    source: Path, level: Level, layer: str | None, findings: list[Finding]
) -> gpd.GeoDataFrame | None:
    try:
        names = [str(name) for name, _kind in pyogrio.list_layers(source)]
        chosen = layer if layer in names else _layer_for(level, names)
        if chosen is None or (layer is not None and layer not in names):
            details = {"layers": ", ".join(names), "level": level}
            findings.append(Finding("boundary_layer_missing", source.name, details=details))
            return None
        frame = _read(source, chosen, findings)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as fault:
        details = {"reason": str(fault).replace(str(source), source.name)}
        findings.append(Finding("boundary_file_unreadable", source.name, details=details))
        return None
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        details = {"reason": "0"}
        findings.append(Finding("boundary_file_empty", source.name, details=details))
        return None
    return frame.set_index(np.arange(1, len(frame) + 1))


def _read(source: Path, layer: str, findings: list[Finding]) -> gpd.GeoDataFrame:
    """The rows of a layer; rings left open are closed, each with a note."""
    try:
        return gpd.read_file(source, layer=layer)
    except shapely.errors.GEOSException as fault:
        reason = str(fault)
    sound = gpd.read_file(source, layer=layer, on_invalid="ignore")
    closed = gpd.read_file(source, layer=layer, on_invalid="fix")
    column = _first({name.lower(): name for name in closed.columns}, KEY_COLUMNS)
    for position in np.flatnonzero(sound.geometry.isna() & closed.geometry.notna()):
        key = "" if column is None else str(closed[column].iloc[position])
        code, row = "boundary_ring_repaired", int(position) + 1
        details = {"reason": reason}
        findings.append(Finding(code, source.name, row=row, value=key, details=details))
    return closed


def _layer_for(level: Level, names: list[str]) -> str | None:
    if len(names) == 1:
        return names[0]
    for suffix in LAYER_SUFFIXES[level]:
        for name in names:
            if name.lower().endswith(suffix):
                return name
    return None


def _has_place(frame: gpd.GeoDataFrame, source: Path, findings: list[Finding]) -> bool:
    """Whether the outlines lie in Germany; brings them to EPSG:4326 in place."""
    if frame.crs is None:
        if not _in_germany(frame):
            findings.append(Finding("boundary_projection_unknown", source.name))
            return False
        findings.append(Finding("boundary_projection_assumed", source.name))
        frame.set_crs(GEOGRAPHIC, inplace=True)
    projection = str(frame.crs.to_string())
    frame.to_crs(GEOGRAPHIC, inplace=True)
    if _in_germany(frame):
        return True
    bounds = ", ".join(f"{number:.4g}" for number in frame.total_bounds)
    details = {"projection": projection, "bounds": bounds}
    findings.append(Finding("boundary_projection_wrong", source.name, details=details))
    return False


def _in_germany(frame: gpd.GeoDataFrame) -> bool:
    west, south, east, north = frame.total_bounds
    inside = GERMANY[0] <= west and GERMANY[1] <= south and east <= GERMANY[2]
    return bool(inside and north <= GERMANY[3])


def _first(columns: Mapping[str, str], wanted: tuple[str, ...]) -> str | None:
    return next((columns[name] for name in wanted if name in columns), None)


def _land_only(frame: gpd.GeoDataFrame, columns: Mapping[str, str]) -> gpd.GeoDataFrame:
    if "gf" not in columns:
        return frame
    factor = pd.to_numeric(frame[columns["gf"]], errors="coerce")
    return frame[factor == LAND_WITH_STRUCTURE]


def _named(
    frame: gpd.GeoDataFrame, columns: Mapping[str, str], key_column: str
) -> gpd.GeoDataFrame:
    def text(wanted: tuple[str, ...]) -> pd.Series[str]:
        column = _first(columns, wanted)
        if column is None:
            return pd.Series("", index=frame.index, dtype=object)
        stripped: pd.Series[str] = frame[column].fillna("").astype(str).str.strip()
        return stripped

    data = {
        "ags": text((key_column.lower(),)),
        "name": text(NAME_COLUMNS),
        "kind": text(KIND_COLUMNS),
        "note": text(NOTE_COLUMNS),
    }
    return gpd.GeoDataFrame(data, geometry=frame.geometry.values, index=frame.index, crs=frame.crs)


def official_key(text: str) -> str:
    """The eight-digit AGS inside a twelve-digit ARS; any other key unchanged."""
    return text[:5] + text[9:] if len(text) == 12 and text.isdigit() else text


def _with_valid_keys(
    frame: gpd.GeoDataFrame, source: Path, column: str, level: Level, findings: list[Finding]
) -> gpd.GeoDataFrame:
    kept = []
    frame = frame.assign(ags=frame["ags"].map(official_key))
    for row, key in frame["ags"].items():
        deep_enough = level_of(key) is not None and len(key) >= KEY_LENGTHS[level]
        kept.append(deep_enough)
        if not deep_enough:
            code = "boundary_key_malformed" if key else "boundary_key_missing"
            details = {"level": level, "digits": str(KEY_LENGTHS[level])}
            findings.append(
                Finding(code, source.name, row=int(row), column=column, value=key, details=details)
            )
    return frame[np.array(kept, dtype=bool)]


def _with_current_keys(
    frame: gpd.GeoDataFrame, source: Path, level: Level, findings: list[Finding]
) -> gpd.GeoDataFrame:
    """Outlines under the key valid today; a municipality keeps its own key."""
    if level != "district":
        return frame
    for old in sorted(set(frame["ags"].str[:5]) & set(SUCCESSORS)):
        details = {"successor": SUCCESSORS[old]}
        findings.append(Finding("boundary_status_old", source.name, value=old, details=details))
    own = frame["ags"].isin(SUCCESSORS.values())
    # The joined district takes its name from the row that carries its key already.
    current = frame["ags"].str[:5].replace(dict(SUCCESSORS))
    return frame.assign(ags=current, _own=own).sort_values(["ags", "_own"], ascending=[True, False])


def _with_sound_shapes(
    frame: gpd.GeoDataFrame, source: Path, findings: list[Finding]
) -> gpd.GeoDataFrame:
    shapes = frame.geometry.to_numpy().copy()
    for position in np.flatnonzero(~frame.geometry.is_valid & ~shapely.is_missing(shapes)):
        details = {"reason": shapely.is_valid_reason(shapes[position])}
        key, row = str(frame["ags"].iloc[position]), int(frame.index[position])
        code = "boundary_ring_repaired"
        findings.append(Finding(code, source.name, row=row, value=key, details=details))
        shapes[position] = shapely.make_valid(shapes[position])
    shapes = np.array([polygons_of(shape) for shape in shapes], dtype=object)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    for position in np.flatnonzero(empty):
        key, row = str(frame["ags"].iloc[position]), int(frame.index[position])
        findings.append(Finding("boundary_shape_empty", source.name, row=row, value=key))
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))[~empty]


def polygons_of(shape: shapely.Geometry | None) -> shapely.Geometry:
    """The areas of a shape without its stray points and lines, as polygon or multipolygon."""
    if shape is None:
        return shapely.MultiPolygon()
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shape) if "Polygon" in part.geom_type]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def _joined(
    frame: gpd.GeoDataFrame, source: Path, level: Level, findings: list[Finding]
) -> gpd.GeoDataFrame:
    """One row per key of the level; parts with the same key become one outline."""
    if frame.empty:
        return _empty()
    dissolved = frame["ags"].str.len().max() > KEY_LENGTHS[level]
    frame = frame.assign(ags=frame["ags"].str[: KEY_LENGTHS[level]])
    repeated = frame["ags"].value_counts().loc[lambda count: count > 1]
    if level == "municipality":
        for key, count in repeated.sort_index().items():
            details = {"count": str(count)}
            finding = Finding("boundary_parts_joined", source.name, value=str(key), details=details)
            findings.append(finding)
    words = frame.groupby("ags", sort=True)[["name", "kind", "note"]].first()
    if dissolved:
        words = words.assign(name=words.index.map(STATE_NAMES).fillna(""), kind="", note="")
    shapes = [
        shapely.union_all(list(part)) if len(part) > 1 else part.iloc[0]
        for _key, part in frame.groupby("ags", sort=True)["geometry"]
    ]
    return gpd.GeoDataFrame(words.reset_index(), geometry=shapes, crs=GEOGRAPHIC)


def _empty() -> gpd.GeoDataFrame:
    columns: dict[str, list[str]] = {name: [] for name in ("ags", "name", "kind", "note")}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=GEOGRAPHIC))
