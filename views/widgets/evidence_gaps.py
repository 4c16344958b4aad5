"""Which measures are missing for the examined solutions, counted and listed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.measures import READINESS_MEASURES
from views import results, session
from views.session import Visit
from views.texts import plain
from views.widgets import adoption_judgement, adoption_known, chart, frame, verdict_words

ADDRESS = "solution"


def headline(visit: Visit) -> str:
    """How much is missing, as a sentence."""
    missing = results.missing_measures()
    return visit.words(
        "evidence.title",
        missing=visit.formats.number(len(missing)),
        solutions=missing["solution_id"].nunique(),
    )


def lead(visit: Visit) -> str:
    """What that means for the judgements, with counts."""
    rows = results.measures()
    examined = set(session.table("evidence")["solution_id"])
    own = rows[rows["solution_id"].isin(examined)]
    known = int(own["origin"].isin(["observed", "derived"]).sum())
    return visit.words(
        "evidence.lead",
        known=visit.formats.number(known),
        all=visit.formats.number(int((own["origin"] != "not_applicable").sum())),
        **adoption_judgement.counts(),
    )


def choose(visit: Visit) -> str:
    """One solution, or "" for all; an unknown id of the address is said."""
    names = verdict_words.names_of_solutions()
    missing = results.missing_measures()["solution_id"].unique()
    offered = ["", *sorted(missing, key=lambda one: names[one].casefold())]
    asked = session.asked(ADDRESS)
    if asked and asked not in names:
        st.warning(visit.words("frame.unknown_solution", value=plain(asked)))
    elif asked and asked not in offered:
        offered.append(asked)
    st.session_state["evidence_solution"] = asked if asked in offered else ""
    return str(
        st.selectbox(
            visit.words("evidence.choose"),
            offered,
            format_func=lambda one: names[one] if one else visit.words("evidence.all"),
            key="evidence_solution",
            on_change=_take_solution,
        )
    )


def _take_solution() -> None:
    session.address(**{ADDRESS: st.session_state["evidence_solution"]})


def show(visit: Visit, solution: str) -> None:
    """The missing measures: per measure for all solutions, one by one for a single one."""
    missing = results.missing_measures()
    if not solution:
        _by_measure(visit, missing)
        reading = visit.words("evidence.list_reading")
        chart.twin_table(visit, table(visit, missing), key="missing", title=reading)
        return
    own = missing[missing["solution_id"] == solution]
    name = plain(verdict_words.names_of_solutions()[solution])
    if own.empty:
        st.markdown(visit.words("evidence.none_missing", name=name))
        return
    st.header(visit.words("evidence.of", n=len(own), name=name))
    st.markdown(visit.words("evidence.gain_reading"))
    for row in own.sort_values("gain", ascending=False, kind="stable").to_dict("records"):
        st.markdown(f"- {_line(visit, row)}")
    contact = adoption_known.contact(visit, solution)
    st.markdown(f":material/call: {visit.words('adoption.known.contact')}: {contact}")
    frame.page_link(
        visit,
        "adoption",
        visit.words("adoption.known.open"),
        icon=":material/balance:",
        solution=solution,
    )


def _line(visit: Visit, row: dict[str, object]) -> str:
    document = verdict_words.document(visit, str(row["measure_id"]))
    return visit.words(
        "evidence.line",
        document=document[:1].upper() + document[1:],
        criterion=plain(visit.names("criterion", row["criterion"])),
        points=max(round(float(str(row["gain"])) * 100), 1),
    )


def _by_measure(visit: Visit, missing: pd.DataFrame) -> None:
    st.header(visit.words("evidence.by_measure"))
    counts = missing["measure_id"].value_counts()
    most = str(counts.index[0]) if len(counts) else ""
    examined = session.table("evidence")["solution_id"].nunique()
    if most:
        document = verdict_words.document(visit, most)
        st.markdown(
            visit.words(
                "evidence.by_measure_reading", n=int(counts[most]), of=examined, document=document
            )
        )
    rows = [
        (
            int(counts.get(measure, 0)),
            visit.names("measure", measure),
            visit.names("criterion", measure.split(".")[0]),
        )
        for measure in sorted(READINESS_MEASURES, key=lambda one: -int(counts.get(one, 0)))
    ]
    heads = [visit.words(f"evidence.column_{name}") for name in ("missing", "measure", "criterion")]
    st.dataframe(
        pd.DataFrame(rows, columns=heads),
        hide_index=True,
        height="content",
        key="by_measure",
        column_config={
            # First and narrow: on a phone the number and what it counts stand in sight.
            heads[0]: st.column_config.ProgressColumn(
                heads[0], format="%d", min_value=0, max_value=examined, width=120
            )
        },
        alt=visit.words("evidence.by_measure"),
    )


def table(visit: Visit, missing: pd.DataFrame) -> pd.DataFrame:
    """One row per solution and missing measure, alphabetical, in words."""
    names = verdict_words.names_of_solutions()
    contacts = dict(
        zip(
            session.table("contacts")["solution_id"],
            session.table("contacts")["office"],
            strict=True,
        )
    )
    rows = [
        (
            names[row["solution_id"]],
            visit.names("criterion", row["criterion"]),
            visit.names("measure", row["measure_id"]),
            verdict_words.document(visit, row["measure_id"]),
            max(round(row["gain"] * 100), 1),
            contacts.get(row["solution_id"], visit.words("common.not_reported")),
        )
        for row in missing.to_dict("records")
    ]
    rows.sort(key=lambda row: (row[0].casefold(), row[1], row[2]))
    heads = ("solution", "criterion", "measure", "document", "points", "office")
    return pd.DataFrame(rows, columns=[visit.words(f"evidence.column_{head}") for head in heads])
