"""One indicator on the map of all districts: sentence, map, the place picked, list."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from views import results, session
from views.maps.choropleth import area_values, breaks_of, value_legend
from views.maps.description import MapDescription
from views.session import Visit
from views.texts import plain
from views.widgets import chart, comparison, frame, indicator_choice, map_parts
from views.widgets.map import show_map

DEFAULT_INDICATOR = "population_density"
CLASS_COUNT = 5
CLASSES = ("quantiles", "equal")
PICKED = "place"
PERIOD = "period"
MAP_HEIGHT = 560


@dataclass(frozen=True)
class IndicatorView:
    """One indicator at one time in all districts.

    Attributes:
        indicator, period: what is shown.
        rows: ``ags, value, missing, flag, unit, source`` of all districts.
    """

    indicator: str
    period: str
    rows: pd.DataFrame


def choose_period(visit: Visit, indicator: str) -> str:
    """The time shown: newest first, kept while the indicator has it."""
    periods = results.periods(indicator, "district")
    asked = session.kept(PERIOD, periods[-1])
    if asked not in periods:
        asked = periods[-1]
    if len(periods) == 1:
        st.markdown(f"{visit.words('map.period')}  \n**{visit.formats.date(periods[0])}**")
        return periods[0]
    chosen = st.select_slider(
        visit.words("map.period"),
        periods,
        value=asked,
        format_func=visit.formats.date,
        key=f"period_{indicator}",
    )
    session.keep(PERIOD, str(chosen))
    return str(chosen)


def choose_classes(visit: Visit) -> str:
    """How values are put into classes."""
    return str(
        st.segmented_control(
            visit.words("map.classes"),
            CLASSES,
            default=CLASSES[0],
            required=True,
            format_func=lambda name: visit.words(f"map.classes_{name}"),
            key="map_classes",
        )
    )


def view(indicator: str, period: str) -> IndicatorView:
    """Values of one indicator at one time."""
    return IndicatorView(indicator, period, results.values(indicator, period, "district"))


def reading(visit: Visit, shown: IndicatorView) -> str:
    """Lowest, highest, middle and how many are missing, in one sentence."""
    known = shown.rows[shown.rows["value"].notna()]
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    total = len(session.table("districts"))
    absent = total - len(known)
    said = "map.missing_some" if absent else "map.missing_none"

    def amount(value: float) -> str:
        return indicator_choice.amount(visit, shown.indicator, value)

    return visit.words(
        "map.reading",
        name=visit.names("indicator", shown.indicator),
        period=visit.formats.date(shown.period),
        low=amount(low["value"]),
        low_place=plain(results.name_of(low["ags"])),
        high=amount(high["value"]),
        high_place=plain(results.name_of(high["ags"])),
        median=amount(known["value"].median()),
        missing=visit.words(said, n=absent, places=total)
        if absent
        else visit.words(said, places=total),
    )


def draw(visit: Visit, shown: IndicatorView, method: str, with_places: bool) -> str:
    """Draw the map; gives the key of the place picked now or before."""
    picked = session.kept(PICKED, visit.ags[:5])
    chosen = show_map(
        description(visit, shown, method, with_places, picked),
        key="indicator_map",
        height=MAP_HEIGHT,
    )
    if chosen and chosen[:5] != picked:
        session.keep(PICKED, chosen[:5])
        st.rerun()
    return picked


def description(
    visit: Visit, shown: IndicatorView, method: str, with_places: bool, picked: str
) -> MapDescription:
    """The map of one indicator: classes, missing ones hatched, the place picked in a ring."""
    layer = map_parts.layer("districts")
    digits = indicator_choice.decimals(shown.indicator)
    breaks = breaks_of(shown.rows["value"], method, CLASS_COUNT, digits)
    values = area_values(layer.keys, shown.rows[["ags", "value", "missing"]], breaks, digits)
    name = visit.names("indicator", shown.indicator)
    unit = indicator_choice.unit(visit, shown.indicator)
    without = len(values.without_outline)
    legend = value_legend(
        values,
        breaks,
        lambda *limits: _class_words(visit, digits, *limits),
        map_parts.missing_words(visit),
    )
    symbols = map_parts.programme_symbols(visit, size=8.0) if with_places else ()
    return MapDescription(
        lang=visit.lang,
        words=map_parts.words(
            visit,
            visit.words("map.label", name=name, period=visit.formats.date(shown.period)),
            f"{name}, {visit.formats.date(shown.period)} ({unit})",
            unit,
            visit.words("map.no_outline", n=without) if without else "",
        ),
        light=map_parts.colours("light", len(breaks) + 1),
        dark=map_parts.colours("dark", len(breaks) + 1),
        areas=layer,
        values=values,
        outlines=(map_parts.layer("states"),),
        symbols=symbols,
        legend=(*legend, *(map_parts.cohort_legend(visit) if with_places else ())),
        selected=picked,
    )


def _class_words(visit: Visit, digits: int, low: float, high: float, is_last: bool) -> str:
    return visit.words(
        "map.class_range",
        low=visit.formats.number(low, digits),
        high=visit.formats.number(high, digits),
    )


def picked_place(visit: Visit, shown: IndicatorView, picked: str) -> None:
    """Value, time, place among all districts and source of the place picked."""
    rows = shown.rows[shown.rows["ags"] == picked]
    if picked not in set(session.table("districts")["ags"]):
        st.caption(visit.words("map.hint"))
        return
    place = plain(comparison.district_label(visit, picked))
    value = rows["value"].iloc[0] if len(rows) else float("nan")
    with st.container(border=True, key="card_picked"):
        if pd.isna(value):
            kind = str(rows["missing"].iloc[0]) if len(rows) else ""
            reason = visit.names("missing", kind) if kind else visit.words("map.no_value")
            st.markdown(visit.words("map.selected_missing", place=place, reason=reason))
        else:
            amount = indicator_choice.amount(visit, shown.indicator, value)
            words = {"place": place, "value": amount, "position": _position(visit, shown, value)}
            period = visit.formats.date(shown.period)
            st.markdown(visit.words("map.selected", **words, period=period))
        with st.container(horizontal=True):
            frame.page_link(
                visit,
                "compare",
                visit.words("map.to_compare"),
                icon=":material/show_chart:",
                indicator=shown.indicator,
                places=picked,
            )
            st.button(
                visit.words("map.to_mine"),
                key="take_picked",
                type="tertiary",
                icon=":material/location_on:",
                on_click=session.choose_town,
                args=(results.places().municipality_key(picked),),
            )


def _position(visit: Visit, shown: IndicatorView, value: float) -> str:
    spread = results.statistics(shown.indicator, shown.period, "district")
    part = "low" if value < spread.q1 else "high" if value > spread.q3 else "mid"
    return visit.words(f"map.position_{part}")


def twin(visit: Visit, shown: IndicatorView) -> None:
    """All districts as a list, folded in below the map."""
    chart.twin_table(visit, table(visit, shown), key="map", title=reading(visit, shown))


def table(visit: Visit, shown: IndicatorView) -> pd.DataFrame:
    """All districts, highest first, with the reason where a value is missing."""
    digits = indicator_choice.decimals(shown.indicator)
    rows = shown.rows.sort_values("value", ascending=False, na_position="last")
    value = f"{visit.words('map.column_value')} ({indicator_choice.unit(visit, shown.indicator)})"
    return pd.DataFrame(
        {
            visit.words("map.column_place"): rows["ags"].map(comparison.district_labels(visit)),
            value: rows["value"].round(digits),
            visit.words("map.column_reason"): rows["missing"].map(
                lambda kind: visit.names("missing", kind) if kind else ""
            ),
        }
    )
