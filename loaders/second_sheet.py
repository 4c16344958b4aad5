"""The sheet for a second, blind scoring of the evidence, and the way back into the data.

The sheet names solution, measure, statement, link and date, but neither the first value nor
its grade. It holds every measure of the drawn solutions; where nothing was recorded the
statement is empty and the honest answer is an empty value.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pandas as pd

CONTEXT = ("statement_de", "statement_en", "evidence_url", "evidence_date", "checked_on")
ANSWER = ("value", "note")
KEPT = ("solution_id", "measure_id", *ANSWER)


def drawn_solutions(evidence: pd.DataFrame, count: int, seed: int) -> list[str]:
    """Ids of solutions with evidence, drawn without replacement; all when there are fewer."""
    known = sorted(set(evidence["solution_id"]))
    return random.Random(seed).sample(known, min(count, len(known)))


def blinded_sheet(tables: Mapping[str, pd.DataFrame], count: int, seed: int) -> pd.DataFrame:
    """All measures of some solutions with what was seen, without value, grade and note.

    Args:
        tables: typed tables with ``evidence``, ``anchors`` and ``solutions``.
        count: number of solutions drawn.
        seed: start of the draw; the same seed draws the same solutions.

    Returns:
        ``solution_id, solution, measure_id``, the columns of ``CONTEXT`` ("" where nothing was
        recorded) and the empty columns of ``ANSWER``.
    """
    measures = sorted(set(tables["anchors"]["measure_id"]))
    ids = drawn_solutions(tables["evidence"], count, seed)
    rows = pd.MultiIndex.from_product([ids, measures], names=["solution_id", "measure_id"])
    seen = tables["evidence"].set_index(["solution_id", "measure_id"])[list(CONTEXT)]
    sheet = seen.reindex(rows).fillna("").reset_index()
    names = tables["solutions"].set_index("solution_id")["name"]
    sheet.insert(1, "solution", sheet["solution_id"].map(names))
    return sheet.assign(**dict.fromkeys(ANSWER, ""))


def anchor_sheet(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The printed anchors with the names of their measures, in the order of the measures."""
    anchors = tables["anchors"].sort_values(["measure_id", "value"])
    for lang in ("en", "de"):
        words = tables[f"names_{lang}"]
        named = words[words["vocabulary"] == "measure"].set_index("word_id")["word"]
        anchors.insert(1, f"measure_{lang}", anchors["measure_id"].map(named))
    return anchors


def scored_rows(sheet: pd.DataFrame, day: str) -> pd.DataFrame:
    """The answers of a scored sheet as rows of ``second_scores``.

    Args:
        sheet: at least the columns of ``KEPT`` as text; decimal commas are read.
        day: ISO date of the scoring.

    Raises:
        KeyError: a column of ``KEPT`` is missing.
    """
    rows = sheet[list(KEPT)].map(str.strip)
    values = rows["value"].str.replace(",", ".", regex=False)
    return rows.assign(value=values, scored_on=day)
