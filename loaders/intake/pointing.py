"""Rows of other tables that point to rows which a replacement would remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from loaders.store import Store


def pointing_rows(store: Store, kind: str, removed: pd.DataFrame, version: int) -> dict[str, int]:
    """How many live rows of each other kind point to removed rows; empty when none does.

    Args:
        store: the opened store.
        kind: kind of the removed rows.
        removed: their primary keys.
        version: version of the store.
    """
    from loaders.store import queries

    counts: dict[str, int] = {}
    for other in store.kinds() if len(removed) else ():
        keys = [key for key in store.schema(other).foreign_keys if key.kind == kind]
        if other == kind or not keys:
            continue
        rows = queries.table(store, other, version)
        points = pd.Series(False, index=rows.index)
        for key in keys:
            gone = pd.MultiIndex.from_frame(removed[list(key.reference_fields)].astype(str))
            points |= pd.MultiIndex.from_frame(rows[list(key.fields)].astype(str)).isin(gone)
        if points.any():
            counts[other] = int(points.sum())
    return counts
