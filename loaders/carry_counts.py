"""Counts that are added up before they are carried: months to years, ended districts to heirs.

Only counts are ever added; rates and shares never come here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

MONTHS = 12
_SHARED = ["ags", "indicator", "period"]


def yearly_sums(rows: pd.DataFrame, prefix: str, label: str) -> pd.DataFrame:
    """Yearly sums over the counters that counted in every month of every year.

    Args:
        rows: monthly counts of one reading (columns of ``Reading.observations``); the
            indicator is ``prefix`` and the name of the counter.
        prefix: beginning of the labels to add up, for example ``fahrraeder | ``.
        label: indicator of the sums.

    Returns:
        The same columns, one row per place and year. The years are those in which at
        least one counter has twelve months, beginning with the first such year; a counter
        without all months of all these years is left out of every year.
    """
    monthly = rows[rows["indicator"].str.startswith(prefix) & rows["value"].notna()]
    monthly = monthly.assign(year=monthly["period"].str[:4])
    months = monthly.groupby(["ags", "indicator", "year"])["period"].nunique().unstack(fill_value=0)
    years = months.columns[(months == MONTHS).any()]
    is_whole = (months[years] == MONTHS).all(axis=1)
    whole = monthly.set_index(["ags", "indicator"]).loc[is_whole[is_whole].index].reset_index()
    whole = whole[whole["year"].isin(years)]
    sums = whole.groupby(["ags", "year"], as_index=False).agg(
        {**{name: "first" for name in rows.columns if name not in ("ags", "value")}, "value": "sum"}
    )
    return sums.assign(period=sums["year"], indicator=label)[list(rows.columns)]


def joined(rows: pd.DataFrame, heirs: Mapping[str, str]) -> pd.DataFrame:
    """The rows with counts of ended districts added to those of the district that took over.

    Args:
        rows: counts, columns of ``Reading.observations``.
        heirs: key of the present district per ended one.
    """
    if not heirs:
        return rows
    moved = rows.assign(ags=rows["ags"].replace(dict(heirs)))
    is_touched = moved["ags"].isin(set(heirs.values()))
    others = {name: "first" for name in rows.columns if name not in (*_SHARED, "value")}
    sums = moved[is_touched].groupby(_SHARED, as_index=False).agg({**others, "value": "sum"})
    return pd.concat([moved[~is_touched], sums[list(rows.columns)]], ignore_index=True)
