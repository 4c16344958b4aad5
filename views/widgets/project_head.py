"""The top of a project's page: name, four answers, members on a map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from analysis.progress import project_clock
from analysis.project_facts import STEPS
from views import results, session, theme
from views.maps.folium_map import LegendRow, Mark, MemberMap
from views.maps.marks import MarkShape, mark_svg
from views.session import Visit
from views.texts import link, plain
from views.widgets import folium_part, frame, map_parts, project_results
from views.widgets.progress_time import months
from views.widgets.project_results import span, year
from views.widgets.solution_sources import age, source_note

ASKED = "project"
LAYERS = ("districts", "municipalities_participating")
MAP_HEIGHT = 380
LEVEL_SHAPES: Mapping[str, MarkShape] = MappingProxyType(
    {"municipality": "circle", "district": "square"}
)


def chosen(visit: Visit) -> pd.Series | None:
    """The project of the address; without a known one a sentence and the way on."""
    asked = session.asked(ASKED)
    row = project_results.project(asked) if asked else None
    if row is None:
        st.title(visit.words("project.unknown_title" if asked else "project.none_title"))
        with st.container(key="lead_project"):
            key = "project.unknown" if asked else "project.none"
            st.markdown(visit.words(key, **({"value": plain(asked)} if asked else {})))
        to_all(visit, visit.words("project.to_all"))
    return row


def to_all(visit: Visit, label: str) -> None:
    """The way back to all projects."""
    frame.page_link(visit, "projects", label, icon=":material/arrow_back:")


def show(visit: Visit, row: pd.Series) -> None:
    """Name, title and the four answers."""
    to_all(visit, visit.words("project.all"))
    st.title(plain(row["name_de"]))
    with st.container(key="lead_project"):
        st.markdown(_lead(visit, row))
    with st.grid(min_column_width=250, gap="small", key="project_answers"):
        for name, lines in _answers(visit, row):
            with st.container(border=True, key=f"card_{name}", height="stretch", gap="xsmall"):
                st.markdown(f":small[{visit.words(f'project.answer.{name}')}]")
                st.markdown("  \n".join(line for line in lines if line))
    with st.container(key="fine_project"):
        st.caption(visit.words("project.money_caution"))


def _lead(visit: Visit, row: pd.Series) -> str:
    kind = plain(visit.names("project_kind", row["kind"]))
    said = visit.words(
        "project.lead",
        kind=kind,
        states=visit.formats.listing([plain(one) for one in split(row["states"])]),
        members=visit.words("project.members", n=row["members"]),
    )
    title = f"„{plain(row['title'])}“. " if visit.lang == "de" else f"“{plain(row['title'])}”. "
    website = f" {link(visit.words('project.website'), row['website'])}" if row["website"] else ""
    return (title if row["title"] else "") + said + website


def split(joined: str) -> list[str]:
    """Names of a text ``|a|b|``."""
    return [part for part in joined.split("|") if part]


def _answers(visit: Visit, row: pd.Series) -> Iterable[tuple[str, list[str]]]:
    yield "round", _round(visit, row)
    yield "money", money(visit, row)
    yield "phase", phase(visit, row)
    yield "solutions", _solutions(visit, row)


def _round(visit: Visit, row: pd.Series) -> list[str]:
    day, source = project_results.selected_on(row["cohort"])
    name = f"**{plain(visit.names('cohort', row['cohort']))}**"
    clock = project_clock(results.data_date().isoformat(), day) if day else None
    if clock is None:
        return [name, visit.words("common.not_reported")]
    return [
        name,
        visit.words(
            "project.selected",
            day=visit.formats.date(day),
            months=round(clock.low),
        ),
        _began(visit, row, day),
        source_note(visit, source, day),
    ]


def _began(visit: Visit, row: pd.Series, selected: str) -> str:
    """Funded years by the project's own account, the start as a span of the project clock."""
    start, end = year(row["start_year"]), year(row["end_year"])
    key = (
        ("period" if end else "period_open") if start else "period_until" if end else "period_none"
    )
    years = {name: value for name, value in (("start", start), ("end", end)) if value}
    said = visit.words(f"project.{key}", **years)
    clock = project_clock(start, selected) if start else None
    if clock is None:
        return f":small[{said}]"
    span_words = months(visit, clock.low, clock.high)
    return f":small[{said} {visit.words('project.began', months=span_words)}]"


def money(visit: Visit, row: pd.Series) -> list[str]:
    """Total apart from grant, planned apart from spent."""
    unknown = visit.words("common.not_reported")

    def amount(value: float) -> str:
        return unknown if pd.isna(value) else visit.formats.value(value, "€")

    return [
        f"**{visit.words('project.total', amount=amount(row['funding_eur_total']))}**",
        visit.words("project.grant", amount=amount(row["funding_eur_federal"])),
        visit.words("project.spent", amount=unknown),
        source_note(visit, row["source_url"], row["source_date"]),
    ]


