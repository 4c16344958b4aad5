"""Which solution, which indicator and which place the outcome page asks about."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from views import results, session
from views.session import Visit
from views.texts import link, plain
from views.widgets import indicator_choice, long_work, outcome_results
from views.widgets.outcome_results import PLACEBO_TESTS, Start

SOLUTION, INDICATOR, PLACE, READ = "solution", "indicator", "place", "no_link"
LEAST_PERIODS = 3


@dataclass(frozen=True)
class Asked:
    """The question of the page.

    Attributes:
        solution: id.
        indicator: id.
        kind: ``intended`` (a stated effect), ``placebo`` or ``no_link``.
        start: place and year, ``None`` where no start is published.
    """

    solution: str
    indicator: str
    kind: str
    start: Start | None


def ask(visit: Visit) -> Asked:
    """Solution, indicator and place, chosen in this order.

    Raises:
        NothingHeld: no solution has a published start or a stated effect.
    """
    offered = outcome_results.solutions()
    if not offered:
        raise session.NothingHeld
    first_solution, first_indicator = _first_pair(visit)
    wanted = session.asked(SOLUTION)
    if wanted and wanted not in offered:
        session.say_unknown(SOLUTION, wanted)
        wanted = ""
    wanted = wanted or (first_solution if first_solution in offered else next(iter(offered)))
    solution = st.selectbox(
        visit.words("outcomes.solution"),
        list(offered),
        index=list(offered).index(wanted),
        format_func=offered.__getitem__,
        key="outcome_solution",
    )
    session.address(**{SOLUTION: solution})
    indicator, kind = _indicator(visit, solution, first_indicator)
    return Asked(solution, indicator, kind, _start(visit, solution, indicator))


def _first_pair(visit: Visit) -> tuple[str, str]:
    """What the page opens on; looked for once, and not at all when the visitor stops it."""
    found = long_work.run(
        visit,
        "outcome_pair",
        visit.version,
        outcome_results.best_pair,
        visit.words("outcomes.looking"),
    )
    return found or ("", "")


def _indicator(visit: Visit, solution: str, first: str) -> tuple[str, str]:
    """Stated effects and placebo tests; anything else only after "no stated link" is read.

    Raises:
        NothingHeld: there is no indicator to choose.
    """
    intended = outcome_results.intended(solution)
    tests = [one for one in PLACEBO_TESTS if one not in intended and _periods(one)]
    wanted = session.asked(INDICATOR)
    read = st.checkbox(
        visit.words("outcomes.no_link_read"), value=session.asked(READ) == "1", key="outcome_read"
    )
    session.address(**{READ: "1" if read else ""})
    others = _others(visit, {*intended, *tests}) if read else []
    options = [*intended, *tests, *others]
    if not options:
        raise session.NothingHeld
    kinds = {
        **dict.fromkeys(others, "no_link"),
        **dict.fromkeys(tests, "placebo"),
        **dict.fromkeys(intended, "intended"),
    }
    default = wanted if wanted in options else first if first in options else options[0]
    if wanted and wanted not in options:
        known = wanted in set(session.table("indicators")["indicator_id"])
        if known:
            st.warning(visit.words("outcomes.no_link_refused"), icon=":material/link_off:")
        else:
            session.say_unknown(INDICATOR, wanted)
    chosen = st.selectbox(
        visit.words("outcomes.indicator"),
        options,
        index=options.index(default),
        format_func=lambda one: visit.words(
            f"outcomes.option_{kinds[one]}", name=_name(visit, one)
        ),
        key=f"outcome_indicator_{solution}_{read}",
    )
    session.address(**{INDICATOR: chosen})
    return str(chosen), kinds[chosen]


def _name(visit: Visit, indicator: str) -> str:
    known = set(session.table("indicators")["indicator_id"])
    if indicator in known:
        return visit.names("indicator", indicator)
    key = f"outcomes.not_held.{indicator}"
    return visit.words(key) if visit.words.has(key) else indicator


def _periods(indicator: str) -> list[str]:
    return results.periods(indicator, outcome_results.level_of(indicator))


def _others(visit: Visit, taken: set[str]) -> list[str]:
    labels = indicator_choice.labels(visit, "district")
    return [
        one
        for one in labels
        if one not in taken and len(results.periods(one, "district")) >= LEAST_PERIODS
    ]


def _start(visit: Visit, solution: str, indicator: str) -> Start | None:
    known = {one.place: one for one in outcome_results.starts(solution, indicator)}
    if not known:
        return None
    wanted = session.asked(PLACE)
    keys = list(known)
    chosen = keys[0]
    if len(keys) > 1:
        chosen = st.selectbox(
            visit.words("outcomes.place"),
            keys,
            index=keys.index(wanted) if wanted in keys else 0,
            format_func=lambda key: results.place(key).name,
            key=f"outcome_place_{solution}_{len(keys[0])}",
        )
        session.address(**{PLACE: chosen})
    else:
        session.address(**{PLACE: ""})
    return known[chosen]


def say_link(visit: Visit, asked: Asked) -> None:
    """Why this pair is looked at: the stated effect with its source, or that there is none."""
    if asked.kind != "intended":
        st.info(visit.words(f"outcomes.why_{asked.kind}"), icon=":material/link_off:")
        return
    table = session.table("intended_effects")
    row = table[
        (table["solution_id"] == asked.solution) & (table["indicator"] == asked.indicator)
    ].iloc[0]
    why = row["why_de"] if visit.lang == "de" else row["why_en"]
    source = link(visit.words("common.source"), str(row["source_url"]))
    st.markdown(visit.words("outcomes.why_intended", why=plain(why), source=source))
