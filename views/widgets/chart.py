"""Shows a figure with its sentence, its source line and its table twin."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views.exports.cells import MOST_ON_PAPER, paper_table
from views.session import Visit
from views.widgets.solution_sources import SITE_NAME

if TYPE_CHECKING:
    from views.charts.base import Figure

# The browser measures the first rows only; pixels of a sign, around it, and of a name at most.
MEASURED_ROWS, SIGN, AROUND, WIDEST = 10, 7, 20, 350
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(
    visit: Visit,
    figure: Figure,
    *,
    key: str,
    reading: str,
    source: str,
    twin: pd.DataFrame,
) -> None:
    """A chart as it always stands: sentence, figure, source line, table twin.

    Args:
        visit: this run.
        figure: built by ``views.charts``.
        key: key of the chart on its page.
        reading: one sentence made from the data, read before the figure.
        source: unit, publisher and date in one line.
        twin: the same numbers as a table with readable headings.
    """
    st.markdown(reading)
    st.plotly_chart(figure, key=key, config=CONFIG, theme=None, alt=reading)
    with st.container(key=f"fine_{key}"):
        st.caption(source)
    twin_table(visit, twin, key=key, title=reading)


def twin_table(visit: Visit, twin: pd.DataFrame, *, key: str, title: str) -> None:
    """The table twin of a chart or map, folded in below it."""
    with st.expander(visit.words("common.as_table"), icon=":material/table:"):
        table(visit, twin, key=f"{key}_twin", title=title)


def twin_on_demand(
    visit: Visit,
    make: Callable[[], pd.DataFrame],
    *,
    key: str,
    title: str,
    on_paper: str = "",
    most_on_paper: int = MOST_ON_PAPER,
) -> None:
    """A table twin that is made and sent only once it is opened: what stands above answers sooner.

    Belongs into a fragment, which runs again when it is opened. Printed when open.

    Args:
        visit: this run.
        make: the table, see ``table``; called when it is open.
        key: key of the chart or map on its page.
        title: what the table holds, for those who hear it.
        on_paper: printed instead of a folded table; "" for the sentence that it is folded.
        most_on_paper: rows printed; how many more there are is said.
    """
    label = visit.words("common.as_table")
    fold = st.expander(label, icon=":material/table:", key=f"{key}_fold", on_change="rerun")
    if not fold.open:
        paper_note(on_paper or visit.words("common.paper_folded"), key=f"{key}_twin")
        return
    with fold:
        table(visit, make(), key=f"{key}_twin", title=title, most_on_paper=most_on_paper)


def table(
    visit: Visit, shown: pd.DataFrame, *, key: str, title: str, most_on_paper: int = MOST_ON_PAPER
) -> None:
    """A table that scrolls on the screen and stands whole on paper.

    Args:
        visit: this run.
        shown: readable headings; the index is not shown.
        key: key of the table on its page.
        title: what it holds, for those who hear it.
        most_on_paper: rows printed; how many more there are is said.
    """
    with st.container(key=f"paper_{key}"):
        st.dataframe(
            shown, hide_index=True, key=key, alt=title, column_config=_columns(visit, shown)
        )
        st.html(paper_table(shown, visit.lang, most_on_paper))


def _columns(visit: Visit, shown: pd.DataFrame) -> dict[str, Any]:
    """Addresses by their host; room for names whose longest stands below what is measured."""
    found: dict[str, Any] = {}
    for name in shown.columns:
        cells = shown[name].dropna()
        if cells.empty or not cells.map(lambda one: isinstance(one, str)).all():
            continue
        if name == visit.words("common.source") and cells.str.match(r"https?://\S+$").all():
            found[name] = st.column_config.LinkColumn(display_text=SITE_NAME)
            continue
        lengths = cells.str.len()
        width = SIGN * int(lengths.max()) + AROUND
        if lengths.max() > lengths.head(MEASURED_ROWS).max() and width <= WIDEST:
            found[name] = st.column_config.Column(width=width)
    return found


def paper_note(note: str, *, key: str) -> None:
    """A sentence that stands on paper only."""
    with st.container(key=f"paper_{key}"):
        st.html(f"<p>{escape(note)}</p>")
