"""One solution for my town: verdict, whom to call, what would settle it, all evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.adoption import Score
from analysis.judgement import Judgement
from analysis.measures import FIT, MEASURES
from analysis.missing_evidence import information_values
from analysis.weighting import Weighting
from loaders.languages import of_tables
from views import results, session
from views.session import Visit
from views.texts import link, plain
from views.widgets import (
    adoption_known,
    adoption_twins,
    adoption_what_if,
    checklist,
    frame,
    paper_offer,
    shortlist_choice,
    verdict_words,
    weights_choice,
)
from views.widgets.solution_sources import source_note

GATE_ICONS = {"met": ":material/check_circle:", "not_met": ":material/block:"}


def show(visit: Visit, solution_id: str, town: str) -> None:
    """The judgement on one solution, opened to its evidence."""
    _judged(visit, solution_id, town)
    _measures(visit, solution_id)
    st.caption(visit.words("fixed.adoption"))
    frame.page_link(visit, "methods", visit.words("common.how"), topic="adoption")


@st.fragment
def _judged(visit: Visit, solution_id: str, town: str) -> None:
    """What answers to ticks; runs alone when one of them changes."""
    judgement, _ = _judgement(visit, solution_id)
    name = plain(verdict_words.names_of_solutions()[solution_id])
    key = "adoption.detail.title" if visit.ags else "adoption.detail.title_general"
    frame.page_link(
        visit, "adoption", visit.words("adoption.detail.back"), icon=":material/arrow_back:"
    )
    st.title(visit.words(key, name=name, town=town))
    answer = st.container()
    take_along = st.grid(min_column_width=300, gap="small", key="take_along")
    alike = st.container()
    left, right = st.columns([3, 2], gap="large")
    further = st.container()
    with take_along:
        paper = paper_offer.show(visit, solution_id)
        _contact(visit, solution_id)
        _cost(visit, solution_id)
    with answer:
        _weighed(visit, solution_id, town, further, paper)
        shortlist_choice.offer(visit, solution_id)
    with alike:
        adoption_twins.show(visit, solution_id, town)
    with right:
        _gates(visit, judgement)
    with left:
        checklist.show(visit, solution_id, town)


@st.fragment
def _weighed(
    visit: Visit, solution_id: str, town: str, further: Any, paper: paper_offer.Current
) -> None:
    """What answers to weights: the verdict first, what would lift it after, the paper last."""
    judgement, weighting = _judgement(visit, solution_id)
    _answer(visit, judgement, weighting)
    with further:
        adoption_what_if.show(visit, judgement, town)
        _criteria(visit, judgement)
    paper.keep(visit, judgement, weighting)


def _judgement(visit: Visit, solution_id: str) -> tuple[Judgement, Weighting]:
    weighting = weights_choice.current()
    answers = checklist.answers()
    return results.judgement_as(solution_id, visit.ags, weighting, answers), weighting


def _answer(visit: Visit, judgement: Judgement, weighting: Weighting) -> None:
    if not judgement.examined:
        st.info(visit.words("adoption.detail.not_examined"))
    coverage = visit.formats.percent(judgement.score.coverage)
    answer = verdict_words.answer(visit, judgement, weighting)
    ends = verdict_words.range_text(visit, answer)
    with st.container(key="lead_answer"):
        if answer.assessable:
            sentence = f"{answer.verdict[0].upper()}{answer.verdict[1:]}"
            places = {"verdict": sentence, "range": ends, "coverage": coverage}
            st.markdown(visit.words("adoption.detail.answer", **places))
        else:
            st.markdown(visit.words("adoption.detail.answer_not", coverage=coverage))
    name = verdict_words.names_of_solutions()[judgement.solution_id]
    with st.container(key="lead_bar"):
        st.html(verdict_words.bar(visit, name, answer))
    weights_choice.show(visit)
    st.caption(f"{_stability(visit, judgement, answer, weighting)} {visit.words('fixed.score')}")


def _stability(
    visit: Visit, judgement: Judgement, answer: verdict_words.Answer, weighting: Weighting
) -> str:
    if weighting.name == "all":
        ends = verdict_words.range_text(visit, answer)
        return visit.words("weights.stability_all", range=ends, stability=answer.stability)
    varied = visit.formats.hundredths(judgement.score.low_varied, judgement.score.high_varied)
    return visit.words("adoption.detail.stability", range=varied, stability=answer.stability)


def _contact(visit: Visit, solution_id: str) -> None:
    with st.container(border=True, key="card_contact", height="stretch"):
        st.subheader(f":material/call: {visit.words('adoption.detail.contact')}")
        st.markdown(adoption_known.contact(visit, solution_id))
        frame.page_link(
            visit,
            "solution",
            visit.words("adoption.known.profile"),
            icon=":material/widgets:",
            solution=solution_id,
        )


def _cost(visit: Visit, solution_id: str) -> None:
    row = results.solution(solution_id)
    said = adoption_known.cost(visit, row)
    source = source_note(visit, str(row["source_url"]), str(row["source_date"]))
    with st.container(border=True, key="card_cost", height="stretch"):
        st.subheader(f":material/payments: {visit.words('adoption.known.cost')}")
        st.markdown(f"{said[0].upper()}{said[1:]}  \n{source}")
        st.caption(visit.words("adoption.known.cost_ask"))


def _gates(visit: Visit, judgement: Judgement) -> None:
    judged = judgement.verdict
    open_or_shut = [("not_met", gate) for gate in judged.blocked_by]
    open_or_shut += [("unknown", gate) for gate in judged.subject_to]
    if not open_or_shut:
        return
    with st.container(border=True, key="card_gates"):
        st.subheader(visit.words("adoption.detail.gates"))
        lines = []
        for state, gate in open_or_shut:
            words = visit.words(f"adoption.gate.{gate}")
            said = visit.words(f"adoption.detail.gate_{state}", gate=words[0].upper() + words[1:])
            lines.append(f"{GATE_ICONS.get(state, ':material/help:')} {said}")
        st.markdown("\n\n".join(lines))


def _criteria(visit: Visit, judgement: Judgement) -> None:
    st.header(visit.words("adoption.detail.criteria"))
    reading = _criteria_reading(visit, judgement.score)
    st.markdown(reading)
    weights = visit.formats.shares([c.weight for c in judgement.score.criteria])
    rows = [
        (
            visit.names("criterion", c.criterion),
            weight,
            round(c.low * 100),
            round(c.high * 100),
            visit.formats.percent(c.coverage),
        )
        for c, weight in zip(judgement.score.criteria, weights, strict=True)
    ]
    names = ("criterion", "weight", "low", "high", "known")
    st.dataframe(
        pd.DataFrame(rows, columns=[visit.words(f"adoption.detail.column_{n}") for n in names]),
        hide_index=True,
        alt=reading,
        key="criteria",
    )


def _criteria_reading(visit: Visit, score: Score) -> str:
    """The criterion known least and the one known best; none is both."""
    if not score.coverage:
        return visit.words("adoption.detail.criteria_none")
    width = {item.key: item.value for item in information_values(score)}
    least = max(score.criteria, key=lambda c: (-c.coverage, width[c.criterion]))
    best = min(score.criteria, key=lambda c: (-c.coverage, c.high - c.low))
    if least.coverage == best.coverage:
        return visit.words("adoption.detail.criteria_even")
    return visit.words(
        "adoption.detail.criteria_reading",
        criterion=plain(visit.names("criterion", least.criterion)),
        best=plain(visit.names("criterion", best.criterion)),
    )


def _measures(visit: Visit, solution_id: str) -> None:
    st.header(visit.words("adoption.detail.measures"))
    st.caption(visit.words("adoption.detail.measures_how"))
    own = results.measures_of(solution_id).set_index("measure_id")
    for criterion, measures in MEASURES.items():
        if criterion == FIT:
            continue
        known = sum(own.loc[m, "origin"] in ("observed", "derived") for m in measures)
        title = visit.words(
            "adoption.detail.measures_known",
            criterion=plain(visit.names("criterion", criterion)),
            known=known,
            n=len(measures),
        )
        # One text per criterion: a browser draws every element of a page anew at each press on it.
        with st.expander(title):
            st.markdown("\n\n".join(_measure(visit, one, own.loc[one]) for one in measures))


def _measure(visit: Visit, measure: str, row: pd.Series) -> str:
    """What is known of a measure and the steps that count for it, as Markdown."""
    words = {"measure": plain(visit.names("measure", measure))}
    if row["origin"] == "not_applicable":
        return visit.words("adoption.detail.measure_not_applicable", **words)
    if row["origin"] == "unknown":
        said = visit.words("adoption.detail.measure_unknown", **words)
        return f"{said}\n\n{_anchors(visit, measure, None)}"
    value = visit.words("adoption.detail.value_of", value=visit.formats.number(row["value"], 2))
    grade = plain(visit.names("grade", row["grade"]))
    line = visit.words("adoption.detail.measure_line", **words, value=value, grade=grade)
    statement = plain(row[f"statement_{visit.text_lang}"]) or visit.words("adoption.detail.derived")
    known = f"**{line}**  \n{statement}  \n{_provenance(visit, row)}"
    return f"{known}\n\n{_anchors(visit, measure, float(row['value']))}"


def _provenance(visit: Visit, row: pd.Series) -> str:
    """Link, date of the content, who checked when, and the grade before the age rule."""
    parts = [link(visit.words("common.source"), row["url"])] if row["url"] else []
    parts.append(visit.formats.date(row["date"]) or visit.words("common.undated"))
    if row["checked_on"]:
        checked = visit.formats.date(row["checked_on"])
        parts.append(visit.words("adoption.detail.checked_by", date=checked))
    if row["grade_before"] != row["grade"]:
        parts.append(visit.words("adoption.detail.aged", before=row["grade_before"]))
    return " · ".join(parts)


def _anchors(visit: Visit, measure: str, value: float | None) -> str:
    """What must be seen for each value; the one reached is marked."""
    anchors = session.result(_anchor_texts, visit.lang)
    lines = []
    for step, text in anchors.get(measure, ()):
        said = f"{visit.formats.number(step, 2)}: {plain(text)}"
        marked = f"**{said}** :material/check:" if step == value else said
        lines.append(f"- :small[{marked}]")
    return "\n".join(lines)


def _anchor_texts(lang: str) -> dict[str, tuple[tuple[float, str], ...]]:
    rows = session.table("anchors").sort_values(["measure_id", "value"])
    found: dict[str, tuple[tuple[float, str], ...]] = {}
    for measure, part in rows.groupby("measure_id"):
        steps = zip(part["value"].astype(float), part[f"anchor_{of_tables(lang)}"], strict=True)
        found[str(measure)] = tuple(steps)
    return found
