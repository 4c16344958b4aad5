"""Who took which solution from whom: one row per documented adoption, with both ends named.

Rows of one joint roll-out carry the same ``decision`` and count once. A transfer inside one
model project (shared by its own members) is told apart from one to another project.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.decisions import decisions_elsewhere, with_decisions
from analysis.diffusion import may_forecast

STATES = ("operation", "pilot", "announced", "trial", "ended")
COLUMNS = [
    "solution_id",
    "from_project",
    "from_ags",
    "from_place",
    "to_ags",
    "to_place",
    "to_projects",
    "inside",
    "year",
    "state",
    "adoption_type",
    "decision",
    "counts",
    "sources",
    "evidence_url",
    "note",
]


def transfers(
    adoptions: pd.DataFrame,
    phases: pd.DataFrame,
    solutions: pd.DataFrame,
    participations: pd.DataFrame,
    projects: pd.DataFrame,
) -> pd.DataFrame:
    """One row per documented adoption.

    Args:
        adoptions: documented adoptions.
        phases: examined deployments, for adoptions evidenced by a second link.
        solutions: for the project and place of origin; adoptions of others are left out.
        participations: places of the model projects.
        projects: model projects; an adopter without key that bears a project's name (up to
            a bracket) is it.

    Returns:
        Columns solution_id, from_project ("" for a solution of several projects), from_ags
        and from_place (first origin named), to_ags ("" without key), to_place, to_projects
        (ids of model projects the adopter takes part in, separated by blanks), inside (the
        adopter belongs to the project of origin), year (NaN where unpublished), state
        (operation, pilot, announced, trial for a test not known to be over, ended),
        adoption_type, decision, counts (runs elsewhere in the sense of measure C7.1), sources
        (2 where an examined deployment has a link of its own, else 1), evidence_url, note.
    """
    held = adoptions["solution_id"].isin(solutions["solution_id"])
    rows = with_decisions(adoptions[held]).reset_index(drop=True)
    origin = solutions.set_index("solution_id")
    counted = decisions_elsewhere(rows, phases).index
    members = _projects_of(participations, projects)
    table = pd.DataFrame(
        {
            "solution_id": rows["solution_id"],
            "from_project": rows["solution_id"].map(origin["project_id"]),
            "from_ags": rows["solution_id"].map(origin["origin_ags"].map(_first)),
            "from_place": rows["solution_id"].map(origin["origin_municipalities"].map(_first)),
            "to_ags": rows["adopter_ags"],
            "to_place": rows["adopter_municipality"],
            "to_projects": [
                " ".join(members.get(key or name, ()))
                for key, name in zip(rows["adopter_ags"], rows["adopter_municipality"], strict=True)
            ],
            "year": rows["year"],
            "state": rows["status"].mask(
                (rows["adoption_type"] == "trial") & (rows["status"] != "ended"), "trial"
            ),
            "adoption_type": rows["adoption_type"],
            "decision": rows["decision"],
            "counts": rows.index.isin(counted),
            "sources": _sources(rows, phases),
            "evidence_url": rows["evidence_url"],
            "note": rows["note"],
        }
    )
    pairs = zip(table["from_project"], table["to_projects"], strict=True)
    table["inside"] = [project != "" and project in members.split() for project, members in pairs]
    return table[COLUMNS]


def transfer_counts(table: pd.DataFrame, project_id: str) -> dict[str, tuple[int, int]]:
    """Decisions of a project's transfers as ranges: those that count as running, all documented.

    Args:
        table: see ``transfers``.
        project_id: a model project.

    Returns:
        ``out`` (to others), ``into`` (from others) and ``inside`` (among its own members).
    """
    own = table["from_project"] == project_id
    into = table["to_projects"].map(lambda every: project_id in every.split())
    parts = {"out": own & ~table["inside"], "into": into & ~own, "inside": own & table["inside"]}
    return {name: _decisions(table[rows]) for name, rows in parts.items()}


def project_reach(table: pd.DataFrame, solution_id: str) -> pd.DataFrame:
    """Other model projects with a documented transfer of one solution, added up by year.

    A project counts from the earliest year of its places; announced transfers and tests, over
    or not, are no adoption. Undated ones are left out of the curve.

    Args:
        table: see ``transfers``.
        solution_id: the solution.

    Returns:
        Columns year, new, cumulative (projects); empty when none is dated.
    """
    rows = taken_over(table[table["solution_id"] == solution_id])
    rows = rows[~rows["inside"]].assign(project=rows["to_projects"].str.split()).explode("project")
    first = rows[rows["project"].notna()].groupby("project")["year"].min().dropna().astype(int)
    new = first.value_counts().sort_index()
    found = pd.DataFrame({"year": new.index.astype(int), "new": new.to_numpy()})
    return found.assign(cumulative=found["new"].cumsum())


def taken_over(table: pd.DataFrame) -> pd.DataFrame:
    """The transfers that are in operation or being introduced: no tests, plans or ends."""
    return table[table["state"].isin(["operation", "pilot"])]


def decisions_by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Decisions added up by their earliest year.

    Returns:
        Columns year, new, cumulative; undated decisions are not in it.
    """
    first = table.groupby("decision")["year"].min().dropna().astype(int)
    new = first.value_counts().sort_index()
    found = pd.DataFrame({"year": new.index.astype(int), "new": new.to_numpy()})
    return found.assign(cumulative=found["new"].cumsum())


