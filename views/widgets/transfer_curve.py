"""Adoptions added up by year, the share of other projects with its interval, no forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.diffusion import LEAST_ADOPTERS, LEAST_PERIODS, Share, wilson
from analysis.transfers import (
    decisions_by_year,
    project_reach,
    taken_over,
    undated_decisions,
)
from views import results, theme
from views.charts.incidence import StepLine, steps_figure
from views.charts.ranges import RangeRow, spans_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, transfer_results

if TYPE_CHECKING:
    from views.charts.base import Figure

LEAST_POINTS = 2


def show(visit: Visit, solution: str) -> None:
    """Curve of one solution or of all, share with interval, and why nothing is forecast."""
    st.header(visit.words("transfer.curve_title"), anchor="curve")
    rows = taken_over(transfer_results.of_solution(solution))
    _curve(visit, rows, solution)
    if solution:
        _share_over_time(visit, solution)
    else:
        _shares(visit)
    _no_forecast(visit)


def _curve(visit: Visit, rows: pd.DataFrame, solution: str) -> None:
    found = decisions_by_year(rows)
    undated = undated_decisions(rows)
    if found.empty:
        none = visit.words("transfer.curve_not_running")
        st.markdown(visit.words("transfer.curve_none", n=undated) if undated else none)
        return
    if len(found) < LEAST_POINTS:
        st.markdown(_one_year(visit, rows, int(found["year"].iloc[0]), undated))
        return
    name = (
        transfer_results.offered()[solution] if solution else visit.words("transfer.all_solutions")
    )
    colours = theme.palette(visit.scheme)
    line = StepLine(name, found["year"].tolist(), found["cumulative"].tolist())
    titles = (visit.words("solution.column_year"), visit.words("transfer.dated_decisions"))
    figure = steps_figure([line], titles, colours, visit.lang, whole=True, until=_until())
    twice = rows[rows["sources"] > 1]["decision"].nunique()
    limits = (visit.words("transfer.lower_bound"), visit.words("transfer.not_counted"))
    columns = ("solution.column_year", "transfer.new", "transfer.cumulative")
    chart.show(
        visit,
        figure,
        key="curve",
        reading=visit.words(
            "transfer.curve_reading",
            name=plain(name),
            count=int(found["cumulative"].iloc[-1]),
            since=int(found["year"].iloc[0]),
            until=int(found["year"].iloc[-1]),
            undated=_undated(visit, undated),
            evidence=visit.words("transfer.curve_evidence", n=twice),
        ),
        source=" ".join((*limits, _source(visit))),
        twin=found.set_axis([visit.words(column) for column in columns], axis=1),
    )


def _one_year(visit: Visit, rows: pd.DataFrame, year: int, undated: int) -> str:
    """One year is no development: said in words, not drawn."""
    dated = rows[rows["year"].notna()]["decision"].nunique()
    said = visit.words("transfer.curve_one_year", n=dated, year=year)
    return f"{said} {_undated(visit, undated)}".strip()


def _undated(visit: Visit, undated: int) -> str:
    return visit.words("transfer.curve_undated", n=undated) if undated else ""


def _until() -> float:
    """The day the data are stated to, as a year with its share."""
    day = results.data_date()
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _source(visit: Visit) -> str:
    return visit.words("transfer.source", day=visit.formats.date(results.data_date().isoformat()))


def share_words(visit: Visit, low: float, high: float) -> str:
    """An interval of a share in percent."""
    ends = (visit.formats.number(low * 100), visit.formats.percent(high))
    return visit.words("progress.from_to", low=ends[0], high=ends[1])


def _share_over_time(visit: Visit, solution: str) -> None:
    """Share of the other model projects by year, in the band of the Wilson interval."""
    now = transfer_results.share(solution)
    if now is None:
        return
    st.subheader(visit.words("transfer.share_title"), anchor=False)
    sentence = visit.words(
        "transfer.share_reading",
        count=now.count,
        total=now.total,
        share=visit.formats.percent(now.share),
        range=share_words(visit, now.low, now.high),
    )
    found = project_reach(transfer_results.rows(), solution)
    if len(found) < LEAST_POINTS:
        st.markdown(f"{sentence} {_why_no_share(visit, found, now.count)}".strip())
        return
    drawn = int(found["cumulative"].iloc[-1])
    if drawn < now.count:
        sentence = f"{sentence} {visit.words('transfer.share_drawn', n=drawn)}"
    shares = [wilson(int(count), now.total) for count in found["cumulative"]]
    chart.show(
        visit,
        _share_steps(visit, found, shares),
        key="share_curve",
        reading=sentence,
        source=_source(visit),
        twin=_share_twin(visit, found, shares),
    )


def _share_steps(visit: Visit, found: pd.DataFrame, shares: Sequence[Share]) -> Figure:
    line = StepLine(
        visit.words("transfer.share_name"),
        found["year"].tolist(),
        [one.share * 100 for one in shares],
        [one.low * 100 for one in shares],
        [one.high * 100 for one in shares],
    )
    titles = (visit.words("solution.column_year"), visit.words("transfer.percent"))
    figure = steps_figure(
        [line],
        titles,
        theme.palette(visit.scheme),
        visit.lang,
        whole=False,
        until=_until(),
        height=280,
    )
    figure.update_xaxes(dtick=1)
    return figure


def _share_twin(visit: Visit, found: pd.DataFrame, shares: Sequence[Share]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("solution.column_year"): found["year"],
            visit.words("transfer.projects"): found["cumulative"],
            visit.words("transfer.share_axis"): [
                visit.formats.number(one.share * 100, 1) for one in shares
            ],
            visit.words("transfer.interval"): [
                share_words(visit, one.low, one.high) for one in shares
            ],
        }
    )


def _why_no_share(visit: Visit, found: pd.DataFrame, count: int) -> str:
    """Nothing dated, or one year only: no development to draw."""
    if found.empty:
        return visit.words("transfer.share_undated") if count else ""
    n, year = int(found["cumulative"].iloc[0]), int(found["year"].iloc[0])
    return visit.words("transfer.share_one_year", n=n, year=year)


def _shares(visit: Visit) -> None:
    """Share of the other model projects per solution, as intervals, by name."""
    names = transfer_results.offered()
    found = {one: share for one in names if (share := transfer_results.share(one)) is not None}
    if not found:
        return
    st.subheader(visit.words("transfer.share_title"), anchor=False)
    bars = [
        RangeRow(
            names[solution],
            one.low * 100,
            one.high * 100,
            visit.words(
                "transfer.share_row",
                count=one.count,
                total=one.total,
                range=share_words(visit, one.low, one.high),
            ),
        )
        for solution, one in found.items()
    ]
    colours = theme.palette(visit.scheme)
    figure = spans_figure(bars, None, visit.words("transfer.share_axis"), colours, visit.lang)
    figure.update_xaxes(rangemode="tozero")
    most = max(found.items(), key=lambda pair: pair[1].count)
    chart.show(
        visit,
        figure,
        key="shares",
        reading=visit.words(
            "transfer.shares_reading",
            name=plain(names[most[0]]),
            count=most[1].count,
            total=most[1].total,
            range=share_words(visit, most[1].low, most[1].high),
        ),
        source=_source(visit),
        twin=_shares_twin(visit),
    )


def _shares_twin(visit: Visit) -> pd.DataFrame:
    words, table = visit.words, transfer_results.rows()
    records = []
    for solution, name in transfer_results.offered().items():
        own, share = table[table["solution_id"] == solution], transfer_results.share(solution)
        if share is None:
            continue
        records.append(
            {
                words("solutions.column_name"): name,
                words("transfer.places"): len(own),
                words("progress.decisions"): own["decision"].nunique(),
                words("solutions.column_decisions"): own.loc[own["counts"], "decision"].nunique(),
                words("transfer.column_ended"): int((own["state"] == "ended").sum()),
                words("transfer.column_undated"): int(own["year"].isna().sum()),
                words("transfer.projects"): f"{share.count}/{share.total}",
                words("transfer.interval"): share_words(visit, share.low, share.high),
            }
        )
    return pd.DataFrame(records)


def _no_forecast(visit: Visit) -> None:
    """Why there is no forecast, with the numbers that come nearest."""
    st.subheader(visit.words("transfer.forecast_title"), anchor="forecast")
    bases = transfer_results.bases()
    names = transfer_results.offered()
    longest = max(bases, key=lambda one: (bases[one].periods, bases[one].adopters))
    most = max(bases, key=lambda one: bases[one].adopters)
    allowed = [plain(names[one]) for one, base in bases.items() if base.allowed]
    st.markdown(
        visit.words(
            "transfer.forecast",
            years=LEAST_PERIODS,
            adopters=LEAST_ADOPTERS,
            longest=plain(names[longest]),
            periods=bases[longest].periods,
            longest_adopters=bases[longest].adopters,
            most=plain(names[most]),
            most_adopters=bases[most].adopters,
        )
    )
    if allowed:
        named = visit.formats.listing(allowed)
        st.markdown(visit.words("transfer.forecast_allowed", solutions=named))
    frame.page_link(
        visit,
        "methods",
        visit.words("common.how"),
        icon=":material/functions:",
        topic="diffusion",
    )
