"""A composite only on request: what goes in, how it is weighted, and how sure its order is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.errors import AnalysisError, BadWeights
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import indicator_choice, long_work, profile_ranks, profile_results
from views.widgets.profile_choice import Subject

WANTED, POINTS, INDICATORS = "composite", "points", "parts"
MOST_POINTS, DEFAULT_POINTS = 9, 3
OLDEST_PROPOSED = "2020"
LEAST_PARTS = 3
SLIDER = "profile_points_"


def show(visit: Visit, subject: Subject) -> dict[str, pd.DataFrame]:
    """The switch and, once asked for, the composite; gives the tables shown."""
    st.header(visit.words("profile.composite"))
    st.markdown(visit.words("profile.composite_lead"))
    wanted = st.toggle(
        visit.words("profile.composite_switch"),
        value=session.asked(WANTED) == "1",
        key="profile_composite",
    )
    session.address(**{WANTED: "1" if wanted else ""})
    return _composite(visit, subject) if wanted else {}


def _composite(visit: Visit, subject: Subject) -> dict[str, pd.DataFrame]:
    offered = profile_results.usable(subject.ags, subject.group)
    if not offered:
        st.info(visit.words("profile.composite_none", town=subject.name))
        return {}
    chosen = _choose(visit, subject, offered)
    if len(chosen) < LEAST_PARTS:
        st.info(visit.words("profile.few_parts", least=LEAST_PARTS))
        return {}
    weights = _weights(visit, chosen)
    try:
        mine = profile_results.town_range(subject.ags, subject.group, weights)
        profile_ranks.say_town(visit, subject, mine)
        found = long_work.run(
            visit,
            "profile_ranks",
            (subject.ags, subject.group, weights, visit.version),
            lambda report: profile_results.summary(subject.ags, subject.group, weights, report),
        )
    except AnalysisError as fault:
        st.info(fault.sentence(visit.lang), icon=":material/info:")
        return {}
    if found is None:
        return {"weights": weights_table(visit, weights)}
    tables = profile_ranks.show(visit, subject, found)
    return {**tables, "weights": weights_table(visit, weights)}


def _choose(visit: Visit, subject: Subject, offered: list[str]) -> list[str]:
    """Recent outcomes and outputs are proposed; older and structural ones can be added."""
    periods = profile_results.profile(subject.ags, subject.group)["period"]
    proposed = [
        one
        for one in offered
        if indicator_choice.record(one)["kind"] in ("outcome", "output")
        and str(periods[one]) >= OLDEST_PROPOSED
    ]
    asked = [one for one in session.asked(INDICATORS).split("-") if one in offered]
    key = f"profile_parts_{subject.ags}_{len(offered)}"
    if key not in st.session_state:
        st.session_state[key] = asked or proposed or offered
    chosen = st.multiselect(
        visit.words("profile.parts"),
        offered,
        format_func=lambda one: visit.names("indicator", one),
        key=key,
    )
    session.address(**{INDICATORS: "" if chosen == proposed else "-".join(chosen)})
    return list(chosen)


def _weights(visit: Visit, chosen: list[str]) -> profile_results.Weights:
    """Points per theme, shared equally inside a theme; the last usable weights stay."""
    by_theme: dict[str, list[str]] = {}
    for one in chosen:
        by_theme.setdefault(str(indicator_choice.record(one)["theme"]), []).append(one)
    themes = sorted(by_theme)
    _points_of_link(visit, themes)
    with st.expander(visit.words("profile.weights"), icon=":material/tune:"):
        st.markdown(visit.words("profile.weights_how", most=MOST_POINTS))
        with st.grid(4, min_column_width=200, gap="medium"):
            points = {
                theme: int(
                    st.slider(
                        visit.names("theme", theme),
                        0,
                        MOST_POINTS,
                        key=f"{SLIDER}{theme}",
                    )
                )
                for theme in themes
            }
    if not any(points.values()):
        st.warning(visit.words("profile.all_zero"), icon=":material/balance:")
        points = st.session_state.get("profile_last_points", {})
        points = {theme: points.get(theme, DEFAULT_POINTS) for theme in themes}
    st.session_state["profile_last_points"] = points
    equal = all(one == DEFAULT_POINTS for one in points.values())
    code = "-".join(f"{theme}.{one}" for theme, one in points.items())
    written = "" if equal else code
    session.address(**{POINTS: written})
    # What this page wrote is no link: a slider moved next must count.
    session.hold(POINTS, written)
    total = sum(points.values())
    return tuple(
        (one, points[theme] / total / len(members))
        for theme, members in sorted(by_theme.items())
        for one in sorted(members)
        if points[theme]
    )


def _points_of_link(visit: Visit, themes: list[str]) -> None:
    """Points of a link count until a slider is moved; unusable ones are said, equal ones hold."""
    asked = "" if session.asked(POINTS) == session.held(POINTS) else session.asked(POINTS)
    told = dict(part.rpartition(".")[::2] for part in asked.split("-") if "." in part)
    usable = all(0 <= session.whole_number(one, -1) <= MOST_POINTS for one in told.values())
    if asked and not (told and usable and any(map(int, told.values()))):
        st.warning(BadWeights([plain(asked[:40])]).sentence(visit.lang), icon=":material/balance:")
        told = {}
    for theme in themes:
        if theme in told:
            session.set_widget(f"{SLIDER}{theme}", int(told[theme]))
        session.seed_widget(f"{SLIDER}{theme}", DEFAULT_POINTS)


def weights_table(visit: Visit, weights: profile_results.Weights) -> pd.DataFrame:
    """Indicators of the composite with their weights."""
    return pd.DataFrame(
        {
            visit.words("profile.column_indicator"): [
                visit.names("indicator", one) for one, _ in weights
            ],
            visit.words("compare.column_weight"): [
                visit.formats.percent(weight, 1) for _, weight in weights
            ],
        }
    )
