"""The shipped tables in a store of their own, and a map described from them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from loaders.store import Store, open_store, queries
from views.maps.choropleth import (
    area_layer,
    breaks_of,
    coloured,
    readings,
    value_legend,
)
from views.maps.description import (
    MISSING_CODES,
    LegendEntry,
    Line,
    MapDescription,
    MapWords,
    SchemeColours,
    Symbol,
)
from views.texts import Formats
from views.theme import Scheme, palette
from views.widgets.map_parts import scheme_colours

JENA, KAISERSLAUTERN = "16053", "07312"
HOSTILE = "</text><script>alert(1)</script> & \u202e\u00ad'\""


@pytest.fixture(scope="session")
def shipped_store(shipped_folder: Path, data_folder: Path) -> Store:
    return open_store(shipped_folder, data_folder)


@pytest.fixture(scope="session")
def district_values(shipped_store: Store) -> pd.DataFrame:
    """Every district's density; one suppressed, one without a row."""
    found = queries.values(shipped_store, "population_density", "2023-12-31", "district")
    found = found[["ags", "value", "missing"]].copy()
    found["missing"] = found["missing"].fillna("")
    found.loc[found["ags"] == "01001", ["value", "missing"]] = [float("nan"), "suppressed"]
    return found[found["ags"] != "01002"]


def described_map(rows: pd.DataFrame, data: Path, lang: str = "de") -> MapDescription:
    """Districts with values, states as lines, one mark, one arrow, a place chosen."""
    layer = area_layer(data / "boundaries", "districts")
    breaks = breaks_of(rows["value"], "quantiles", 5, 0)
    values = coloured(readings(layer.keys, rows, 0), breaks)
    formats = Formats(lang)
    missing = {kind: f"kein Wert: {kind}" for kind in MISSING_CODES}
    classes = value_legend(
        values,
        breaks,
        lambda low, high, last: f"{formats.number(low)} bis {formats.number(high)}",
        missing,
    )
    marks = (
        LegendEntry("Modellprojekt", "symbol", shape="triangle", role="mine"),
        LegendEntry("Übernahme", "line", role="mine", dashed=True),
    )
    texts = dict.fromkeys(("help", "zoom_in", "zoom_out", "whole", "gesture"), "x")
    words = MapWords(
        **texts,
        loading="x",
        failed="x",
        label="Karte der Kreise",
        legend="Einwohnerdichte am 31.12.2023 (Einwohner je km²)",
        value="{value}\u202fje km²",
        missing=missing,
        attribution="© GeoBasis-DE / BKG (2019), dl-de/by-2-0, Daten verändert",
    )
    return MapDescription(
        lang=lang,
        words=words,
        light=colours("light"),
        dark=colours("dark"),
        areas=layer,
        values=values,
        outlines=(area_layer(data / "boundaries", "states"),),
        symbols=(Symbol(f"{JENA}000", 50.93, 11.59, "triangle", "mine", f"Jena {HOSTILE}"),),
        lines=(Line((50.93, 11.59), (49.44, 7.77), "mine", dashed=True),),
        legend=(*classes, *marks),
        selected=KAISERSLAUTERN,
    )


def colours(scheme: Scheme) -> SchemeColours:
    """Five classes of a house palette."""
    steps = palette(scheme).sequential
    return scheme_colours(scheme, [steps[step] for step in (0, 2, 3, 4, 6)])


@pytest.fixture(scope="session")
def density_map(district_values: pd.DataFrame, data_folder: Path) -> MapDescription:
    return described_map(district_values, data_folder)
