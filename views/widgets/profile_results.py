"""The numbers behind the profile and the composite, computed once per data version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import composite, robustness
from analysis.composite import Composite
from analysis.robustness import OrderSurvival, RankRange, RankRanges, RankSensitivity
from loaders.store import queries
from views import results, session
from views.results import Level
from views.session import Report
from views.widgets import indicator_choice
from views.widgets.comparison_series import COUNTS

DRAWS, SEED = 10_000, 0
RANKS_SHARE, ORDER_SHARE = 0.5, 0.7
SHOWN_LEAST = 3
SIZES = (*COUNTS, "km2")
Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, eq=False)
class Summary:
    """A composite with everything that says how far it can be trusted.

    Attributes:
        arithmetic, geometric: the same weights aggregated with and without easy offset.
        town: rank range of the place asked about.
        ranges: rank ranges of the whole group.
        order: how often the order by the arithmetic mean survives.
        sensitivity: which choice of calculation moves the ranks.
        touched: places whose value was pulled in as an outlier, by indicator.
    """

    arithmetic: Composite
    geometric: Composite
    town: RankRange
    ranges: RankRanges
    order: OrderSurvival
    sensitivity: RankSensitivity
    touched: Mapping[str, tuple[str, ...]]


def level_of(ags: str) -> Level:
    """The level a key belongs to."""
    return "district" if len(ags) == 5 else "municipality"


def newest(level: Level) -> pd.DataFrame:
    """Newest value per place and indicator of a level, counts left out (they only show size)."""
    return session.result(_newest, level)


def _newest(level: Level) -> pd.DataFrame:
    held = results.holdings()
    ids = held.loc[(held["level"] == level) & (held["values"] > 0), "indicator"]
    units = session.table("indicators").set_index("indicator_id")["unit"]
    rates = [one for one in ids if one in units.index and units[one] not in SIZES]
    found = queries.latest(session.store(), rates, level, results.store_version())
    return found[found["value"].notna()]


def beside(ags: str) -> pd.DataFrame:
    """Values of all places of the level at the time of one place's newest value, by indicator.

    A place that has a newer value as well is compared by the one of that time. Columns as
    ``newest``; indicators without a value of the place are left out.
    """
    return session.result(_beside, ags)


def _beside(ags: str) -> pd.DataFrame:
    level = level_of(ags)
    held = newest(level)
    own = held[held["ags"] == ags].set_index("indicator")["period"]
    known = held[held["indicator"].isin(own.index)]
    times = known["indicator"].map(own)
    newer = set(known.loc[known["period"] > times, "indicator"])
    parts = [known[(known["period"] == times) & ~known["indicator"].isin(newer)]]
    for one in sorted(newer):
        version = results.store_version()
        then = queries.values(session.store(), one, str(own[one]), level, version)
        then = then[then["value"].notna()]
        parts.append(then.assign(indicator=one, period=own[one])[known.columns])
    return pd.concat(parts, ignore_index=True) if newer else parts[0]


def profile(ags: str, group: tuple[str, ...]) -> pd.DataFrame:
    """Every indicator of a place beside its comparison group.

    Returns:
        Index indicator; columns period, value, source, low, q1, median, q3, high (of the group
        at the same time), n (places of the group with a value), first, last (5 and 95 % of
        all places of the level). Ends are missing with fewer than three values.
    """
    return session.result(_profile, ags, group)


def _profile(ags: str, group: tuple[str, ...]) -> pd.DataFrame:
    everybody = beside(ags)
    rows = {}
    for own in everybody[everybody["ags"] == ags].to_dict("records"):
        same = everybody[everybody["indicator"] == own["indicator"]]
        others = same.loc[same["ags"].isin(group), "value"]
        ends = others if len(others) >= SHOWN_LEAST else others.iloc[:0]
        rows[own["indicator"]] = {
            "period": own["period"],
            "value": own["value"],
            "source": own["source"],
            "low": ends.min(),
            "q1": ends.quantile(0.25),
            "median": ends.median(),
            "q3": ends.quantile(0.75),
            "high": ends.max(),
            "n": len(others),
            "first": same["value"].quantile(0.05),
            "last": same["value"].quantile(0.95),
        }
    columns = [
        "period",
        "value",
        "source",
        "low",
        "q1",
        "median",
        "q3",
        "high",
        "n",
        "first",
        "last",
    ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def usable(ags: str, group: tuple[str, ...]) -> list[str]:
    """Indicators with a wanted direction that a composite of the group may hold."""
    found = profile(ags, group)
    return [
        str(one)
        for one, n in zip(found.index, found["n"], strict=True)
        if direction(str(one)) and n >= SHOWN_LEAST
    ]


def direction(indicator: str) -> int:
    """1 more is the aim, -1 less is the aim, 0 neither."""
    return int(float(str(indicator_choice.record(indicator)["direction"] or 0)))


def summary(ags: str, group: tuple[str, ...], weights: Weights, report: Report) -> Summary:
    """The composite of a group with rank ranges, survival of the order and sensitivity.

    Args:
        ags: the place asked about.
        group: the other places.
        weights: indicator and weight.
        report: told the share done, 0 to 1.

    Raises:
        AnalysisError: too few places, unusable weights and so on; with a plain sentence.
    """
    return session.long_result(_summary, ags, group, weights, report=report)


def town_range(ags: str, group: tuple[str, ...], weights: Weights) -> RankRange:
    """The rank range of the place asked about, before everything else is ready."""
    return session.result(_town_range, ags, group, weights)


def _town_range(ags: str, group: tuple[str, ...], weights: Weights) -> RankRange:
    table, _ = _normalised(ags, group, tuple(name for name, _ in weights))
    return robustness.town_rank_range(
        table, dict(weights), ags, draws=DRAWS, seed=SEED, mix=robustness.FULL_MIX
    )


def _summary(ags: str, group: tuple[str, ...], weights: Weights, *, report: Report) -> Summary:
    table, touched = _normalised(ags, group, tuple(name for name, _ in weights))
    shares = dict(weights)
    arithmetic = composite.aggregate(table, shares)
    scores = arithmetic.score.dropna().sort_values(ascending=False, kind="stable")
    geometric = composite.aggregate(table, shares, "geometric")
    ranges = robustness.rank_ranges(
        table,
        shares,
        draws=DRAWS,
        seed=SEED,
        mix=robustness.FULL_MIX,
        report=lambda share: report(RANKS_SHARE * share),
    )
    keys = [str(key) for key in scores.index]
    order = robustness.order_survival(table, shares, keys, draws=DRAWS, seed=SEED)
    report(ORDER_SHARE)
    sensitivity = robustness.rank_sensitivity(table, shares, ags, seed=SEED)
    report(1.0)
    town = town_range(ags, group, weights)
    return Summary(arithmetic, geometric, town, ranges, order, sensitivity, touched)


def _normalised(
    ags: str, group: tuple[str, ...], indicators: tuple[str, ...]
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Minmax over all places of the level, so that the scale does not hang on the group."""
    wide = beside(ags).pivot(index="ags", columns="indicator", values="value")
    wide = wide.reindex(columns=list(indicators))
    treated = {one: composite.treat_outliers(wide[one]) for one in indicators}
    table = pd.DataFrame({one: result.values for one, result in treated.items()})
    scaled = composite.normalise(table, "minmax", {one: direction(one) for one in indicators})
    members = [ags, *(key for key in group if key != ags)]
    touched = {
        one: tuple(key for key in result.touched if key in members)
        for one, result in treated.items()
        if result.method != "none"
    }
    return scaled.reindex(members), touched