def phase(visit: Visit, row: pd.Series) -> list[str]:
    """Phase of the project with the date of its evidence."""
    if not row["phase"]:
        return [
            f"**{visit.words('common.not_reported')}**",
            f":small[{visit.words('project.phase_unknown')}]",
        ]
    explained = plain(visit.names.explain("project_phase", row["phase"]))
    return [
        f"**{plain(visit.names('project_phase', row['phase']))}**",
        f":small[{explained} ({age(visit, row['phase_as_of'])})]",
        f":small[{visit.words('project.phase_caution')}]",
    ]


def _solutions(visit: Visit, row: pd.Series) -> list[str]:
    n = int(row["solutions"])
    if not n:
        return [f"**{visit.words('common.not_reported')}**"]
    lines = [f"**{visit.words('project.solutions', n=n)}**"]
    for step in STEPS:
        if row[f"{step}_high"]:
            name = step_name(visit, step)
            # What nobody reports has no stronger evidence than that.
            low = row[f"{step}_{'high' if step == 'unknown' else 'low'}"]
            lines.append(f"{name}: {span(visit, low, row[f'{step}_high'])}")
    return [*lines, f":small[{visit.words('project.span_how')}]"]


def step_name(visit: Visit, step: str) -> str:
    """A phase of solutions in words; unknown ones are said so."""
    if step == "unknown":
        return visit.words("solution.phase_unknown")
    return plain(visit.names("phase", step))


def members(visit: Visit, row: pd.Series) -> None:
    """The members on a small map and as a table."""
    st.header(visit.words("project.members_title"), anchor="members")
    places = project_results.of_project("participations", row["project_id"])
    st.markdown(_members_reading(visit, row, places))
    on_map = [_member(visit, one) for one in places.dropna(subset=["lat"]).to_dict("records")]
    if on_map:
        shown = MemberMap(
            on_map,
            map_parts.layer("states"),
            [topology(name) for name in LAYERS],
            _legend(visit, places),
            folium_part.words(visit, visit.words("project.map_label", n=len(on_map))),
            theme.palette(visit.scheme),
        )
        folium_part.show(shown, key=f"members_{row['project_id']}", height=MAP_HEIGHT)
        with st.container(key="fine_members"):
            st.caption(map_parts.attribution(visit.lang, *LAYERS, "states"))
    _member_table(visit, places)


def topology(layer: str) -> dict[str, Any]:
    """A built layer as it lies in the data folder."""
    path = session.boundaries_folder() / f"{layer}.topo.json"
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def _members_reading(visit: Visit, row: pd.Series, places: pd.DataFrame) -> str:
    if pd.isna(row["population"]):
        return visit.words("project.members_reading_none", n=len(places))
    dates = sorted({visit.formats.date(one) for one in places["population_date"] if one})
    key = "project.members_whole" if row["population_whole"] else "project.members_part"
    return visit.words(
        key,
        n=len(places),
        people=visit.formats.number(row["population"]),
        dates=visit.formats.listing(dates),
    )


def _member(visit: Visit, row: dict[str, Any]) -> Mark:
    level = visit.names("level", row["level"])
    said = [level]
    if not pd.isna(row["population"]):
        people = visit.formats.number(row["population"])
        date = visit.formats.date(row["population_date"])
        said.append(visit.words("project.popup_people", people=people, date=date))
    colour = theme.palette(visit.scheme).primary
    shape = _shape(row["level"])
    name, lat, lon = row["name_de"], row["lat"], row["lon"]
    return Mark(row["ags"], name, lat, lon, shape, "full", colour, tuple(said))


def _shape(level: str) -> MarkShape:
    return LEVEL_SHAPES.get(level, "diamond")


def _legend(visit: Visit, places: pd.DataFrame) -> list[LegendRow]:
    """One row per level that is on the map."""
    colours = theme.palette(visit.scheme)
    levels = places.dropna(subset=["lat"])["level"].unique()
    return [
        LegendRow(
            visit.names("level", one), mark_svg(_shape(one), "full", colours.primary, colours.card)
        )
        for one in sorted(levels)
    ]


def _member_table(visit: Visit, places: pd.DataFrame) -> None:
    words = visit.words
    twin = pd.DataFrame(
        {
            words("solution.column_place"): places["name_de"],
            words("project.column_key"): places["ags"].where(
                places["ags"] != "", words("project.no_key")
            ),
            words("project.column_level"): [visit.names("level", one) for one in places["level"]],
            words("project.column_state"): places["federal_state"],
            words("project.column_people"): [
                visit.formats.number(one) for one in places["population"]
            ],
            words("solution.column_as_of"): [
                visit.formats.date(one) for one in places["population_date"]
            ],
            words("project.column_trend"): [
                visit.names("population_trend", one) if one else words("common.not_reported")
                for one in places["population_trend"]
            ],
        }
    )
    st.dataframe(twin, hide_index=True, key="member_table", alt=words("project.members_title"))
