"""TopoJSON: shared borders written once, on a fixed grid, and read back as polygons."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from topojson.core.topology import Topology

GRID = 100_000


def encode(frame: gpd.GeoDataFrame, name: str, grid: int = GRID) -> bytes:
    """A quantised TopoJSON file; the key of a shape is its ``id``, in the order of the frame.

    Args:
        frame: columns ags, name, kind and geometry (EPSG:4326).
        name: name of the one object in the file.
        grid: steps of the grid along each side of the bounding box.
    """
    topology = Topology(
        frame[["ags", "geometry"]], prequantize=grid, shared_coords=False, object_name=name
    )
    content = json.loads(str(topology.to_json()))
    shapes = content["objects"][name]["geometries"]
    for shape, ags, label, kind in zip(
        shapes, frame["ags"], frame["name"], frame["kind"], strict=True
    ):
        if shape["properties"]["ags"] != ags:
            raise ValueError(f"order of shapes changed at {ags}")
        shape["id"] = ags
        shape["properties"] = {"name": label, **({"kind": kind} if kind else {})}
    del content["objects"][name]["type"]
    content["objects"][name] = {"type": "GeometryCollection", **content["objects"][name]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def decode(content: bytes) -> gpd.GeoDataFrame:
    """The shapes of a TopoJSON file: columns ags, name, kind and geometry (EPSG:4326)."""
    topology = json.loads(content)
    arcs = [_arc(arc, topology.get("transform")) for arc in topology["arcs"]]
    (collection,) = topology["objects"].values()
    rows, shapes = [], []
    for shape in collection["geometries"]:
        properties = shape["properties"]
        rows.append(
            {"ags": shape["id"], "name": properties["name"], "kind": properties.get("kind", "")}
        )
        rings = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        shapes.append(shapely.MultiPolygon([_polygon(part, arcs) for part in rings]))
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")


def _arc(arc: list[list[int]], transform: dict[str, Any] | None) -> NDArray[np.float64]:
    points = np.array(arc, dtype=float)
    if transform is None:
        return points
    grid = points.cumsum(axis=0)
    scale, offset = np.array(transform["scale"]), np.array(transform["translate"])
    degrees: NDArray[np.float64] = grid * scale + offset
    return degrees


def _polygon(rings: list[list[int]], arcs: list[NDArray[np.float64]]) -> shapely.Polygon:
    shell, *holes = [_ring(ring, arcs) for ring in rings]
    return shapely.Polygon(shell, holes)


def _ring(numbers: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Points of a ring; a negative number is the arc of its complement, walked backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
