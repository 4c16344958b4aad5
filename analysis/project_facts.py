"""What the tables say of every model project, side by side and never added up to one figure.

Where evidence differs in strength a count is a range: what is evidenced one by one, and what
is said in all. Published money is a plan; what was spent is in none of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.catalogue import PHASES, STOPPED, UNKNOWN
from analysis.text_search import folded
from analysis.transfers import transfer_counts
from analysis.word_columns import words_for

STEPS = (*PHASES, STOPPED, UNKNOWN)
DISTRICT_DIGITS = 5


@dataclass(frozen=True)
class ProjectChoice:
    """Which projects are wanted; empty means all.

    Attributes:
        text: part of the name, the title or a member's name.
        cohort, kind, phase: ids; ``state``: name of a federal state a member lies in.
        marks: ids of ``MARKS`` that must all hold.
    """

    text: str = ""
    cohort: str = ""
    kind: str = ""
    phase: str = ""
    state: str = ""
    marks: tuple[str, ...] = ()


MARKS = ("given", "taken", "lessons", "stopped", "figures")


def project_facts(
    projects: pd.DataFrame,
    participations: pd.DataFrame,
    entries: pd.DataFrame,
    transfers: pd.DataFrame,
    lessons: pd.DataFrame,
    figures: pd.DataFrame,
) -> pd.DataFrame:
    """One row per project, by name.

    Args:
        projects: model projects.
        participations: their places.
        entries: see ``analysis.catalogue.entries``.
        transfers: see ``analysis.transfers``.
        lessons: table ``lessons``.
        figures: table ``progress``.

    Returns:
        The columns of ``projects`` and members (places named), population (sum over members,
        a municipality inside a member district left out; NaN when none is known),
        population_whole (whether it is known for all members), states and member_names (texts
        ``|a|b|``), solutions, per step of ``STEPS`` ``<step>_low`` (evidenced at the origin)
        and ``<step>_high`` (with those told from the status), out_low, out_high, into_low,
        into_high, inside_high (decisions), lesson_count, failure_count, actual_count,
        planned_count and one yes/no column per id of ``MARKS``.
    """
    table = projects.copy()
    places = participations.groupby("project_id")
    ids = table["project_id"]
    table["members"] = ids.map(places.size()).fillna(0).astype(int)
    people = _population(participations)
    table["population"] = ids.map(people["population"])
    table["population_whole"] = ids.map(people["whole"]).eq(True)
    table["states"] = words_for(ids, places["federal_state"].agg(_joined))
    table["member_names"] = words_for(ids, places["name_de"].agg(_joined))
    steps = _steps(entries)
    table = table.join(steps, on="project_id")
    table[steps.columns] = table[steps.columns].fillna(0).astype(int)
    counts = [transfer_counts(transfers, project) for project in ids]
    for name in ("out", "into", "inside"):
        table[f"{name}_low"] = [count[name][0] for count in counts]
        table[f"{name}_high"] = [count[name][1] for count in counts]
    told = lessons[(lessons["project_id"] != "") & (lessons["ref_type"] != "programme")]
    failed = told[told["kind"] == "did_not_work"]
    actual = figures["value_type"] == "actual"
    for column, rows in (
        ("lesson_count", told),
        ("failure_count", failed),
        ("actual_count", figures[actual]),
        ("planned_count", figures[~actual]),
    ):
        table[column] = ids.map(rows.groupby("project_id").size()).fillna(0).astype(int)
    _mark(table)
    by_name = table["name_de"].map(folded)
    return table.iloc[by_name.argsort(kind="stable")].reset_index(drop=True)


def choose_projects(table: pd.DataFrame, choice: ProjectChoice) -> pd.DataFrame:
    """The projects that fit all parts of a choice, in the order of the table."""
    keep = pd.Series(True, index=table.index)
    if choice.text.strip():
        texts = (table["name_de"] + " " + table["title"] + " " + table["member_names"]).map(folded)
        keep &= texts.str.contains(folded(choice.text.strip()), regex=False)
    for column in ("cohort", "kind"):
        wanted = getattr(choice, column)
        if wanted:
            keep &= table[column] == wanted
    if choice.phase:
        keep &= table["phase"] == choice.phase.removeprefix(UNKNOWN)
    if choice.state:
        keep &= table["states"].str.contains(f"|{choice.state}|", regex=False)
    for mark in choice.marks:
        keep &= table[mark]
    return table[keep]


def _population(participations: pd.DataFrame) -> pd.DataFrame:
    """Inhabitants per project; places inside a member district are in the district's figure."""
    districts = {
        (project, ags)
        for project, ags in zip(participations["project_id"], participations["ags"], strict=True)
        if len(ags) == DISTRICT_DIGITS
    }
    inside = [
        len(ags) > DISTRICT_DIGITS and (project, ags[:DISTRICT_DIGITS]) in districts
        for project, ags in zip(participations["project_id"], participations["ags"], strict=True)
    ]
    counted = participations[~pd.Series(inside, index=participations.index, dtype=bool)]
    grouped = counted.groupby("project_id")["population"]
    return pd.DataFrame(
        {
            "population": grouped.sum(min_count=1),
            "whole": grouped.count() == grouped.size(),
        }
    )


def _steps(entries: pd.DataFrame) -> pd.DataFrame:
    rows = entries[entries["project_id"] != ""]
    step = rows["phase"].where(rows["phase"] != "", UNKNOWN)
    every = pd.crosstab(rows["project_id"], step).reindex(columns=list(STEPS), fill_value=0)
    seen = rows["phase_basis"] == "deployment"
    evidenced = pd.crosstab(rows.loc[seen, "project_id"], step[seen])
    evidenced = evidenced.reindex(index=every.index, columns=list(STEPS), fill_value=0)
    table = every.add_suffix("_high").join(evidenced.add_suffix("_low"))
    table["solutions"] = every.sum(axis=1)
    return table


def _joined(names: pd.Series) -> str:
    parts = {part.strip() for name in names for part in str(name).split(";") if part.strip()}
    return f"|{'|'.join(sorted(parts))}|" if parts else ""


def _mark(table: pd.DataFrame) -> None:
    table["given"] = table["out_high"] > 0
    table["taken"] = table["into_high"] > 0
    table["lessons"] = table["lesson_count"] > 0
    table["stopped"] = table[f"{STOPPED}_high"] > 0
    table["figures"] = table["actual_count"] > 0
