"""What we hold of each indicator, in words: period, places, gaps, source and age."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from loaders.keys import level_of
from loaders.store import queries
from views import results, session
from views.exports.csv import csv_of_view
from views.session import Visit
from views.texts import link, plain

ALL = "all"
Absences = dict[tuple[str, str], dict[str, int]]
LEVEL_ORDER = ("municipality", "district", "region", "state", "nation")
NEEDED = frozenset({"observations", "indicators", "sources"})
_ISO_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
COLUMNS = (
    "indicator", "level", "times", "places", "age", "unit", "kind", "direction",
    "theme", "absences", "publisher", "licence", "link", "id",
)  # fmt: skip


@dataclass(frozen=True)
class HoldingsSummary:
    """The holdings in a few numbers; periods are ISO text, empty when nothing is held."""

    indicators: int
    series: int
    values: int
    missing: int
    municipalities: int
    districts: int
    oldest: str
    newest: str


def summary() -> HoldingsSummary:
    """The holdings of the live data in a few numbers."""
    return session.result(_summary)


def _summary() -> HoldingsSummary:
    held = results.holdings()
    filled = held[held["values"] > 0]
    widest = filled.groupby("level")["places"].max().to_dict()
    periods = filled.groupby("indicator")["periods"].max()
    return HoldingsSummary(
        indicators=len(periods),
        series=int((periods > 1).sum()),
        values=int(filled["values"].sum()),
        missing=int(held["missing"].sum()),
        municipalities=int(widest.get("municipality", 0)),
        districts=int(widest.get("district", 0)),
        oldest=min(filled["first_period"], default=""),
        newest=max(filled["last_period"], default=""),
    )


def is_readable() -> bool:
    """Whether the data package lists what this page speaks of; else only findings can be shown."""
    return set(session.store().kinds()) >= NEEDED


def headline_unreadable(visit: Visit) -> None:
    """What is said when the description of the data folder cannot be used."""
    st.title(visit.words("data.headline_unreadable"), anchor=False)
    st.markdown(visit.words("data.lead_unreadable"))


def headline(visit: Visit) -> None:
    """The answer first: how much we hold, for where, and how fresh it is."""
    found, number = summary(), visit.formats.number
    if not found.indicators:
        st.title(visit.words("data.headline_empty"), anchor=False)
        st.markdown(visit.words("data.lead_empty"))
        return
    places = {
        "indicators": number(found.indicators),
        "values": number(found.values),
        "municipalities": number(found.municipalities),
        "districts": number(found.districts),
    }
    st.title(visit.words("data.headline", **places), anchor=False)
    with st.container(key="lead_data"):
        newest, oldest = visit.formats.date(found.newest), visit.formats.date(found.oldest)
        missing = number(found.missing)
        st.markdown(visit.words("data.lead", newest=newest, oldest=oldest, missing=missing))


def numbers(visit: Visit, fact_rows: int) -> None:
    """Four numbers under the headline.

    Args:
        visit: this run.
        fact_rows: rows of all tables but the observations.
    """
    found, words, number = summary(), visit.words, visit.formats.number
    shown = {
        "metric_series": found.series,
        "metric_single": found.indicators - found.series,
        "metric_sources": len(session.table("sources")),
        "metric_rows": fact_rows,
    }
    with st.grid(4, min_column_width=150):
        for name, value in shown.items():
            help_key = f"data.{name}_help"
            explained = words(help_key) if words.has(help_key) else None
            st.metric(words(f"data.{name}"), number(value), border=True, help=explained)


def jumps(visit: Visit) -> None:
    """Links to the sections of this page."""
    sections = ("indicators", "sources", "tables", "findings", "take")
    links = [f"[{visit.words(f'data.jump_{name}')}](#{name})" for name in sections]
    st.markdown(" · ".join(links))


def indicator_section(visit: Visit) -> None:
    """The table of indicators, narrowed by theme, with its download."""
    words = visit.words
    st.header(words("data.indicators"), anchor="indicators")
    st.markdown(words("data.indicators_about"))
    table = indicator_table(visit)
    theme = _chosen_theme(visit)
    if theme != ALL:
        table = table[table[words("data.column.theme")] == visit.names("theme", theme)]
    with st.container(key="fine_indicators"):
        st.markdown(f"{words('data.shown', n=len(table))} {words('data.whole_country')}")
    counted = table.style.format(count_format(visit), subset=[words("data.column.places")])
    st.dataframe(
        counted,
        hide_index=True,
        key="indicators_table",
        height=520,
        alt=words("data.indicators"),
        column_config=_indicator_columns(visit),
    )
    st.download_button(
        words("data.download_indicators"),
        data=csv_of_view(table, visit.lang),
        file_name=f"transferkompass-indicators-v{visit.version}.csv",
        mime="text/csv",
        key="indicators_download",
        icon=":material/download:",
        on_click="ignore",
    )


def count_format(visit: Visit) -> Callable[[Any], str]:
    """Whole numbers of a table in the page's language, still sorted as numbers."""
    return lambda count: visit.formats.number(count)


def _chosen_theme(visit: Visit) -> str:
    themes = sorted(set(session.table("indicators")["theme"]), key=_theme_name(visit))
    asked = session.kept("theme", ALL)
    if asked not in (ALL, *themes):
        session.say_unknown("theme", asked)
        asked = ALL
    chosen = st.pills(
        visit.words("data.theme"),
        [ALL, *themes],
        default=asked,
        format_func=_theme_name(visit),
        required=True,
        key="data_theme",
    )
    session.keep("theme", "" if chosen == ALL else str(chosen))
    return str(chosen)


