"""The council paper in one click: PDF and DOCX, made only when asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import method
from analysis.judgement import Judgement
from analysis.weighting import AGREED, Weighting
from views import results, session
from views.exports.council_paper import Alternative, Paper, Provenance, Subject, TwinLine
from views.exports.council_paper_build import build_papers
from views.exports.council_paper_docx import paper_docx
from views.exports.council_paper_pdf import paper_pdf
from views.session import Visit
from views.widgets import (
    checklist,
    legal_operator,
    peer_words,
    verdict_words,
    weights_choice,
)
from views.widgets.adoption_what_if import capital
from views.widgets.solution_results import of_solution

Written = Callable[[], Iterable[Paper]]
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_DOCUMENTS, MOST_ALTERNATIVES = 3, 3


@dataclass
class Current:
    """The paper as it stands under the weights of this moment; the buttons stay as they are."""

    written: Written | None = None

    def __call__(self) -> Iterable[Paper]:
        """The paper in the languages it is written in."""
        if self.written is None:
            raise RuntimeError("nothing was weighed")
        return self.written()

    def keep(self, visit: Visit, judgement: Judgement, weighting: Weighting) -> None:
        """The files carry exactly what the page shows."""
        self.written = partial(
            build_papers,
            visit.words,
            visit.names,
            visit.formats,
            subject(visit, judgement, weighting),
            provenance(visit, weighting, judgement.solution_id),
        )


def show(visit: Visit, solution_id: str) -> Current:
    """Two buttons; gives what must be told of every other weighting."""
    words, current = visit.words, Current()
    folder = legal_operator.folder()
    stem = f"{words('paper.file')}-{solution_id}"
    with st.container(border=True, key="card_paper", height="stretch"):
        st.subheader(f":material/description: {words('paper.title_page')}")
        st.markdown(words("paper.about"))
        with st.container(horizontal=True):
            st.download_button(
                words("paper.load_pdf"),
                data=partial(_pdf, current, folder),
                file_name=f"{stem}.pdf",
                mime=PDF,
                key="paper_pdf",
                icon=":material/picture_as_pdf:",
                type="primary",
                on_click="ignore",
            )
            st.download_button(
                words("paper.load_docx"),
                data=partial(_docx, current, folder),
                file_name=f"{stem}.docx",
                mime=DOCX,
                key="paper_docx",
                icon=":material/edit_document:",
                on_click="ignore",
            )
    return current


def _pdf(written: Written, folder: Path) -> bytes:
    return paper_pdf(written(), folder)


def _docx(written: Written, folder: Path) -> bytes:
    return paper_docx(next(iter(written())), folder)


def subject(visit: Visit, judgement: Judgement, weighting: Weighting) -> Subject:
    """Everything the page shows of one solution, as the paper needs it."""
    key = judgement.solution_id
    answer = verdict_words.answer(visit, judgement, weighting)
    contacts = of_solution("contacts", key)
    judged = judgement.verdict
    lessons = of_solution("lessons", key)
    deployed = results.deployments_of(key)
    running = deployed[deployed["runs"].astype(bool)]
    return Subject(
        solution=results.solution(key),
        judgement=judgement,
        low=answer.low,
        high=answer.high,
        assessable=answer.assessable,
        verdict=answer.verdict,
        stability=answer.stability,
        measures=results.measures_of(key),
        lessons=lessons[lessons["ref_type"] == "solution"],
        prerequisites=of_solution("prerequisites", key),
        questions=of_solution("programme_questions", key),
        answers=dict(checklist.answers()),
        twins=_twins(visit, key),
        without=(),
        running=running["municipality"].nunique(),
        running_decisions=running["decision"].nunique(),
        alternatives=_alternatives(visit, key, weighting),
        office="" if contacts.empty else str(contacts["office"].iloc[0]),
        office_url="" if contacts.empty else str(contacts["url"].iloc[0]),
        documents=tuple(
            capital(verdict_words.document(visit, item.key))
            for item in judgement.missing
            if item.value > 0 and item.criterion != "C8"
        )[:MOST_DOCUMENTS],
        gates=tuple(visit.words(f"adoption.gate.{gate}") for gate in judged.subject_to),
        blocked=tuple(visit.words(f"adoption.gate.{gate}") for gate in judged.blocked_by),
        town=results.place(visit.ags).name if visit.ags else "",
    )


def provenance(visit: Visit, weighting: Weighting, solution_id: str) -> Provenance:
    """Dates, versions, weights and the address of the view."""
    today = dt.datetime.now(tz=dt.UTC).date()
    return Provenance(
        data_date=visit.formats.date(results.data_date().isoformat()),
        data_version=str(visit.version),
        method_version=method.VERSION,
        weights=_weights(visit, weighting),
        address=session.full_address("adoption", **_view(solution_id, weighting)),
        made_on=visit.formats.date(today.isoformat()),
    )


def _view(solution_id: str, weighting: Weighting) -> dict[str, str]:
    """What the address must hold so that a colleague sees the same numbers."""
    chosen = {} if weighting == AGREED else {weights_choice.ADDRESS: weighting.code}
    return {"solution": solution_id, **chosen, **checklist.in_view(solution_id)}


def _weights(visit: Visit, weighting: Weighting) -> str:
    said = visit.words(f"weights.name_{weighting.name}")
    return f"{said} ({weighting.code})" if weighting.name == "own" else said


def _twins(visit: Visit, solution_id: str) -> tuple[TwinLine, ...]:
    if not visit.ags:
        return ()
    own = results.deployments_of(solution_id, results.level_of(visit.ags))
    return tuple(
        _twin_line(own, twin.ags, *peer_words.same_and_other(visit, twin.peer))
        for twin in results.twins_of(visit.ags, solution_id).running
    )


def _twin_line(rows: pd.DataFrame, ags: str, same: str, other: str) -> TwinLine:
    place = results.place(ags)
    url = str(rows.loc[rows["ags"] == ags, "evidence_url"].iloc[0])
    return TwinLine(place.name, place.state, same, other, url)


def _alternatives(visit: Visit, solution_id: str, weighting: Weighting) -> tuple[Alternative, ...]:
    """Assessable solutions of the same field of action, alphabetical."""
    field_of = session.result(_fields)
    names = verdict_words.names_of_solutions()
    field = field_of[solution_id]
    alike = tuple(one for one, own in field_of.items() if own == field and one != solution_id)
    judged = results.judgements_among(alike, visit.ags, weighting, checklist.answers())
    others = [j for j in judged if j.examined and verdict_words.is_assessable(j.verdict)]
    others.sort(key=lambda j: names[j.solution_id].casefold())
    return tuple(_alternative(visit, j, weighting) for j in others[:MOST_ALTERNATIVES])


def _fields() -> dict[str, str]:
    solutions = session.table("solutions")
    return dict(zip(solutions["solution_id"], solutions["action_field"], strict=True))


def _alternative(visit: Visit, judgement: Judgement, weighting: Weighting) -> Alternative:
    answer = verdict_words.answer(visit, judgement, weighting)
    name = verdict_words.names_of_solutions()[judgement.solution_id]
    band = visit.words(f"adoption.verdict.{judgement.verdict.code}", reasons="")
    return Alternative(name, answer.low, answer.high, band.rstrip(": "))
