"""Published figures of use, told apart: dated results, undated results, plans."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.progress import days_meant

LEAST_DATES = 2
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


@dataclass(frozen=True)
class UseSeries:
    """One measure of one place with several dated results.

    Attributes:
        measure, unit, place: as in the table.
        rows: the figures with ``first_day``, ``last_day`` and ``middle`` (ISO) their date may
            mean, ascending by ``middle``.
    """

    measure: str
    unit: str
    place: str
    rows: pd.DataFrame


def use_series(figures: pd.DataFrame) -> list[UseSeries]:
    """The results that may stand on a time axis; one date alone is no development.

    Plans, budgets and undated results are left out, and so is a measure whose dates all are
    the same.

    Args:
        figures: rows of the table ``progress``.
    """
    dated = figures[(figures["value_type"] == "actual") & (figures["date"] != "")]
    keys = ["measure", "unit", "municipality"]
    return [
        UseSeries(str(measure), str(unit), str(place), _with_days(rows))
        for (measure, unit, place), rows in dated.groupby(keys, sort=False)
        if rows["date"].nunique() >= LEAST_DATES
    ]


def _with_days(rows: pd.DataFrame) -> pd.DataFrame:
    spans = [span for day in rows["date"] if (span := days_meant(day))]
    return rows.assign(
        first_day=[first.isoformat() for first, _ in spans],
        last_day=[last.isoformat() for _, last in spans],
        middle=[(first + (last - first) / 2).isoformat() for first, last in spans],
    ).sort_values("middle", kind="stable")
