"""The top of a solution's page: name, what it is, four answers, the way to my town."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from views import results, session
from views.session import Visit
from views.texts import plain
from views.widgets import frame, solution_results
from views.widgets.solution_sources import adoptions_words, age, links, phase_words, source_note

ASKED = "solution"
SECTIONS = ("stage", "spread", "learnt", "questions", "cost", "use", "needs", "parts", "evidence")


def chosen(visit: Visit) -> pd.Series | None:
    """The solution of the address; without a known one a sentence and the way on."""
    asked = session.asked(ASKED)
    row = solution_results.entry(asked) if asked else None
    if row is None:
        _way_on(visit, asked)
    return row


def _way_on(visit: Visit, asked: str) -> None:
    st.title(visit.words("solution.none_title" if not asked else "solution.unknown_title"))
    with st.container(key="lead_solution"):
        key = "solution.none" if not asked else "solution.unknown"
        st.markdown(visit.words(key, **({"value": plain(asked)} if asked else {})))
    frame.page_link(
        visit, "solutions", visit.words("solution.to_catalogue"), icon=":material/widgets:"
    )


def show(visit: Visit, row: pd.Series) -> None:
    """Name, summary and the four answers a council asks for first."""
    frame.page_link(visit, "solutions", visit.words("solution.all"), icon=":material/arrow_back:")
    st.title(plain(row["name"]))
    with st.container(key="lead_solution", gap="small"):
        st.markdown(plain(row[f"summary_{visit.text_lang}"]))
    st.markdown(_for_whom(visit, row))
    with st.grid(min_column_width=250, gap="small", key="solution_answers"):
        for name, lines in _answers(visit, row):
            with st.container(border=True, key=f"card_{name}", height="stretch", gap="xsmall"):
                st.markdown(f":small[{visit.words(f'solution.answer.{name}')}]")
                st.markdown("  \n".join(line for line in lines if line))
    _to_my_town(visit, row)
    _contents(visit)


def _for_whom(visit: Visit, row: pd.Series) -> str:
    field = plain(visit.names("action_field", row["action_field"]))
    facing = visit.words(f"solution.facing.{row['citizen_facing'] or 'unknown'}")
    place = plain(row["origin_municipalities"])
    return f":material/label: {field} · :material/person: {facing} · :material/location_on: {place}"


def _answers(visit: Visit, row: pd.Series) -> Iterable[tuple[str, list[str]]]:
    yield "stage", _stage(visit, row)
    adopted = visit.words("common.not_reported")
    if row["decisions"]:
        adopted = adoptions_words(visit, row["adoptions"], row["decisions"])
    answer = visit.words("solution.running", adopted=adopted)
    yield "spread", [f"**{answer}**", _small(_reach(visit, row))]
    yield "cost", _cost(visit, row)
    yield "contact", _contact(visit, row)


def _small(text: str) -> str:
    return f":small[{text}]" if text else ""


def _stage(visit: Visit, row: pd.Series) -> list[str]:
    lines = [f"**{phase_words(visit, row['phase'])}**"]
    if not row["phase"]:
        return [*lines, _small(visit.words("solution.phase_unknown_why"))]
    basis = visit.words(f"solution.phase_basis.{row['phase_basis']}")
    return [*lines, _small(f"{basis}, {age(visit, row['phase_as_of'])}")]


def _reach(visit: Visit, row: pd.Series) -> str:
    if not row["places"]:
        return visit.words("solution.places_none")
    key = "places" if row["adoptions"] == row["places"] else "places_partly"
    return visit.words(f"solution.{key}", n=row["places"])


def _cost(visit: Visit, row: pd.Series) -> list[str]:
    if pd.isna(row["published_cost_eur"]):
        return [
            f"**{visit.words('common.not_reported')}**",
            _small(visit.words("solution.cost_none")),
        ]
    amount = visit.formats.value(row["published_cost_eur"], "€")
    return [f"**{amount}**", _small(f"[{visit.words('solution.cost_covers')}](#cost)")]


def _contact(visit: Visit, row: pd.Series) -> list[str]:
    contacts = solution_results.of_solution("contacts", row["solution_id"])
    if contacts.empty:
        page = _small(visit.words("solution.ask_page", page=links(row["source_url"])))
        return [f"**{visit.words('common.not_reported')}**", page]
    return [
        f"**{plain(contact['office'])}**  \n{source_note(visit, contact['url'], '')}"
        for contact in contacts.to_dict("records")
    ]


def _to_my_town(visit: Visit, row: pd.Series) -> None:
    if visit.ags:
        town = plain(results.place(visit.ags).name)
        label = visit.words("solution.to_adoption_town", town=town)
    else:
        label = visit.words("solution.to_adoption")
    with st.container(border=True, key="card_adoption", gap="xsmall"):
        frame.page_link(
            visit,
            "adoption",
            f"**{label}**",
            icon=":material/balance:",
            solution=row["solution_id"],
        )
        st.caption(visit.words("solution.to_adoption_what"))


def _contents(visit: Visit) -> None:
    parts = [f"[{visit.words(f'solution.section.{name}')}](#{name})" for name in SECTIONS]
    with st.container(key="fine_contents"):
        st.markdown(f"{visit.words('solution.on_this_page')} " + " · ".join(parts))


def section(visit: Visit, name: str) -> None:
    """The heading of one section, with the anchor the contents lead to."""
    st.header(visit.words(f"solution.section.{name}"), anchor=name)
