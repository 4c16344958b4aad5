"""One town's indicators beside its comparison group: sentence, figure, table."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from views import results, theme
from views.charts.profile import ProfileRow, ProfileWords, profile_figure
from views.session import Visit
from views.widgets import chart, indicator_choice, profile_results
from views.widgets.profile_choice import Subject

COLUMNS = (
    "indicator",
    "value",
    "unit",
    "period",
    "low",
    "median",
    "high",
    "places",
    "aim",
    "source",
)


def show(visit: Visit, subject: Subject) -> pd.DataFrame:
    """The profile; gives the table shown."""
    found = profile_results.profile(subject.ags, subject.group)
    if subject.example:
        st.info(visit.words("profile.example", town=subject.name))
    if not subject.group:
        st.info(visit.words("profile.no_group", town=subject.name))
    if found.empty:
        st.info(visit.words("profile.nothing", town=subject.name))
        return found
    ordered = found.loc[sorted(found.index, key=lambda one: _label(visit, one))]
    shown = table(visit, ordered)
    chart.show(
        visit,
        profile_figure(
            [_row(visit, str(one), row) for one, row in ordered.iterrows()],
            ProfileWords(
                visit.words("profile.whole"),
                visit.words("profile.half"),
                subject.name.replace("\\", ""),
                visit.words("profile.less"),
                visit.words("profile.more"),
            ),
            theme.palette(visit.scheme),
            visit.lang,
        ),
        key="profile",
        reading=reading(visit, subject, found),
        source=_source(visit, found),
        twin=shown,
    )
    _say_missing(visit, subject, found)
    return shown


def reading(visit: Visit, subject: Subject, found: pd.DataFrame) -> str:
    """How many indicators lie inside, above and below the range of the group."""
    ranged = found[found["low"].notna()]
    if ranged.empty:
        return visit.words("profile.reading_alone", town=subject.name, n=len(found))
    above = int((ranged["value"] > ranged["high"]).sum())
    below = int((ranged["value"] < ranged["low"]).sum())
    return visit.words(
        "profile.reading",
        town=subject.name,
        all=len(ranged),
        inside=len(ranged) - above - below,
        above=above,
        below=below,
        group=visit.words(f"profile.beside_{subject.kind}", n=len(subject.group)),
    )


def _label(visit: Visit, indicator: str) -> str:
    theme_id = indicator_choice.record(indicator)["theme"]
    return f"{visit.names('theme', theme_id)}: {visit.names('indicator', indicator)}"


def _row(visit: Visit, indicator: str, row: pd.Series) -> ProfileRow:
    width = float(row["last"] - row["first"]) or 1.0

    def at(value: float) -> float:
        return min(1.03, max(-0.03, (float(value) - float(row["first"])) / width))

    ends = [at(row[name]) if not math.isnan(row[name]) else math.nan for name in _ENDS]
    name = visit.names("indicator", indicator)
    # "Cars per 1,000 inhabitants" says its unit already
    unit = indicator_choice.unit(visit, indicator)
    told = "" if unit in name else unit
    value = visit.formats.value(row["value"], told, indicator_choice.decimals(indicator))
    # At most two lines of a phone: the name, and below it nothing but the value.
    return ProfileRow(f"{name}: {value}", _said(visit, indicator, row), at(row["value"]), *ends)


_ENDS = ("low", "q1", "q3", "high")


def _said(visit: Visit, indicator: str, row: pd.Series) -> str:
    value = indicator_choice.amount(visit, indicator, row["value"])
    if math.isnan(row["low"]):
        return value
    low, high = (indicator_choice.amount(visit, indicator, row[end]) for end in ("low", "high"))
    return visit.words("profile.said", value=value, low=low, high=high)


def aim(visit: Visit, indicator: str) -> str:
    """Whether more or less is the aim, in words; colour never says it."""
    return visit.words(
        f"compare.{indicator_choice.DIRECTIONS[profile_results.direction(indicator)]}"
    )


def table(visit: Visit, found: pd.DataFrame) -> pd.DataFrame:
    """The indicators with values and ends of the group, readable headings."""

    def written(one: str, value: float) -> str:
        return visit.formats.number(value, indicator_choice.decimals(one))

    rows = [
        (
            _label(visit, one),
            written(one, row["value"]),
            indicator_choice.unit(visit, one),
            visit.formats.date(str(row["period"])),
            written(one, row["low"]),
            written(one, row["median"]),
            written(one, row["high"]),
            int(row["n"]),
            aim(visit, one),
            indicator_choice.source_name(str(row["source"])),
        )
        for one, row in ((str(index), row) for index, row in found.iterrows())
    ]
    return pd.DataFrame(rows, columns=[visit.words(f"profile.column_{name}") for name in COLUMNS])


def _source(visit: Visit, found: pd.DataFrame) -> str:
    years = sorted({str(period)[:4] for period in found["period"]})
    return visit.words(
        "profile.source", first=years[0], last=years[-1], n=found["source"].nunique()
    )


def _say_missing(visit: Visit, subject: Subject, found: pd.DataFrame) -> None:
    level = profile_results.level_of(subject.ags)
    every = set(profile_results.newest(level)["indicator"])
    missing = sorted(visit.names("indicator", one) for one in every - set(found.index))
    with st.container(key="fine_profile_missing"):
        if missing:
            listed = visit.formats.listing(missing)
            st.caption(visit.words("profile.missing", town=subject.name, listed=listed))
        st.caption(visit.words("profile.counts"))
        st.caption(visit.words("fixed.peers"))


def group_line(visit: Visit, subject: Subject) -> str:
    """The comparison group by name, cut when it is long."""
    names = [results.place(key).name for key in subject.group[:20]]
    rest = len(subject.group) - len(names)
    return visit.formats.listing(names) + (f" (+{rest})" if rest else "")
