"""A described map as GeoJSON: outlines with their values, and where both come from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from loaders.boundaries import topology
from loaders.boundaries.layers import LayerEntry, read_layers
from views.exports.caption import Caption
from views.maps.description import MISSING_CODES, MapDescription

DIGITS = 5
_KINDS = {code: kind for kind, code in MISSING_CODES.items()}


def map_geojson(
    description: MapDescription, caption: Caption, unit: str, boundaries: Path
) -> bytes:
    """The areas of a map with values as a feature collection (RFC 7946, WGS 84).

    Args:
        description: the map as the page describes it.
        caption: title, sources, state and address, written beside the features.
        unit: of the values, in words.
        boundaries: the built layers, ``data/boundaries``.

    Returns:
        UTF-8. Each feature has ``id`` (official key), name, value and missing: a place
        without a value has ``null`` and the kind of missing, never zero. Places without an
        outline have a ``null`` geometry, as the standard has it.

    Raises:
        LookupError: the layer of the description is not among the built ones.
        ValueError: the map has no areas with values.
    """
    if description.areas is None or description.values is None:
        raise ValueError("only areas with values become GeoJSON")
    entry = read_layers(boundaries)[description.areas.object]
    frame = topology.decode((boundaries / entry.file).read_bytes())
    shapes = shapely.transform(frame.geometry.to_numpy(), lambda points: np.round(points, DIGITS))
    values = description.values
    told = zip(frame["ags"], frame["name"], values.numbers, values.codes, shapes, strict=True)
    features = [
        _feature(ags, name, float(number), _KINDS.get(int(code), ""), shapely.geometry.mapping(one))
        for ags, name, number, code, one in told
    ]
    listed = description.faces.places if description.faces else ()
    features += [_feature(one.ags, one.name, one.number, one.missing, None) for one in listed]
    content = {
        "type": "FeatureCollection",
        **_about(description, caption, unit, entry),
        "features": features,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(ags: str, name: str, number: float, missing: str, shape: Any) -> dict[str, Any]:
    value = None if missing or np.isnan(number) else number
    properties = {"name": name, "value": value, "missing": missing or None}
    return {"type": "Feature", "id": ags, "properties": properties, "geometry": shape}


def _about(
    description: MapDescription, caption: Caption, unit: str, entry: LayerEntry
) -> dict[str, Any]:
    return {
        "title": caption.title,
        "language": description.lang,
        "unit": unit,
        "period": caption.data_date,
        "sources": list(caption.sources),
        "data_version": caption.data_version,
        "address": caption.address,
        "outlines": {
            "notice": entry.notice(description.lang),
            "licence": entry.licence,
            "valid": entry.territorial_status,
        },
    }
