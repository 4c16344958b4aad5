"""All model projects: the sentence, the filters, the table, the choice for side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.catalogue import UNKNOWN
from analysis.project_facts import MARKS, ProjectChoice, choose_projects
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import project_results
from views.widgets.kept_choice import one_view, pick, search_box, several
from views.widgets.project_head import split
from views.widgets.project_results import on_record, span, year
from views.widgets.solution_progress import LONG_HEIGHT, WHOLE_ROWS
from views.widgets.solution_sources import age

CHOSEN = "projects"
MOST = 5
LONGEST_ID = 40
FILTERS = ("project_find", "cohort", "kind", "project_phase", "land", "with")
_Columns = Mapping[str, pd.Series | list[str]]
FIGURE_SPACE, HAIR_SPACE = "\u2007", "\u200a"
COLUMNS = {
    "results": (
        "projects.column_name",
        "projects.column_solutions",
        "projects.column_running",
        "projects.column_ended",
        "projects.column_out",
        "projects.column_into",
        "projects.column_lessons",
        "projects.column_failures",
        "solutions.column_open",
    ),
    "places": (
        "projects.column_name",
        "projects.column_cohort",
        "projects.kind",
        "project.column_state",
        "projects.column_members",
        "projects.column_people",
        "solutions.column_open",
    ),
    "money": (
        "projects.column_name",
        "projects.column_total",
        "projects.column_grant",
        "projects.column_period",
        "projects.phase",
        "solution.column_as_of",
        "solutions.column_open",
    ),
}


def title(visit: Visit) -> None:
    """What the 73 projects have on record, counted from the rows."""
    rows = project_results.facts()
    st.title(
        visit.words(
            "projects.title",
            projects=len(rows),
            given=int(rows["given"].sum()),
            taken=int(rows["taken"].sum()),
        )
    )
    with st.container(key="lead_projects"):
        st.markdown(visit.words("projects.lead"))


def choose(visit: Visit) -> pd.DataFrame:
    """The filters; gives the projects that fit, by name."""
    rows = project_results.facts()
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="project_filters", gap="small"
    ):
        text = _search(visit)
        cohort = pick(
            visit,
            "cohort",
            visit.words("progress.cohort"),
            dict.fromkeys(sorted(set(rows["cohort"]))),
            lambda one: visit.names("cohort", one),
        )
        kind = pick(
            visit,
            "kind",
            visit.words("projects.kind"),
            dict.fromkeys(visit.names.ids("project_kind")),
            lambda one: visit.names("project_kind", one),
        )
        phase = _pick_phase(visit)
        states = sorted({state for joined in rows["states"] for state in split(joined)})
        state = pick(
            visit, "land", visit.words("projects.state"), dict.fromkeys(states), lambda one: one
        )
    marks = several(
        visit,
        "with",
        visit.words("projects.only"),
        MARKS,
        lambda mark: visit.words(f"projects.mark.{mark}"),
        key="project_marks",
    )
    return choose_projects(rows, ProjectChoice(text, cohort, kind, phase, state, marks))


def _search(visit: Visit) -> str:
    label = visit.words("projects.search")
    return search_box(visit, "project_find", label, example="projects.search_example", width=260)


def _pick_phase(visit: Visit) -> str:
    return pick(
        visit,
        "project_phase",
        visit.words("projects.phase"),
        dict.fromkeys((*visit.names.ids("project_phase"), UNKNOWN)),
        lambda one: _phase_name(visit, "" if one == UNKNOWN else one),
    )


def _phase_name(visit: Visit, phase: str) -> str:
    return visit.names("project_phase", phase) if phase else visit.words("common.not_reported")


def show(visit: Visit, rows: pd.DataFrame) -> None:
    """Count, choice of columns and table of the projects found."""
    total = len(project_results.facts())
    if rows.empty:
        with st.container(border=True, key="card_nothing"):
            st.markdown(visit.words("projects.nothing"))
            st.button(visit.words("projects.show_all"), key="projects_all", on_click=_reset)
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        count = visit.words("projects.count", n=len(rows), total=total)
        st.markdown(count, width="stretch")
        columns = _columns(visit)
    words = visit.words
    table = _table(visit, rows)
    st.dataframe(
        table,
        hide_index=True,
        key="projects_table",
        height="content" if len(rows) <= WHOLE_ROWS else LONG_HEIGHT,
        alt=count,
        placeholder=words("common.not_reported"),
        column_order=[words(key) for key in COLUMNS[columns]],
        column_config=_column_config(visit),
    )
    with st.container(key="fine_projects"):
        st.caption(words("projects.fine"))
        st.caption(words("project.money_caution"))


def _column_config(visit: Visit) -> dict[str, Any]:
    """The way to a project as a link; numbers in narrow columns."""
    words, config = visit.words, st.column_config
    money = config.NumberColumn(format="localized", width=120)
    count = config.NumberColumn(width=120)
    return {
        words("solutions.column_open"): config.LinkColumn(display_text=words("solutions.open")),
        **{words(f"projects.column_{name}"): money for name in ("people", "total", "grant")},
        **{
            words(f"projects.column_{name}"): count
            for name in ("solutions", "ended", "lessons", "failures")
        },
    }


def _reset() -> None:
    """Forget every filter."""
    for name in FILTERS:
        session.keep(name, "")
        for key in (f"choice_{name}", "projects_search", "project_marks"):
            st.session_state.pop(key, None)


def _columns(visit: Visit) -> str:
    return one_view(
        visit,
        "columns",
        tuple(COLUMNS),
        label=visit.words("projects.columns"),
        words="projects.columns_",
        key="projects_columns",
        bare=True,
    )


def _table(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """The facts of every project; counts as ranges where the evidence differs in strength."""
    columns = {**_plan(visit, rows), **_state(visit, rows), **_passed_on(visit, rows)}
    return pd.DataFrame(
        {
            visit.words(key): cells.reset_index(drop=True)
            if isinstance(cells, pd.Series)
            else cells
            for key, cells in columns.items()
        }
    )


def _plan(visit: Visit, rows: pd.DataFrame) -> _Columns:
    """Who, where, how much and when."""
    return {
        "projects.column_name": rows["name_de"],
        "projects.column_cohort": [visit.names("cohort", one) for one in rows["cohort"]],
        "projects.kind": [visit.names("project_kind", one) for one in rows["kind"]],
        "project.column_state": [", ".join(split(one)) for one in rows["states"]],
        "projects.column_members": rows["members"],
        "projects.column_people": rows["population"],
        "projects.column_total": rows["funding_eur_total"],
        "projects.column_grant": rows["funding_eur_federal"],
        "projects.column_period": [
            f"{year(row['start_year']) or '?'}–{year(row['end_year']) or '?'}"
            for row in rows.to_dict("records")
        ],
    }


def _state(visit: Visit, rows: pd.DataFrame) -> _Columns:
    """How far the project and its solutions are."""
    records = rows.to_dict("records")
    return {
        "projects.phase": [_phase_name(visit, one) for one in rows["phase"]],
        "solution.column_as_of": [
            age(visit, row["phase_as_of"]) if row["phase"] else "" for row in records
        ],
        "projects.column_solutions": _published(rows, "solutions"),
        "projects.column_running": [_running(visit, row) for row in records],
        "projects.column_ended": _published(rows, "stopped_high"),
    }


def _passed_on(visit: Visit, rows: pd.DataFrame) -> _Columns:
    """Decisions given and taken, experience, and the way to the project."""
    records = rows.to_dict("records")
    return {
        "projects.column_out": _spans(visit, records, "out"),
        "projects.column_into": _spans(visit, records, "into"),
        "projects.column_lessons": _published(rows, "lesson_count"),
        "projects.column_failures": _published(rows, "failure_count", "lesson_count"),
        "solutions.column_open": [
            session.inside("project", project=one) for one in rows["project_id"]
        ],
    }


def _published(rows: pd.DataFrame, column: str, given: str | None = None) -> pd.Series:
    """Counts where anything was published; zero of nothing is no zero."""
    counts = rows[column].astype("Int64")
    return counts.where(rows[given or column].fillna(0) > 0).reset_index(drop=True)


def _running(visit: Visit, row: dict[str, int]) -> str:
    """Solutions in operation among those listed."""
    if not row["solutions"] > 0:
        return visit.words("common.not_reported")
    said = span(visit, row["P4_low"] + row["P5_low"], row["P4_high"] + row["P5_high"])
    return _sortable(said)


def _spans(visit: Visit, records: list[dict[str, int]], name: str) -> list[str]:
    return [_sortable(on_record(visit, row[f"{name}_low"], row[f"{name}_high"])) for row in records]


def _sortable(said: str) -> str:
    """A range filled up so that sorting as text is sorting by size.

    The first number stands right-aligned; inside the words the filling is too narrow to be seen.
    """
    first = re.sub(r"^\d+", lambda number: number.group().rjust(2, FIGURE_SPACE), said)
    return re.sub(r"(?<= )\d+", lambda number: number.group().rjust(2, HAIR_SPACE), first)


def side_by_side(visit: Visit) -> list[str]:
    """Two to five projects to be compared; the choice stands in the address."""
    st.header(visit.words("projects.side_title"), anchor="side")
    names = dict(
        zip(project_results.facts()["project_id"], project_results.facts()["name_de"], strict=True)
    )
    asked = [one for one in session.kept(CHOSEN).split("-") if one]
    for one in [one for one in asked if one not in names][:MOST]:
        said = visit.words("frame.unknown_project", value=plain(one[:LONGEST_ID]))
        st.warning(said, icon=":material/link_off:")
    chosen = st.multiselect(
        visit.words("projects.choose"),
        list(names),
        default=[one for one in asked if one in names][:MOST],
        format_func=names.__getitem__,
        max_selections=MOST,
        placeholder=visit.words("projects.choose_placeholder"),
        key="projects_chosen",
    )
    session.keep(CHOSEN, "-".join(chosen))
    if len(chosen) < 2:
        st.info(visit.words("projects.choose_more"))
        return []
    return list(chosen)
