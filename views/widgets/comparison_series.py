"""Series made ready to be drawn: per inhabitant, as an index, with their breaks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pandas as pd

from views import results, session
from views.widgets import indicator_choice

COUNTS = ("number", "kw", "persons")
PER = 1000
SMALL_GROUP = 10
POPULATION = "population"


@dataclass(frozen=True)
class Break:
    """Where a line must not be drawn through.

    Attributes:
        before: last period before the break.
        after: first period after it.
        reason: ``gap``, ``source`` or ``territory``.
    """

    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Shape:
    """How values are shown: as they are, per 1,000 inhabitants, or as an index.

    Attributes:
        base_year: year set to 100, 0 for no index.
        per_inhabitant: whether counts are divided by the inhabitants.
    """

    base_year: int = 0
    per_inhabitant: bool = False


def year_of(period: str) -> int:
    """Calendar year of a period."""
    return int(period[:4])


def is_count(indicator: str) -> bool:
    """Whether an indicator grows with the size of the place and can be divided."""
    row = indicator_choice.record(indicator)
    return indicator != POPULATION and row["unit"] in COUNTS and not row["denominator"]


def shaped(indicator: str, towns: tuple[str, ...], shape: Shape) -> pd.DataFrame:
    """The series of some places in the shape asked for.

    Returns:
        Columns of ``results.series`` and ``raw`` (the value as published). A value that
        cannot be shaped (no inhabitants of that year, no value above zero in the base year:
        against a loss a rise would be drawn as a fall) is missing.
    """
    rows = results.series(indicator, towns)
    rows = rows.assign(raw=rows["value"])
    if shape.per_inhabitant and is_count(indicator):
        rows["value"] = rows["raw"] / _inhabitants(rows, towns) * PER
    if shape.base_year:
        years = rows["period"].map(year_of)
        base = rows[years == shape.base_year].drop_duplicates("ags").set_index("ags")["value"]
        base = base.where(base > 0)
        rows["value"] = rows["value"] / rows["ags"].map(base).astype(float) * 100
    return rows


def _inhabitants(rows: pd.DataFrame, towns: tuple[str, ...]) -> pd.Series:
    """Inhabitants at the end of the year of each row; missing where that year is not held."""
    held = results.series(POPULATION, towns)
    number = {
        (ags, year_of(period)): value
        for ags, period, value in zip(held["ags"], held["period"], held["value"], strict=True)
    }
    pairs = zip(rows["ags"], rows["period"].map(year_of), strict=True)
    return pd.Series([number.get(pair, float("nan")) for pair in pairs], index=rows.index)


def breaks(rows: pd.DataFrame) -> list[Break]:
    """Breaks in the series of one place: years left out, another publisher, another territory."""
    known = rows[rows["value"].notna()].sort_values("period")
    if len(known) < 2:
        return []
    years = known["period"].map(year_of).astype(int)
    steps = years.diff().dropna()
    usual = float(steps[steps > 0].median()) if (steps > 0).any() else 1.0
    publisher = session.result(_publishers)
    found = []
    records = known.to_dict("records")
    for before, after in itertools.pairwise(records):
        wide = year_of(after["period"]) - year_of(before["period"]) > 1.5 * usual
        other = publisher.get(before["source"]) != publisher.get(after["source"])
        moved = (before["flag"] == "old_territory") != (after["flag"] == "old_territory")
        reason = "source" if other else "territory" if moved else "gap" if wide else ""
        if reason:
            found.append(Break(before["period"], after["period"], reason))
    return found


def _publishers() -> dict[str, str]:
    table = session.table("sources")
    return dict(zip(table["source_id"], table["publisher"], strict=True))


def broken(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns period and value of one place with an empty row wherever the line must end."""
    own = rows[["period", "value"]].sort_values("period")
    stops = [(one.before + "~", float("nan")) for one in breaks(rows)]
    if not stops:
        return own
    gaps = pd.DataFrame(stops, columns=["period", "value"])
    whole = pd.concat([own, gaps], ignore_index=True).sort_values("period")
    return whole.assign(period=whole["period"].str.rstrip("~"))


def spread(rows: pd.DataFrame) -> pd.DataFrame:
    """Range of a group per period: lowest to highest for small groups, else the middle half.

    Returns:
        Columns period, q1, median, q3, n; periods with fewer than three values are left out.
    """
    known = rows[rows["value"].notna()]
    small = known["ags"].nunique() <= SMALL_GROUP
    ends = (0.0, 1.0) if small else (0.25, 0.75)
    by = known.groupby("period")["value"]
    table = pd.DataFrame(
        {"q1": by.quantile(ends[0]), "median": by.median(), "q3": by.quantile(ends[1])}
    ).assign(n=by.size())
    return table[table["n"] >= 3].reset_index()
