"""Choosing an indicator: grouped by theme, remembered in session and address."""

from __future__ import annotations

import streamlit as st

from views import results, session
from views.results import Level
from views.session import Visit
from views.texts import plain

INDICATOR = "indicator"
DIRECTIONS = {1: "direction_up", -1: "direction_down", 0: "direction_none"}


def choose(visit: Visit, level: Level, default: str) -> str:
    """The indicator chosen for a level; an unknown id in the address is said, then the default.

    Args:
        visit: this run.
        level: only indicators with a value at this level are offered.
        default: id shown first when nothing was chosen.

    Raises:
        NothingHeld: no indicator has a value at this level.
    """
    names = labels(visit, level)
    offered = list(names)
    if not offered:
        raise session.NothingHeld
    asked = session.kept(INDICATOR, default)
    if asked not in offered:
        if asked != default:
            session.say_unknown(INDICATOR, asked)
        asked = default if default in offered else offered[0]
    chosen = st.selectbox(
        visit.words("compare.indicator"),
        offered,
        index=offered.index(asked),
        format_func=names.__getitem__,
        key=f"indicator_{level}",
    )
    session.keep(INDICATOR, chosen)
    return chosen


def expect_values(visit: Visit, level: Level) -> None:
    """Outside of a fragment: whether there is anything to choose from.

    Raises:
        NothingHeld: no indicator has a value at this level.
    """
    if not labels(visit, level):
        raise session.NothingHeld


def labels(visit: Visit, level: Level) -> dict[str, str]:
    """Theme and name of every indicator with a value at a level, in the order of the list."""
    held = results.holdings()
    ids = held.loc[(held["level"] == level) & (held["values"] > 0), "indicator"]
    records = session.result(_records)
    found = {
        indicator: f"{visit.names('theme', records[indicator]['theme'])}: "
        f"{visit.names('indicator', indicator)}"
        for indicator in set(ids) & set(records)
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def record(indicator: str) -> dict[str, object]:
    """The catalogue row of an indicator."""
    return session.result(_records)[indicator]


def _records() -> dict[str, dict[str, object]]:
    rows = session.table("indicators").to_dict("records")
    return {str(row["indicator_id"]): {str(k): v for k, v in row.items()} for row in rows}


def decimals(indicator: str) -> int:
    """Digits after the separator an indicator is shown with."""
    return int(float(str(record(indicator)["decimals"] or 0)))


def unit(visit: Visit, indicator: str) -> str:
    """Unit of an indicator in words."""
    return visit.names("unit", record(indicator)["unit"])


def amount(visit: Visit, indicator: str, value: float) -> str:
    """A value with its unit, in the page's language."""
    return visit.formats.value(value, unit(visit, indicator), decimals(indicator))


def meaning(visit: Visit, indicator: str) -> str:
    """One sentence: what kind of figure this is and whether more is better."""
    row = record(indicator)
    direction = visit.words(f"compare.{DIRECTIONS[int(float(str(row['direction'])))]}")
    return visit.words(f"compare.kind_{row['kind']}", direction=direction)


def source_line(visit: Visit, indicator: str, source_ids: list[str]) -> str:
    """Unit, publisher, title and territorial status of the sources shown, for Markdown."""
    sources = session.result(_sources)
    lines = [
        visit.words(
            "compare.source",
            publisher=plain(sources[source]["publisher"]),
            title=plain(sources[source]["title"]),
            territorial=visit.formats.date(sources[source]["territorial_status"]),
        )
        for source in source_ids
        if source in sources
    ]
    said = "  \n".join(lines)
    return visit.words("compare.unit_and_source", unit=unit(visit, indicator), sources=said)


def source_name(source_id: str) -> str:
    """Publisher and title of a source; one without an entry by its id."""
    row = session.result(_sources).get(source_id)
    return f"{row['publisher']}: {row['title']}" if row else source_id


def _sources() -> dict[str, dict[str, str]]:
    rows = session.table("sources").to_dict("records")
    return {str(row["source_id"]): {str(k): str(v) for k, v in row.items()} for row in rows}


def latest_period(indicator: str, level: Level) -> str:
    """Newest time at which a level has values."""
    return results.periods(indicator, level)[-1]
