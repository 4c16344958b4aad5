"""What is known before any score: what runs in places like mine, for whom, cost, whom to call."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.deployments import nearest_running
from analysis.errors import UnknownPlace
from analysis.peers import DEFAULT_K
from views import results, session
from views.session import Visit
from views.texts import Words, anchor, as_html, as_linked_html, link, plain
from views.widgets.solution_sources import linked, site

MOST_CARDS = 6
CALLS = 3
OWN_NAMED = 4


def show(visit: Visit, town: str) -> None:
    """Three solutions with somebody to call, then what else runs nearest in likeness."""
    solutions = session.table("solutions").set_index("solution_id")
    _own(visit, town, solutions)
    calls = session.result(_calls, visit.ags)
    called = list(calls["solution_id"].unique())
    if called:
        st.header(visit.words("adoption.known.calls_title", n=len(called)))
        st.markdown(visit.words("adoption.known.calls_reading", town=town))
        _cards(visit, called, solutions, calls)
    near = results.running_near(visit.ags)
    others = [one for one in near["solution_id"].drop_duplicates() if one not in called]
    if not others:
        return
    st.header(visit.words("adoption.known.title", town=town))
    key = "adoption.known.reading_far" if near["far"].iloc[0] else "adoption.known.reading"
    st.markdown(visit.words(key, k=DEFAULT_K, town=town))
    _cards(visit, others[:MOST_CARDS], solutions, near)


def _own(visit: Visit, town: str, solutions: pd.DataFrame) -> None:
    """What the place has itself, which is proposed nowhere below."""
    names = solutions["name"].to_dict()
    own = sorted(results.solutions_in(visit.ags), key=lambda one: names[one].casefold())
    if not own:
        return
    named = [
        anchor(names[one], session.inside("solution", solution=one)) for one in own[:OWN_NAMED]
    ]
    if len(own) > OWN_NAMED:
        named.append(visit.words("adoption.known.own_more", n=len(own) - OWN_NAMED))
    said = as_html(visit.words("adoption.known.own", town=town))
    st.html(f'<p class="plain-links">{said} {visit.formats.listing(named)}.</p>')


def _cards(visit: Visit, shown: list[str], solutions: pd.DataFrame, near: pd.DataFrame) -> None:
    # One element: a browser draws every element of a page anew at each press on it.
    cards = [
        _card(visit, one, solutions.loc[one], near[near["solution_id"] == one]) for one in shown
    ]
    st.html(f'<div class="card-grid">{"".join(cards)}</div>')


def _calls(ags: str) -> pd.DataFrame:
    """Running places of the solutions with a named office, nearest first; three solutions.

    Ordered by likeness of the nearest place alone. Columns solution_id and municipality.
    """
    level = results.level_of(ags)
    offices = session.table("contacts")["solution_id"]
    try:
        pool = results.pool(results.set_of(ags))
        wanted = set(offices) - results.solutions_in(ags)
        found = nearest_running(pool, ags, results.deployments(level), only=wanted)
    except UnknownPlace:
        return pd.DataFrame({"solution_id": [], "municipality": []}, dtype=str)
    nearest = found.drop_duplicates("solution_id").sort_values("distance", kind="stable")
    return nearest.head(CALLS)[["solution_id", "municipality"]]


def _card(visit: Visit, solution_id: str, solution: pd.Series, rows: pd.DataFrame) -> str:
    """What it is and where it runs, three facts and the lessons, the ways on; as HTML."""
    places = visit.formats.listing([plain(name) for name in rows["municipality"].unique()])
    runs_in = f":material/location_on: {visit.words('adoption.known.runs_in', places=places)}"
    facts = (
        (
            visit.words("adoption.known.for_whom"),
            for_whom(visit.words, str(solution["citizen_facing"])),
        ),
        (visit.words("adoption.known.cost"), cost(visit, solution)),
        (visit.words("adoption.known.contact"), contact(visit, solution_id)),
    )
    fine = [as_linked_html(f"{name}: {value}") for name, value in facts]
    said = _lessons(visit, solution_id)
    lessons = f"<p><small>{as_html(f':material/school: {said}')}</small></p>" if said else ""
    ways = (
        anchor(visit.words(f"adoption.known.{label}"), session.inside(page, solution=solution_id))
        for page, label in (("adoption", "open"), ("solution", "profile"))
    )
    return (
        f"<article><p><strong>{as_html(plain(solution['name']))}</strong><br>"
        f"{as_html(plain(solution[f'summary_{visit.text_lang}']))}</p>"
        f"<p>{as_html(runs_in)}</p><p><small>{'<br>'.join(fine)}</small></p>{lessons}"
        f'<p class="ways">{" ".join(ways)}</p></article>'
    )


def for_whom(words: Words, citizen_facing: str) -> str:
    """Who uses a solution; nobody is guessed where the catalogue does not know."""
    known = {"yes": "adoption.known.residents", "no": "adoption.known.staff"}
    return words(known.get(citizen_facing, "common.not_reported"))


def cost(visit: Visit, solution: pd.Series) -> str:
    """Published cost or "not reported", and what is published on cover and effort."""
    amount = solution["published_cost_eur"]
    unknown = visit.words("common.not_reported")
    said = unknown if pd.isna(amount) else visit.formats.value(float(amount), "€")
    note = str(solution["published_effort_note"])
    if not note:
        return said
    covers = visit.words("adoption.known.cost_note", note=linked(note).rstrip("."))
    return f"{said}. {covers}."


def contact(visit: Visit, solution_id: str) -> str:
    """The office to call, with its page; where none is named, the page of the solution."""
    contacts = session.table("contacts")
    rows = contacts[contacts["solution_id"] == solution_id]
    if not rows.empty:
        return link(rows["office"].iloc[0], rows["url"].iloc[0])
    address = str(results.solution(solution_id)["source_url"])
    page = link(site(address), address)
    return visit.words("adoption.known.no_contact", page=page)


def _lessons(visit: Visit, solution_id: str) -> str:
    lessons = session.table("lessons")
    own = lessons[(lessons["ref_type"] == "solution") & (lessons["solution_id"] == solution_id)]
    if own.empty:
        return ""
    said = visit.words("adoption.known.lessons", n=len(own))
    said = f"{said[0].upper()}{said[1:]}"
    failed = int((own["kind"] == "did_not_work").sum())
    return (
        f"{said}, {visit.words('adoption.known.lessons_failed', failed=failed)}" if failed else said
    )
