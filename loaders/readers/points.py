"""The district a point lies in, told from the shipped outlines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.folders import DATA

if TYPE_CHECKING:
    import geopandas as gpd

NEAR_DEGREES = 0.02
GERMANY = (5.5, 47.2, 15.5, 55.2)


@cache
def _outlines(path: Path) -> gpd.GeoDataFrame:
    from loaders.boundaries.topology import decode  # heavy, and only registers need it

    return decode(path.read_bytes())


def districts_of(
    points: Sequence[tuple[float, float]],
    outlines: Path = DATA / "boundaries" / "districts.topo.json",
) -> list[str]:
    """The district key of every point, in the order given; empty when it lies in none.

    A point outside all outlines counts to the nearest one within about two kilometres:
    harbours and bridges lie outside simplified shore lines.

    Args:
        points: longitude and latitude in degrees.
        outlines: TopoJSON of districts with the key as ``id``.
    """
    import shapely

    frame = _outlines(outlines)
    keys, shapes = frame["ags"].tolist(), frame.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    geometries = shapely.points([point[0] for point in points], [point[1] for point in points])
    found = [""] * len(points)
    for at, shape in zip(*tree.query(geometries, predicate="within"), strict=True):
        found[at] = keys[shape]
    outside = [at for at, key in enumerate(found) if not key]
    if outside:
        near = tree.query_nearest(geometries[outside], max_distance=NEAR_DEGREES, all_matches=False)
        for at, shape in zip(*near, strict=True):
            found[outside[at]] = keys[shape]
    return found


def read_point(longitude: object, latitude: object) -> tuple[float, float] | None:
    """Longitude and latitude of two cells; ``None`` when they are no point near Germany."""
    try:
        east, north = (float(str(cell).strip().replace(",", ".")) for cell in (longitude, latitude))
    except ValueError:
        return None
    west, south, most_east, most_north = GERMANY
    if west <= east <= most_east and south <= north <= most_north:
        return east, north
    if west <= north <= most_east and south <= east <= most_north:
        return north, east
    return None
