"""Deployments, decisions and dated milestones, joined once per data version."""

from __future__ import annotations

import pandas as pd

from analysis.board import decision_board
from analysis.decisions import RUNNING_PHASES
from analysis.milestone_clock import milestone_clock
from analysis.progress import deployment_progress
from analysis.time_to_operation import Waiting, waiting
from views import results, session
from views.session import Visit
from views.widgets.kept_choice import pick


def origins() -> pd.DataFrame:
    """Per solution its name, field, project and cohort ("" without a project of its own).

    Index solution_id; columns name, action_field, project_id, project, cohort, selected_on,
    start_year.
    """
    return session.result(_origins)


def _origins() -> pd.DataFrame:
    solutions = session.table("solutions").set_index("solution_id")
    projects = session.table("model_projects").set_index("project_id")
    cohorts = session.table("cohorts").set_index("cohort")["selected_on"]
    table = solutions[["name", "action_field", "project_id"]].copy()
    for column, source in (
        ("project", "name_de"),
        ("cohort", "cohort"),
        ("start_year", "start_year"),
    ):
        table[column] = table["project_id"].map(projects[source])
    table[["project", "cohort"]] = table[["project", "cohort"]].astype(object).fillna("")
    table["selected_on"] = table["cohort"].map(cohorts).astype(object).fillna("")
    return table


def deployments() -> pd.DataFrame:
    """Every deployment with its progress range, name, field and cohort of the solution."""
    return session.result(_deployments)


def _deployments() -> pd.DataFrame:
    table = deployment_progress(
        results.deployments(), session.table("milestones"), results.data_date()
    )
    return table.join(origins(), on="solution_id")


def decisions() -> pd.DataFrame:
    """Deployments as decisions (see ``analysis.board``) with name, field and cohort."""
    return session.result(_decisions)


def _decisions() -> pd.DataFrame:
    return decision_board(results.deployments()).join(origins(), on="solution_id")


def milestones() -> pd.DataFrame:
    """Recorded milestones on both clocks (see ``analysis.milestone_clock``) with names."""
    return session.result(_milestones)


def _milestones() -> pd.DataFrame:
    names = ("milestones", "solutions", "model_projects", "cohorts")
    table = milestone_clock(*(session.table(name) for name in names))
    return table.join(origins()[["name", "action_field", "start_year"]], on="solution_id")


def cases() -> Waiting:
    """Deployments at the origin as cases of the time to operation."""
    return session.result(_cases)


def _cases() -> Waiting:
    return waiting(
        results.deployments(),
        session.table("milestones"),
        origins()["selected_on"].to_dict(),
        results.data_date(),
    )


def choose(visit: Visit) -> tuple[str, str]:
    """Field and cohort wanted; empty means all."""
    fields = sorted(
        set(origins()["action_field"]), key=lambda one: visit.names("action_field", one).casefold()
    )
    field = pick(
        visit,
        "field",
        visit.words("solutions.field"),
        dict.fromkeys(fields),
        lambda one: visit.names("action_field", one),
    )
    rounds = dict.fromkeys(sorted(session.table("cohorts")["cohort"]))
    cohort = pick(
        visit,
        "cohort",
        visit.words("progress.cohort"),
        rounds,
        lambda one: visit.names("cohort", one),
    )
    return field, cohort


def wanted(table: pd.DataFrame, field: str, cohort: str) -> pd.DataFrame:
    """The rows of a field and cohort."""
    keep = pd.Series(True, index=table.index)
    if field:
        keep &= table["action_field"] == field
    if cohort:
        keep &= table["cohort"] == cohort
    return table[keep]


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many decisions a table holds, how many run, how many were stopped."""
    return {
        "decisions": len(rows),
        "running": int(rows["phase"].isin(RUNNING_PHASES).sum()),
        "stopped": int((rows["phase"] == "stopped").sum()),
    }
