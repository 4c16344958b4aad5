"""The solutions found: how many, in which order, as cards or as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.catalogue import PAGE_SIZE, Choice, Found, pages
from analysis.text_search import folded
from views import session
from views.session import Visit
from views.texts import as_html, plain
from views.widgets import frame, paging, solution_results
from views.widgets.kept_choice import PAGE, one_view
from views.widgets.solution_filters import reset
from views.widgets.solution_results import Record, entries
from views.widgets.solution_sources import adoptions_words, phase_words

VIEWS = ("cards", "table")


def title(visit: Visit) -> None:
    """What the catalogue holds, said from its rows."""
    rows = entries()
    st.title(
        visit.words("solutions.title", solutions=len(rows), adopted=int(rows["adopted"].sum()))
    )
    with st.container(key="lead_solutions"):
        projects = rows.loc[rows["project_id"] != "", "project_id"].nunique()
        st.markdown(visit.words("solutions.lead", projects=projects))


def show(visit: Visit, found: Found, choice: Choice) -> None:
    """Count and order in words, then a page of cards or the whole table."""
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="solution_count",
    ):
        st.markdown(_count(visit, found, choice), width="stretch")
        view = one_view(
            visit,
            "view",
            VIEWS,
            label=visit.words("solutions.view"),
            words="solutions.view_",
            key="choice_view",
            bare=True,
        )
    if found.rows.empty:
        _nothing(visit)
    elif view == "table":
        table(visit, found.rows)
    else:
        _cards(visit, found.rows, choice)
    with st.container(key="fine_solutions"):
        st.caption(visit.words("solutions.fine"))


def _count(visit: Visit, found: Found, choice: Choice) -> str:
    total = len(entries())
    order = visit.words(f"solutions.sorted_{choice.order}")
    sentence = visit.words("solutions.count", n=len(found.rows), total=total, order=order)
    parts = [sentence]
    if choice.text and any(folded(choice.text) in folded(name) for name in found.rows["name"]):
        parts.append(visit.words("solutions.names_first", text=plain(choice.text)))
    return " ".join([*parts, *close_words(visit, found.close)])


def close_words(visit: Visit, close: dict[str, tuple[str, ...]]) -> list[str]:
    """One sentence per word that only close spellings were found for."""
    sentences = []
    for word, taken in close.items():
        near = visit.formats.listing(
            [f"„{one}“" if visit.lang == "de" else f"“{one}”" for one in taken]
        )
        key = "solutions.close" if taken else "solutions.close_none"
        places = {"word": plain(word)} | ({"near": plain(near)} if taken else {})
        sentences.append(visit.words(key, **places))
    return sentences


def _nothing(visit: Visit) -> None:
    with st.container(border=True, key="card_nothing"):
        st.markdown(visit.words("solutions.nothing"))
        st.button(visit.words("solutions.show_all"), key="solutions_all", on_click=reset)


def _cards(visit: Visit, rows: pd.DataFrame, choice: Choice) -> None:
    count = pages(len(rows))
    number = min(paging.asked(PAGE), count)
    start = (number - 1) * PAGE_SIZE
    with st.grid(min_column_width=300, gap="small", key="solution_grid"):
        for row in solution_results.cards(rows.iloc[start : start + PAGE_SIZE]):
            _card(visit, row)
    if count > 1:
        key = f"solutions_page_{hash(choice)}"
        chosen = st.pagination(
            count, default=number, key=key, on_change=paging.take, args=(key, PAGE)
        )
        session.keep(PAGE, str(chosen) if chosen > 1 else "")


def _card(visit: Visit, row: Record) -> None:
    solution = str(row["solution_id"])
    with st.container(border=True, key=f"card_{solution}", height="stretch", gap="xsmall"):
        frame.page_link(visit, "solution", f"**{plain(row['name'])}**", solution=solution)
        st.html(_card_text(visit, row))


def _card_text(visit: Visit, row: Record) -> str:
    """HTML: twelve cards of it answer a filter several times faster than as Markdown."""
    field = visit.names("action_field", row["action_field"])
    origin = plain(f"{row['origin_municipalities']} · {field}")
    said = (elsewhere(visit, row), lessons_said(visit, row))
    small = "".join(f"<small>{as_html(line)}</small>" for line in said)
    return (
        f'<div class="solution-card"><small>{as_html(f":material/location_on: {origin}")}</small>'
        f"<p>{as_html(plain(row[f'summary_{visit.text_lang}']))}</p>"
        f"<p>{as_html(phase_words(visit, str(row['phase'])))}{small}</p></div>"
    )


def elsewhere(visit: Visit, row: Record) -> str:
    """Whether a solution runs elsewhere, adoptions and decisions."""
    if row["decisions"]:
        adopted = adoptions_words(visit, row["adoptions"], row["decisions"])
        return visit.words("solutions.elsewhere", adopted=adopted)
    if row["places"]:
        return visit.words("solutions.elsewhere_not_running", n=row["places"])
    return visit.words("solutions.elsewhere_none")


def lessons_said(visit: Visit, row: Record) -> str:
    """How many lessons there are, and how many tell of failure."""
    if not row["lesson_count"]:
        return visit.words("solutions.lessons_none")
    said = visit.words("solutions.lessons", n=row["lesson_count"])
    failed = row["failure_count"]
    return said + (visit.words("solutions.lessons_failed", n=failed) if failed else "")


def table(visit: Visit, rows: pd.DataFrame) -> None:
    """All solutions found as a table; the same facts as on the cards."""
    words = visit.words
    twin = pd.DataFrame(
        {
            words("solutions.column_name"): rows["name"],
            words("solutions.column_origin"): rows["origin_municipalities"],
            words("solutions.field"): [
                visit.names("action_field", one) for one in rows["action_field"]
            ],
            words("solutions.phase"): [_phase(visit, one) for one in rows["phase"]],
            words("solutions.column_decisions"): _published(rows["decisions"]),
            words("solutions.column_lessons"): _published(rows["lesson_count"]),
            words("solutions.column_newest"): [
                visit.formats.date(one) or words("common.undated") for one in rows["newest"]
            ],
            words("solutions.column_summary"): rows[f"summary_{visit.text_lang}"],
            words("solutions.column_open"): [
                session.inside("solution", solution=one) for one in rows["solution_id"]
            ],
        }
    )
    st.dataframe(
        twin,
        hide_index=True,
        key="solutions_table",
        alt=words("solutions.table_alt", n=len(rows)),
        placeholder=words("common.not_reported"),
        column_order=[twin.columns[0], twin.columns[-1], *twin.columns[1:-1]],
        column_config={
            words("solutions.column_open"): st.column_config.LinkColumn(
                display_text=words("solutions.open")
            ),
            words("solutions.column_lessons"): st.column_config.NumberColumn(width=120),
        },
    )


def _published(counts: pd.Series) -> pd.Series:
    """Counts where anything was published; zero of nothing is no zero."""
    return counts.astype("Int64").where(counts > 0)


def _phase(visit: Visit, phase: str) -> str:
    return visit.names("phase", phase) if phase else visit.words("solution.phase_unknown")
