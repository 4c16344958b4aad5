"""Whether the built layers of a folder can be shown: looked at when the dashboard starts.

A folder with a layer that cannot be trusted is refused as a whole, since the layers belong
together; the shipped ones take its place. Needs no geometry packages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.boundaries.layers import (
    REGISTER,
    SUCCESSORS,
    LayerEntry,
    read_layers,
    read_places,
)
from loaders.findings import Finding, count_errors
from loaders.keys import level_of

NEEDED = ("districts", "municipalities_participating", "states")
GERMANY = (5.0, 46.5, 16.0, 56.0)


def sound_folder(folder: Path, shipped: Path) -> Path:
    """The folder itself when its layers can be shown, else the shipped layers."""
    if not folder.is_dir() or count_errors(check_layers(folder)):
        return shipped
    return folder


def check_layers(folder: Path) -> list[Finding]:
    """Every fault of the built layers; an error means that they are not shown.

    A folder that is not there has no faults: then the shipped layers are meant.
    """
    if not folder.is_dir():
        return []
    try:
        layers = read_layers(folder)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        return [Finding("layers_unreadable", REGISTER, details={"reason": _reason(fault)})]
    missing = [
        Finding("layer_missing", REGISTER, value=name) for name in NEEDED if name not in layers
    ]
    return missing + [fault for entry in layers.values() for fault in _faults(folder, entry)]


def _faults(folder: Path, entry: LayerEntry) -> Iterator[Finding]:
    try:
        content = (folder / entry.file).read_bytes()
        keys = _keys(json.loads(content), entry)
        places = read_places(folder, entry.layer)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
        yield Finding("layer_unreadable", entry.file, details={"reason": _reason(fault)})
        return
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        yield Finding("layer_changed", entry.file)
    if keys != places["ags"].tolist():
        yield Finding("layer_places_differ", entry.places, details={"file_of_outlines": entry.file})
    for key in [key for key in keys if level_of(key) != entry.level]:
        yield Finding("layer_key_malformed", entry.file, value=key, details={"level": entry.level})
    if not (_inside(entry.bounds) and places["lat"].between(GERMANY[1], GERMANY[3]).all()):
        bounds = ", ".join(f"{number:.4g}" for number in entry.bounds)
        yield Finding("layer_outside_germany", entry.file, details={"bounds": bounds})
    for old in sorted({key[:5] for key in keys} & set(SUCCESSORS)):
        details = {"successor": SUCCESSORS[old]}
        yield Finding("layer_status_old", entry.file, value=old, details=details)


def _keys(topology: dict[str, Any], entry: LayerEntry) -> list[str]:
    return [str(one[entry.key]) for one in topology["objects"][entry.object]["geometries"]]


def _inside(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    low = GERMANY[0] <= west <= east <= GERMANY[2]
    return low and GERMANY[1] <= south <= north <= GERMANY[3]


def _reason(fault: Exception) -> str:
    """What went wrong without a path of the server."""
    if isinstance(fault, FileNotFoundError):
        return Path(str(fault.filename)).name
    return (
        f"{type(fault).__name__}: {fault}"
        if not isinstance(fault, OSError)
        else str(fault.strerror)
    )