def _theme_name(visit: Visit) -> Callable[[str], str]:
    def name(theme: str) -> str:
        return visit.words("data.theme_all") if theme == ALL else visit.names("theme", theme)

    return name


def _indicator_columns(visit: Visit) -> dict[str, Any]:
    words = visit.words
    config = st.column_config
    return {
        words("data.column.indicator"): config.TextColumn(width=300),
        words("data.column.age"): config.NumberColumn(format="%d"),
        words("data.column.unit"): config.TextColumn(width=140),
        words("data.column.link"): config.LinkColumn(display_text=":material/open_in_new:"),
    }


def indicator_table(visit: Visit) -> pd.DataFrame:
    """One row per indicator and level with readable headings, by theme, name and level.

    Returns:
        Columns ``COLUMNS`` under the headings of the language. ``places`` counts places
        with a value; ``age`` is full years between the newest value and today, NaN when
        nothing is held. Indicators without any row are kept, with "no value yet".
    """
    catalogue = session.table("indicators")
    held = results.holdings()
    joined = catalogue.merge(held, how="left", left_on="indicator_id", right_on="indicator")
    sources = session.table("sources").set_index("source_id")
    absences = session.result(_absences)
    rows = [_indicator_row(visit, row, sources, absences) for row in joined.itertuples()]
    rows.sort(key=lambda row: (row["theme"], row["indicator"], row["order"]))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.rename(columns={name: visit.words(f"data.column.{name}") for name in COLUMNS})


def _indicator_row(
    visit: Visit, row: Any, sources: pd.DataFrame, absences: Absences
) -> dict[str, object]:
    names, words = visit.names, visit.words
    level = row.level if isinstance(row.level, str) else ""
    origin = [sources.loc[one] for one in _source_ids(row.sources) if one in sources.index]
    direction = {1: "up", -1: "down"}.get(int(row.direction), "neither")
    return {
        "indicator": names("indicator", row.indicator_id),
        "theme": names("theme", row.theme),
        "kind": names("indicator_kind", row.kind),
        "direction": words(f"data.direction.{direction}"),
        "unit": names("unit", row.unit),
        "level": names("level", level) if level else "",
        "order": LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER),
        "times": _times(visit, row),
        "places": row.places,
        "absences": _absence_words(visit, absences.get((row.indicator_id, level), {})),
        "publisher": "; ".join(f"{one.publisher}: {one.title}" for one in origin),
        "licence": "; ".join(dict.fromkeys(_licence(visit, one.licence) for one in origin)),
        "age": _age(row.last_period),
        "link": origin[0].url if origin else "",
        "id": row.indicator_id,
    }


def _licence(visit: Visit, stated: object) -> str:
    """Terms of a source in the reader's language; a name of a licence stays as it is."""
    key = f"data.source_licence.{stated}"
    return visit.words(key) if visit.words.has(key) else str(stated)


def _source_ids(sources: object) -> list[str]:
    return [one for one in sources.split(", ") if one] if isinstance(sources, str) else []


def _times(visit: Visit, row: Any) -> str:
    if not isinstance(row.last_period, str) or not row.last_period:
        return visit.words("data.no_times")
    first, last = visit.formats.date(row.first_period), visit.formats.date(row.last_period)
    if row.periods == 1:
        return visit.words("data.one_time", period=last)
    return visit.words("data.times", first=first, last=last, n=int(row.periods))


def _age(period: object) -> float:
    if not isinstance(period, str) or not period:
        return float("nan")
    return float(dt.date.today().year - int(period[:4]))


def _absence_words(visit: Visit, counts: dict[str, int]) -> str:
    number = visit.formats.number
    parts = [
        visit.words("data.absence", word=visit.names("missing", kind), n=number(count))
        for kind, count in sorted(counts.items())
    ]
    return "; ".join(parts)


def _absences() -> Absences:
    """Rows without a value by indicator and level, counted by the kind of missing."""
    rows = queries.table(session.store(), "observations", session.shown_version())
    absent = rows.loc[rows["missing"] != "", ["ags", "indicator", "missing"]]
    keys = [
        (one, level_of(ags) or "")
        for ags, one in zip(absent["ags"], absent["indicator"], strict=True)
    ]
    found: Absences = {}
    for key, kind in zip(keys, absent["missing"], strict=True):
        counts = found.setdefault(key, {})
        counts[kind] = counts.get(kind, 0) + 1
    return found


def source_section(visit: Visit) -> None:
    """Every source of the indicators with its notice, licence and dates."""
    words = visit.words
    st.header(words("data.sources"), anchor="sources")
    st.markdown(words("data.sources_about"))
    source_entries(visit)


def source_entries(visit: Visit) -> None:
    """The sources by publisher and notice, each with its dates."""
    sources = session.table("sources")
    for (publisher, licence, notice), group in sources.groupby(
        ["publisher", "licence", "attribution"], sort=True
    ):
        named = plain(_licence(visit, licence))
        terms = f"{plain(notice)} · {visit.words('data.column.licence')}: {named}"
        entries = [_source_entry(visit, row) for row in group.itertuples(index=False)]
        st.markdown(f"**{plain(publisher)}**  \n{terms}\n" + "\n".join(entries))


def _source_entry(visit: Visit, row: Any) -> str:
    words = visit.words
    edition = visit.formats.date(row.edition) if row.edition else words("common.undated")
    as_of = words("common.as_of", date=edition)
    status = words("data.valid_at", date=plain(_day(visit, row.territorial_status)))
    return f"- {link(row.title, row.url)} · {as_of} · {status}"


def _day(visit: Visit, text: str) -> str:
    return visit.formats.date(text) if _ISO_DAY.fullmatch(text) else text
