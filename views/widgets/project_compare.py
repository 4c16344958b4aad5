"""Two to five projects side by side: ranges with date, no total and no order of merit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.project_facts import STEPS
from views import results, session, theme
from views.charts.board import BoardLane, BoardMark, board_figure
from views.charts.marks import MarkStyle
from views.charts.ranges import RangeRow, counted_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, project_results
from views.widgets.lesson_cards import failed_words
from views.widgets.project_head import money, phase, step_name
from views.widgets.project_parts import figure_table
from views.widgets.project_results import on_record, short_name, span
from views.widgets.solution_progress import show_table
from views.widgets.solution_sources import age

STEP_SYMBOLS = ("triangle-up", "diamond", "square", "circle", "star", "x", "cross")


def _rows(projects: Sequence[str]) -> pd.DataFrame:
    table = project_results.facts().set_index("project_id", drop=False)
    return table.loc[list(projects)]


def _source(visit: Visit) -> str:
    day = visit.formats.date(results.data_date().isoformat())
    return visit.words("projects.source", day=day)


def cards(visit: Visit, projects: Sequence[str]) -> None:
    """Cohort, money and phase of each project."""
    with st.grid(len(projects), min_column_width=240, gap="small", key="project_cards"):
        for row in [row for _, row in _rows(projects).iterrows()]:
            project = row["project_id"]
            key = f"card_compared_{project}"
            with st.container(border=True, key=key, height="stretch", gap="xsmall"):
                frame.page_link(visit, "project", f"**{plain(row['name_de'])}**", project=project)
                members = visit.words("project.members", n=row["members"])
                lines = [
                    plain(visit.names("cohort", row["cohort"])),
                    f"{members[0].upper()}{members[1:]}",
                    *money(visit, row),
                ]
                st.markdown("  \n".join(lines))
                st.markdown("  \n".join(phase(visit, row)[:2]))


def solutions(visit: Visit, projects: Sequence[str]) -> None:
    """Solutions by phase: a mark each; evidenced ones filled, reported ones open."""
    st.subheader(visit.words("projects.solutions_title"), anchor=False)
    rows = _rows(projects)
    lanes = [_lane(visit, row) for _, row in rows.iterrows()]
    figure = board_figure(lanes, _step_styles(visit), theme.palette(visit.scheme), visit.lang)
    said = "; ".join(
        visit.words(
            "projects.solutions_of",
            name=plain(short_name(row["name_de"])),
            n=int(row["solutions"]),
            running=span(visit, row["P4_low"] + row["P5_low"], row["P4_high"] + row["P5_high"]),
        )
        for _, row in rows.iterrows()
    )
    twin = pd.DataFrame({visit.words("solutions.phase"): [step_name(visit, one) for one in STEPS]})
    for _, row in rows.iterrows():
        twin[short_name(row["name_de"])] = [
            span(visit, row[f"{one}_low"], row[f"{one}_high"]) for one in STEPS
        ]
    chart.show(
        visit,
        figure,
        key="compared_solutions",
        reading=f"{said}.",
        source=f"{visit.words('projects.solutions_how')} {_source(visit)}",
        twin=twin,
    )


def _step_styles(visit: Visit) -> dict[str, MarkStyle]:
    colours = theme.palette(visit.scheme)
    paints = (*colours.sequential[2:], colours.muted, colours.line)
    found: dict[str, MarkStyle] = {}
    for step, symbol, paint in zip(STEPS, STEP_SYMBOLS, paints, strict=True):
        name = step_name(visit, step)
        found[f"{step}+"] = MarkStyle(name, paint, symbol)
        found[f"{step}-"] = MarkStyle(name, paint, symbol, filled=False)
    return found


def _lane(visit: Visit, row: pd.Series) -> BoardLane:
    own = project_results.solutions(row["project_id"])
    marks = []
    for step in STEPS:
        name = step.removeprefix("unknown")
        for one in own[own["phase"] == name].to_dict("records"):
            evidenced = "+" if one["phase_basis"] == "deployment" else "-"
            hover = f"{one['name']}\n{step_name(visit, step)}, {age(visit, one['phase_as_of'])}"
            marks.append(BoardMark(f"{step}{evidenced}", hover, one["solution_id"]))
    return BoardLane(f"{short_name(row['name_de'])}: {len(own)}", marks)


def transfers(visit: Visit, projects: Sequence[str]) -> None:
    """Decisions passed on and taken over, from running to all on record."""
    st.subheader(visit.words("projects.transfers_title"), anchor=False)
    rows = _rows(projects)
    figure = counted_figure(
        _transfer_bars(visit, rows),
        max(1, int(rows[["out_high", "into_high"]].to_numpy().max())),
        (visit.words("projects.counted"), visit.words("projects.on_record")),
        visit.words("progress.decisions"),
        theme.palette(visit.scheme),
        visit.lang,
    )
    said = "; ".join(
        visit.words(
            "projects.transfers_of",
            name=plain(short_name(row["name_de"])),
            out=on_record(visit, row["out_low"], row["out_high"]),
            into=on_record(visit, row["into_low"], row["into_high"]),
        )
        for _, row in rows.iterrows()
    )
    chart.show(
        visit,
        figure,
        key="compared_transfers",
        reading=visit.words("projects.transfers_reading", said=said),
        source=f"{visit.words('transfer.lower_bound')} "
        f"{visit.words('project.decisions_how')} {_source(visit)}",
        twin=_transfers_twin(visit, rows),
    )


def _transfer_bars(visit: Visit, rows: pd.DataFrame) -> list[RangeRow]:
    return [
        RangeRow(
            f"{short_name(row['name_de'])}, {visit.words(f'projects.{way}')}",
            row[f"{way}_low"],
            row[f"{way}_high"],
            on_record(visit, row[f"{way}_low"], row[f"{way}_high"]),
        )
        for _, row in rows.iterrows()
        for way in ("out", "into")
    ]


def _transfers_twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("projects.column_name"): rows["name_de"].to_numpy(),
            visit.words("projects.out"): [
                on_record(visit, row["out_low"], row["out_high"]) for _, row in rows.iterrows()
            ],
            visit.words("projects.into"): [
                on_record(visit, row["into_low"], row["into_high"]) for _, row in rows.iterrows()
            ],
            visit.words("projects.inside"): rows["inside_high"].to_numpy(),
        }
    )


def lessons(visit: Visit, projects: Sequence[str]) -> None:
    """Lessons by kind and what was ended, failures as visible as successes."""
    st.subheader(visit.words("projects.lessons_title"), anchor=False)
    rows = _rows(projects)
    kinds = visit.names.ids("lesson_kind")
    labels = [visit.names("lesson_kind", kind) for kind in kinds]
    table = pd.DataFrame(
        {visit.words("lessons.kind"): [*labels, visit.words("projects.column_stopped")]}
    )
    for _, row in rows.iterrows():
        counts = project_results.lessons(row["project_id"])["kind"].value_counts()
        said = [int(counts.get(kind, 0)) or visit.words("common.not_reported") for kind in kinds]
        ended = int(row["stopped_high"]) or visit.words("common.not_reported")
        table[short_name(row["name_de"])] = [str(one) for one in (*said, ended)]
    failed = "; ".join(_lessons_of(visit, row) for _, row in rows.iterrows())
    st.markdown(f"{failed}.")
    st.table(table, hide_index=True, border="horizontal", alt=failed)
    st.caption(f"{visit.words('projects.lessons_how')} {_source(visit)}")


def _lessons_of(visit: Visit, row: pd.Series) -> str:
    n, name = int(row["lesson_count"]), plain(short_name(row["name_de"]))
    if not n:
        return visit.words("projects.lessons_of_none", name=name)
    said = failed_words(visit, n, int(row["failure_count"]))
    return visit.words("projects.lessons_of", name=name, n=n, failed=said)


def figures(visit: Visit, projects: Sequence[str]) -> None:
    """Published figures: reached ones apart from plans and budgets."""
    st.subheader(visit.words("projects.figures_title"), anchor=False)
    names = _rows(projects)["name_de"].map(short_name)
    table = session.table("progress")
    table = table[table["project_id"].isin(list(projects))]
    actual = table["value_type"] == "actual"
    for key, own in (("actual", table[actual]), ("planned", table[~actual])):
        st.markdown(f"**{visit.words(f'projects.figures_{key}')}**")
        if own.empty:
            st.markdown(visit.words("common.not_reported"))
            continue
        said = figure_table(visit, own)
        said.insert(0, visit.words("projects.column_name"), own["project_id"].map(names).to_numpy())
        show_table(visit, said, f"compared_{key}", visit.words(f"projects.figures_{key}"))
    st.caption(visit.words("projects.figures_how"))
