"""Builds one boundary layer from the command line: ``python -m loaders.boundaries --help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from loaders.boundaries.build import BuiltLayer, LayerPlan, build
from loaders.boundaries.outlines import KEY_LENGTHS
from loaders.folders import data_folder
from loaders.languages import LANGUAGES


def main(arguments: list[str] | None = None) -> int:
    """Builds the layer, prints every finding, and gives 1 when the source was refused."""
    options = _parser().parse_args(arguments)
    built = build(options.source, _plan(options), options.target)
    _print(built, options.lang)
    return 0 if built.entry else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders.boundaries", description=__doc__)
    parser.add_argument("source", type=Path, help="official BKG file")
    parser.add_argument("--layer", required=True, help="name of the layer, e.g. districts")
    parser.add_argument("--level", required=True, choices=list(KEY_LENGTHS))
    parser.add_argument("--status", required=True, help="ISO date at which the keys are valid")
    parser.add_argument("--edition", required=True, help="as-of date of the outlines")
    parser.add_argument("--licence", default="dl-de/by-2-0")
    parser.add_argument("--attribution", required=True, help="notice of the licence, in full")
    parser.add_argument("--attribution-en", default="", help="the notice for English readers")
    parser.add_argument("--source-layer", help="layer inside the file, when it has several")
    parser.add_argument("--tolerance", type=float, default=LayerPlan.tolerance, help="degrees")
    parser.add_argument("--reference", type=Path, help="CSV with a column ags: the keys expected")
    parser.add_argument("--areas", type=Path, help="CSV with columns ags and area_km2")
    parser.add_argument("--borrow", action="append", default=[], metavar="AGS=DISTRICT")
    parser.add_argument("--borrow-from", type=Path, help="official file with these districts")
    parser.add_argument("--target", type=Path, default=data_folder() / "boundaries")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    return parser


def _plan(options: argparse.Namespace) -> LayerPlan:
    digits = KEY_LENGTHS[options.level]
    return LayerPlan(
        layer=options.layer,
        level=options.level,
        territorial_status=options.status,
        edition=options.edition,
        licence=options.licence,
        attribution=options.attribution,
        attribution_en=options.attribution_en,
        source_layer=options.source_layer,
        tolerance=options.tolerance,
        reference=_keys(options.reference),
        official_areas=_areas(options.areas, digits),
        borrowed=dict(pair.split("=", 1) for pair in options.borrow),
        borrowed_from=options.borrow_from,
    )


def _keys(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    return tuple(pd.read_csv(path, dtype=str, keep_default_na=False)["ags"])


def _areas(path: Path | None, digits: int) -> dict[str, float]:
    """Square kilometres by key; areas of finer keys are added up."""
    if path is None:
        return {}
    frame = pd.read_csv(path, dtype={"ags": str})
    frame = frame[frame["ags"].str.len() >= digits].dropna(subset=["area_km2"])
    sums = frame.groupby(frame["ags"].str[:digits])["area_km2"].sum()
    return {str(key): float(area) for key, area in sums.items()}


def _print(built: BuiltLayer, lang: str) -> None:
    for finding in built.findings:
        print(f"{finding.severity}: {finding.sentence(lang)} {finding.advice(lang)}")
    if built.entry is None:
        print("No layer was written.")
        return
    print(f"{built.entry.layer}: {built.entry.count} outlines")
    for name, value in built.entry.report.items():
        print(f"  {name}: {value}")


if __name__ == "__main__":
    sys.exit(main())
