"""The upload template: the canonical header and real rows that show how to fill it."""

from __future__ import annotations

import math
from typing import cast

import pandas as pd

from loaders.keys import Level
from loaders.schemas import TableSchema
from loaders.store import Store, queries
from views.exports.csv import DECIMALS, DELIMITERS, csv_of_rows

EXAMPLE_ROWS = 2


def example_rows(store: Store, indicator: str, ags: str = "") -> pd.DataFrame:
    """Two rows we hold of one indicator, in the columns of the observations.

    Args:
        store: the opened store.
        indicator: id of the indicator.
        ags: place whose newest rows are taken; other places when it has fewer than two.

    Returns:
        At most two rows with a value; none when the indicator has no value.
    """
    rows = queries.series(store, [indicator], [ags] if ags else [])
    held = rows[rows["missing"] == ""]
    if len(held) < EXAMPLE_ROWS:
        held = _rows_elsewhere(store, indicator)
    return held[store.schema("observations").columns].tail(EXAMPLE_ROWS)


def _rows_elsewhere(store: Store, indicator: str) -> pd.DataFrame:
    """The newest rows of the first two places of the level with most places."""
    held = queries.holdings(store)
    held = held[(held["indicator"] == indicator) & (held["values"] > 0)].sort_values("places")
    if held.empty:
        return queries.series(store, [indicator], [])
    level = cast("Level", held["level"].iloc[-1])
    places = queries.latest(store, [indicator], level)["ags"].head(EXAMPLE_ROWS)
    rows = queries.series(store, [indicator], places)
    return rows[rows["missing"] == ""].drop_duplicates("ags", keep="last")


def template_csv(schema: TableSchema, rows: pd.DataFrame, lang: str) -> bytes:
    """The template: the header of the schema and the example rows.

    A German spreadsheet gets ``;`` and decimal commas (it would read ``8.5`` as a date), an
    English one ``,`` and points. Put back as it is, it checks without an error.
    """
    lines = [schema.columns]
    for row in rows[schema.columns].to_dict("records"):
        cells = {name: "" if pd.isna(cell) else str(cell) for name, cell in row.items()}
        cells["value"] = written_value(row["value"], lang)
        lines.append([cells[name] for name in schema.columns])
    return csv_of_rows(lines, DELIMITERS[lang])


def written_value(value: float, lang: str) -> str:
    """A number as the language writes it, so that it cannot be taken for thousands.

    A missing number is empty. Exactly three decimals get a zero more: ``8,380`` might mean
    eight thousand.
    """
    if math.isnan(value):
        return ""
    whole, _, decimals = f"{value:.10f}".rstrip("0").partition(".")
    if not decimals:
        return whole
    return whole + DECIMALS[lang] + (decimals + "0" if len(decimals) == 3 else decimals)
