"""Facts of the model projects, their members and their figures, joined once per data version."""

from __future__ import annotations

import pandas as pd

from analysis.project_facts import project_facts
from views import session
from views.session import Visit
from views.widgets import solution_results, transfer_results

LONGEST_NAME = 30


def facts() -> pd.DataFrame:
    """One row per project by name; see ``analysis.project_facts``."""
    return session.result(_facts)


def _facts() -> pd.DataFrame:
    return project_facts(
        session.table("model_projects"),
        session.table("participations"),
        solution_results.entries(),
        transfer_results.rows(),
        session.table("lessons"),
        session.table("progress"),
    )


def project(project_id: str) -> pd.Series | None:
    """The row of one project; ``None`` when no such id is known."""
    rows = facts()
    found = rows[rows["project_id"] == project_id]
    return None if found.empty else found.iloc[0]


def of_project(kind: str, project_id: str) -> pd.DataFrame:
    """The rows of one table that belong to one project."""
    rows = session.table(kind)
    return rows[rows["project_id"] == project_id]


def solutions(project_id: str) -> pd.DataFrame:
    """The project's solutions as entries of the catalogue, by name."""
    rows = solution_results.entries()
    return rows[rows["project_id"] == project_id]


def lessons(project_id: str) -> pd.DataFrame:
    """Lessons about the project and its solutions; see ``analysis.lessons``."""
    rows = solution_results.lessons()
    return rows[(rows["project_id"] == project_id) & (rows["ref_type"] != "programme")]


def given(project_id: str) -> pd.DataFrame:
    """Transfers of the project's solutions."""
    rows = transfer_results.rows()
    return rows[rows["from_project"] == project_id]


def taken(project_id: str) -> pd.DataFrame:
    """Transfers of others' solutions to the project's members."""
    rows = transfer_results.rows()
    into = rows["to_projects"].map(lambda every: project_id in every.split())
    return rows[into & (rows["from_project"] != project_id)]


def districts(project_id: str) -> list[str]:
    """Keys of the districts and district-free cities the members are or lie in."""
    keys = of_project("participations", project_id)["ags"]
    return sorted({key[:5] for key in keys if key})


def selected_on(cohort: str) -> tuple[str, str]:
    """Day of the selection of a round and its source; two empty texts when it is not held."""
    rows = session.table("cohorts").set_index("cohort")
    if cohort not in rows.index:
        return "", ""
    return str(rows.loc[cohort, "selected_on"]), str(rows.loc[cohort, "source_url"])


def span(visit: Visit, low: int, high: int) -> str:
    """A count as a range, ``1 bis 3``; one number where both ends agree."""
    if low == high:
        return visit.formats.number(low)
    ends = (visit.formats.number(low), visit.formats.number(high))
    return visit.words("progress.from_to", low=ends[0], high=ends[1])


def short_name(name: str) -> str:
    """A project's name up to its bracket, for charts on narrow screens."""
    return name.split(" (")[0] if len(name) > LONGEST_NAME else name


def on_record(visit: Visit, low: int, high: int) -> str:
    """A count of what is published as a range; nothing published is no zero."""
    return span(visit, low, high) if high else visit.words("common.not_reported")


def year(value: float | int) -> str:
    """A year without decimals; "" when missing."""
    return "" if pd.isna(value) else str(int(value))


def solution_names() -> dict[str, str]:
    """Name of every solution by its id."""
    table = session.table("solutions")
    return dict(zip(table["solution_id"], table["name"], strict=True))
