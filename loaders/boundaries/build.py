"""Builds one layer from an official boundary file and reports how true it stayed.

The outlines are simplified as a coverage (a border shared by two places stays shared),
put on a grid and written as TopoJSON. The written file is read back and compared with
the input: holes and overlaps between neighbours, and the area of every outline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from loaders.boundaries import coverage, topology
from loaders.boundaries.layers import LayerEntry, write_layer, write_whole
from loaders.boundaries.outlines import KEY_LENGTHS, read_outlines
from loaders.findings import Finding, count_errors
from loaders.keys import Level

# Largest change of an area by simplifying, and largest gap to the official area unlisted.
INPUT_LIMIT = 0.02
OFFICIAL_LIMIT = 0.05


@dataclass(frozen=True)
class LayerPlan:
    """What a layer is called, where its outlines come from, and how fine it becomes.

    Attributes:
        layer: name of the layer and of its files.
        level: level of the keys.
        territorial_status: ISO date at which the keys are valid.
        edition: as-of date of the outlines as the publisher states it.
        licence: identifier of the licence, for example ``dl-de/by-2-0``.
        attribution: notice the licence asks for, word for word.
        attribution_en: the same notice for English readers; may be empty.
        source_layer: layer inside the file; found from the level when empty.
        tolerance: degrees; triangles smaller than its square are flattened. 0 keeps all.
        reference: keys the layer should have; empty when no list is at hand.
        official_areas: square kilometres by key, where known.
        borrowed: municipality key by the district key whose outline it takes, for
            district-free cities whose own outline is missing.
        borrowed_from: official file with these districts.
    """

    layer: str
    level: Level
    territorial_status: str
    edition: str
    licence: str
    attribution: str
    attribution_en: str = ""
    source_layer: str | None = None
    tolerance: float = 0.002
    reference: Collection[str] = ()
    official_areas: Mapping[str, float] = field(default_factory=dict)
    borrowed: Mapping[str, str] = field(default_factory=dict)
    borrowed_from: Path | None = None


@dataclass(frozen=True)
class BuiltLayer:
    """The entry of the layer, ``None`` when the source was refused, and all findings."""

    entry: LayerEntry | None
    findings: list[Finding]


def build(source: Path, plan: LayerPlan, target: Path) -> BuiltLayer:
    """Writes ``<layer>.topo.json``, ``<layer>.places.csv`` and the entry in ``layers.json``.

    A file that cannot be read as outlines of Germany is refused with a finding and
    leaves the folder as it was; single faulty rows are left out, each with a finding.

    Args:
        source: official file of the BKG, see ``loaders.boundaries.outlines``.
        plan: name, level, licence and limits of the layer.
        target: folder of the layers.
    """
    reading = read_outlines(source, plan.level, plan.source_layer)
    findings = list(reading.findings)
    outlines = _with_borrowed(reading.frame, plan, findings)
    if outlines.empty:
        return BuiltLayer(None, findings)
    findings += _against_reference(outlines, plan, source)
    content = topology.encode(_simplified(outlines, plan.tolerance), plan.layer)
    report, measured = _compare(outlines, topology.decode(content), plan, source)
    findings += measured
    entry = _entry(source, plan, outlines, content, report, findings)
    write_whole(target / entry.file, content)
    places = _places(outlines).to_csv(index=False, lineterminator="\n")
    write_whole(target / entry.places, places.encode("utf-8"))
    write_layer(target, entry)
    return BuiltLayer(entry, findings)


def _with_borrowed(
    frame: gpd.GeoDataFrame, plan: LayerPlan, findings: list[Finding]
) -> gpd.GeoDataFrame:
    if plan.borrowed_from is None or not plan.borrowed or frame.empty:
        return frame
    reading = read_outlines(plan.borrowed_from, "district")
    findings += [fault for fault in reading.findings if fault.severity == "error"]
    districts = reading.frame.set_index("ags")
    rows = []
    for key, district in sorted(plan.borrowed.items()):
        if district not in districts.index or key in set(frame["ags"]):
            code = "boundary_borrowed_missing"
            details = {"district": district}
            finding = Finding(code, plan.borrowed_from.name, value=key, details=details)
            findings.append(finding)
            continue
        taken = districts.loc[district]
        note = f"district outline {district}"
        rows.append({"ags": key, "name": taken["name"], "kind": "", "note": note})
        rows[-1]["geometry"] = taken.geometry
    if not rows:
        return frame
    more = gpd.GeoDataFrame(rows, geometry="geometry", crs=frame.crs)
    joined = pd.concat([frame, more], ignore_index=True).sort_values("ags", ignore_index=True)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=frame.crs)


def _simplified(frame: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Outlines whose shared borders are truly shared, then flattened together.

    Cleaning comes first: borders that cross without a common point would open into
    slits on the grid. Gaps are left as they are.
    """
    shapes = shapely.coverage_clean(frame.geometry.to_numpy(), gap_width=0.0)
    if tolerance > 0:
        shapes = shapely.coverage_simplify(shapes, tolerance)
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def _against_reference(frame: gpd.GeoDataFrame, plan: LayerPlan, source: Path) -> list[Finding]:
    expected = {key for key in plan.reference if len(key) == KEY_LENGTHS[plan.level]}
    if not expected:
        return []
    have = set(frame["ags"])
    missing = [
        Finding("boundary_outline_missing", source.name, value=key)
        for key in sorted(expected - have)
    ]
    status = {"status": plan.territorial_status}
    unknown = [
        Finding("boundary_key_unknown", source.name, value=key, details=status)
        for key in sorted(have - expected)
    ]
    return missing + unknown


