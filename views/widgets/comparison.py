"""Places side by side: which ones, why these, and the series as sentence, figure and table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from views import results, session, theme
from views.charts.series import Band, PlaceLine, bars_figure, series_figure
from views.session import Visit
from views.texts import plain
from views.widgets import indicator_choice, peer_words

if TYPE_CHECKING:
    from views.charts.base import Figure

DEFAULT_INDICATOR = "population"
START_PLACES = ("02000", "14713", "09162", "08222")
PLACES = "places"
MOST_PLACES = 8
PROPOSED = 3


@dataclass(frozen=True)
class SeriesView:
    """One comparison, ready to show: the sentence, the figure and the table say the same."""

    reading: str
    figure: Figure
    source: str
    twin: pd.DataFrame


def choose_places(visit: Visit) -> tuple[str, ...]:
    """Up to eight districts; proposed are my town and the places most like it."""
    offered = list(session.table("districts")["ags"])
    proposed = _proposed(visit)
    asked = [ags for ags in session.asked(PLACES).split("-") if ags in set(offered)]
    if session.once(f"places_of_{visit.ags}"):
        st.session_state["compare_places"] = asked or proposed
    chosen = st.multiselect(
        visit.words("compare.places"),
        offered,
        format_func=district_labels(visit).__getitem__,
        max_selections=MOST_PLACES,
        key="compare_places",
        help=visit.words("compare.places_help"),
    )
    session.address(**{PLACES: "-".join(chosen) if chosen != proposed else ""})
    return tuple(chosen)


def _proposed(visit: Visit) -> list[str]:
    known = set(session.table("districts")["ags"])
    if not visit.ags:
        return [ags for ags in START_PLACES if ags in known]
    mine = visit.ags[:5]
    found = results.peers(mine)
    return [ags for ags in (mine, *(found.keys[:PROPOSED] if found else ())) if ags in known]


def district_label(visit: Visit, ags: str) -> str:
    """Name of a district with its kind, since names alone are not unique."""
    return district_labels(visit).get(ags, ags)


def district_labels(visit: Visit) -> dict[str, str]:
    """Labels of all districts at once, for lists of 400 at every run; by key."""
    return session.result(_district_labels, visit.words("frame.kind_city"))


def _district_labels(city: str) -> dict[str, str]:
    index = results.places()
    names = {ags: index.place(ags).name for ags in session.table("districts")["ags"]}
    return {
        ags: name if index.twin(ags) is None else f"{name} ({city})" for ags, name in names.items()
    }


def view(visit: Visit, indicator: str, towns: tuple[str, ...]) -> SeriesView | None:
    """The series of some places, or ``None`` when none of them has a value."""
    rows = results.series(indicator, towns)
    if rows["value"].notna().sum() == 0:
        return None
    periods = sorted(rows.loc[rows["value"].notna(), "period"].unique())
    lines = _lines(visit, rows, towns)
    unit = indicator_choice.unit(visit, indicator)
    colours = theme.palette(visit.scheme)
    if len(periods) == 1:
        figure = bars_figure(lines, unit, colours, visit.lang)
    else:
        figure = series_figure(lines, _band(visit, indicator, periods), unit, colours, visit.lang)
    return SeriesView(
        reading=_reading(visit, indicator, rows, towns),
        figure=figure,
        source=indicator_choice.source_line(visit, indicator, sorted(set(rows["source"]))),
        twin=_twin(visit, indicator, rows, towns),
    )


def _lines(visit: Visit, rows: pd.DataFrame, towns: tuple[str, ...]) -> list[PlaceLine]:
    mine = visit.ags[:5]
    colours = theme.town_colours(towns, visit.scheme, mine)
    dashes = theme.town_dashes(towns, mine)
    return [
        PlaceLine(
            name=district_label(visit, ags),
            rows=rows.loc[rows["ags"] == ags, ["period", "value"]],
            colour=colours[ags],
            dash=dashes[ags],
            width=4 if ags == mine else 2.5,
        )
        for ags in towns
    ]


def _band(visit: Visit, indicator: str, periods: list[str]) -> Band:
    spread = [(period, results.statistics(indicator, period, "district")) for period in periods]
    rows = [(period, s.q1, s.median, s.q3) for period, s in spread if s.n >= 100]
    table = pd.DataFrame(rows, columns=["period", "q1", "median", "q3"])
    return Band(visit.words("compare.band"), table)


def _reading(visit: Visit, indicator: str, rows: pd.DataFrame, towns: tuple[str, ...]) -> str:
    known = rows[rows["value"].notna()]
    first = next(ags for ags in towns if ags in set(known["ags"]))
    sentences = [_place_sentence(visit, indicator, first, known[known["ags"] == first])]
    last = rows.loc[rows["value"].notna(), "period"].max()
    spread = results.statistics(indicator, last, "district")
    sentences.append(
        visit.words(
            "compare.reading_band",
            period=visit.formats.date(last),
            q1=indicator_choice.amount(visit, indicator, spread.q1),
            q3=indicator_choice.amount(visit, indicator, spread.q3),
        )
    )
    return " ".join(sentences)


def _place_sentence(visit: Visit, indicator: str, ags: str, own: pd.DataFrame) -> str:
    first, last = own.iloc[0], own.iloc[-1]
    words = {
        "name": f"**{plain(district_label(visit, ags))}**",
        "last": indicator_choice.amount(visit, indicator, last["value"]),
        "last_period": visit.formats.date(last["period"]),
    }
    if first["period"] == last["period"]:
        return visit.words("compare.reading_one", **words)
    change = last["value"] - first["value"]
    digits = indicator_choice.decimals(indicator)
    return visit.words(
        "compare.reading_two",
        **words,
        first=indicator_choice.amount(visit, indicator, first["value"]),
        first_period=visit.formats.date(first["period"]),
        change=visit.formats.signed(change, digits),
    )


def _twin(visit: Visit, indicator: str, rows: pd.DataFrame, towns: tuple[str, ...]) -> pd.DataFrame:
    names = {ags: district_label(visit, ags) for ags in towns}
    digits = indicator_choice.decimals(indicator)
    unit = indicator_choice.unit(visit, indicator)
    return pd.DataFrame(
        {
            visit.words("compare.column_place"): rows["ags"].map(names),
            visit.words("compare.column_period"): rows["period"].map(visit.formats.date),
            f"{visit.words('compare.column_value')} ({unit})": rows["value"].map(
                lambda value: visit.formats.number(value, digits)
            ),
            visit.words("compare.column_missing"): rows["missing"].map(
                lambda kind: visit.names("missing", kind) if kind else ""
            ),
        }
    )


def show_reasons(visit: Visit, towns: tuple[str, ...]) -> None:
    """Why these places were proposed, one sentence each."""
    if not visit.ags:
        st.caption(visit.words("compare.start_places"))
        return
    mine = visit.ags[:5]
    town = plain(results.place(visit.ags).name)
    if visit.ags != mine and results.places().twin(visit.ags) is None:
        district = plain(results.place(mine).name)
        st.info(visit.words("compare.district_of", town=town, district=district))
    found = results.peers(mine)
    named = [peer for peer in found.peers if peer.ags in towns] if found else []
    if named:
        st.markdown(visit.words("compare.peers_why", town=plain(results.place(mine).name)))
        reasons = [peer_words.reason(visit, peer, "compare.peer_reason") for peer in named]
        st.markdown("\n".join(f"- {reason}" for reason in reasons))
