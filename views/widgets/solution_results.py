"""The catalogue, its search index and the lessons, joined once per data version."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import catalogue
from analysis.catalogue import CatalogueTables, Choice, Found
from analysis.lessons import LessonChoice, choose_lessons, lesson_entries, lesson_texts
from analysis.text_search import TextIndex
from views import results, session
from views.session import Visit

Record = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


def entries() -> pd.DataFrame:
    """One row per solution; see ``analysis.catalogue.entries``."""
    return session.result(_entries)


def _entries() -> pd.DataFrame:
    names = CatalogueTables.__dataclass_fields__
    return catalogue.entries(CatalogueTables(**{name: session.table(name) for name in names}))


def found(visit: Visit, choice: Choice) -> Found:
    """The solutions that fit a choice, in order."""
    index = session.result(_index, visit.lang, _words(visit, "action_field"))
    return catalogue.choose(entries(), index, choice)


def _index(lang: str, words: Pairs) -> TextIndex:
    return TextIndex(catalogue.search_texts(entries(), lang, words), lang)


def lessons() -> pd.DataFrame:
    """One row per lesson; see ``analysis.lessons.lesson_entries``."""
    return session.result(_lessons)


def _lessons() -> pd.DataFrame:
    return lesson_entries(session.table("lessons"), entries(), session.table("model_projects"))


def found_lessons(visit: Visit, choice: LessonChoice) -> Found:
    """The lessons that fit a choice, newest first."""
    words = _words(visit, "action_field") + _words(visit, "lesson_kind")
    return choose_lessons(lessons(), session.result(_lesson_index, visit.lang, words), choice)


def _lesson_index(lang: str, words: Pairs) -> TextIndex:
    return TextIndex(lesson_texts(lessons(), lang, dict(words)), lang)


def _words(visit: Visit, vocabulary: str) -> Pairs:
    return tuple((word, visit.names(vocabulary, word)) for word in visit.names.ids(vocabulary))


def cards(rows: pd.DataFrame) -> list[Record]:
    """The catalogue's rows as plain records, in the order of ``rows``."""
    every = session.result(_records)
    return [every[row] for row in rows.index]


def _records() -> list[Record]:
    return [
        {str(name): value for name, value in row.items()} for row in entries().to_dict("records")
    ]


def of_solution(kind: str, solution_id: str) -> pd.DataFrame:
    """The rows of one table that belong to one solution."""
    groups = session.result(_by_solution, kind)
    return groups.get(solution_id, session.table(kind).iloc[:0])


def _by_solution(kind: str) -> dict[str, pd.DataFrame]:
    """Plain objects instead of packed text: small groups are read cell by cell."""
    rows = session.table(kind)
    return {str(key): group.astype(object) for key, group in rows.groupby("solution_id")}


def measures_of(solution_id: str) -> pd.DataFrame:
    """Value, grade and source of every measure of one solution."""
    return session.result(_measures_by_solution)[solution_id]


def _measures_by_solution() -> dict[str, pd.DataFrame]:
    groups = results.measures().groupby("solution_id", sort=False)
    return {str(key): group.astype(object) for key, group in groups}


def entry(solution_id: str) -> pd.Series | None:
    """The catalogue's row of one solution; ``None`` when no such id is known."""
    row = session.result(_row_by_id).get(solution_id)
    return None if row is None else entries().iloc[row]


def _row_by_id() -> dict[str, int]:
    return {key: row for row, key in enumerate(entries()["solution_id"])}


def states() -> dict[str, str]:
    """Name of each federal state by its two digits."""
    table = session.table("states")
    return dict(zip(table["ags"], table["name"], strict=True))
