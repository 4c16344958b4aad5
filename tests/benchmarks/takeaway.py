"""What a person waits for a file to take away, against the seconds they may wait."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from loaders import folders
from loaders.store import open_store, queries
from tests.benchmarks.measurements import Comparison, measurement, median_ms
from tests.views.exports import decks
from tests.views.exports.conftest import described_map
from views.exports.caption import Caption
from views.exports.map_picture import map_svg
from views.exports.story_exports import EXPORTS
from views.exports.story_source import StorySource
from views.exports.svg_png import svg_png

PICTURE_LIMIT_MS = 3_000
STORY_LIMIT_MS = 20_000
CAPTION = Caption("Einwohnerdichte", "Von 35 bis 4.861 je km².", ("Destatis",), "2026-11-22", 7)


@measurement
def map_picture(quick: bool) -> Iterator[Comparison]:
    """400 districts from the description to a picture of 3,200 pixels, against three seconds."""
    times = 3 if quick else 9
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), folders.DATA)
        rows = queries.values(store, "population_density", "2023-12-31", "district")
        shown = described_map(rows[["ags", "value", "missing"]], folders.DATA)
        store.close()

    def drawing() -> str:
        return map_svg(shown, CAPTION, folders.DATA / "boundaries")

    for name, work in (("SVG", drawing), ("PNG", lambda: svg_png(drawing(), 3200))):
        taken = median_ms(work, times)
        yield Comparison(f"map picture, {name} / limit", taken, PICTURE_LIMIT_MS, "ms", 1, times)


@measurement
def story_files(quick: bool) -> Iterator[Comparison]:
    """Ten steps as PowerPoint, PDF, web page and folder together, against twenty seconds."""
    times = 1 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), folders.DATA)
        rows = queries.values(store, "population_density", "2023-12-31", "district")
        rows = rows[["ags", "value", "missing"]]
        store.close()
    told = {one: decks.deck(described_map(rows, folders.DATA, one), one) for one in ("de", "en")}
    boundaries = folders.DATA / "boundaries"
    source = StorySource(told, "de", "https://beispiel.de/", boundaries, "2026-11-25")
    taken = median_ms(lambda: [one.build(source) for one in EXPORTS], times)
    name = "story of ten steps, four files / limit"
    yield Comparison(name, taken, STORY_LIMIT_MS, "ms", 1, times)
