"""What would have to be true, what to ask for, and the letter that asks for it."""

from __future__ import annotations

import streamlit as st

from analysis.judgement import Judgement
from analysis.measures import CRITERION_OF
from analysis.verdict import LEAST_COVERAGE, next_threshold
from analysis.what_if import Need, fewest_for_coverage, fewest_for_threshold
from views import results, session
from views.exports.letter import Letter, letter_text
from views.session import Visit
from views.texts import plain
from views.widgets import verdict_words

MOST_MISSING = 5


def show(visit: Visit, judgement: Judgement, town: str) -> None:
    """The fewest changes that lift the verdict, then documents by what they settle."""
    st.header(visit.words("whatif.title"), anchor="what-if")
    st.markdown("\n".join(f"- {line}" for line in _ways(visit, judgement)))
    st.caption(visit.words("whatif.note"))
    _missing(visit, judgement)
    _letter(visit, judgement, town)


def _ways(visit: Visit, judgement: Judgement) -> list[str]:
    judged = judgement.verdict
    lines = []
    if judged.blocked_by:
        gates = visit.formats.listing(
            [visit.words(f"adoption.gate.{g}") for g in judged.blocked_by]
        )
        lines.append(visit.words("whatif.blocked", gates=gates))
    if not verdict_words.is_assessable(judged):
        needed = fewest_for_coverage(judgement.score)
        share = visit.formats.percent(LEAST_COVERAGE)
        lines.append(visit.words("whatif.assessable", share=share, **_documents(visit, needed)))
    lines.append(_next_band(visit, judgement))
    if judged.subject_to:
        gates = visit.formats.listing(
            [visit.words(f"adoption.gate.{g}") for g in judged.subject_to]
        )
        lines.append(visit.words("whatif.gates", gates=gates))
    return lines


def _next_band(visit: Visit, judgement: Judgement) -> str:
    """What lifts the whole range into the next band; of a strong one, that it is there."""
    threshold = next_threshold(judgement.score.low)
    if threshold is None:
        return visit.words("whatif.strong_already")
    needed = fewest_for_threshold(judgement.score, threshold)
    band = verdict_words.band(visit, "moderate" if threshold < 0.5 else "strong")
    at_least = round(threshold * 100)
    key = "whatif.lift" if needed.reachable else "whatif.never"
    return visit.words(key, band=band, at_least=at_least, **_documents(visit, needed))


def _documents(visit: Visit, needed: Need) -> dict[str, object]:
    said = [verdict_words.document(visit, measure) for measure in needed.measures]
    return {"n": len(said), "documents": visit.formats.listing(said)}


def _missing(visit: Visit, judgement: Judgement) -> None:
    st.subheader(visit.words("adoption.detail.missing"))
    reading = visit.words("adoption.detail.missing_reading")
    lines = [
        visit.words(
            "adoption.detail.missing_line",
            document=capital(verdict_words.document(visit, item.key)),
            criterion=plain(visit.names("criterion", item.criterion)),
            points=max(round(item.value * 100), 1),
        )
        for item in judgement.missing
        if item.value > 0
    ]
    listed = "\n".join(f"1. {line}" for line in lines[:MOST_MISSING])
    st.markdown(f"{reading}\n\n{listed}")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _letter(visit: Visit, judgement: Judgement, town: str) -> None:
    with st.expander(visit.words("whatif.letter_open"), icon=":material/mail:"):
        st.markdown(visit.words("whatif.letter_how"))
        st.code(letter(visit, judgement, town), language=None, wrap_lines=True)


def letter(visit: Visit, judgement: Judgement, town: str) -> str:
    """The documents that would narrow the range most, as a letter to the contact office."""
    contacts = session.table("contacts")
    office = contacts[contacts["solution_id"] == judgement.solution_id]["office"]
    wanted = [
        capital(verdict_words.document(visit, item.key))
        for item in judgement.missing
        if item.value > 0 and CRITERION_OF[item.key] != "C8"
    ]
    known = results.measures()
    own = known[known["solution_id"] == judgement.solution_id]
    return letter_text(
        visit.words,
        Letter(
            solution=verdict_words.names_of_solutions()[judgement.solution_id],
            town=results.place(visit.ags).name if town else "",
            office=str(office.iloc[0]) if len(office) else "",
            documents=tuple(wanted[:MOST_MISSING]),
            known=int(own["origin"].isin(["observed", "derived"]).sum()),
            measures=int((own["origin"] != "not_applicable").sum()),
            data_date=visit.formats.date(results.data_date().isoformat()),
        ),
    )
