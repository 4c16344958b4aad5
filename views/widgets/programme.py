"""The programme at a glance: its projects, places and spread, for the overview."""

from __future__ import annotations

import pandas as pd

from analysis.decisions import decisions_elsewhere, with_decisions
from views import session
from views.session import Visit


def counts() -> dict[str, int]:
    """Numbers of the headline: solutions, projects, adoptions, solutions running elsewhere."""
    return session.result(_counts)


def _counts() -> dict[str, int]:
    adoptions, phases = session.table("adoptions"), session.table("phases")
    lessons = session.table("lessons")
    return {
        "solutions": len(session.table("solutions")),
        "projects": len(session.table("model_projects")),
        "adoptions": len(adoptions),
        "decisions": with_decisions(adoptions)["decision"].nunique(),
        "spread": decisions_elsewhere(adoptions, phases)["solution_id"].nunique(),
        "lessons": len(lessons),
        "failed": int((lessons["kind"] == "did_not_work").sum()),
        "indicators": len(session.table("indicators")),
    }


def participants() -> pd.DataFrame:
    """One row per place that takes part, with the project and cohort it belongs to.

    Columns ags, name, level, state, lat, lon, project_id, project, cohort, phase, joint;
    ``joint`` where more than one place takes part in the project.
    """
    return session.result(_participants)


def _participants() -> pd.DataFrame:
    projects = session.table("model_projects")[["project_id", "name_de", "cohort", "phase"]]
    projects = projects.rename(columns={"name_de": "project"})
    projects["cohort"] = projects["cohort"].map(lambda year: str(year).split(".")[0])
    places = session.table("participations").rename(
        columns={"name_de": "name", "federal_state": "state"}
    )
    columns = ["ags", "name", "level", "state", "lat", "lon", "project_id"]
    found = places[columns].merge(projects, on="project_id", how="left", sort=False)
    found["joint"] = found.groupby("project_id")["project_id"].transform("size") > 1
    return found


def cohorts_sentence(visit: Visit) -> str:
    """How many projects each selection round brought, in words."""
    per_round = session.table("model_projects")["cohort"].map(lambda y: str(y).split(".")[0])
    parts = [
        visit.words("overview.map_cohort", n=n, year=year)
        for year, n in sorted(per_round.value_counts().items())
    ]
    return visit.formats.listing(parts)


def participants_twin(visit: Visit) -> pd.DataFrame:
    """The places as a table with readable headings."""
    rows = participants()
    phase = rows["phase"].map(
        lambda p: visit.names("project_phase", p) if p else visit.words("common.not_reported")
    )
    return pd.DataFrame(
        {
            visit.words("overview.column_place"): rows["name"],
            visit.words("overview.column_state"): rows["state"],
            visit.words("overview.column_project"): rows["project"],
            visit.words("overview.column_cohort"): rows["cohort"],
            visit.words("overview.column_phase"): phase,
            visit.words("overview.column_joint"): rows["joint"].map(
                lambda several: visit.words("map.joint") if several else ""
            ),
        }
    )