def _compare(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, plan: LayerPlan, source: Path
) -> tuple[dict[str, Any], list[Finding]]:
    """How far the written layer departs from the input; findings for what passes a limit."""
    fit_before, fit_after = coverage.fit_of(before), coverage.fit_of(after)
    holes = coverage.new_holes(fit_before, fit_after)
    overlaps = coverage.new_overlaps(fit_before, fit_after)
    area_before, area_after = coverage.areas_km2(before), coverage.areas_km2(after)
    change = coverage.deviations(area_after, area_before)
    official = coverage.deviations(area_before, pd.Series(dict(plan.official_areas), dtype=float))
    far = official[official.abs() > OFFICIAL_LIMIT].sort_index()
    report = {
        "points_input": int(shapely.get_num_coordinates(before.geometry.to_numpy()).sum()),
        "points_output": int(shapely.get_num_coordinates(after.geometry.to_numpy()).sum()),
        "holes_input": len(fit_before.holes),
        "holes_output": len(fit_after.holes),
        "holes_new": len(holes),
        "overlaps_input": len(fit_before.overlaps),
        "overlaps_output": len(fit_after.overlaps),
        "overlaps_new": len(overlaps),
        "area_change_largest": round(float(change.abs().max()), 6),
        "area_change_largest_ags": str(change.abs().idxmax()),
        "official_areas_compared": len(official),
        "official_area_far": {str(key): round(float(gap), 4) for key, gap in far.items()},
    }
    return report, _measured(source, fit_before, holes, overlaps, change, far)


def _measured(
    source: Path,
    before: coverage.Fit,
    holes: list[shapely.Polygon],
    overlaps: list[tuple[str, str]],
    change: pd.Series[float],
    official: pd.Series[float],
) -> list[Finding]:
    name, findings = source.name, []
    if before.holes or before.overlaps:
        counts = {"holes": str(len(before.holes)), "overlaps": str(len(before.overlaps))}
        findings.append(Finding("boundary_input_gaps", name, details=counts))
    for hole in holes:
        point = hole.representative_point()
        value = f"{point.y:.4f} {point.x:.4f}"
        findings.append(Finding("boundary_hole_new", name, value=value))
    for first, second in overlaps:
        value = f"{first} {second}"
        findings.append(Finding("boundary_overlap_new", name, value=value))
    for code, gaps in (
        ("boundary_area_changed", change[change.abs() > INPUT_LIMIT].sort_index()),
        ("boundary_area_official", official),
    ):
        for key, gap in gaps.items():
            percent = {"percent": f"{100 * gap:+.1f}"}
            findings.append(Finding(code, name, value=str(key), details=percent))
    return findings


def _places(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    points = frame.geometry.representative_point()
    return pd.DataFrame(
        {
            "ags": frame["ags"],
            "name": frame["name"],
            "kind": frame["kind"],
            "note": frame["note"],
            "lat": points.y.round(5),
            "lon": points.x.round(5),
            "area_km2": coverage.areas_km2(frame).round(2).to_numpy(),
        }
    )


def _entry(
    source: Path,
    plan: LayerPlan,
    frame: gpd.GeoDataFrame,
    content: bytes,
    report: Mapping[str, Any],
    findings: list[Finding],
) -> LayerEntry:
    west, south, east, north = (round(float(side), 5) for side in frame.total_bounds)
    severities = {"errors": count_errors(findings), "findings": len(findings)}
    return LayerEntry(
        layer=plan.layer,
        level=plan.level,
        file=f"{plan.layer}.topo.json",
        object=plan.layer,
        key="id",
        places=f"{plan.layer}.places.csv",
        count=len(frame),
        bounds=(west, south, east, north),
        territorial_status=plan.territorial_status,
        edition=plan.edition,
        licence=plan.licence,
        attribution=plan.attribution,
        sha256=hashlib.sha256(content).hexdigest(),
        source=source.name,
        report={**report, **severities, "bytes": len(content)},
        attribution_en=plan.attribution_en,
    )
