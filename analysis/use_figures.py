"""Published figures of use, told apart: dated results, undated results, plans."""

from __future__ import annotations

import pandas as pd

GROUPS = ("dated", "undated", "planned")


def use_groups(figures: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The figures in the groups of ``GROUPS``; empty groups are left out.

    Results (``value_type`` actual) with a date are sorted by measure and date and may stand
    on a time axis; results without one may not. Plans and budgets are no results.

    Args:
        figures: rows of the table ``progress``.
    """
    actual = figures["value_type"] == "actual"
    dated = figures["date"] != ""
    groups = {
        "dated": figures[actual & dated].sort_values(["measure", "date"], kind="stable"),
        "undated": figures[actual & ~dated],
        "planned": figures[~actual],
    }
    return [(name, groups[name]) for name in GROUPS if not groups[name].empty]
