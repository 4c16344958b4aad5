"""Progress as a board: decisions by phase, or places of use by milestone, and their ranges."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.board import LANES
from analysis.progress import MILESTONES
from views import results, session, theme
from views.charts.board import BoardLane, BoardMark, board_figure
from views.charts.marks import MarkStyle
from views.charts.ranges import RangeRow, counted_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, progress_results
from views.widgets.solution_progress import show_table
from views.widgets.solution_sources import age

SYMBOLS = {"2019": "circle", "2020": "square", "2021": "triangle-up", "": "diamond"}
MOST_BARS = 12
MOST_NAMES = 20
COLOURS = {"2019": 0, "2020": 1, "2021": 3, "": 6}


def styles(visit: Visit) -> dict[str, MarkStyle]:
    """Marks by selection round (colour and shape); adopters are open, in no legend row."""
    colours = theme.palette(visit.scheme)
    found: dict[str, MarkStyle] = {}
    for cohort, symbol in SYMBOLS.items():
        key = "progress.legend_cohort" if cohort else "progress.legend_none"
        name = visit.words(key, **({"cohort": cohort} if cohort else {}))
        paint = colours.marks[COLOURS[cohort]]
        found[f"{cohort}o"] = MarkStyle(name, paint, symbol)
        found[f"{cohort}a"] = MarkStyle(name, paint, symbol, filled=False)
    return found


def cohort_name(visit: Visit, cohort: str) -> str:
    """A selection round in words; solutions of several projects have none."""
    return visit.names("cohort", cohort) if cohort else visit.words("progress.no_cohort")


def phases(visit: Visit, field: str, cohort: str) -> None:
    """Decisions by phase as a board, then those of one phase as a list."""
    rows = progress_results.wanted(progress_results.decisions(), field, cohort)
    if rows.empty:
        st.info(visit.words("progress.nothing"))
        return
    lanes = [_phase_lane(visit, rows, phase) for phase in LANES]
    figure = board_figure(
        [lane for lane in lanes if lane.marks or lane.title],
        styles(visit),
        theme.palette(visit.scheme),
        visit.lang,
    )
    chart.show(
        visit,
        figure,
        key="phase_board",
        reading=_phase_reading(visit, rows),
        source=f"{visit.words('progress.board_marks')} {_source(visit)}",
        twin=_phase_twin(visit, rows),
    )
    _phase_list(visit, rows)


def phase_name(visit: Visit, phase: str) -> str:
    """A phase in words; unknown ones are said so."""
    return visit.names("phase", phase) if phase else visit.words("solution.phase_unknown")


def _phase_lane(visit: Visit, rows: pd.DataFrame, phase: str) -> BoardLane:
    own = rows[rows["phase"] == phase]
    title = visit.words(
        "progress.lane",
        phase=f"{phase} {phase_name(visit, phase)}"
        if phase[:1] == "P"
        else phase_name(visit, phase),
        n=len(own),
        places=visit.words("solution.places_of_type", n=int(own["places"].sum())),
    )
    own = own.sort_values(["role", "cohort", "name"], ascending=[False, True, True])
    marks = [
        BoardMark(
            f"{row['cohort']}{'o' if row['role'] == 'origin' else 'a'}",
            _decision_words(visit, row),
            str(row["decision"]),
        )
        for row in own.to_dict("records")
    ]
    return BoardLane(title, marks)


def _decision_words(visit: Visit, row: dict[str, object]) -> str:
    places = str(row["names"])
    if len(places) > 90:
        places = visit.words("solution.places_of_type", n=row["places"])
    basis = "deployment" if row["evidenced"] else "status"
    return (
        f"{row['name']}\n{places}\n{phase_name(visit, str(row['phase']))}, "
        f"{age(visit, str(row['as_of']))}\n{visit.words(f'progress.basis_{basis}')}"
    )


def _phase_reading(visit: Visit, rows: pd.DataFrame) -> str:
    running = rows["phase"].isin(["P4", "P5"])
    return visit.words(
        "progress.phase_reading",
        decisions=len(rows),
        places=int(rows["places"].sum()),
        running=int(running.sum()),
        evidenced=int((running & rows["evidenced"]).sum()),
        stopped=int((rows["phase"] == "stopped").sum()),
        unknown=int((rows["phase"] == "").sum()),
    )


def _source(visit: Visit) -> str:
    return visit.words("progress.source", day=visit.formats.date(results.data_date().isoformat()))


def _phase_twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    words = visit.words
    table = pd.crosstab(rows["phase"], rows["cohort"]).reindex(list(LANES), fill_value=0)
    twin = pd.DataFrame({words("solutions.phase"): [phase_name(visit, one) for one in LANES]})
    for cohort in [one for one in SYMBOLS if one in table]:
        twin[cohort_name(visit, cohort)] = table[cohort].tolist()
    twin[words("progress.decisions")] = table.sum(axis=1).tolist()
    places = rows.groupby("phase")["places"].sum().reindex(list(LANES), fill_value=0)
    twin[words("progress.places")] = places.tolist()
    return twin


def _phase_list(visit: Visit, rows: pd.DataFrame) -> None:
    """The decisions of one phase by name, with the way to the solution."""
    present = [phase for phase in LANES if (rows["phase"] == phase).any()]
    asked = session.kept("lane")
    chosen = st.pills(
        visit.words("progress.choose_phase"),
        [phase or "none" for phase in present],
        default=asked if asked in [phase or "none" for phase in present] else None,
        format_func=lambda one: phase_name(visit, "" if one == "none" else one),
        key="progress_lane",
    )
    session.keep("lane", chosen or "")
    if not chosen:
        return
    own = rows[rows["phase"] == ("" if chosen == "none" else chosen)]
    show_table(visit, list_of(visit, own), "lane", visit.words("progress.list_title", n=len(own)))


def list_of(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Decisions as a readable table, by name of the solution."""
    words = visit.words
    rows = rows.sort_values(["name", "role", "names"], ascending=[True, False, True])
    return pd.DataFrame(
        {
            words("solutions.column_name"): rows["name"],
            words("solution.column_place"): rows["names"],
            words("progress.role"): [words(f"progress.role_{one}") for one in rows["role"]],
            words("progress.cohort"): [cohort_name(visit, one) for one in rows["cohort"]],
            words("solution.column_as_of"): [age(visit, one) for one in rows["as_of"]],
            words("progress.basis"): [
                words(f"progress.basis_{'deployment' if one else 'status'}")
                for one in rows["evidenced"]
            ],
            words("common.source"): rows["evidence_url"],
        }
    )


def milestones(visit: Visit, field: str, cohort: str) -> None:
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
        source=_source(visit),
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
        milestone=visit.names("milestone", most),
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
    name = visit.words("progress.ranges_title")
    st.plotly_chart(figure, key="ranges", config=chart.CONFIG, theme=None, alt=name)
    with st.container(key="fine_ranges"):
        st.caption(visit.words("progress.ranges_fine"))
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
