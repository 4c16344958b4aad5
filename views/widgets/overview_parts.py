"""The overview: headline, numbers, the programme's map and the ways on."""

from __future__ import annotations

import streamlit as st

from views import results, session
from views.maps.description import MapDescription
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, map_parts, programme
from views.widgets.map import show_map

MAP_HEIGHT = 430
NEAR_SHOWN = 3


def numbers(visit: Visit) -> None:
    """Three numbers, each explained."""
    counts = programme.counts()
    with st.grid(3, min_column_width=88, key="numbers"):
        for name in ("projects", "solutions", "adoptions"):
            st.metric(
                visit.words(f"overview.number_{name}"),
                visit.formats.number(counts[name]),
                help=_fill(visit, f"overview.number_{name}_help", counts),
            )


def programme_map(visit: Visit) -> None:
    """Where the model projects are; a click names the project."""
    picked = show_map(programme_description(visit), key="programme_map", height=MAP_HEIGHT)
    rows = programme.participants()
    named = rows[rows["ags"] == picked]
    if not named.empty:
        projects = visit.formats.listing([plain(name) for name in named["project"].unique()])
        place = plain(named["name"].iloc[0])
        st.markdown(visit.words("overview.selected", place=f"**{place}**", projects=projects))


def programme_description(visit: Visit) -> MapDescription:
    """The map of the model projects, by selection round."""
    return MapDescription(
        lang=visit.lang,
        words=map_parts.words(visit, visit.words("overview.map_label"), "", ""),
        light=map_parts.colours("light", 0),
        dark=map_parts.colours("dark", 0),
        areas=map_parts.layer("states"),
        symbols=map_parts.programme_symbols(visit),
        legend=map_parts.cohort_legend(visit),
    )


def reading(visit: Visit) -> str:
    """What the map shows, in one sentence."""
    rows = programme.participants()
    return visit.words(
        "overview.map_reading",
        places=visit.formats.number(len(rows)),
        projects=rows["project_id"].nunique(),
        by_cohort=programme.cohorts_sentence(visit),
    )


def ways(visit: Visit) -> None:
    """Four questions a visitor may come with, each with its page."""
    counts = programme.counts()
    places = {
        "adopt": ("adoption", {}),
        "solutions": ("solutions", {"n": counts["solutions"]}),
        "compare": ("compare", {"n": counts["indicators"]}),
        "lessons": ("lessons", {"n": counts["lessons"], "failed": counts["failed"]}),
    }
    st.header(visit.words("overview.ways"))
    with st.grid(4, min_column_width=230, gap="medium"):
        for name, (page, filled) in places.items():
            with st.container(border=True, key=f"card_way_{name}", height="stretch"):
                frame.page_link(visit, page, f"**{visit.words(f'overview.way_{name}')}**")
                text = f"overview.way_{name}_text"
                st.markdown(_fill(visit, text, filled))


def _fill(visit: Visit, key: str, places: dict[str, int]) -> str:
    return visit.words(key, **{k: visit.formats.number(v) for k, v in places.items()})


def my_town(visit: Visit) -> None:
    """What runs in places like my town; without a town the two ways to start."""
    if not visit.ags:
        with st.container(key="start", horizontal=True):
            for page, way in (("adoption", "adopt"), ("solutions", "solutions")):
                label = visit.words(f"overview.way_{way}")
                frame.page_link(visit, page, f"**{label}**", icon=":material/arrow_forward:")
        return
    town = plain(results.place(visit.ags).name)
    with st.container(border=True, key="card_my_town"):
        st.subheader(visit.words("overview.town_title", town=town))
        near = results.running_near(visit.ags).drop_duplicates("solution_id").head(NEAR_SHOWN)
        if near.empty:
            st.markdown(visit.words("overview.town_none"))
        else:
            far = bool(near["far"].iloc[0])
            st.markdown(visit.words("overview.town_text_far" if far else "overview.town_text"))
            names = session.table("solutions").set_index("solution_id")["name"]
            with st.container(horizontal=True):
                for row in near.itertuples(index=False):
                    label = f"{names[row.solution_id]} ({row.municipality})"
                    frame.page_link(visit, "solution", plain(label), solution=row.solution_id)
        frame.page_link(
            visit,
            "adoption",
            visit.words("overview.town_open", town=town),
            icon=":material/balance:",
        )


def twin(visit: Visit) -> None:
    """The places of the map as a table."""
    chart.twin_table(
        visit, programme.participants_twin(visit), key="programme", title=reading(visit)
    )
