"""The top of the progress page: the answer, the filters, the choice of picture."""

from __future__ import annotations

import streamlit as st

from views.session import Visit
from views.widgets import progress_results
from views.widgets.kept_choice import one_view

PICTURES = ("phases", "milestones", "time")


def title(visit: Visit) -> None:
    """What the tables say of all decisions, in one sentence."""
    counts = progress_results.counts(progress_results.decisions())
    said = {name: visit.formats.number(count) for name, count in counts.items()}
    st.title(visit.words("progress.title", **said))
    places = visit.formats.number(len(progress_results.deployments()))
    with st.container(key="lead_progress"):
        st.markdown(visit.words("progress.lead", places=places))


def choose(visit: Visit) -> tuple[str, str, str]:
    """Picture, field and cohort; each stands in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="progress_filters"):
        picture = one_view(
            visit,
            "board",
            PICTURES,
            label=visit.words("progress.picture"),
            words="progress.picture_",
            key="progress_picture",
        )
        field, cohort = progress_results.choose(visit)
    return picture, field, cohort
