"""What is known of the solutions of a shortlist, the same points for each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.judgement import Judgement
from views import results, session
from views.session import Visit
from views.texts import bare, plain
from views.widgets import (
    adoption_known,
    chart,
    checklist,
    frame,
    shortlist_ranges,
    verdict_words,
    weights_choice,
)

POINTS = ("what", "state", "runs", "twin", "cost", "lessons", "needs", "gates", "ask", "contact")


def show(visit: Visit, listed: list[str]) -> None:
    """One card per solution with the same points in the same order, and the table twin."""
    st.header(visit.words("shortlist.facts"))
    solutions = session.table("solutions").set_index("solution_id")
    found = shortlist_ranges.judged(visit, listed, weights_choice.current())
    points = {j.solution_id: _points(visit, j, solutions.loc[j.solution_id]) for j in found}
    names = verdict_words.names_of_solutions()
    with st.grid(len(listed), min_column_width=195, gap="small"):
        for solution in listed:
            with st.container(border=True, key=f"card_facts_{solution}", height="stretch"):
                st.markdown(f"**{plain(names[solution])}**")
                for point in POINTS:
                    label = visit.words(f"shortlist.point_{point}")
                    st.markdown(f":small[{label}]  \n{points[solution][point]}")
                frame.page_link(
                    visit,
                    "adoption",
                    visit.words("adoption.known.open"),
                    icon=":material/balance:",
                    solution=solution,
                )
    table = pd.DataFrame(
        [
            (visit.words(f"shortlist.point_{point}"), *(bare(points[s][point]) for s in listed))
            for point in POINTS
        ],
        columns=[visit.words("shortlist.point"), *(names[s] for s in listed)],
    )
    chart.twin_table(visit, table, key="facts", title=visit.words("shortlist.facts"))


def _points(visit: Visit, judgement: Judgement, solution: pd.Series) -> dict[str, str]:
    key = judgement.solution_id
    return {
        "what": plain(solution[f"summary_{visit.text_lang}"]),
        "state": _state(visit, solution),
        "runs": _runs(visit, key),
        "twin": _twin(visit, judgement),
        "cost": adoption_known.cost(visit, solution),
        "lessons": _lessons(visit, key),
        "needs": _needs(visit, judgement),
        "gates": _gates(visit, judgement),
        "ask": verdict_words.document(visit, judgement.missing[0].key),
        "contact": adoption_known.contact(visit, key),
    }


def _state(visit: Visit, solution: pd.Series) -> str:
    if not solution["status"]:
        return visit.words("common.not_reported")
    said = visit.names("solution_status", solution["status"])
    age = visit.formats.date(solution["status_as_of"])
    return f"{said} ({age or visit.words('common.undated')})"


def _runs(visit: Visit, solution_id: str) -> str:
    rows = results.deployments()
    running = rows[(rows["solution_id"] == solution_id) & rows["runs"]]
    if running.empty:
        return visit.words("shortlist.runs_unknown")
    decisions = visit.words("transfer.from_decisions", n=running["decision"].nunique())
    places = running["municipality"].nunique()
    return visit.words("shortlist.runs", n=places, decisions=decisions)


def _twin(visit: Visit, judgement: Judgement) -> str:
    if judgement.fit is None or not judgement.fit.nearest:
        return visit.words("shortlist.no_twin")
    return plain(results.place(judgement.fit.nearest).name)


def _lessons(visit: Visit, solution_id: str) -> str:
    rows = session.table("lessons")
    own = rows[(rows["ref_type"] == "solution") & (rows["solution_id"] == solution_id)]
    if own.empty:
        return visit.words("common.not_reported")
    failed = int((own["kind"] == "did_not_work").sum())
    return visit.words("shortlist.lessons", n=len(own), failed=failed)


def _needs(visit: Visit, judgement: Judgement) -> str:
    """Declared prerequisites by the visitor's answers, which need no town."""
    rows = session.table("prerequisites")
    declared = list(rows.loc[rows["solution_id"] == judgement.solution_id, "prerequisite_id"])
    if not declared:
        return visit.words("common.not_reported")
    said = [answer for key, answer in checklist.answers() if key in declared]
    counts = {"met": said.count("met"), "missed": said.count("not_met")}
    return visit.words("shortlist.needs", total=len(declared), **counts)


def _gates(visit: Visit, judgement: Judgement) -> str:
    judged = judgement.verdict
    said = [
        visit.words(f"shortlist.gate_{state}", gate=visit.words(f"adoption.gate.{gate}"))
        for state, gates in (("not_met", judged.blocked_by), ("unknown", judged.subject_to))
        for gate in gates
    ]
    return "; ".join(said) or visit.words("common.none")
