"""The ranges of a shortlist under one another, with what can and cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import isnan

import pandas as pd
import streamlit as st

from analysis.judgement import Judgement
from analysis.measures import CRITERIA
from analysis.missing_evidence import compare, winning_index
from analysis.thresholds import TOLERANCE
from analysis.verdict import MODERATE_FROM, STRONG_FROM
from analysis.weighting import Weighting
from analysis.what_if import common_weights, flips_of_lower_ends, lower_end
from views import results, theme
from views.charts.range_rows import RangeRow, range_rows
from views.session import Visit
from views.texts import plain
from views.widgets import chart, checklist, shortlist_choice, verdict_words, weights_choice

MOST_FLIPS = 3


def judged(visit: Visit, listed: list[str], weighting: Weighting) -> list[Judgement]:
    """The judgements on the listed solutions, in the order of the list."""
    everything = results.judgements_as(visit.ags, weighting, checklist.answers())
    by_id = {judgement.solution_id: judgement for judgement in everything}
    return [by_id[solution] for solution in listed]


def headline(visit: Visit) -> str:
    """The answer in one sentence: which pairs can be told apart."""
    listed = shortlist_choice.ids()
    if len(listed) < shortlist_choice.LEAST:
        return visit.words("shortlist.title")
    weighting = weights_choice.current()
    return told_apart(visit, judged(visit, listed, weighting), weighting)


def told_apart(visit: Visit, found: Sequence[Judgement], weighting: Weighting) -> str:
    """Which of some judgements can be told apart, in one sentence."""
    pairs = list(combinations(_answers(visit, found, weighting), 2))
    apart = sum(compare(a, b) != "not_distinguishable" for a, b in pairs)
    if not apart:
        return visit.words("shortlist.title_none", n=len(found))
    return visit.words("shortlist.title_some", apart=apart, pairs=len(pairs))


def show(visit: Visit, listed: list[str]) -> None:
    """Weights, whole ranges, every criterion, and the weights that would flip a pair."""
    weighting = weights_choice.show(visit)
    found = judged(visit, listed, weighting)
    answers = _answers(visit, found, weighting)
    st.header(visit.words("shortlist.whole"))
    for sentence in _sentences(visit, found, answers):
        st.markdown(f"- {sentence}")
    rows = [
        RangeRow(_name(j), a.low, a.high, a.assessable) for j, a in zip(found, answers, strict=True)
    ]
    thresholds = (MODERATE_FROM, STRONG_FROM)
    drawn = range_rows(rows, theme.palette(visit.scheme), thresholds)
    st.image(drawn, width=520, alt=_alt(visit, rows))
    for judgement, answer in zip(found, answers, strict=True):
        said = f"{answer.verdict[0].upper()}{answer.verdict[1:]}"
        coverage = visit.formats.percent(judgement.score.coverage)
        places = {"name": plain(_name(judgement)), "verdict": said, "coverage": coverage}
        st.markdown(f"- {visit.words('shortlist.verdict', stability=answer.stability, **places)}")
    chart.twin_table(
        visit,
        table(visit, found, weighting),
        key="shortlist",
        title=visit.words("shortlist.whole"),
    )
    _criteria(visit, found)
    _flips(visit, found)


def _answers(
    visit: Visit, found: Sequence[Judgement], weighting: Weighting
) -> list[verdict_words.Answer]:
    """What is shown of each: sentence, picture and table speak of the same ends."""
    return [verdict_words.answer(visit, judgement, weighting) for judgement in found]


def _name(judgement: Judgement) -> str:
    return verdict_words.names_of_solutions()[judgement.solution_id]


def _alt(visit: Visit, rows: list[RangeRow]) -> str:
    return visit.formats.listing(
        [f"{row.name} {visit.formats.hundredths(row.low, row.high)}" for row in rows]
    )


def _sentences(
    visit: Visit, found: list[Judgement], answers: list[verdict_words.Answer]
) -> list[str]:
    """One sentence per pair that can be told apart, one for all others."""
    said, same = [], 0
    for (first, one), (second, other) in combinations(zip(found, answers, strict=True), 2):
        order = compare(one, other)
        if order == "not_distinguishable":
            same += 1
            continue
        ahead, behind = (first, second) if order == "ahead" else (second, first)
        places = {"ahead": plain(_name(ahead)), "behind": plain(_name(behind))}
        said.append(visit.words("shortlist.ahead", **places))
    if same:
        said.append(visit.words("shortlist.same", n=same))
    return said


def _criteria(visit: Visit, found: list[Judgement]) -> None:
    st.header(visit.words("shortlist.criteria"))
    st.markdown(visit.words("shortlist.criteria_reading"))
    colours = theme.palette(visit.scheme)
    with st.grid(3, min_column_width=300, gap="medium"):
        for criterion in CRITERIA:
            parts = [(j, c) for j in found if (c := j.score.criterion(criterion)) is not None]
            if not parts:
                continue
            rows = [RangeRow(_name(j), c.low, c.high, c.coverage > 0) for j, c in parts]
            with st.container(border=True, key=f"card_point_{criterion}", height="stretch"):
                st.markdown(f"**{plain(visit.names('criterion', criterion))}**")
                st.image(range_rows(rows, colours), alt=_alt(visit, rows))
                st.caption(_apart(visit, rows))


def _apart(visit: Visit, rows: list[RangeRow]) -> str:
    """Which of the rows lie wholly above which; else that they cannot be told apart."""
    said = [
        visit.words("shortlist.above", above=plain(a.name), below=plain(b.name))
        for a in rows
        for b in rows
        if a.low > b.high
    ]
    unknown = [row.name for row in rows if not row.known]
    if said:
        return " ".join(said)
    if len(unknown) == len(rows):
        return visit.words("shortlist.nothing_known")
    return visit.words("shortlist.not_distinguishable")


def _flips(visit: Visit, found: list[Judgement]) -> None:
    """The weight that would flip two solutions, and the winning index as an assumption."""
    st.header(visit.words("shortlist.flips"))
    st.markdown(visit.words("shortlist.flips_reading"))
    for first, second in combinations(found, 2):
        st.markdown(f"- {_flip_sentence(visit, first, second)}")
    with st.expander(visit.words("shortlist.assumption_open"), icon=":material/casino:"):
        st.markdown(visit.words("shortlist.assumption"))
        for first, second in combinations(found, 2):
            share = visit.formats.percent(winning_index(first.score, second.score))
            names = {"first": plain(_name(first)), "second": plain(_name(second))}
            st.markdown(f"- {visit.words('shortlist.index', share=share, **names)}")


def _flip_sentence(visit: Visit, first: Judgement, second: Judgement) -> str:
    weights = common_weights(first.score, second.score)
    gap = lower_end(first.score, weights) - lower_end(second.score, weights)
    ahead, behind = (first, second) if gap >= 0 else (second, first)
    names = {"ahead": plain(_name(ahead)), "behind": plain(_name(behind))}
    if abs(gap) <= TOLERANCE:
        return visit.words("shortlist.level", **names)
    flips = flips_of_lower_ends(first.score, second.score)
    near = sorted((abs(at - weights[c]), c, at) for c, at in flips.items() if not isnan(at))
    if not near:
        return visit.words("shortlist.no_flip", **names)
    said = [
        visit.words(
            "shortlist.flip_item",
            criterion=plain(visit.names("criterion", criterion)),
            to=visit.formats.percent(at),
            now=visit.formats.percent(weights[criterion]),
        )
        for _, criterion, at in near[:MOST_FLIPS]
    ]
    return visit.words("shortlist.flip", flips="; ".join(said), **names)


def table(visit: Visit, found: list[Judgement], weighting: Weighting) -> pd.DataFrame:
    """The ranges of every criterion, one column per solution."""
    rows = []
    for criterion in CRITERIA:
        parts = [j.score.criterion(criterion) for j in found]
        ends = [
            visit.formats.hundredths(c.low, c.high) if c is not None else visit.words("common.none")
            for c in parts
        ]
        rows.append((visit.names("criterion", criterion), *ends))
    whole = [verdict_words.range_text(visit, one) for one in _answers(visit, found, weighting)]
    rows.append((visit.words("shortlist.whole_short"), *whole))
    heading = visit.words("adoption.detail.column_criterion")
    return pd.DataFrame(rows, columns=[heading, *(_name(j) for j in found)])
