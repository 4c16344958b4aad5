"""Lessons with what they are about and whose view they give.

A lesson belongs to a solution, a project or the programme. Whose view it is follows from
the address of its source: the project's or its town's own page, a page of the programme, or
another source (press, associations, research, companies, code stores).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import pandas as pd

from analysis.catalogue import Found
from analysis.text_search import TextIndex, folded
from analysis.word_columns import words_for
from loaders.languages import of_tables

View = Literal["own", "programme", "other"]

KINDS = ("worked", "did_not_work", "precondition", "cost", "governance", "acceptance")
PROGRAMME_SITES = ("smart-city-dialog.de", "dlr.de", "bbsr.bund.de", "bmwsb.bund.de")
CODE_SITES = ("github.com", "gitlab.com", "opencode.de", "dataport.de")


@dataclass(frozen=True)
class LessonChoice:
    """What a visitor wants to see of the lessons; empty means everything.

    Attributes:
        text: words to search for.
        kind: one of ``KINDS``; ``field``: action field of the solution.
        size: size class of an origin of the solution.
    """

    text: str = ""
    kind: str = ""
    field: str = ""
    size: str = ""


def lesson_entries(
    lessons: pd.DataFrame, catalogue: pd.DataFrame, model_projects: pd.DataFrame
) -> pd.DataFrame:
    """One row per lesson, newest source first and undated ones last.

    Args:
        lessons: the table of lessons.
        catalogue: result of ``analysis.catalogue.entries``.
        model_projects: the table of projects.

    Returns:
        The columns of ``lessons`` and ``about`` (name of solution or project, "" for the
        programme), ``project`` (name of the project), ``action_field`` and ``sizes`` of the
        solution, and ``view`` (see ``View``).
    """
    rows = lessons.copy()
    solutions = catalogue.set_index("solution_id")
    projects = model_projects.set_index("project_id")
    rows["project"] = words_for(rows["project_id"], projects["name_de"])
    rows["about"] = words_for(rows["solution_id"], solutions["name"], rows["project"])
    rows["action_field"] = words_for(rows["solution_id"], solutions["action_field"])
    rows["sizes"] = words_for(rows["solution_id"], solutions["sizes"])
    websites = words_for(rows["project_id"], projects["website"])
    towns = words_for(rows["project_id"], projects["lead_municipality"])
    sources = zip(rows["source_url"], websites, towns, strict=True)
    rows["view"] = [view_of(source, website, town) for source, website, town in sources]
    return rows.sort_values("source_date", ascending=False, kind="stable").reset_index(drop=True)


def view_of(source: str, website: str, town: str) -> View:
    """Whose view a source gives, told from its address.

    Args:
        source: address of the source.
        website: address of the project's own site; "" when there is none.
        town: lead municipality of the project; a site named like it is its own.
    """
    site = site_of(source)
    if site in PROGRAMME_SITES:
        return "programme"
    if not site or site in CODE_SITES:
        return "other"
    named_like_town = folded(site.split(".")[0]) == folded(town)
    return "own" if named_like_town or site == site_of(website) else "other"


def site_of(address: str) -> str:
    """The registered part of a web address, ``konstanz.de`` for ``https://www.konstanz.de/x``."""
    host = urlsplit(address).hostname or ""
    return ".".join(host.split(".")[-3 if host.endswith(".bund.de") else -2 :])


def lesson_texts(rows: pd.DataFrame, lang: str, words: Mapping[str, str]) -> list[str]:
    """The text each lesson is found by, in the order of ``rows``.

    Args:
        rows: result of ``lesson_entries``.
        lang: ``de`` or ``en``.
        words: name of each action field and kind of lesson in this language.
    """
    named = [words_for(rows[column], words) for column in ("kind", "action_field")]
    columns = [*(rows[part] for part in (f"lesson_{of_tables(lang)}", "about", "project")), *named]
    return [" ".join(texts) for texts in zip(*columns, strict=True)]


def choose_lessons(rows: pd.DataFrame, index: TextIndex, choice: LessonChoice) -> Found:
    """The lessons that fit all parts of a choice, in the order of ``rows``."""
    hits = index.find(choice.text)
    keep = pd.Series(False, index=rows.index)
    keep.iloc[list(hits.rows)] = True
    if choice.kind:
        keep &= rows["kind"] == choice.kind
    if choice.field:
        keep &= rows["action_field"] == choice.field
    if choice.size:
        keep &= rows["sizes"].str.contains(f"|{choice.size}|", regex=False)
    return Found(rows[keep], hits.close)
