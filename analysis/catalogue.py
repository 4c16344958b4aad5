"""The catalogue of solutions: one row per solution with what the other tables say of it.

The phase is the furthest one of the deployments at the origin; without a deployment it is
derived from the status (``PHASE_OF_STATUS``) and says so. Places elsewhere are counted by
decisions: the joint roll-out of one association is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.decisions import decisions_elsewhere
from analysis.text_search import TextIndex, folded
from analysis.word_columns import words_for
from loaders.languages import of_tables

PHASES = ("P1", "P2", "P3", "P4", "P5")
STOPPED = "stopped"
UNKNOWN = "unknown"
PHASE_OF_STATUS = {
    "idea": "P1",
    "pilot": "P3",
    "operation": "P4",
    "scaled": "P5",
    "discontinued": STOPPED,
}
ADOPTION_TYPES = ("reuse", "joint_rollout", "community_member", "joint_project", "trial")
MARKS = ("open", "interfaces", "adopted", "lessons", "failures", "stopped")
SIZES = ("rural", "small_town", "medium_town", "large_town", "district")
SIZE_STEPS = ((5_000, "rural"), (20_000, "small_town"), (100_000, "medium_town"))
DISTRICT_DIGITS = 5
PAGE_SIZE = 12

Order = Literal["name", "newest"]


@dataclass(frozen=True)
class CatalogueTables:
    """The shipped tables the catalogue joins; columns as in their schemas."""

    solutions: pd.DataFrame
    adoptions: pd.DataFrame
    phases: pd.DataFrame
    milestones: pd.DataFrame
    evidence: pd.DataFrame
    lessons: pd.DataFrame
    municipalities: pd.DataFrame


@dataclass(frozen=True)
class Choice:
    """What a visitor wants to see of the catalogue; empty means everything.

    Attributes:
        text: words to search for.
        field: action field; ``phase``: P1-P5, ``stopped`` or ``unknown``.
        state: two digits of the state an origin lies in; ``size``: one of ``SIZES``.
        marks: ids of ``MARKS`` that must all hold.
        order: by name, or by the date of the newest evidence (undated last).
    """

    text: str = ""
    field: str = ""
    phase: str = ""
    state: str = ""
    size: str = ""
    marks: tuple[str, ...] = ()
    order: Order = "name"


@dataclass(frozen=True)
class Found:
    """Rows of the catalogue that fit, in order, and the spellings taken for unknown words."""

    rows: pd.DataFrame
    close: dict[str, tuple[str, ...]]


def entries(tables: CatalogueTables) -> pd.DataFrame:
    """One row per solution, by name.

    Returns:
        The columns of ``solutions`` and ``phase`` ("" where unknown), ``phase_as_of``,
        ``phase_basis`` (``deployment``, ``status`` or ""), ``decisions`` (decisions of
        others in own operation), ``adoptions`` (the same, every place), ``places`` (other
        places with any record), ``lesson_count``, ``failure_count``, ``newest`` (latest date of
        any evidence, "" when all is undated), ``states`` and ``sizes`` of all origins as
        ``|a|b|``, and one yes/no column per id of ``MARKS``.
    """
    rows = tables.solutions.copy()
    rows = rows.join(origin_phases(tables), on="solution_id").fillna(
        {"phase": "", "phase_as_of": "", "phase_basis": ""}
    )
    of_solutions = tables.lessons[tables.lessons["ref_type"] == "solution"]
    failed = of_solutions[of_solutions["kind"] == "did_not_work"]
    counted = decisions_elsewhere(tables.adoptions, tables.phases).groupby("solution_id")
    places = tables.adoptions.groupby("solution_id")["adopter_municipality"].nunique()
    rows["decisions"] = _per_solution(rows, counted["decision"].nunique())
    rows["adoptions"] = _per_solution(rows, counted.size())
    rows["places"] = _per_solution(rows, places)
    rows["lesson_count"] = _per_solution(rows, of_solutions.groupby("solution_id").size())
    rows["failure_count"] = _per_solution(rows, failed.groupby("solution_id").size())
    rows["newest"] = words_for(rows["solution_id"], newest_evidence(tables))
    rows = _with_origin(rows, tables)
    _mark(rows)
    by_name = rows["name"].map(folded)
    return rows.iloc[by_name.argsort(kind="stable")].reset_index(drop=True)


def _per_solution(rows: pd.DataFrame, counts: pd.Series) -> pd.Series:
    return rows["solution_id"].map(counts).fillna(0).astype(int)


def _mark(rows: pd.DataFrame) -> None:
    rows["open"] = rows["open_source"] == "yes"
    rows["interfaces"] = rows["interfaces_standards"] != ""
    rows["adopted"] = rows["decisions"] > 0
    rows["lessons"] = rows["lesson_count"] > 0
    rows["failures"] = rows["failure_count"] > 0
    rows["stopped"] = rows["phase"] == STOPPED


def origin_phases(tables: CatalogueTables) -> pd.DataFrame:
    """Furthest phase at the origin per solution, else what its status says.

    A solution counts as stopped only when every deployment at the origin is.

    Returns:
        Index ``solution_id``; ``phase, phase_as_of, phase_basis``. Solutions without a
        deployment and without a status are absent.
    """
    own = own_deployments(tables.phases, tables.adoptions)
    rank = own["phase"].map({STOPPED: 0} | {name: n for n, name in enumerate(PHASES, 1)})
    furthest = own.assign(rank=rank).sort_values("rank").groupby("solution_id").last()
    seen = pd.DataFrame({"phase": furthest["phase"], "phase_as_of": furthest["as_of"]})
    seen["phase_basis"] = "deployment"
    solutions = tables.solutions.set_index("solution_id")
    derived = pd.DataFrame(
        {
            "phase": solutions["status"].map(PHASE_OF_STATUS),
            "phase_as_of": solutions["status_as_of"],
            "phase_basis": "status",
        }
    ).dropna(subset=["phase"])
    return pd.concat([seen, derived[~derived.index.isin(seen.index)]])


def own_deployments(phases: pd.DataFrame, adoptions: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``phases`` at the origin: places that no adoption names."""
    adopted = set(zip(adoptions["solution_id"], adoptions["adopter_municipality"], strict=True))
    places = zip(phases["solution_id"], phases["municipality"], strict=True)
    own = pd.Series([place not in adopted for place in places], index=phases.index, dtype=bool)
    return phases[own]


