"""What is said about a solution: lessons, prerequisites, four questions, evidence, relatives."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.catalogue import related
from analysis.measures import MEASURES, READINESS
from views import results
from views.session import Visit
from views.texts import link, plain
from views.widgets import frame, lesson_cards, solution_results
from views.widgets.solution_head import section
from views.widgets.solution_results import of_solution
from views.widgets.solution_sources import age, phase_words, site, source_note

QUESTIONS = (
    "benefit_for_residents",
    "data_use_promise",
    "operator_and_funding_after",
    "separable_parts_and_interfaces",
)
PREREQUISITE_KINDS = ("technical", "organisational", "financial", "legal", "data")


def learnt(visit: Visit, row: pd.Series) -> None:
    """Lessons about the solution; those about its whole project beside them."""
    section(visit, "learnt")
    lessons = solution_results.lessons()
    own = lessons[lessons["solution_id"] == row["solution_id"]]
    if own.empty:
        st.markdown(visit.words("solution.lessons_none"))
    else:
        failed = int((own["kind"] == "did_not_work").sum())
        said = lesson_cards.failed_words(visit, len(own), failed)
        st.markdown(visit.words("solution.lessons", n=len(own), failed=said))
        lesson_cards.grid(visit, own, about=False)
    project = lessons[
        (lessons["ref_type"] == "project")
        & (lessons["project_id"] == row["project_id"])
        & (lessons["project_id"] != "")
    ]
    if len(project):
        with st.expander(visit.words("solution.lessons_project", n=len(project))):
            lesson_cards.grid(visit, project, about=False)


def needs(visit: Visit, row: pd.Series) -> None:
    """Prerequisites by kind, with what the source calls indispensable."""
    section(visit, "needs")
    rows = of_solution("prerequisites", row["solution_id"])
    if rows.empty:
        st.markdown(visit.words("solution.needs_none"))
        return
    st.markdown(visit.words("solution.needs", n=len(rows)))
    rank = rows["kind"].map({kind: n for n, kind in enumerate(PREREQUISITE_KINDS)})
    lines = []
    for need in rows.assign(rank=rank).sort_values("rank", kind="stable").to_dict("records"):
        kind = plain(visit.names("prerequisite_kind", need["kind"]))
        must = visit.words(f"solution.mandatory_{need['mandatory']}")
        source = link(site(need["source_url"]), need["source_url"])
        text = plain(need[f"text_{visit.text_lang}"])
        lines.append(f"- **{kind}:** {text} :small[{must} · {source}]")
    st.markdown("\n".join(lines))


def questions(visit: Visit, row: pd.Series) -> None:
    """The four questions of the programme, each with source or "not reported"."""
    section(visit, "questions")
    answers = of_solution("programme_questions", row["solution_id"]).set_index("question")
    with st.grid(min_column_width=380, gap="small", key="solution_questions"):
        for question in QUESTIONS:
            with st.container(border=True, key=f"card_{question}", height="stretch"):
                st.markdown(f"**{plain(visit.names('question', question))}**")
                if question not in answers.index:
                    st.markdown(visit.words("common.not_reported"))
                    continue
                answer = answers.loc[question]
                note = source_note(visit, answer["source_url"], answer["source_date"])
                st.markdown(f"{plain(answer[f'answer_{visit.text_lang}'])}  \n{note}")
    st.caption(visit.words("solution.questions_caution"))


def evidence(visit: Visit, row: pd.Series) -> None:
    """Per criterion how many measures are evidenced and with which grades; no score."""
    section(visit, "evidence")
    rows = solution_results.measures_of(row["solution_id"])
    known = rows[rows["origin"].isin(["observed", "derived"])]
    applicable = int((rows["origin"] != "not_applicable").sum())
    day = visit.formats.date(results.data_date().isoformat())
    st.markdown(visit.words("solution.evidence", n=len(known), total=applicable, day=day))
    words = visit.words
    twin = pd.DataFrame(
        {
            words("solution.column_criterion"): [
                visit.names("criterion", one) for one in READINESS
            ],
            words("solution.column_known"): [
                words(
                    "solution.of",
                    known=int((known["criterion"] == one).sum()),
                    total=int(
                        ((rows["criterion"] == one) & (rows["origin"] != "not_applicable")).sum()
                    ),
                )
                for one in READINESS
            ],
            words("solution.column_grades"): [
                _grades(known.loc[known["criterion"] == one, "grade"])
                or words("common.not_reported")
                for one in READINESS
            ],
        }
    )
    st.table(twin, hide_index=True, alt=words("solution.table_evidence"), border="horizontal")
    st.caption(words("solution.grades"))
    with st.expander(words("solution.statements", n=len(known))):
        st.markdown("\n".join(_statements(visit, known)))


def _grades(grades: pd.Series) -> str:
    counts = grades.value_counts().sort_index()
    return ", ".join(f"{count} × {grade}" for grade, count in counts.items())


def _statements(visit: Visit, known: pd.DataFrame) -> list[str]:
    lines = []
    by_measure = known.set_index("measure_id")
    for measure in (one for criterion in READINESS for one in MEASURES[criterion]):
        name = plain(visit.names("measure", measure))
        if measure not in by_measure.index:
            lines.append(f"- {name}: {visit.words('common.not_reported')}")
            continue
        said = by_measure.loc[measure]
        text = plain(said[f"statement_{visit.text_lang}"]) or visit.words("solution.derived")
        source = link(site(said["url"]), said["url"]) if said["url"] else ""
        grade = plain(visit.names("grade", said["grade"]))
        small = " · ".join(part for part in (grade, source, age(visit, said["date"])) if part)
        lines.append(f"- **{name}:** {text} :small[{small}]")
    return lines


def relatives(visit: Visit, row: pd.Series) -> None:
    """Other solutions of the same field or project, by name."""
    near = related(solution_results.entries(), row["solution_id"])
    if near.empty:
        return
    st.header(visit.words("solution.related"), anchor=False)
    st.caption(visit.words("solution.related_how"))
    with st.grid(3, min_column_width=250, gap="small", key="solution_related"):
        for other in near.to_dict("records"):
            name, solution = plain(other["name"]), other["solution_id"]
            key = f"card_near_{solution}"
            with st.container(border=True, key=key, height="stretch", gap="xsmall"):
                frame.page_link(visit, "solution", f"**{name}**", solution=solution)
                place = plain(other["origin_municipalities"])
                st.markdown(f":small[{place} · {phase_words(visit, other['phase'])}]")
