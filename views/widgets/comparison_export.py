"""Taking a calculation along: how it was made, as text on the page and inside the ZIP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.method import VERSION
from views import results, session
from views.exports.calculation import MIME, calculation_zip
from views.session import Visit
from views.widgets import indicator_choice

Notes = Sequence[tuple[str, str]]


def offer(
    visit: Visit,
    name: str,
    tables: Mapping[str, pd.DataFrame],
    notes: Notes,
    *,
    seed: str = "",
    comparisons: int = 0,
) -> None:
    """Formula, inputs, sources and limits folded in, and everything as one ZIP.

    Args:
        visit: this run.
        name: page name, used as file name.
        tables: the tables the page shows.
        notes: heading and text: formula, inputs, weights, fixed texts.
        seed: start value of the random numbers, "" where none are drawn.
        comparisons: number of comparisons made on the page.
    """
    origin = provenance(visit, seed, comparisons)
    whole = [*notes, (visit.words("compare.notes_provenance"), origin)]
    with st.expander(visit.words("common.how"), icon=":material/functions:"):
        st.markdown("\n\n".join(f"**{heading}**  \n{body}" for heading, body in whole))
    with st.container(key=f"fine_{name}_provenance"):
        st.caption(origin)
    if tables:
        st.download_button(
            visit.words("compare.take_zip"),
            data=calculation_zip(tables, whole, visit.lang),
            file_name=f"transferkompass-{name}.zip",
            mime=MIME,
            key=f"{name}_zip",
            icon=":material/download:",
            on_click="ignore",
        )


def provenance(visit: Visit, seed: str, comparisons: int) -> str:
    """Data date, method version, number of comparisons, and the seed where one was used."""
    date = visit.formats.date(results.data_date().isoformat())
    known = {"date": date, "method": VERSION, "comparisons": comparisons}
    if not seed:
        return visit.words("compare.provenance_no_draws", **known)
    return visit.words("fixed.provenance", seed=seed, **known)


def sources(visit: Visit, indicators: Sequence[str]) -> str:
    """Every source the given indicators rest on, one line per indicator."""
    held = session.result(_sources_of)
    lines = [
        f"- {visit.names('indicator', one)}: "
        + indicator_choice.source_line(visit, one, sorted(held.get(one, ())))
        for one in indicators
    ]
    return "\n".join(lines)


def _sources_of() -> dict[str, set[str]]:
    held = results.holdings()
    found: dict[str, set[str]] = {}
    for indicator, listed in zip(held["indicator"], held["sources"], strict=True):
        names = listed if isinstance(listed, list | tuple | set) else str(listed).split(", ")
        found.setdefault(indicator, set()).update(str(name).strip() for name in names)
    return found
