"""Search and filters of the lessons, every choice an id in the address."""

from __future__ import annotations

import streamlit as st

from analysis.catalogue import SIZES
from analysis.lessons import KINDS, LessonChoice
from views import session
from views.session import Visit
from views.widgets.kept_choice import known, pick, search_box
from views.widgets.solution_results import lessons
from views.widgets.solution_sources import LESSON_SHAPES

PAGE = "lesson_page"
NAMES = ("lesson_find", "lesson_kind", "lesson_field", "lesson_size", PAGE)


def show(visit: Visit) -> LessonChoice:
    """The filters; gives what the visitor chose."""
    kind = _kind(visit)
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="lesson_filters", gap="small"
    ):
        text = search_box(visit, "lesson_find", visit.words("solutions.search"), PAGE)
        present = {one for one in lessons()["action_field"] if one}
        fields = sorted(present, key=lambda one: visit.names("action_field", one).casefold())
        field = pick(
            visit,
            "lesson_field",
            visit.words("solutions.field"),
            dict.fromkeys(fields),
            lambda one: visit.names("action_field", one),
            PAGE,
        )
        size = pick(
            visit,
            "lesson_size",
            visit.words("solutions.size"),
            dict.fromkeys(SIZES),
            lambda one: visit.words(f"solutions.size_of.{one}"),
            PAGE,
        )
        st.button(
            visit.words("solutions.reset"),
            key="lessons_reset",
            type="tertiary",
            icon=":material/filter_alt_off:",
            on_click=reset,
            disabled=not any((text, kind, field, size)),
        )
    return LessonChoice(text, kind, field, size)


def reset() -> None:
    """Forget every filter of the lessons."""
    for name in NAMES:
        session.keep(name, "")
        st.session_state.pop(f"choice_{name}", None)


def _kind(visit: Visit) -> str:
    counts = lessons()["kind"].value_counts()
    kept = known(visit, "lesson_kind", session.kept("lesson_kind"), ("", *KINDS))
    chosen = st.pills(
        visit.words("lessons.kind"),
        KINDS,
        default=kept or None,
        format_func=lambda kind: (
            f"{LESSON_SHAPES[kind]} {visit.names('lesson_kind', kind)} ({counts.get(kind, 0)})"
        ),
        key="choice_lesson_kind",
        on_change=session.keep,
        args=(PAGE, ""),
    )
    session.keep("lesson_kind", chosen or "")
    return chosen or ""
