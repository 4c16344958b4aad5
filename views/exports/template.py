"""The upload template: the canonical header and real rows that show how to fill it."""

from __future__ import annotations

import pandas as pd

from loaders.schemas import TableSchema
from loaders.store import Store, queries
from views.exports.csv import canonical_csv

EXAMPLE_ROWS = 2


def example_rows(store: Store, indicator: str, ags: str = "") -> pd.DataFrame:
    """Two rows we hold of one indicator, in the columns of the observations.

    Args:
        store: the opened store.
        indicator: id of the indicator.
        ags: place whose newest rows are taken; others when it has none.

    Returns:
        At most two rows with a value; none when the indicator has no value.
    """
    columns = store.schema("observations").columns
    rows = queries.series(store, [indicator], [ags]) if ags else pd.DataFrame(columns=columns)
    held = rows[rows["missing"] == ""]
    if len(held) < EXAMPLE_ROWS:
        held = _rows_elsewhere(store, indicator)
    return held[columns].tail(EXAMPLE_ROWS)


def _rows_elsewhere(store: Store, indicator: str) -> pd.DataFrame:
    held = queries.holdings(store)
    held = held[(held["indicator"] == indicator) & (held["values"] > 0)]
    if held.empty:
        return pd.DataFrame(columns=store.schema("observations").columns)
    widest = held.sort_values("places").iloc[-1]
    newest = queries.latest(store, [indicator], widest["level"]).head(EXAMPLE_ROWS)
    rows = queries.series(store, [indicator], newest["ags"])
    return rows[rows["missing"] == ""].drop_duplicates("ags", keep="last")


def template_csv(schema: TableSchema, rows: pd.DataFrame) -> bytes:
    """The template: the header of the schema and the example rows.

    Put back as it is, it checks without an error.
    """
    return canonical_csv(rows.reindex(columns=schema.columns))
