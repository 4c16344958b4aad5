"""Dated milestones on the project clock or the calendar, and why the order differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.milestone_clock import Reversal, reversals
from analysis.progress import MILESTONES, project_clock
from views import session, theme
from views.charts.timeline import TimeAxis, TimeEvent, TimeRow, timeline_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, progress_results
from views.widgets.kept_choice import known, one_view
from views.widgets.progress_board import cohort_name, source, styles
from views.widgets.solution_sources import links

if TYPE_CHECKING:
    from views.charts.base import Figure

AXES = ("clock", "calendar")


def show(visit: Visit, field: str, cohort: str) -> None:
    """Choice of clock and milestone, timeline, and the facts that have no date."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="time_controls"):
        axis = one_view(
            visit,
            "axis",
            AXES,
            label=visit.words("progress.axis"),
            words="progress.axis_",
            key="progress_axis",
        )
        milestone = _milestone(visit)
    rows = progress_results.wanted(progress_results.milestones(), field, cohort)
    rows = rows[rows["milestone"] == milestone] if milestone else rows
    drawn = rows[(rows["first_day"] != "") if axis == "calendar" else rows["months_low"].notna()]
    if drawn.empty:
        st.info(visit.words("progress.nothing_dated"))
    else:
        chart.show(
            visit,
            _figure(visit, drawn, axis),
            key="timeline",
            reading=f"{_reading(visit, drawn, axis)} {_turned(visit, rows)}".strip(),
            source=_source(visit, axis),
            twin=_twin(visit, rows),
        )
    with st.container(key="fine_clock"):
        st.caption(visit.words("progress.clock_how"))
    _not_drawn(visit, rows, drawn)


def _milestone(visit: Visit) -> str:
    ids = ("", *MILESTONES)
    kept = known(visit, "milestone", session.kept("milestone"), ids)
    chosen = st.selectbox(
        visit.words("progress.milestone"),
        ids,
        index=ids.index(kept),
        format_func=lambda one: (
            f"{one} {visit.names('milestone', one)}" if one else visit.words("solutions.all")
        ),
        key="progress_milestone",
        width=320,
    )
    session.keep("milestone", chosen)
    return chosen


def _figure(visit: Visit, drawn: pd.DataFrame, axis: str) -> Figure:
    order = "first_day" if axis == "calendar" else "months_low"
    groups = [own for _, own in drawn.groupby(["solution_id", "municipality"], sort=False)]
    groups.sort(key=lambda own: own[order].min())
    rows = [_row(visit, own, axis) for own in groups]
    rounds = session.table("cohorts")
    lines: list[tuple[str | float, str]] = (
        [
            (day, visit.words("progress.selection", cohort=cohort))
            for day, cohort in zip(rounds["selected_on"], rounds["cohort"], strict=True)
        ]
        if axis == "calendar"
        else [(0.0, visit.words("progress.selection_own"))]
    )
    described = TimeAxis(
        visit.words(f"progress.title_{axis}"),
        lines,
        visit.words("progress.began"),
        axis == "calendar",
    )
    return timeline_figure(
        rows,
        styles(visit),
        described,
        theme.palette(visit.scheme),
        visit.lang,
    )


def _row(visit: Visit, own: pd.DataFrame, axis: str) -> TimeRow:
    head = own.iloc[0]
    # Milestones of one date share a mark, so that their words do not lie on each other.
    same_day = own.groupby(["first_day", "last_day"], sort=True)
    events = [_event(visit, rows, axis) for _, rows in same_day]
    cohort = head["cohort"] or visit.words("progress.legend_none")
    return TimeRow(
        f"{cohort}: {head['name']} ({head['municipality']})",
        f"{head['cohort']}o",
        events,
        _began(head, axis),
    )


def _event(visit: Visit, rows: pd.DataFrame, axis: str) -> TimeEvent:
    """The milestones of one place that bear the same date."""
    row = rows.iloc[0]
    date = visit.formats.date(row["date"])
    named = [f"{one} {visit.names('milestone', one)}: {date}" for one in rows["milestone"]]
    hover = "\n".join([row["name"], *named])
    low, high = float(row["months_low"]), float(row["months_high"])
    if low == low:
        hover += f"\n{visit.words('progress.after_selection', months=months(visit, low, high))}"
    short = " ".join(sorted(rows["milestone"]))
    if axis == "clock":
        return TimeEvent(low, high, (low + high) / 2, short, hover)
    first, last = pd.Timestamp(row["first_day"]), pd.Timestamp(row["last_day"])
    middle = (first + (last - first) / 2).date().isoformat()
    return TimeEvent(row["first_day"], row["last_day"], middle, short, hover)


