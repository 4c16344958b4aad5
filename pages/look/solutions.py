"""All solutions: search, filters, then cards or a table."""

import streamlit as st

from views import session
from views.widgets import solution_cards, solution_filters, solution_results

visit = session.current()
solution_cards.title(visit)


@st.fragment
def catalogue() -> None:
    """Answers a filter without running the rest of the page."""
    choice = solution_filters.show(visit)
    solution_cards.show(visit, solution_results.found(visit, choice), choice)


catalogue()
