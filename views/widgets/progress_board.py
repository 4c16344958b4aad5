"""Progress as a board: decisions by phase, and those of one phase as a list."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.board import LANES
from views import results, session, theme
from views.charts.board import BoardLane, BoardMark, board_figure
from views.charts.marks import MarkStyle
from views.session import Visit
from views.widgets import chart, progress_results
from views.widgets.solution_progress import show_table
from views.widgets.solution_sources import age

# The first three rounds look as on the maps; later ones take the next look.
LOOKS = (
    ("circle", 0),
    ("square", 1),
    ("triangle-up", 3),
    ("star", 4),
    ("pentagon", 5),
    ("hexagon", 2),
)
NO_ROUND = ("diamond", 6)


def rounds() -> list[str]:
    """Selection rounds of the data, oldest first, and "" for solutions without one."""
    found = set(progress_results.origins()["cohort"]) | set(session.table("cohorts")["cohort"])
    return [*sorted(found - {""}), ""]


def styles(visit: Visit) -> dict[str, MarkStyle]:
    """Marks by selection round (colour and shape); adopters are open, in no legend row."""
    colours = theme.palette(visit.scheme)
    found: dict[str, MarkStyle] = {}
    for number, cohort in enumerate(rounds()):
        symbol, slot = LOOKS[number % len(LOOKS)] if cohort else NO_ROUND
        key = "progress.legend_cohort" if cohort else "progress.legend_none"
        name = visit.words(key, **({"cohort": cohort} if cohort else {}))
        found[f"{cohort}o"] = MarkStyle(name, colours.marks[slot], symbol)
        found[f"{cohort}a"] = MarkStyle(name, colours.marks[slot], symbol, filled=False)
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
        reading=phase_reading(visit, rows),
        source=f"{visit.words('progress.board_marks')} {source(visit)}",
        twin=phase_twin(visit, rows),
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


def phase_reading(visit: Visit, rows: pd.DataFrame) -> str:
    """How many decisions run, ended or have no phase, in one sentence."""
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


def source(visit: Visit, unit: str = "progress.unit_board") -> str:
    """Publisher, date and unit (key of its words) of a picture of progress."""
    day = visit.formats.date(results.data_date().isoformat())
    return visit.words("progress.source", day=day, unit=visit.words(unit))


def phase_twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Decisions by phase and round, and their places."""
    words = visit.words
    table = pd.crosstab(rows["phase"], rows["cohort"]).reindex(list(LANES), fill_value=0)
    twin = pd.DataFrame({words("solutions.phase"): [phase_name(visit, one) for one in LANES]})
    for cohort in [one for one in rounds() if one in table]:
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
