"""One solution for my town: verdict, criteria, every piece of evidence, what is missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.judgement import Judgement, find_judgement
from analysis.measures import FIT, MEASURES
from analysis.missing_evidence import information_values
from views import results, session
from views.session import Visit
from views.texts import link, plain
from views.widgets import adoption_known, chart, frame, peer_words, verdict_words

MOST_MISSING = 5
GATE_ICONS = {"met": ":material/check_circle:", "not_met": ":material/block:"}


def show(visit: Visit, solution_id: str, town: str) -> None:
    """The judgement on one solution, opened to its evidence."""
    judgement = find_judgement(results.judgements(visit.ags), solution_id)
    name = plain(verdict_words.names_of_solutions()[solution_id])
    key = "adoption.detail.title" if visit.ags else "adoption.detail.title_general"
    frame.page_link(
        visit, "adoption", visit.words("adoption.detail.back"), icon=":material/arrow_back:"
    )
    st.title(visit.words(key, name=name, town=town))
    _answer(visit, judgement)
    left, right = st.columns([3, 2], gap="large")
    with right:
        _contact(visit, solution_id)
        _fit(visit, judgement, town)
        _gates(visit, judgement)
    with left:
        _missing(visit, judgement)
        _criteria(visit, judgement)
    _measures(visit, solution_id)
    st.caption(visit.words("fixed.adoption"))
    frame.page_link(visit, "methods", visit.words("common.how"), topic="adoption")


def _answer(visit: Visit, judgement: Judgement) -> None:
    if not judgement.examined:
        st.info(visit.words("adoption.detail.not_examined"))
    coverage = visit.formats.percent(judgement.score.coverage)
    ends = verdict_words.range_text(visit, judgement.score)
    said = verdict_words.verdict(visit, judgement.verdict)
    with st.container(key="lead_answer"):
        if verdict_words.is_assessable(judgement.verdict):
            sentence = f"{said[0].upper()}{said[1:]}"
            st.markdown(
                visit.words(
                    "adoption.detail.answer", verdict=sentence, range=ends, coverage=coverage
                )
            )
        else:
            st.markdown(visit.words("adoption.detail.answer_not", coverage=coverage))
    name = verdict_words.names_of_solutions()[judgement.solution_id]
    st.image(
        verdict_words.bar(visit, judgement.score, judgement.verdict),
        width=520,
        alt=visit.words("adoption.judgement.alt", name=name, range=ends, verdict=said),
    )
    varied = visit.formats.hundredths(judgement.score.low_varied, judgement.score.high_varied)
    st.caption(
        visit.words(
            "adoption.detail.stability",
            range=varied,
            stability=verdict_words.stability(visit, judgement.verdict),
        )
        + " "
        + visit.words("fixed.score")
    )


def _contact(visit: Visit, solution_id: str) -> None:
    with st.container(border=True, key="card_contact"):
        st.subheader(f":material/call: {visit.words('adoption.detail.contact')}")
        st.markdown(adoption_known.contact(visit, solution_id))
        frame.page_link(
            visit,
            "solution",
            visit.words("adoption.known.profile"),
            icon=":material/widgets:",
            solution=solution_id,
        )


def _fit(visit: Visit, judgement: Judgement, town: str) -> None:
    with st.container(border=True, key="card_fit"):
        if judgement.fit is None:
            st.markdown(visit.words("adoption.detail.fit_no_town"))
            return
        st.subheader(visit.words("adoption.detail.fit", town=town))
        if not judgement.fit.nearest:
            st.markdown(visit.words("adoption.detail.fit_none", town=town))
            return
        found = results.peers_among(visit.ags, (judgement.fit.nearest,), 3)
        if found is not None:
            st.markdown(peer_words.reason(visit, found.peers[0], "adoption.detail.fit_twin"))
        st.caption(visit.words("fixed.peers"))


def _gates(visit: Visit, judgement: Judgement) -> None:
    judged = judgement.verdict
    open_or_shut = [("not_met", gate) for gate in judged.blocked_by]
    open_or_shut += [("unknown", gate) for gate in judged.subject_to]
    if not open_or_shut:
        return
    with st.container(border=True, key="card_gates"):
        st.subheader(visit.words("adoption.detail.gates"))
        for state, gate in open_or_shut:
            words = visit.words(f"adoption.gate.{gate}")
            said = visit.words(f"adoption.detail.gate_{state}", gate=words[0].upper() + words[1:])
            st.markdown(f"{GATE_ICONS.get(state, ':material/help:')} {said}")


def _missing(visit: Visit, judgement: Judgement) -> None:
    wanted = [item for item in judgement.missing if item.value > 0][:MOST_MISSING]
    st.header(visit.words("adoption.detail.missing"))
    st.markdown(visit.words("adoption.detail.missing_reading"))
    lines = []
    for item in wanted:
        words = verdict_words.document(visit, item.key)
        lines.append(
            visit.words(
                "adoption.detail.missing_line",
                document=words[0].upper() + words[1:],
                criterion=visit.names("criterion", item.criterion),
                points=max(round(item.value * 100), 1),
            )
        )
    st.markdown("\n".join(f"1. {line}" for line in lines))


def _criteria(visit: Visit, judgement: Judgement) -> None:
    st.header(visit.words("adoption.detail.criteria"))
    by_width = information_values(judgement.score)
    best = min(judgement.score.criteria, key=lambda c: (-c.coverage, c.high - c.low))
    reading = visit.words(
        "adoption.detail.criteria_reading",
        criterion=visit.names("criterion", by_width[0].key),
        best=visit.names("criterion", best.criterion),
    )
    st.markdown(reading)
    rows = [
        (
            visit.names("criterion", c.criterion),
            visit.formats.percent(c.weight),
            round(c.low * 100),
            round(c.high * 100),
            visit.formats.percent(c.coverage),
        )
        for c in judgement.score.criteria
    ]
    names = ("criterion", "weight", "low", "high", "known")
    st.dataframe(
        pd.DataFrame(rows, columns=[visit.words(f"adoption.detail.column_{n}") for n in names]),
        hide_index=True,
        alt=reading,
        key="criteria",
    )


def _measures(visit: Visit, solution_id: str) -> None:
    st.header(visit.words("adoption.detail.measures"))
    rows = results.measures()
    own = rows[rows["solution_id"] == solution_id].set_index("measure_id")
    for criterion, measures in MEASURES.items():
        if criterion == FIT:
            continue
        known = sum(own.loc[m, "origin"] in ("observed", "derived") for m in measures)
        title = f"{visit.names('criterion', criterion)} ({known}/{len(measures)})"
        with st.expander(title):
            for measure in measures:
                _measure(visit, measure, own.loc[measure])


def _measure(visit: Visit, measure: str, row: pd.Series) -> None:
    words = {"measure": visit.names("measure", measure)}
    if row["origin"] in ("unknown", "not_applicable"):
        st.markdown(visit.words(f"adoption.detail.measure_{row['origin']}", **words))
        return
    value = visit.words("adoption.detail.value_of", value=visit.formats.number(row["value"], 2))
    grade = f"{row['grade']} ({visit.names('grade', row['grade'])})"
    line = visit.words("adoption.detail.measure_line", **words, value=value, grade=grade)
    statement = plain(row[f"statement_{visit.lang}"]) or visit.words("adoption.detail.derived")
    age = visit.formats.date(row["date"]) or visit.words("common.undated")
    parts = [link(visit.words("common.source"), row["url"]) if row["url"] else "", age]
    if row["checked_on"]:
        checked = visit.formats.date(row["checked_on"])
        parts.append(visit.words("adoption.detail.checked", date=checked))
    st.markdown(f"**{line}**  \n{statement}  \n{' · '.join(part for part in parts if part)}")
