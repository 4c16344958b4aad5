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
    found = results.peers(visit.ags)
    keys = found.keys if found else ()
    period = str(own["period"].iloc[-1])
    rows = results.values(indicator, period, "municipality")
    rows = rows[rows["ags"].isin((visit.ags, *keys))].set_index("ags").reindex([visit.ags, *keys])
    peers = rows["value"].drop(visit.ags).dropna()
    digits = indicator_choice.decimals(indicator)
    words = {"town": town, "period": visit.formats.date(period)}
    value = indicator_choice.amount(visit, indicator, float(own["value"].iloc[-1]))
    if peers.empty:
        reading = visit.words("compare.own_alone", value=value, **words)
    else:
        low = indicator_choice.amount(visit, indicator, float(peers.min()))
        high = indicator_choice.amount(visit, indicator, float(peers.max()))
        reading = visit.words(
            "compare.own_reading", value=value, low=low, high=high, n=len(peers), **words
        )
    names = [results.place(str(ags)).name for ags in rows.index]
    table = pd.DataFrame(
        {
            visit.words("compare.column_place"): names,
            visit.words("compare.column_period"): visit.formats.date(period),
            visit.words("compare.column_value"): [
                visit.formats.number(value, digits) for value in rows["value"]
            ],
        }
    )
    colours = theme.palette(visit.scheme)
    lines = [
        PlaceLine(
            name=name,
            rows=pd.DataFrame({"period": [period], "value": [value]}),
            colour=colours.mine if ags == visit.ags else colours.primary,
            dash="solid",
            width=2.0,
        )
        for name, ags, value in zip(names, rows.index, rows["value"], strict=True)
    ]
    unit = indicator_choice.unit(visit, indicator)
    chart.show(
        visit,
        bars_figure(lines, unit, colours, visit.lang),
        key=f"own_{indicator}",
        reading=reading,
        source=indicator_choice.source_line(visit, indicator, sorted(set(own["source"]))),
        twin=table,
    )
    return table
