"""All examined solutions as ranges; alphabetical, never ordered by a point."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.judgement import Judgement
from analysis.verdict import Gate
from analysis.weighting import Weighting
from views import results, session
from views.session import Visit
from views.texts import anchor
from views.widgets import chart, checklist, frame, range_card, verdict_words, weights_choice

PAGE_SIZE = 6
MOST_WANTED = 3
CHOICES = ("running", "narrow", "assessable", "examined")
CHOICE, DEFAULT = "judgement_choice", "assessable"
EVERY_BAND = 3


def counts() -> dict[str, int]:
    """How many solutions there are, were examined, can be judged, are narrower than open.

    By the solutions alone: a place adds its fit but changes none of these counts.
    """
    judged = results.judgements()
    return {
        "solutions": len(judged),
        "examined": sum(j.examined for j in judged),
        "assessable": sum(_fits_choice(j, "assessable") for j in judged),
        "narrow": sum(_fits_choice(j, "narrow") for j in judged),
    }


def _fits_choice(judgement: Judgement, choice: str) -> bool:
    judged = judgement.readiness_verdict
    if not judgement.examined or choice == "examined":
        return judgement.examined
    if not verdict_words.is_assessable(judged):
        return False
    return choice == "assessable" or len(judged.bands) < EVERY_BAND


def show(visit: Visit) -> None:
    """The ranges with verdict, coverage, evidence and the document that would settle most."""
    st.header(visit.words("adoption.judgement.title"))
    reading = visit.words("adoption.judgement.reading")
    st.markdown(f"{visit.words('adoption.lead_counts', **counts())} {reading}")
    _ranges(visit, reading)
    frame.page_link(visit, "methods", visit.words("common.how"), topic="adoption")


@st.fragment
def _ranges(visit: Visit, reading: str) -> None:
    """What answers to the weights and to the choice of solutions."""
    weighting = weights_choice.current()
    offered = CHOICES if visit.ags else CHOICES[1:]
    choice = session.shown_by(CHOICE)
    shown = _chosen(visit, choice if choice in offered else DEFAULT, weighting)
    shared = verdict_words.shared_conditions(shown)
    made = [_card(visit, judgement, weighting, shared) for judgement in _page(shown)]
    # The cards go out first and nothing before they are made: a browser draws the whole page
    # once for all that comes together.
    controls, cards = st.container(), st.container()
    with cards:
        _cards(visit, shown, shared, made)
    with controls:
        weights_choice.show(visit)
        st.segmented_control(
            visit.words("adoption.judgement.show"),
            offered,
            default=DEFAULT,
            required=True,
            format_func=lambda name: visit.words(f"adoption.judgement.show_{name}"),
            key=CHOICE,
        )
    if shown:
        st.caption(visit.words("fixed.score"))
        chart.twin_on_demand(
            visit, lambda: twin(visit, shown, weighting), key="judgements", title=reading
        )


def _cards(visit: Visit, shown: list[Judgement], shared: tuple[Gate, ...], made: list[str]) -> None:
    """What all share, then the cards of this page of the list."""
    if shared:
        reasons = verdict_words.gates(visit, shared)
        st.markdown(visit.words("adoption.judgement.shared", reasons=reasons))
    st.caption(visit.words("adoption.judgement.order"))
    if not shown:
        st.info(visit.words("adoption.judgement.empty"))
        return
    if _pages(shown) > 1:
        st.pagination(_pages(shown), key=_page_key(shown))
    st.html(f'<div class="card-list">{"".join(made)}</div>')


def wanted(visit: Visit) -> None:
    """The documents missing most often, and where to bring them."""
    counts = results.missing_measures()["measure_id"].value_counts()
    documents = [
        verdict_words.document(visit, str(measure)) for measure in counts.index[:MOST_WANTED]
    ]
    if documents:
        st.markdown(f"{visit.words('fixed.missing')} {visit.formats.listing(documents)}.")
    with st.container(horizontal=True):
        for page, icon in (
            ("evidence", ":material/playlist_add_check:"),
            ("shortlist", ":material/view_column:"),
        ):
            frame.page_link(visit, page, visit.words(f"frame.page.{page}"), icon=icon)


def _pages(shown: list[Judgement]) -> int:
    return -(-len(shown) // PAGE_SIZE)


def _page_key(shown: list[Judgement]) -> str:
    return f"judgement_page_{_pages(shown)}"


def _page(shown: list[Judgement]) -> list[Judgement]:
    """A few at a time; the table twin holds them all."""
    number = session.shown_by(_page_key(shown)) or 1
    return shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def _chosen(visit: Visit, choice: str, weighting: Weighting) -> list[Judgement]:
    names = verdict_words.names_of_solutions()
    examined, answers = results.examined(), checklist.answers()
    judged = list(results.judgements_among(examined, visit.ags, weighting, answers))
    if choice == "running":
        near = set(results.running_near(visit.ags)["solution_id"])
        judged = [j for j in judged if j.solution_id in near]
    else:
        judged = [j for j in judged if _fits_choice(j, choice)]
    return sorted(judged, key=lambda j: names[j.solution_id].casefold())


def _card(
    visit: Visit, judgement: Judgement, weighting: Weighting, shared: tuple[Gate, ...]
) -> str:
    """One card as HTML; all cards are one element, which a browser draws several times faster."""
    conditions = [gate for gate in judgement.verdict.subject_to if gate not in shared]
    judgement = verdict_words.without_conditions(judgement)
    name = verdict_words.names_of_solutions()[judgement.solution_id]
    answer = verdict_words.answer(visit, judgement, weighting)
    said, ends = answer.verdict, verdict_words.range_text(visit, answer)
    lines = []
    if conditions and verdict_words.is_assessable(judgement.verdict):
        open_gates = verdict_words.gates(visit, conditions)
        lines.append(visit.words("adoption.judgement.to_settle", reasons=open_gates))
    lines.append(verdict_words.most_wanted(visit, judgement))
    coverage = visit.formats.percent(judgement.score.coverage)
    evidence = verdict_words.grades(visit, judgement.solution_id)
    picture = range_card.Picture(
        drawing=verdict_words.bar(visit, name, answer),
        below=" · ".join(
            (
                visit.words("adoption.judgement.range", range=ends),
                visit.words("adoption.judgement.coverage", coverage=coverage),
                visit.words("adoption.judgement.grades", grades=evidence),
            )
        ),
    )
    head = f"{said[0].upper()}{said[1:]}"
    title = anchor(name, session.inside("adoption", solution=judgement.solution_id))
    body = range_card.body(head, answer.stability, lines, picture)
    return f'<article><p class="ways">{title}</p>{body}</article>'


def twin(visit: Visit, shown: list[Judgement], weighting: Weighting) -> pd.DataFrame:
    """The judgements as a table with readable headings."""
    names = verdict_words.names_of_solutions()
    answers = [(j, verdict_words.answer(visit, j, weighting)) for j in shown]
    rows = [
        (
            names[j.solution_id],
            round(answer.low * 100),
            round(answer.high * 100),
            visit.formats.percent(j.score.coverage),
            answer.verdict,
            answer.stability,
            verdict_words.grades(visit, j.solution_id),
            verdict_words.document(visit, j.missing[0].key),
        )
        for j, answer in answers
    ]
    columns = ("solution", "low", "high", "coverage", "verdict", "stability", "grades", "missing")
    return pd.DataFrame(
        rows, columns=[visit.words(f"adoption.judgement.column_{name}") for name in columns]
    )
