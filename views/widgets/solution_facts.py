"""Single facts of a solution: each with its value, its source and its age, or "not reported"."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from views import session
from views.session import Visit
from views.texts import link, plain
from views.widgets import frame
from views.widgets.solution_head import section
from views.widgets.solution_sources import age, site, source_note, text_in


@dataclass(frozen=True)
class Fact:
    """One field of a page: words ready for Markdown; empty means not reported."""

    label: str
    value: str
    note: str = ""
    source: str = ""


def show_facts(visit: Visit, facts: list[Fact], key: str) -> None:
    """Facts side by side; on a phone below each other."""
    with st.grid(min_column_width=280, gap="medium", key=f"facts_{key}"):
        for fact in facts:
            st.markdown(_lines(visit, fact))


def _lines(visit: Visit, fact: Fact) -> str:
    if not fact.value:
        return f":small[{fact.label}]  \n**{visit.words('common.not_reported')}**"
    parts = [f":small[{fact.label}]", f"**{fact.value}**"]
    parts += [f":small[{fact.note}]"] if fact.note else []
    return "  \n".join([*parts, fact.source])


def cost(visit: Visit, row: pd.Series) -> None:
    """Published cost with what it covers."""
    section(visit, "cost")
    if pd.isna(row["published_cost_eur"]) and not row["published_effort_note"]:
        st.markdown(visit.words("solution.cost_not_reported"))
        return
    source = source_note(visit, row["source_url"], row["source_date"])
    missing = pd.isna(row["published_cost_eur"])
    amount = "" if missing else visit.formats.value(row["published_cost_eur"], "€")
    with st.grid(min_column_width=280, gap="medium", key="facts_cost"):
        st.markdown(_lines(visit, Fact(visit.words("solution.cost"), amount, source=source)))
        effort = row["published_effort_note"]
        label = visit.words("solution.covers")
        st.markdown(
            f":small[{label}]  \n"
            + (
                f"{text_in(visit, effort)}  \n{source}"
                if effort
                else visit.words("common.not_reported")
            )
        )
    if not missing:
        st.caption(visit.words("solution.cost_caution"))


def parts(visit: Visit, row: pd.Series) -> None:
    """Origin, licence, code, interfaces and data: what an office checks."""
    section(visit, "parts")
    source = source_note(visit, row["source_url"], row["source_date"])
    classified = visit.words("solution.classified")
    open_source = row["open_source"] if row["open_source"] != "unknown" else ""
    start = row["start_year"]
    facts = [
        _project(visit, row),
        Fact(visit.words("solution.start"), _year(start), source=source),
        Fact(
            visit.words("solution.state"),
            _word(visit, "solution_status", row["status"]),
            age(visit, row["status_as_of"]),
            source,
        ),
        Fact(
            visit.words("solution.open_source"),
            visit.words(f"solution.open_source_is.{open_source}") if open_source else "",
            source=source,
        ),
        Fact(visit.words("solution.licence"), plain(row["licence_spdx"]), source=source),
        Fact(visit.words("solution.code"), _code(row["repository_url"])),
        Fact(visit.words("solution.interfaces"), plain(row["interfaces_standards"]), source=source),
        Fact(
            visit.words("solution.data"),
            _word(visit, "data_sensitivity", row["data_sensitivity"]),
            classified,
        ),
    ]
    show_facts(visit, facts, "parts")
    if row["project_id"]:
        label = visit.words("solution.to_project")
        icon = ":material/location_city:"
        frame.page_link(visit, "project", label, icon=icon, project=row["project_id"])
    if row["note"]:
        st.caption(f"{visit.words('solution.note')} {text_in(visit, row['note'])}")


def _word(visit: Visit, vocabulary: str, word_id: str) -> str:
    return plain(visit.names(vocabulary, word_id)) if word_id else ""


def _year(year: object) -> str:
    if isinstance(year, float):
        return "" if pd.isna(year) else str(int(year))
    return str(year)


def _code(address: str) -> str:
    return link(f"{site(address)}/{'/'.join(address.split('/')[3:5])}", address) if address else ""


def _project(visit: Visit, row: pd.Series) -> Fact:
    projects = session.table("model_projects")
    mine = projects[projects["project_id"] == row["project_id"]]
    label = visit.words("solution.origin")
    if mine.empty:
        return Fact(
            label, plain(row["origin_municipalities"]), visit.words("solution.many_projects")
        )
    project = mine.iloc[0]
    note = plain(project["title"])
    name = plain(project["name_de"])
    value = link(project["name_de"], project["website"]) if project["website"] else name
    cohort = visit.words("solution.cohort", cohort=_year(project["cohort"]))
    source = source_note(visit, project["source_url"], project["source_date"])
    return Fact(label, value, f"{note} · {cohort}" if note else cohort, source)
