"""Transfers with names and coordinates, joined once per data version."""

from __future__ import annotations

import pandas as pd

from analysis.diffusion import Share, wilson
from analysis.transfers import ForecastBase, forecast_base, reached_projects, transfers
from views import session

TABLES = ("adoptions", "phases", "solutions", "participations", "model_projects")


def rows() -> pd.DataFrame:
    """One row per documented transfer (see ``analysis.transfers``) by name of the solution.

    Further columns: name, and lat, lon of both ends (from_lat, from_lon, to_lat, to_lon; NaN
    for places without official key).
    """
    return session.result(_rows)


def _rows() -> pd.DataFrame:
    table = transfers(*(session.table(name) for name in TABLES))
    names = session.table("solutions").set_index("solution_id")["name"]
    table["name"] = table["solution_id"].map(names)
    places = coordinates()
    for end in ("from", "to"):
        for axis in ("lat", "lon"):
            table[f"{end}_{axis}"] = table[f"{end}_ags"].map(places[axis])
    order = table["name"].str.casefold()
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def coordinates() -> pd.DataFrame:
    """Latitude and longitude of every municipality and district by key."""
    return session.result(_coordinates)


def _coordinates() -> pd.DataFrame:
    columns = ["ags", "lat", "lon"]
    both = pd.concat([session.table(name)[columns] for name in ("municipalities", "districts")])
    return both.set_index("ags")


def of_solution(solution: str) -> pd.DataFrame:
    """The transfers of one solution, or all."""
    table = rows()
    return table[table["solution_id"] == solution] if solution else table


def offered() -> dict[str, str]:
    """Solutions with any documented transfer: id and name, by name."""
    return session.result(_offered)


def _offered() -> dict[str, str]:
    table = rows().drop_duplicates("solution_id")
    return dict(zip(table["solution_id"], table["name"], strict=True))


def share(solution: str) -> Share | None:
    """Share of the other model projects that took a solution over, with Wilson interval.

    ``None`` when no other model project is held.
    """
    return session.result(_share, solution)


def _share(solution: str) -> Share | None:
    table = rows()
    reached = reached_projects(table, solution)
    origin = table.loc[table["solution_id"] == solution, "from_project"].iloc[0]
    others = set(session.table("model_projects")["project_id"]) - {origin}
    return wilson(len(reached), len(others)) if others else None


def bases() -> dict[str, ForecastBase]:
    """What a forecast could rest on, per solution."""
    return session.result(_bases)


def _bases() -> dict[str, ForecastBase]:
    return {solution: forecast_base(rows(), solution) for solution in offered()}
