"""How well outlines fit together: holes and overlaps between neighbours, and areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

EQUAL_AREA = "EPSG:3035"
METRES_PER_DEGREE = 111_320.0
# Smaller overlaps are rounding of coordinates, not a fault of the outlines.
SMALLEST_OVERLAP_M2 = 100.0


@dataclass(frozen=True)
class Fit:
    """Holes and overlaps of one set of outlines.

    Attributes:
        holes: rings that no outline covers although outlines surround them.
        overlaps: area in square metres by pair of keys, smaller key first.
    """

    holes: list[shapely.Polygon]
    overlaps: Mapping[tuple[str, str], float]


def fit_of(frame: gpd.GeoDataFrame) -> Fit:
    """Holes and overlaps of the outlines (columns ags and geometry, EPSG:4326)."""
    shapes = shapely.make_valid(frame.geometry.to_numpy())
    whole = shapely.union_all(shapes)
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    holes = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    return Fit(holes, _overlaps(shapes, frame["ags"].tolist()))


def _overlaps(shapes: NDArray[np.object_], keys: list[str]) -> dict[tuple[str, str], float]:
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = first < second
    first, second = first[pairs], second[pairs]
    common = shapely.intersection(shapes[first], shapes[second])
    latitude = np.radians(shapely.get_y(shapely.centroid(shapes[first])))
    areas = shapely.area(common) * METRES_PER_DEGREE**2 * np.cos(latitude)
    return {
        (min(keys[a], keys[b]), max(keys[a], keys[b])): float(area)
        for a, b, area in zip(first, second, areas, strict=True)
        if area > SMALLEST_OVERLAP_M2
    }


def new_holes(before: Fit, after: Fit) -> list[shapely.Polygon]:
    """Holes of the second set that touch no hole of the first."""
    old = shapely.STRtree(before.holes)
    return [hole for hole in after.holes if not len(old.query(hole, predicate="intersects"))]


def new_overlaps(before: Fit, after: Fit) -> list[tuple[str, str]]:
    """Pairs of keys that overlap in the second set only."""
    return sorted(set(after.overlaps) - set(before.overlaps))


def areas_km2(frame: gpd.GeoDataFrame) -> pd.Series[float]:
    """Area of each outline in square kilometres by ags, measured in ETRS89-LAEA."""
    areas = frame.to_crs(EQUAL_AREA).geometry.area.to_numpy() / 1e6
    return pd.Series(areas, index=pd.Index(frame["ags"], name="ags"))


def deviations(measured: pd.Series[float], expected: pd.Series[float]) -> pd.Series[float]:
    """Measured over expected minus one, for the keys both know."""
    both = measured.index.intersection(expected.index)
    return (measured.loc[both] / expected.loc[both] - 1).rename("deviation")
