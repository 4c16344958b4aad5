"""Progress by milestone: a board of what is reached, and how far each place is as a range."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.progress import MILESTONES
from views import theme
from views.charts.board import BoardLane, BoardMark, board_figure
from views.charts.ranges import RangeRow, counted_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, progress_results
from views.widgets.progress_board import source, styles
from views.widgets.project_results import span

MOST_BARS = 12
MOST_NAMES = 20


def show(visit: Visit, field: str, cohort: str) -> None:
    """Places of use by milestone reached, and how far each is as a range."""
    rows = progress_results.wanted(progress_results.deployments(), field, cohort)
    # An association's members share its milestones: it stands once.
    once = rows.drop_duplicates(["solution_id", "municipality"])
    recorded = once[once["basis"] == "milestones"]
    if recorded.empty:
        st.info(visit.words("progress.nothing_milestones"))
        return
    lanes = [_milestone_lane(visit, recorded, one) for one in MILESTONES]
    figure = board_figure(lanes, styles(visit), theme.palette(visit.scheme), visit.lang)
    chart.show(
        visit,
        figure,
        key="milestone_board",
        reading=_milestone_reading(visit, recorded),
        source=source(visit, "progress.unit_milestones"),
        twin=_milestone_twin(visit, recorded),
    )
    _ranges(visit, rows, recorded)


def _milestone_lane(visit: Visit, rows: pd.DataFrame, milestone: str) -> BoardLane:
    own = rows[rows["reached"].str.split().map(lambda every: milestone in every)]
    title = visit.words(
        "progress.milestone_lane",
        milestone=f"{milestone} {visit.names('milestone', milestone)}",
        n=len(own),
    )
    marks = [
        BoardMark(f"{row['cohort']}o", _range_words(visit, row), str(row["solution_id"]))
        for row in own.sort_values(["cohort", "name"]).to_dict("records")
    ]
    return BoardLane(title, marks)


def _milestone_reading(visit: Visit, rows: pd.DataFrame) -> str:
    reached = rows["reached"].str.split().explode().value_counts()
    most = str(reached.index[0])
    return visit.words(
        "progress.milestone_reading",
        n=len(rows),
        milestone=plain(visit.names("milestone", most)),
        most=int(reached.iloc[0]),
    )


def _range_words(visit: Visit, row: dict[str, object]) -> str:
    return f"{row['name']} ({row['municipality']})\n{range_text(visit, row)}"


def range_text(visit: Visit, row: dict[str, object]) -> str:
    """How many of the eight milestones: ``5 bis 8 von 8``."""
    low, high = round(float(str(row["low"])) * 8), round(float(str(row["high"])) * 8)
    key = "progress.range_exact" if low == high else "progress.range"
    return visit.words(key, low=low, high=high)


def _milestone_twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.sort_values("name")
    reached = rows["reached"].str.split()
    undated = rows["undated"].str.split()
    said = {True: visit.words("progress.reached"), False: visit.words("common.not_reported")}
    twin = pd.DataFrame(
        {
            visit.words("solutions.column_name"): rows["name"],
            visit.words("solution.column_place"): rows["municipality"],
            visit.words("progress.column_range"): [
                range_text(visit, row) for row in rows.to_dict("records")
            ],
        }
    )
    for one in MILESTONES:
        twin[f"{one} {visit.names('milestone', one)}"] = [
            visit.words("progress.reached_undated") if one in blank else said[one in every]
            for every, blank in zip(reached, undated, strict=True)
        ]
    return twin


def _ranges(visit: Visit, rows: pd.DataFrame, recorded: pd.DataFrame) -> None:
    """How far each place of use is: one bar each, or one per range where they are many."""
    st.subheader(visit.words("progress.ranges_title"), anchor=False)
    bars = _bars_each(visit, recorded) if len(recorded) <= MOST_BARS else _bars(visit, recorded)
    figure = counted_figure(
        bars,
        8,
        (visit.words("progress.reached"), visit.words("progress.may_be")),
        visit.words("progress.of_eight"),
        theme.palette(visit.scheme),
        visit.lang,
    )
    least, most = (round(end * 8) for end in (recorded["low"].min(), recorded["low"].max()))
    chart.show(
        visit,
        figure,
        key="ranges",
        reading=visit.words("progress.ranges_reading", reached=span(visit, least, most)),
        source=f"{visit.words('progress.ranges_fine')} {source(visit, 'progress.of_eight')}",
        twin=_milestone_twin(visit, recorded).iloc[:, :3],
    )
    with st.container(key="fine_implied"):
        implied = rows[rows["basis"] == "phase"].groupby("reached").size()
        for reached, n in implied.items():
            st.caption(_implied(visit, str(reached).split(), int(n)))


def _bars_each(visit: Visit, recorded: pd.DataFrame) -> list[RangeRow]:
    return [
        RangeRow(
            f"{row['name']} ({row['municipality']})",
            float(row["low"]) * 8,
            float(row["high"]) * 8,
            range_text(visit, row),
        )
        for row in recorded.sort_values("name").to_dict("records")
    ]


def _bars(visit: Visit, recorded: pd.DataFrame) -> list[RangeRow]:
    """One bar per range, with the names of those it holds for."""
    bars = []
    for (low, high), own in recorded.groupby(["low", "high"]):
        names = sorted(own["name"], key=str.casefold)
        bars.append(
            RangeRow(
                visit.words("progress.places_of_use", n=len(own)),
                float(low) * 8,
                float(high) * 8,
                range_text(visit, own.iloc[0].to_dict()),
                more="\n".join(names[:MOST_NAMES]) + ("\n…" if len(names) > MOST_NAMES else ""),
            )
        )
    return bars


def _implied(visit: Visit, reached: list[str], n: int) -> str:
    named = visit.formats.listing([plain(visit.names("milestone", one)) for one in reached])
    return visit.words("progress.implied", n=n, milestones=named, low=len(reached))
