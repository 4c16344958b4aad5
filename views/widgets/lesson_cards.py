"""Lessons as cards: kind as shape and word, text, what it is about, source and whose view."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.catalogue import PAGE_SIZE, Found, pages
from views.session import Visit
from views.texts import link, plain
from views.widgets import chart, frame, paging
from views.widgets.lesson_filters import PAGE, reset
from views.widgets.solution_cards import close_words
from views.widgets.solution_results import lessons
from views.widgets.solution_sources import LESSON_SHAPES, age, site


def title(visit: Visit) -> None:
    """What has been learnt, counted from the rows."""
    counts = lessons()["kind"].value_counts()
    places = {kind: int(counts.get(kind, 0)) for kind in ("worked", "did_not_work")}
    st.title(visit.words("lessons.title", lessons=len(lessons()), **places))
    with st.container(key="lead_lessons"):
        st.markdown(visit.words("lessons.lead"))


def show(visit: Visit, found: Found) -> None:
    """Count in words, a page of cards, the table twin."""
    total = len(lessons())
    sentence = visit.words("lessons.count", n=len(found.rows), total=total)
    st.markdown(" ".join([sentence, *close_words(visit, found.close)]))
    if found.rows.empty:
        with st.container(border=True, key="card_nothing"):
            st.markdown(visit.words("lessons.nothing"))
            st.button(visit.words("lessons.show_all"), key="lessons_all", on_click=reset)
        return
    count = pages(len(found.rows))
    number = min(paging.asked(PAGE), count)
    start = (number - 1) * PAGE_SIZE
    grid(visit, found.rows.iloc[start : start + PAGE_SIZE])
    if count > 1:
        key = f"lessons_page_{count}_{found.rows.iloc[0]['lesson_id']}"
        st.pagination(count, default=number, key=key, on_change=paging.take, args=(key, PAGE))
    chart.twin_table(visit, twin(visit, found.rows), key="lessons", title=sentence)


def failed_words(visit: Visit, n: int, failed: int) -> str:
    """How many of some lessons tell of failure; nothing reads as a bare zero."""
    if n == 1:
        return visit.words("lessons.failed_only" if failed else "lessons.failed_not")
    return visit.words("lessons.failed", n=failed) if failed else visit.words("lessons.failed_none")


def grid(visit: Visit, rows: pd.DataFrame, *, about: bool = True, on: str = "") -> None:
    """Cards for some lessons, all kinds drawn alike.

    Args:
        visit: this run.
        rows: rows of ``analysis.lessons.lesson_entries``.
        about: whether each card names its solution or project.
        on: id of the project whose page this is; cards about it carry no link to it.
    """
    name = "lesson_grid" if about else f"lesson_grid_{rows.iloc[0]['ref_type']}"
    with st.grid(min_column_width=320, gap="small", key=name):
        for lesson in rows.to_dict("records"):
            key = f"card_{lesson['lesson_id']}"
            with st.container(border=True, key=key, height="stretch", gap="xsmall"):
                st.markdown(_text(visit, lesson))
                if about and not (
                    on and lesson["project_id"] == on and lesson["ref_type"] == "project"
                ):
                    _about(visit, lesson)


def _text(visit: Visit, lesson: dict[str, str]) -> str:
    kind = plain(visit.names("lesson_kind", lesson["kind"]))
    view = visit.words(f"lessons.view.{lesson['view']}")
    source = link(site(lesson["source_url"]), lesson["source_url"])
    text = plain(lesson[f"lesson_{visit.text_lang}"])
    return (
        f"{LESSON_SHAPES[lesson['kind']]} **{kind}**\n\n{text}\n\n"
        f":small[{view}: {source}, {age(visit, lesson['source_date'])}]"
    )


def _about(visit: Visit, lesson: dict[str, str]) -> None:
    if lesson["ref_type"] == "solution":
        frame.page_link(
            visit,
            "solution",
            plain(lesson["about"]),
            icon=":material/widgets:",
            solution=lesson["solution_id"],
        )
    elif lesson["ref_type"] == "project":
        frame.page_link(
            visit,
            "project",
            visit.words("lessons.about_project", name=plain(lesson["about"])),
            icon=":material/location_city:",
            project=lesson["project_id"],
        )
    else:
        st.markdown(visit.words("lessons.about_programme"))


def twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """Lessons as a table with readable headings."""
    words = visit.words
    return pd.DataFrame(
        {
            words("lessons.kind"): [visit.names("lesson_kind", one) for one in rows["kind"]],
            words("lessons.lesson"): rows[f"lesson_{visit.text_lang}"],
            words("lessons.about"): rows["about"].where(
                rows["about"] != "", words("lessons.about_programme_plain")
            ),
            words("lessons.whose"): [words(f"lessons.view.{one}") for one in rows["view"]],
            words("lessons.date"): [age(visit, one) for one in rows["source_date"]],
            words("common.source"): rows["source_url"],
        }
    )