def newest_evidence(tables: CatalogueTables) -> pd.Series:
    """Latest date of any dated evidence per solution, ISO text as exact as its source."""
    dated = [
        (tables.solutions, "status_as_of"),
        (tables.solutions, "source_date"),
        (tables.phases, "as_of"),
        (tables.milestones, "date"),
        (tables.evidence, "evidence_date"),
        (tables.lessons, "source_date"),
    ]
    columns = [table[["solution_id", name]].rename(columns={name: "date"}) for table, name in dated]
    every = pd.concat(columns)
    return every[every["solution_id"] != ""].groupby("solution_id")["date"].max()


def _with_origin(rows: pd.DataFrame, tables: CatalogueTables) -> pd.DataFrame:
    """Adds ``states`` and ``sizes``: texts ``|a|b|``, empty where no origin has a key."""
    sizes = _size_by_key(tables.municipalities)
    keys = [text.split("; ") if text else [] for text in rows["origin_ags"]]
    rows["states"] = [_joined(key[:2] for key in every) for every in keys]
    rows["sizes"] = [
        _joined("district" if len(key) == DISTRICT_DIGITS else sizes.get(key, "") for key in every)
        for every in keys
    ]
    return rows.astype({"states": "str", "sizes": "str"})  # also where there is no row


def _joined(ids: Iterable[str]) -> str:
    different = sorted({one for one in ids if one})
    return f"|{'|'.join(different)}|" if different else ""


def _size_by_key(municipalities: pd.DataFrame) -> dict[str, str]:
    return dict(zip(municipalities["ags"], map(size_of, municipalities["population"]), strict=True))


def size_of(population: float) -> str:
    """Size class of a municipality by its inhabitants; "" when they are unknown.

    Steps at 5,000, 20,000 and 100,000, as official statistics tell rural municipalities,
    small, medium and large towns apart.
    """
    if pd.isna(population):
        return ""
    return next((name for limit, name in SIZE_STEPS if population < limit), "large_town")


def search_texts(rows: pd.DataFrame, lang: str, words: Iterable[tuple[str, str]]) -> list[str]:
    """The text each entry is found by, in the order of ``rows``.

    Args:
        rows: result of ``entries``.
        lang: ``de`` or ``en``.
        words: pairs of action field and its name in this language.
    """
    fields = dict(words)
    parts = ["name", f"summary_{of_tables(lang)}", "origin_municipalities", "interfaces_standards"]
    named = words_for(rows["action_field"], fields)
    columns = [*(rows[part] for part in [*parts, "licence_spdx"]), named]
    return [" ".join(texts) for texts in zip(*columns, strict=True)]


def choose(rows: pd.DataFrame, index: TextIndex, choice: Choice) -> Found:
    """The entries that fit all parts of a choice.

    Names that hold the text come first, then the order asked for; nothing is scored.

    Args:
        rows: result of ``entries``.
        index: words of ``search_texts`` in the same order.
        choice: what is wanted.
    """
    hits = index.find(choice.text)
    keep = pd.Series(False, index=rows.index)
    keep.iloc[list(hits.rows)] = True
    if choice.field:
        keep &= rows["action_field"] == choice.field
    if choice.phase:
        keep &= rows["phase"] == choice.phase.removeprefix(UNKNOWN)
    for column, wanted in (("states", choice.state), ("sizes", choice.size)):
        if wanted:
            keep &= rows[column].str.contains(f"|{wanted}|", regex=False)
    for mark in choice.marks:
        keep &= rows[mark]
    return Found(_ordered(rows[keep], choice), hits.close)


def _ordered(rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    if choice.order == "newest":
        rows = rows.sort_values("newest", ascending=False, kind="stable")
    text = folded(choice.text.strip())
    if not text:
        return rows
    elsewhere = [text not in folded(name) for name in rows["name"]]
    first = pd.Series(elsewhere, index=rows.index).sort_values(kind="stable")
    return rows.loc[first.index]


def pages(count: int, size: int = PAGE_SIZE) -> int:
    """Number of pages for some results; one even when there are none."""
    return max(1, -(-count // size))


def related(rows: pd.DataFrame, solution_id: str, limit: int = 6) -> pd.DataFrame:
    """Other solutions near one: same field and running elsewhere, then same field, by name.

    Args:
        rows: result of ``entries``.
        solution_id: the solution in question.
        limit: most rows given.
    """
    own = rows[rows["solution_id"] == solution_id].iloc[0]
    others = rows[
        (rows["solution_id"] != solution_id) & (rows["action_field"] == own["action_field"])
    ]
    nearest: pd.DataFrame = others.sort_values("adopted", ascending=False, kind="stable")
    return nearest.head(limit)