def months(visit: Visit, low: float, high: float) -> str:
    """An age in whole months, as a range where the date is inexact."""
    ends = [visit.formats.number(round(end)) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return visit.words("progress.from_to", low=ends[0], high=ends[1])


def _began(head: pd.Series, axis: str) -> tuple[str | float, str | float] | None:
    """The year in which the project began by its own account, as a span on this axis."""
    year = head["start_year"]
    if pd.isna(year) or not head["selected_on"]:
        return None
    if axis == "calendar":
        return f"{int(year)}-01-01", f"{int(year)}-12-31"
    span = project_clock(str(int(year)), head["selected_on"])
    return None if span is None else (span.low, span.high)


def _reading(visit: Visit, drawn: pd.DataFrame, axis: str) -> str:
    order = "first_day" if axis == "calendar" else "months_low"
    first, last = drawn.loc[drawn[order].idxmin()], drawn.loc[drawn[order].idxmax()]
    places = drawn.groupby(["solution_id", "municipality"]).ngroups

    def said(row: pd.Series) -> str:
        if axis == "calendar":
            return visit.formats.date(row["date"])
        span = months(visit, row["months_low"], row["months_high"])
        return visit.words("progress.months", months=span)

    return visit.words(
        "progress.time_reading",
        n=len(drawn),
        places=places,
        first=plain(first["name"]),
        first_milestone=plain(visit.names("milestone", first["milestone"])),
        first_at=said(first),
        last=plain(last["name"]),
        last_milestone=plain(visit.names("milestone", last["milestone"])),
        last_at=said(last),
    )


def _turned(visit: Visit, rows: pd.DataFrame) -> str:
    """Why the order differs between the clocks, with an example from the rows shown."""
    after = rows[~(rows["months_low"] < 0)]
    found = reversals(after)
    if not found:
        return visit.words("progress.same_order")
    return visit.words("progress.turned", n=len(found), **_example(visit, found[0]))


def _example(visit: Visit, turn: Reversal) -> dict[str, object]:
    earlier, later = turn.earlier, turn.later
    apart = project_clock(later["selected_on"], earlier["selected_on"])
    return {
        "earlier": plain(earlier["name"]),
        "later": plain(later["name"]),
        "milestone": plain(visit.names("milestone", earlier["milestone"])),
        "earlier_date": visit.formats.date(earlier["date"]),
        "later_date": visit.formats.date(later["date"]),
        "earlier_months": months(visit, earlier["months_low"], earlier["months_high"]),
        "later_months": months(visit, later["months_low"], later["months_high"]),
        "apart": round(apart.low) if apart else 0,
    }


def _source(visit: Visit, axis: str) -> str:
    rounds = session.table("cohorts").to_dict("records")
    said = [
        visit.words(
            "progress.selected",
            cohort=row["cohort"],
            day=visit.formats.date(row["selected_on"]),
            source=links(row["source_url"]),
        )
        for row in rounds
    ]
    return f"{source(visit, f'progress.title_{axis}')} " + " · ".join(said)


def _twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    words = visit.words
    rows = rows.sort_values(["name", "milestone"])
    return pd.DataFrame(
        {
            words("solutions.column_name"): rows["name"],
            words("solution.column_place"): rows["municipality"],
            words("progress.milestone"): [
                f"{one} {visit.names('milestone', one)}" for one in rows["milestone"]
            ],
            words("progress.date"): [
                visit.formats.date(one) or words("common.undated") for one in rows["date"]
            ],
            words("progress.cohort"): [cohort_name(visit, one) for one in rows["cohort"]],
            words("progress.title_clock"): [
                months(visit, low, high) if low == low else words("common.not_reported")
                for low, high in zip(rows["months_low"], rows["months_high"], strict=True)
            ],
            words("common.source"): rows["evidence_url"],
        }
    )


def _not_drawn(visit: Visit, rows: pd.DataFrame, drawn: pd.DataFrame) -> None:
    """What has no place on this axis, in words."""
    left = rows[~rows.index.isin(drawn.index)].sort_values(["name", "milestone"])
    if left.empty:
        return
    st.subheader(visit.words("progress.undated", n=len(left)), anchor=False)
    lines = []
    for row in left.to_dict("records"):
        date = visit.formats.date(row["date"]) or visit.words("solution.date_missing")
        name = plain(visit.names("milestone", row["milestone"]))
        lines.append(
            f"- {plain(row['name'])} ({plain(row['municipality'])}): {name}, {date} "
            f":small[{links(row['evidence_url'])}]"
        )
    st.markdown("\n".join(lines))
