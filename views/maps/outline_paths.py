"""Outlines as paths of a drawing: the shipped TopoJSON, projected and rounded once per arc.

Shared borders are rounded before they are joined to shapes, so neighbours meet without gaps.
Paths are written in tenths of the drawing's units; draw them inside ``scale(0.1)``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from loaders.boundaries.layers import LayerEntry, read_layers
from views.maps.description import AreaLayer

TENTHS: Final = 10
Points = NDArray[np.int64]


@dataclass(frozen=True)
class Projection:
    """Web Mercator into a box of a drawing; units of the drawing, y downwards.

    Attributes:
        scale: units of the drawing per radian of longitude.
        x, y: place of the origin (0 degrees, equator) in the drawing.
    """

    scale: float
    x: float
    y: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """A place in degrees as a point of the drawing."""
        return self.x + self.scale * np.radians(lon), self.y - self.scale * _northing(lat)


def fitted(bounds: Sequence[float], box: Sequence[float]) -> Projection:
    """The projection that shows some bounds as large as a box allows, centred in it.

    Args:
        bounds: west, south, east, north in degrees.
        box: left, top, width, height in units of the drawing.
    """
    west, south, east, north = bounds
    left, top, width, height = box
    wide, high = np.radians(east - west), _northing(north) - _northing(south)
    scale = float(min(width / wide, height / high))
    x = left + (width - scale * wide) / 2 - scale * np.radians(west)
    y = top + (height - scale * high) / 2 + scale * _northing(north)
    return Projection(scale, float(x), float(y))


def _northing(lat: Any) -> Any:
    return np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))


@dataclass(frozen=True)
class OutlinePaths:
    """One layer as drawing.

    Attributes:
        keys, names: official key and name per shape, in the order of the file.
        shapes: path data per shape, in tenths.
        borders: path data of all borders, each drawn once, in tenths.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[str, ...]
    borders: str


def outline_paths(folder: Path, layer: AreaLayer, projection: Projection) -> OutlinePaths:
    """The shapes of a described layer.

    Args:
        folder: the built layers, ``data/boundaries``.
        layer: as a map description names it.
        projection: from degrees to the drawing.

    Raises:
        LookupError: no built layer is published under the layer's address.
        ValueError: the keys of the file are not those of the description.
    """
    entry = _entry(folder, layer.url)
    topology = json.loads((folder / entry.file).read_bytes())
    geometries = topology["objects"][layer.object]["geometries"]
    keys = tuple(one["id"] for one in geometries)
    if keys != layer.keys:
        raise ValueError(f"{entry.file} holds other places than the description")
    arcs = _arcs(topology, projection)
    shapes = tuple(_shape(one, arcs) for one in geometries)
    names = tuple(one["properties"]["name"] for one in geometries)
    return OutlinePaths(keys, names, shapes, "".join(_path(arc) for arc in arcs))


def _entry(folder: Path, url: str) -> LayerEntry:
    for entry in read_layers(folder).values():
        if url.endswith(f"/{entry.published_name}"):
            return entry
    raise LookupError(f"no layer in {folder} is published as {url}")


def _arcs(topology: Any, projection: Projection) -> list[Points]:
    """All arcs as whole tenths of the drawing."""
    scale, offset = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    found = []
    for arc in topology["arcs"]:
        lon, lat = (np.array(arc).cumsum(axis=0) * scale + offset).T
        x, y = projection.place(lat, lon)
        found.append(np.rint(np.column_stack([x, y]) * TENTHS).astype(np.int64))
    return found


def _shape(geometry: Any, arcs: Sequence[Points]) -> str:
    nested = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return "".join(_path(_ring(ring, arcs)) + "z" for rings in nested for ring in rings)


def _ring(numbers: Sequence[int], arcs: Sequence[Points]) -> Points:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _path(points: Points) -> str:
    """Path data of some points; steps of no length are left out."""
    steps = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in pairwise(points.tolist())
        if (x, y) != (before_x, before_y)
    ]
    start = f"M{points[0][0]} {points[0][1]}"
    return f"{start}l{' '.join(f'{x} {y}' for x, y in steps)}" if steps else f"{start}l0 0"
