"""The top of the progress page: the answer, the filters, the choice of picture."""

from __future__ import annotations

import streamlit as st

from views import session
from views.session import Visit
from views.widgets import progress_results
from views.widgets.solution_filters import known

PICTURES = ("phases", "milestones", "time")


def title(visit: Visit) -> None:
    """What the tables say of all places of use, in one sentence."""
    rows = progress_results.deployments()
    st.title(
        visit.words(
            "progress.title",
            places=visit.formats.number(len(rows)),
            running=visit.formats.number(int(rows["runs"].sum())),
            stopped=int((rows["phase"] == "stopped").sum()),
        )
    )
    with st.container(key="lead_progress"):
        st.markdown(visit.words("progress.lead", decisions=len(progress_results.decisions())))


def choose(visit: Visit) -> tuple[str, str, str]:
    """Picture, field and cohort; each stands in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="progress_filters"):
        picture = _picture(visit)
        field, cohort = progress_results.choose(visit)
    return picture, field, cohort


def _picture(visit: Visit) -> str:
    kept = known(visit, "board", session.kept("board", PICTURES[0]), PICTURES) or PICTURES[0]
    chosen = st.segmented_control(
        visit.words("progress.picture"),
        PICTURES,
        default=kept,
        required=True,
        format_func=lambda one: visit.words(f"progress.picture_{one}"),
        key="progress_picture",
    )
    session.keep("board", "" if chosen == PICTURES[0] else str(chosen))
    return str(chosen)