def undated_decisions(table: pd.DataFrame) -> int:
    """Decisions without any published year."""
    return int(table.groupby("decision")["year"].min().isna().sum())


def reached_projects(table: pd.DataFrame, solution_id: str) -> frozenset[str]:
    """Other model projects with a documented transfer of one solution, dated or not.

    Args:
        table: see ``transfers``.
        solution_id: the solution.
    """
    rows = taken_over(table[table["solution_id"] == solution_id])
    projects = rows.loc[~rows["inside"], "to_projects"].str.split().explode().dropna()
    return frozenset(projects)


@dataclass(frozen=True)
class ForecastBase:
    """What a fitted forecast of one solution could rest on.

    Attributes:
        periods: years from the first to the last dated decision.
        adopters: dated decisions.
        peak_passed: whether the last year saw fewer than the best one.
        allowed: whether the limits of ``docs/methods/diffusion`` are met.
    """

    periods: int
    adopters: int
    peak_passed: bool

    @property
    def allowed(self) -> bool:
        """Whether a fitted forecast would be allowed at all."""
        return may_forecast(self.periods, self.adopters, self.peak_passed)


def forecast_base(table: pd.DataFrame, solution_id: str) -> ForecastBase:
    """Dated decisions of one solution that were taken over, as a base for a forecast.

    Args:
        table: see ``transfers``.
        solution_id: the solution.
    """
    found = decisions_by_year(taken_over(table[table["solution_id"] == solution_id]))
    if found.empty:
        return ForecastBase(0, 0, False)
    years, new = found["year"], found["new"]
    periods = int(years.iloc[-1] - years.iloc[0]) + 1
    return ForecastBase(periods, int(new.sum()), bool(new.iloc[-1] < new.max()))


def _decisions(rows: pd.DataFrame) -> tuple[int, int]:
    counted = rows.loc[rows["counts"], "decision"].nunique()
    return int(counted), int(rows["decision"].nunique())


def _first(cell: str) -> str:
    return cell.split(";")[0].strip()


def _projects_of(participations: pd.DataFrame, projects: pd.DataFrame) -> dict[str, list[str]]:
    """Model projects by the key of a place, or by the name of a project or its keyless member."""
    found: dict[str, list[str]] = {}
    known = set(projects["project_id"])
    by_place = zip(
        participations["ags"],
        participations["name_de"],
        participations["project_id"],
        strict=True,
    )
    named: Iterable[tuple[str, str]] = [
        *((ags or name, project) for ags, name, project in by_place),
        *(
            (name.split(" (")[0], project)
            for name, project in zip(projects["name_de"], projects["project_id"], strict=True)
        ),
    ]
    for key, project in named:
        if project in known and project not in found.setdefault(key, []):
            found[key].append(project)
    return found


def _sources(rows: pd.DataFrame, phases: pd.DataFrame) -> list[int]:
    """2 where an examined deployment of the adopter has another link than the adoption."""
    linked = phases[phases["evidence_url"] != ""]
    links = linked.groupby(["solution_id", "municipality"])["evidence_url"].agg(set).to_dict()
    keys = zip(rows["solution_id"], rows["adopter_municipality"], rows["evidence_url"], strict=True)
    return [1 + bool(links.get((solution, town), set()) - {url}) for solution, town, url in keys]
