"""The template for missing evidence: one row per gap, ids filled in, the rest left to the city."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from loaders.languages import language
from loaders.schemas import TableSchema
from views.exports.csv import csv_of_rows


def evidence_template(schema: TableSchema, missing: pd.DataFrame, lang: str, day: dt.date) -> bytes:
    """Header and one row per missing measure; unfilled rows are skipped when it comes back.

    Args:
        schema: schema of the evidence.
        missing: solution_id, criterion and measure_id of the gaps.
        lang: ``de`` writes semicolons, ``en`` commas.
        day: written as day of checking.
    """
    rows = [schema.columns]
    for row in missing.to_dict("records"):
        given = {
            **{str(name): str(cell) for name, cell in row.items()},
            "checked_on": day.isoformat(),
        }
        rows.append([given.get(name, "") for name in schema.columns])
    return csv_of_rows(rows, language(lang).delimiter)
