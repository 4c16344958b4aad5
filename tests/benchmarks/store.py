"""The queries of the store against plain SQL on the same file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from loaders import folders
from loaders.store import open_store, queries
from tests.benchmarks.measurements import Comparison, measurement, median_ms

INDICATOR, PERIOD, TOWN = "population", "2023-12-31", "07312"


@measurement
def store_queries(quick: bool) -> Iterator[Comparison]:
    """A slice, a series and a profile through the store and as hand-written SQL."""
    times = 5 if quick else 30
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), folders.DATA)
        file = Path(folder) / store.live("observations")[0].file
        raw = duckdb.connect()

        def sql(condition: str) -> None:
            raw.sql(f"select * from read_parquet('{file}') where {condition}").df()

        pairs = {
            "one indicator in all districts": (
                lambda: queries.values(store, INDICATOR, PERIOD, "district"),
                f"indicator = '{INDICATOR}' and period = '{PERIOD}' and length(ags) = 5",
            ),
            "all values of one indicator in one place": (
                lambda: queries.series(store, [INDICATOR], [TOWN]),
                f"indicator = '{INDICATOR}' and ags = '{TOWN}'",
            ),
            "newest values of one place": (
                lambda: queries.profile(store, TOWN),
                f"ags = '{TOWN}'",
            ),
        }
        for name, (query, condition) in pairs.items():
            through, by_hand = median_ms(query, times), median_ms(lambda: sql(condition), times)  # noqa: B023
            yield Comparison(f"store: {name} / plain SQL", through, by_hand, "ms", 2, times)
        raw.close()
        store.close()
