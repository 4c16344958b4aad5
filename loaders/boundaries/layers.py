"""The built layers as the dashboard knows them: ``layers.json``, places and published files.

Light on purpose: nothing here needs the geometry packages.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

REGISTER = "layers.json"
HASH_DIGITS = 12

# District keys that ended when districts were joined, and the key that is valid since.
SUCCESSORS: Mapping[str, str] = {"16056": "16063", "03152": "03159", "03156": "03159"}


@dataclass(frozen=True)
class LayerEntry:
    """One built layer.

    Attributes:
        layer: name, for example ``districts``.
        level: level of its keys.
        file: TopoJSON file beside the register.
        object: name of the one object in that file.
        key: where a shape carries its key; always ``id``.
        places: CSV beside the register, one row per shape in the order of the file.
        count: number of shapes.
        bounds: west, south, east, north in degrees.
        territorial_status: date at which the keys are valid, ISO.
        edition: as-of date of the outlines as the publisher states it.
        licence: identifier of the licence.
        attribution: notice the licence asks for, word for word.
        attribution_en: the same notice for English readers; empty when only one is known.
        sha256: of the TopoJSON file.
        source: name of the official file it was built from.
        report: see ``loaders.boundaries.build``.
    """

    layer: str
    level: str
    file: str
    object: str
    key: str
    places: str
    count: int
    bounds: tuple[float, float, float, float]
    territorial_status: str
    edition: str
    licence: str
    attribution: str
    sha256: str
    source: str
    report: Mapping[str, Any]
    attribution_en: str = ""

    def notice(self, lang: str) -> str:
        """The notice in the reader's language, as far as there is one."""
        return self.attribution_en if lang == "en" and self.attribution_en else self.attribution

    @property
    def published_name(self) -> str:
        """File name that changes with the content, so that browsers may keep it."""
        return f"{self.layer}.{self.sha256[:HASH_DIGITS]}.topo.json"


def read_layers(folder: Path) -> dict[str, LayerEntry]:
    """The layers of a folder by name; empty when none was built yet."""
    register = folder / REGISTER
    if not register.is_file():
        return {}
    records = json.loads(register.read_text(encoding="utf-8"))["layers"]
    entries = (LayerEntry(**{**record, "bounds": tuple(record["bounds"])}) for record in records)
    return {entry.layer: entry for entry in entries}


def write_layer(folder: Path, entry: LayerEntry) -> None:
    """Enters a layer in the register; an older entry of the same name is replaced."""
    entries = {**read_layers(folder), entry.layer: entry}
    records = [asdict(entries[name]) for name in sorted(entries)]
    text = json.dumps({"layers": records}, ensure_ascii=False, indent=1) + "\n"
    write_whole(folder / REGISTER, text.encode("utf-8"))


def read_places(folder: Path, layer: str) -> pd.DataFrame:
    """The shapes of a layer in the order of its file.

    Returns:
        columns ags, name, kind, note (text, empty where unknown), lat, lon (degrees, a
        point inside the outline) and area_km2 (of the outline, for display).
    """
    texts = {"ags": str, "name": str, "kind": str, "note": str}
    path = folder / read_layers(folder)[layer].places
    frame = pd.read_csv(path, dtype=texts, keep_default_na=False)
    return frame.astype({"lat": float, "lon": float, "area_km2": float})


def publish_layers(source: Path, target: Path) -> dict[str, str]:
    """Copies every layer to the folder the server hands out; gives file name by layer.

    Files already there stay; a name says its content. Safe when several processes start
    at once. Files of earlier contents are left for pages that are still open.
    """
    names: dict[str, str] = {}
    for layer, entry in read_layers(source).items():
        names[layer] = entry.published_name
        if not (target / entry.published_name).exists():
            write_whole(target / entry.published_name, (source / entry.file).read_bytes())
    return names


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)
