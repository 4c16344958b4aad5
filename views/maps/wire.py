"""A description as the small message the map part reads; see ``static/map.js``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from views.maps.description import (
    MISSING_CODES,
    PLAIN,
    AreaLayer,
    Faces,
    LegendEntry,
    Line,
    ListedPlace,
    MapDescription,
    Symbol,
)
from views.maps.escape import plain
from views.maps.packing import pack_bytes, pack_numbers

GERMANY = (5.87, 47.27, 15.05, 55.06)
LONGEST_NOTE = 600
_LEGEND_FIELDS: Mapping[str, tuple[str, ...]] = {
    "class": ("index",),
    "plain": (),
    "missing": ("missing",),
    "symbol": ("shape", "role", "filled", "dot", "cross", "joint"),
    "line": ("role", "dashed"),
}


def message(description: MapDescription, height: int) -> dict[str, Any]:
    """Everything but the geometry, as plain JSON values.

    Raises:
        ValueError: values and outlines differ in number, a class has no colour, or a list
            is asked for without values.
    """
    _agree(description)
    areas, values = description.areas, description.values
    active = values is not None
    return {
        "height": height,
        "lang": description.lang,
        "words": _words(description),
        "colours": {"light": asdict(description.light), "dark": asdict(description.dark)},
        "areas": None if areas is None else {**_layer(areas), "active": active},
        "classes": None if values is None else pack_bytes(values.codes),
        "numbers": None
        if values is None
        else asdict(pack_numbers(values.numbers, values.decimals)),
        "decimals": 0 if values is None else max(values.decimals, 0),
        "missing": {code: kind for kind, code in MISSING_CODES.items()},
        "plain": PLAIN,
        "outlines": [_layer(layer) for layer in description.outlines],
        "symbols": [_symbol(symbol) for symbol in description.symbols],
        "lines": [_line(line) for line in description.lines],
        "notes": _plain_all(description.notes, LONGEST_NOTE),
        "legend": [_legend(row) for row in description.legend],
        "selected": description.selected,
        "walk": "area" if active or not description.symbols else "symbol",
        "bounds": description.bounds or (areas.bounds if areas else GERMANY),
        "mode": description.mode,
        "faces": None if description.faces is None else _faces(description.faces),
        "tiles": None if description.tiles is None else asdict(description.tiles),
    }


def _agree(description: MapDescription) -> None:
    areas, values = description.areas, description.values
    if values is None:
        if description.faces is not None:
            raise ValueError("a list needs values")
        return
    if areas is None or len(areas.keys) != len(values.codes):
        raise ValueError("one code per outline, in the order of the layer")
    shown = values.codes[values.codes < PLAIN]
    for scheme in (description.light, description.dark):
        if shown.size and int(shown.max()) >= len(scheme.classes):
            raise ValueError(f"class {shown.max()} has no colour")


def _faces(faces: Faces) -> dict[str, Any]:
    return {
        "words": _plain_all(asdict(faces.words), LONGEST_NOTE),
        "limits": list(faces.limits),
        "interval": plain(faces.interval),
        "places": [_listed(place) for place in faces.places],
        "kinds": _plain_all(faces.kinds, LONGEST_NOTE),
        "play": {"index": faces.period, "count": faces.periods},
    }


def _listed(place: ListedPlace) -> dict[str, Any]:
    return {
        "ags": place.ags,
        "name": plain(place.name),
        "detail": plain(place.detail),
        "number": None if place.missing else place.number,
        "missing": place.missing,
    }


def _layer(layer: AreaLayer) -> dict[str, Any]:
    return {"url": layer.url, "object": layer.object}


def _symbol(symbol: Symbol) -> dict[str, Any]:
    return {**asdict(symbol), "label": plain(symbol.label)}


def _legend(row: LegendEntry) -> dict[str, Any]:
    """Only what the pen of this kind of row reads: the message travels with every change."""
    read = {name: getattr(row, name) for name in _LEGEND_FIELDS[row.kind]}
    return {"kind": row.kind, "label": plain(row.label), **read}


def _line(line: Line) -> dict[str, Any]:
    return {
        "from": line.start,
        "to": line.end,
        "role": line.role,
        "width": line.width,
        "dashed": line.dashed,
    }


def _words(description: MapDescription) -> dict[str, Any]:
    words = asdict(description.words)
    missing = _plain_all(words.pop("missing"), LONGEST_NOTE)
    return {**_plain_all(words, LONGEST_NOTE), "missing": missing}


def _plain_all(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    return {name: plain(text, longest) for name, text in texts.items()}
