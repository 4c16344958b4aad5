"""What a project made: solutions, transfers, lessons, published figures, its source note."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.use_figures import use_groups
from views.session import Visit
from views.texts import plain
from views.widgets import frame, lesson_cards, project_results
from views.widgets.solution_cards import elsewhere
from views.widgets.solution_progress import show_table
from views.widgets.solution_sources import age, phase_words, source_note, text_in
from views.widgets.solution_use import figure_words
from views.widgets.transfer_head import adopted, twin


def solutions(visit: Visit, row: pd.Series) -> None:
    """The project's solutions, each with phase and spread, by name."""
    st.header(visit.words("project.solutions_title"), anchor="solutions")
    rows = project_results.solutions(row["project_id"])
    if rows.empty:
        st.markdown(visit.words("project.solutions_none"))
        return
    with st.grid(min_column_width=280, gap="small", key="project_solutions"):
        for one in rows.to_dict("records"):
            solution = one["solution_id"]
            with st.container(border=True, key=f"card_{solution}", height="stretch", gap="xsmall"):
                frame.page_link(visit, "solution", f"**{plain(one['name'])}**", solution=solution)
                when = f"({age(visit, one['phase_as_of'])})" if one["phase"] else ""
                st.markdown(
                    f"{plain(one[f'summary_{visit.text_lang}'])}\n\n"
                    f"{phase_words(visit, one['phase'])} :small[{when}]  \n"
                    f":small[{elsewhere(visit, one)}]"
                )


def transfers(visit: Visit, row: pd.Series) -> None:
    """Documented transfers out and in; a joint roll-out is one decision."""
    st.header(visit.words("project.transfers_title"), anchor="transfers")
    parts = {
        "out": project_results.given(row["project_id"]),
        "into": project_results.taken(row["project_id"]),
    }
    for name, rows in parts.items():
        st.markdown(_passed(visit, name, rows))
        if rows.empty:
            continue
        show_table(visit, twin(visit, rows), name, visit.words(f"project.{name}_alt"))
    st.caption(f"{visit.words('transfer.lower_bound')} {visit.words('project.decisions_how')}")
    frame.page_link(visit, "transfer", visit.words("project.to_transfer"), icon=":material/hub:")


def _passed(visit: Visit, way: str, rows: pd.DataFrame) -> str:
    """Transfers one way in a sentence; those among the project's own members are told apart."""
    others, inside = rows[~rows["inside"]], rows[rows["inside"]]
    if others.empty:
        said = visit.words(f"project.{way}_none")
    else:
        own = adopted(visit, others[others["counts"]])
        said = visit.words(f"project.{way}", adopted=adopted(visit, others), own=own)
    if inside.empty:
        return said
    return f"{said} {visit.words('project.inside', adopted=adopted(visit, inside))}"


def lessons(visit: Visit, row: pd.Series) -> None:
    """Lessons about the project and its solutions, failures as visible as successes."""
    st.header(visit.words("project.lessons_title"), anchor="lessons")
    rows = project_results.lessons(row["project_id"])
    if rows.empty:
        st.markdown(visit.words("project.lessons_none"))
        return
    failed = int((rows["kind"] == "did_not_work").sum())
    said = lesson_cards.failed_words(visit, len(rows), failed)
    ended = int(row["stopped_high"]) or visit.words("common.not_reported")
    st.markdown(visit.words("project.lessons", n=len(rows), failed=said, stopped=ended))
    lesson_cards.grid(visit, rows, on=row["project_id"])


def figures(visit: Visit, row: pd.Series) -> None:
    """Published figures of the project and its solutions: reached apart from planned."""
    st.header(visit.words("project.figures_title"), anchor="figures")
    rows = project_results.of_project("progress", row["project_id"])
    if rows.empty:
        st.markdown(visit.words("project.figures_none"))
        return
    for name, own in use_groups(rows):
        st.subheader(visit.words(f"solution.use_{name}"), anchor=False)
        title = visit.words(f"solution.use_{name}")
        show_table(visit, figure_table(visit, own), f"figures_{name}", title)
    st.caption(visit.words("solution.use_caution"))


def figure_table(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Published figures with what was counted, where, when and by whom."""
    words = visit.words
    names = project_results.solution_names()
    return pd.DataFrame(
        {
            words("project.column_about"): [
                names.get(one, words("project.whole_project")) for one in rows["solution_id"]
            ],
            words("solution.column_value"): [
                figure_words(visit, value, unit)
                for value, unit in zip(rows["value"], rows["unit"], strict=True)
            ],
            words("solution.column_as_of"): [age(visit, one) for one in rows["date"]],
            words("solution.column_measure"): [
                visit.names("progress_measure", one) for one in rows["measure"]
            ],
            words("solution.column_place"): rows["municipality"],
            words("common.source"): rows["source_url"],
            words("solution.column_note"): rows["note"],
        }
    )


def sources(visit: Visit, row: pd.Series) -> None:
    """Where the facts of the project stand, and how they were read."""
    with st.expander(visit.words("project.note_title"), icon=":material/info:"):
        st.markdown(source_note(visit, row["source_url"], row["source_date"]))
        if row["note"]:
            st.markdown(text_in(visit, row["note"], "en"))
