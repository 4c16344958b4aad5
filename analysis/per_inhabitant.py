"""Counts divided by inhabitants, so that large places do not win by being large."""

from __future__ import annotations

import numpy as np
import pandas as pd

PER = 1000


def per_1000(counts: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    """A count per 1,000 inhabitants of the same year.

    Args:
        counts: columns ags, value (NaN where missing), missing (kind or empty) and more.
        inhabitants: columns ags and value, one row per place.

    Returns:
        The rows of ``counts`` with divided values. Where inhabitants are unknown or none,
        the value is missing with the kind ``no_inhabitants``; never zero.
    """
    people = counts["ags"].map(inhabitants.set_index("ags")["value"]).astype(float)
    people = people.where(people > 0)
    divided = counts["value"].astype(float) / people * PER
    lost = counts["value"].notna() & people.isna()
    return counts.assign(
        value=divided, missing=np.where(lost, "no_inhabitants", counts["missing"].astype(object))
    )
