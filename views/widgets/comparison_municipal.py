"""My municipality's own values, where an indicator is held for municipalities."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from views import results, theme
from views.charts.series import PlaceLine, bars_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, indicator_choice


def show(visit: Visit, indicators: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Own values beside similar municipalities; gives the tables shown, by indicator."""
    if len(visit.ags) != 8:
        return {}
    held = [one for one in indicators if results.periods(one, "municipality")]
    town = plain(results.place(visit.ags).name)
    shown: dict[str, pd.DataFrame] = {}
    if held:
        st.header(visit.words("compare.own", town=town))
    for indicator in held:
        with st.container(border=True, key=f"card_own_{indicator}"):
            st.subheader(visit.names("indicator", indicator))
            table = _one(visit, indicator, town)
            if table is not None:
                shown[f"{indicator}_{visit.ags}"] = table
    return shown


def _one(visit: Visit, indicator: str, town: str) -> pd.DataFrame | None:
    own = results.series(indicator, (visit.ags,))
    own = own[own["value"].notna()]
    if own.empty:
        st.markdown(visit.words("compare.own_none", town=town))
        return None
    rows = _newest_among_peers(indicator, visit.ags, str(own["period"].iloc[-1]))
    table = _twin(visit, indicator, rows)
    unit = indicator_choice.unit(visit, indicator)
    chart.show(
        visit,
        bars_figure(_bars(visit, rows), unit, theme.palette(visit.scheme), visit.lang),
        key=f"own_{indicator}",
        reading=_reading(visit, indicator, town, rows),
        source=indicator_choice.source_line(visit, indicator, sorted(set(own["source"]))),
        twin=table,
    )
    return table


def _newest_among_peers(indicator: str, ags: str, period: str) -> pd.DataFrame:
    """The own place first, then its peers: ``ags, name, period, value``."""
    found = results.peers(ags)
    keys = [ags, *(found.keys if found else ())]
    rows = results.values(indicator, period, "municipality").set_index("ags").reindex(keys)
    names = [results.place(key).name for key in keys]
    return pd.DataFrame(
        {"ags": keys, "name": names, "period": period, "value": rows["value"].to_numpy()}
    )


def _reading(visit: Visit, indicator: str, town: str, rows: pd.DataFrame) -> str:
    words = {"town": town, "period": visit.formats.date(str(rows["period"].iloc[0]))}
    value = indicator_choice.amount(visit, indicator, float(rows["value"].iloc[0]))
    peers = rows["value"].iloc[1:].dropna()
    if peers.empty:
        return visit.words("compare.own_alone", value=value, **words)
    low, high = (
        indicator_choice.amount(visit, indicator, float(end)) for end in (peers.min(), peers.max())
    )
    return visit.words(
        "compare.own_reading", value=value, low=low, high=high, n=len(peers), **words
    )


def _twin(visit: Visit, indicator: str, rows: pd.DataFrame) -> pd.DataFrame:
    digits = indicator_choice.decimals(indicator)
    return pd.DataFrame(
        {
            visit.words("compare.column_place"): rows["name"],
            visit.words("compare.column_period"): rows["period"].map(visit.formats.date),
            visit.words("compare.column_value"): [
                visit.formats.number(value, digits) for value in rows["value"]
            ],
        }
    )


def _bars(visit: Visit, rows: pd.DataFrame) -> list[PlaceLine]:
    colours = theme.palette(visit.scheme)
    return [
        PlaceLine(
            name=row.name,
            rows=pd.DataFrame({"period": [row.period], "value": [row.value]}),
            colour=colours.mine if row.ags == visit.ags else colours.primary,
            dash="solid",
            width=2.0,
        )
        for row in rows[["ags", "name", "period", "value"]].itertuples(name="Row", index=False)
    ]
