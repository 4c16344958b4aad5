"""The place picked on the map: its value, its standing among similar places, ways on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from views import results, session
from views.results import Level
from views.session import Visit
from views.texts import plain
from views.widgets import chart, comparison, frame, map_choice
from views.widgets.indicator_map import IndicatorView, amount, reading

ALL_DISTRICTS = 400


def show(visit: Visit, shown: IndicatorView, picked: str) -> None:
    """Value, time and standing among the most similar places, and where to go from here."""
    if picked not in results.places() or len(picked) != _digits(shown):
        st.caption(visit.words("map.hint"))
        return
    with st.container(border=True, key="card_picked"):
        st.markdown(
            f"{_value(visit, shown, picked)} {_among_similar(visit, shown, picked)}".strip()
        )
        with st.container(horizontal=True):
            _ways(visit, shown, picked)


def _digits(shown: IndicatorView) -> int:
    return 5 if shown.choice.level == "district" else 8


def _value(visit: Visit, shown: IndicatorView, picked: str) -> str:
    place = plain(results.name_of(picked))
    value, missing = _of(shown, picked)
    if pd.isna(value):
        reason = visit.names("missing", missing) if missing else visit.words("map.no_value")
        return visit.words("map.selected_missing", place=place, reason=reason)
    period = visit.formats.date(shown.choice.period)
    return visit.words(
        "map.selected", place=place, value=amount(visit, shown, value), period=period
    )


def _of(shown: IndicatorView, ags: str) -> tuple[float, str]:
    rows = shown.rows[shown.rows["ags"] == ags]
    if rows.empty:
        return float("nan"), ""
    return float(rows["value"].iloc[0]), str(rows["missing"].iloc[0])


def _among_similar(visit: Visit, shown: IndicatorView, picked: str) -> str:
    """Range of the values of the most similar places; unknown ones are said."""
    value, _ = _of(shown, picked)
    found = results.peers(picked)
    if found is None or pd.isna(value):
        return ""
    values = pd.Series([_of(shown, peer.ags)[0] for peer in found.peers], dtype=float)
    known = values.dropna()
    if len(known) < 2:
        return ""
    said = visit.words(
        "map.similar",
        n=len(values),
        low=visit.formats.number(known.min(), shown.digits),
        high=amount(visit, shown, known.max()),
    )
    absent = len(values) - len(known)
    return f"{said} {visit.words('map.similar_missing', n=absent)}" if absent else said


def _ways(visit: Visit, shown: IndicatorView, picked: str) -> None:
    frame.page_link(
        visit, "profile", visit.words("map.to_profile"), icon=":material/tune:", ags=picked
    )
    frame.page_link(
        visit,
        "compare",
        visit.words("map.to_compare"),
        icon=":material/show_chart:",
        indicator=shown.choice.indicator,
        places=picked[:5],
    )


def twin(visit: Visit, shown: IndicatorView) -> None:
    """All places as a table, highest first; sent only when it is opened.

    On paper stand all districts of an open table; of a folded one, where the values are.
    """
    here = session.full_address("map", **map_choice.view_ids(shown.choice))
    chart.twin_on_demand(
        visit,
        lambda: twin_table(visit, shown, place_names(visit, shown.choice.level)),
        key="map",
        title=reading(visit, shown),
        on_paper=visit.words("map.paper_values", n=len(shown.rows), address=here),
        most_on_paper=ALL_DISTRICTS,
    )


def place_names(visit: Visit, level: Level) -> Mapping[str, str]:
    """Names of all places of a level; a district-free city says that it is one."""
    if level == "district":
        return comparison.district_labels(visit)
    return session.result(_municipality_names)


def _municipality_names() -> dict[str, str]:
    table = session.table("municipalities")
    return dict(zip(table["ags"], table["name"], strict=True))


def twin_table(visit: Visit, shown: IndicatorView, names: Mapping[str, str]) -> pd.DataFrame:
    """The values of the map with readable headings, highest first."""
    rows = shown.rows.sort_values("value", ascending=False, na_position="last")
    return pd.DataFrame(
        {
            visit.words("map.column_key"): rows["ags"],
            visit.words(f"map.column_{shown.choice.level}"): [
                names.get(ags, ags) for ags in rows["ags"]
            ],
            f"{visit.words('map.column_value')} ({shown.unit})": rows["value"].round(shown.digits),
            visit.words("map.column_reason"): rows["missing"].map(
                lambda kind: _reason(visit, kind) if kind else ""
            ),
        }
    )


def _reason(visit: Visit, kind: str) -> str:
    own = f"common.map.{kind}"
    return visit.words(own) if visit.words.has(own) else visit.names("missing", kind)
