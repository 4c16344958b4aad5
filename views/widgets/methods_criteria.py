"""How adoption potential is judged: criteria, weights, anchors, grades, the age rule."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import grades, measures
from views import results, session
from views.session import Visit
from views.texts import plain
from views.widgets import methods_second


def show(visit: Visit) -> None:
    """Weights, anchors, grades and what is still open about the scoring."""
    words = visit.words
    st.header(words("methods.criteria.title"), anchor="criteria")
    st.markdown(words("methods.criteria.about"))
    st.table(weight_table(visit), hide_index=True, border="horizontal")
    st.markdown(words("methods.criteria.anchors_about"))
    for criterion in measures.CRITERIA:
        title = f"{criterion} {visit.names('criterion', criterion)}"
        with st.expander(words("methods.criteria.open", criterion=title)):
            _anchors(visit, criterion)
    _grades(visit)


def weight_table(visit: Visit) -> pd.DataFrame:
    """Criterion, its question and its weight in percent."""
    words, names = visit.words, visit.names
    return pd.DataFrame(
        {
            words("methods.column.criterion"): [
                f"**{one}** {plain(names('criterion', one))}" for one in measures.CRITERIA
            ],
            words("methods.column.question"): [
                plain(names.explain("criterion", one)) for one in measures.CRITERIA
            ],
            words("methods.column.weight"): [
                visit.formats.percent(measures.DEFAULT_WEIGHTS[one]) for one in measures.CRITERIA
            ],
        }
    )


def _anchors(visit: Visit, criterion: str) -> None:
    for measure in measures.MEASURES[criterion]:
        st.markdown(f"**{measure} {plain(visit.names('measure', measure))}**")
        table = anchor_table(visit, measure)
        explanation = plain(visit.names.explain("measure", measure))
        if table.empty:
            st.markdown(visit.words("methods.criteria.no_anchor", explanation=explanation))
        else:
            st.markdown(explanation)
            st.table(table, hide_index=True, border="horizontal")


def anchor_table(visit: Visit, measure: str) -> pd.DataFrame:
    """Values of one measure and the sentence that says what must be seen for each."""
    anchors = session.table("anchors")
    own = anchors[anchors["measure_id"] == measure].sort_values("value")
    return pd.DataFrame(
        {
            visit.words("methods.column.value"): [
                visit.formats.number(value, 2) for value in own["value"]
            ],
            visit.words("methods.column.anchor"): [
                plain(text) for text in own[f"anchor_{visit.text_lang}"]
            ],
        }
    )


def _grades(visit: Visit) -> None:
    words = visit.words
    st.header(words("methods.grades.title"), anchor="grades")
    st.markdown(words("methods.grades.about"))
    st.table(grade_table(visit), hide_index=True, border="horizontal")
    changing = visit.formats.listing(
        [f"{one} {visit.names('measure', one)}" for one in sorted(measures.TIME_BOUND)]
    )
    date = visit.formats.date(results.data_date().isoformat())
    st.markdown(words("methods.grades.age", measures=plain(changing), date=date))
    st.markdown(words("methods.grades.checked_absent"))
    methods_second.show(visit)


def grade_table(visit: Visit) -> pd.DataFrame:
    """Grade, what it means and how wide the range around a value is."""
    words, names = visit.words, visit.names
    ids = [*grades.HALF_WIDTHS, grades.UNKNOWN]
    return pd.DataFrame(
        {
            words("methods.column.grade"): [plain(names("grade", one)) for one in ids],
            words("methods.column.meaning"): [plain(names.explain("grade", one)) for one in ids],
            words("methods.column.width"): [_width(visit, one) for one in ids],
        }
    )


def _width(visit: Visit, grade: grades.Grade) -> str:
    if grade == grades.UNKNOWN:
        return visit.words("methods.grades.unknown_width")
    points = visit.formats.number(grades.HALF_WIDTHS[grade] * 100)
    return visit.words("methods.grades.width", points=points)
