"""What published evidence changed: values and grades, version by version."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.evidence_changes import evidence_changes
from loaders.store import queries
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import frame, verdict_words

MOST_VERSIONS, MOST_ROWS = 5, 12
UNKNOWN = "U"


def show(visit: Visit) -> None:
    """The latest published versions of the evidence with each rise and fall of a grade."""
    st.header(visit.words("evidence.history"))
    versions = session.store().versions()
    own = versions[
        (versions["kind"] == "evidence")
        & (versions["layer"] == "upload")
        & (versions["number"] <= visit.version)
    ]
    if own.empty:
        st.markdown(visit.words("evidence.history_none"))
    for entry in own.tail(MOST_VERSIONS).iloc[::-1].to_dict("records"):
        with st.container(border=True, key=f"card_version_{entry['number']}"):
            _entry(visit, entry)
    frame.page_link(
        visit, "versions", visit.words("evidence.to_versions"), icon=":material/history:"
    )


def _entry(visit: Visit, entry: dict[str, object]) -> None:
    number = int(str(entry["number"]))
    person = plain(str(entry["person"]) or visit.words("common.not_reported"))
    date = visit.formats.date(str(entry["time"])[:10])
    state = visit.words(f"evidence.state_{entry['state']}")
    st.markdown(
        visit.words("evidence.version", number=number, person=person, date=date, state=state)
    )
    grades(visit, number)


def grades(visit: Visit, number: int) -> None:
    """What one version did to the evidence: each measure with its grade before and after."""
    changes = session.result(_changes, number)
    names = verdict_words.names_of_solutions()
    lines = []
    for row in changes.head(MOST_ROWS).to_dict("records"):
        lines.append(
            "- "
            + visit.words(
                f"evidence.changed_{row['change']}",
                name=plain(names.get(row["solution_id"], row["solution_id"])),
                measure=plain(visit.names("measure", row["measure_id"])),
                before=row["grade_before"] or UNKNOWN,
                after=row["grade"] or UNKNOWN,
            )
        )
    st.markdown("\n".join(lines) or visit.words("evidence.no_change"))
    if len(changes) > MOST_ROWS:
        st.caption(visit.words("evidence.more_changes", n=len(changes) - MOST_ROWS))


def _changes(number: int) -> pd.DataFrame:
    """Changes of one version against the state before it."""
    held = session.store()
    before = queries.table(held, "evidence", version=number - 1)
    return evidence_changes(before, queries.table(held, "evidence", version=number))
