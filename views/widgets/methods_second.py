"""How far a second, blind scoring agreed with the first; or that there was only one."""

from __future__ import annotations

from math import isnan

import pandas as pd
import streamlit as st

from analysis.second_scoring import (
    LEAST_KAPPA,
    LEAST_PAIRS,
    Kappa,
    MeasureAgreement,
    SecondScoring,
    second_scoring,
)
from views import session
from views.session import Visit
from views.texts import plain


def agreement() -> SecondScoring:
    """Both scorings compared on the live tables."""
    return session.result(_agreement)


def _agreement() -> SecondScoring:
    return second_scoring(session.table("evidence"), session.table("second_scores"))


def show(visit: Visit) -> None:
    """The agreement per measure; without a second scoring the sentence that says so."""
    found = agreement()
    if not found.pairs:
        _scored_once(visit)
        return
    words = visit.words
    st.header(words("methods.second.title"), anchor="second")
    st.markdown(sentence(visit, found))
    st.markdown(words("methods.second.about"))
    st.table(agreement_table(visit, found), hide_index=True, border="horizontal")
    st.caption(words("methods.second.note", least=LEAST_PAIRS))


def _scored_once(visit: Visit) -> None:
    evidence = session.table("evidence")
    solutions = visit.formats.number(evidence["solution_id"].nunique())
    rows = visit.formats.number(len(evidence))
    with st.container(border=True, key="card_once"):
        once = visit.words("methods.grades.once", solutions=solutions, rows=rows)
        st.markdown(f":material/looks_one: {once}")


def sentence(visit: Visit, found: SecondScoring) -> str:
    """The result in one or two sentences made from the numbers."""
    rewordable = [one.measure_id for one in found.measures if one.to_be_reworded]
    parts = [
        visit.words(
            "methods.second.result",
            solutions=found.solutions,
            pairs=visit.formats.number(found.pairs),
            same=visit.formats.number(found.same),
            known=visit.formats.number(sum(one.known for one in found.measures)),
            same_known=visit.formats.number(sum(one.same_known for one in found.measures)),
            date=visit.formats.date(found.scored_on),
        )
    ]
    key = "methods.second.reword" if rewordable else "methods.second.none_to_reword"
    limit = visit.formats.number(LEAST_KAPPA, 1)
    parts.append(visit.words(key, measures=visit.formats.listing(rewordable), limit=limit))
    return " ".join(parts)


def agreement_table(visit: Visit, found: SecondScoring) -> pd.DataFrame:
    """One row per measure: solutions, same scores, of these with a value, kappa with interval."""
    heads = ("measure", "pairs", "same", "same_known", "kappa")
    return pd.DataFrame(
        [_row(visit, one) for one in found.measures],
        columns=[visit.words(f"methods.second.column_{head}") for head in heads],
    )


def _row(visit: Visit, one: MeasureAgreement) -> tuple[str, str, str, str, str]:
    name = f"**{one.measure_id}** {plain(visit.names('measure', one.measure_id))}"
    known = visit.words("methods.second.of", part=one.same_known, whole=one.known)
    return name, str(one.pairs), str(one.same), known, kappa_text(visit, one.kappa)


def kappa_text(visit: Visit, kappa: Kappa) -> str:
    """Kappa with its interval, or the word for none."""
    if isnan(kappa.value):
        return visit.words("methods.second.no_kappa")
    value = visit.formats.number(kappa.value, 2)
    if isnan(kappa.low):
        return visit.words("methods.second.no_interval", kappa=value)
    return visit.words(
        "methods.second.kappa",
        kappa=value,
        low=visit.formats.number(kappa.low, 2),
        high=visit.formats.number(kappa.high, 2),
    )
