"""Weighted kappa against an independent implementation; counts; what is refused."""

import re
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.errors import DuplicateKeys, NotAnAnchor, UnknownMeasure
from analysis.measures import ANCHORS
from analysis.second_scoring import (
    LEAST_PAIRS,
    linear_disagreement,
    second_scoring,
    weighted_kappa,
)

ROOT = Path(__file__).resolve().parents[2]
SCORES = st.sampled_from([*ANCHORS, None])


def _table(rows: list[tuple[str, str, float | None]], **more: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["solution_id", "measure_id", "value"])
    return table.astype({"value": float}).assign(**more)


def _scored(pairs: list[tuple[float | None, float | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    first = [(f"s{n}", "C1.1", a) for n, (a, _) in enumerate(pairs) if a is not None]
    second = [(f"s{n}", "C1.1", b) for n, (_, b) in enumerate(pairs)]
    return _table(first), _table(second, scored_on="2026-11-25")


@given(st.lists(st.tuples(SCORES, SCORES), min_size=LEAST_PAIRS, max_size=60))
def test_kappa_and_interval_equal_an_independent_library(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    counts = np.zeros((6, 6))
    at = {score: n for n, score in enumerate([*ANCHORS, None])}
    for a, b in pairs:
        counts[at[a], at[b]] += 1
    if np.count_nonzero(counts.sum(axis=1)) < 2 or np.count_nonzero(counts.sum(axis=0)) < 2:
        return
    ours = second_scoring(*_scored(pairs)).measures[0].kappa
    theirs = cohens_kappa(counts, weights=linear_disagreement())
    assert ours.value == pytest.approx(theirs.kappa, abs=1e-9)
    if not isnan(ours.low):
        assert ours.low == pytest.approx(max(-1, theirs.kappa_low), abs=1e-6)
        assert ours.high == pytest.approx(min(1, theirs.kappa_upp), abs=1e-6)


def test_worked_example() -> None:
    # Two categories, 20 pairs, 15 alike: seen .75, chance .5, kappa .5.
    kappa = weighted_kappa(np.array([[8.0, 2.0], [3.0, 7.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert kappa.value == pytest.approx(0.5)
    assert kappa.low < 0.5 < kappa.high


def test_unknown_is_a_category_and_as_far_from_every_value_as_nil_from_one() -> None:
    far = linear_disagreement()
    assert far[5].tolist() == [1, 1, 1, 1, 1, 0]
    assert far[0].tolist() == [0, 0.25, 0.5, 0.75, 1, 1]


def test_below_the_least_number_of_pairs_there_are_only_counts() -> None:
    pairs = [(0.5, 0.5), (None, None), (0.25, 0.5), (None, 1.0)]
    one = second_scoring(*_scored(pairs)).measures[0]
    assert (one.pairs, one.same, one.known, one.same_known) == (4, 2, 2, 1)
    assert isnan(one.kappa.value)
    assert not one.to_be_reworded


def test_full_agreement_has_no_interval_and_one_category_no_kappa() -> None:
    alike = second_scoring(*_scored([(0.5, 0.5), (None, None)] * LEAST_PAIRS)).measures[0]
    assert alike.kappa.value == 1
    assert isnan(alike.kappa.low)
    constant = second_scoring(*_scored([(0.5, 0.5)] * LEAST_PAIRS)).measures[0]
    assert isnan(constant.kappa.value)
    assert constant.same == LEAST_PAIRS


def test_poor_agreement_asks_for_better_words() -> None:
    pairs = [(0.0, 1.0), (1.0, 0.0), (0.5, None)] * LEAST_PAIRS
    assert second_scoring(*_scored(pairs)).measures[0].to_be_reworded


def test_no_second_scores_mean_scored_once() -> None:
    first, second = _scored([])
    result = second_scoring(first, second)
    assert (result.solutions, result.pairs, result.measures, result.scored_on) == (0, 0, (), "")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("s", "C1.1", 0.5), ("s", "C1.1", 0.5)], DuplicateKeys),
        ([("s", "C9.1", 0.5)], UnknownMeasure),
        ([("s", "C8.1", 0.5)], UnknownMeasure),
        ([("s", "C1.1", 0.6)], NotAnAnchor),
    ],
)
def test_scores_the_method_does_not_have_are_refused(
    rows: list[tuple[str, str, float | None]], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        second_scoring(_table([]), _table(rows, scored_on="2026-11-25"))


ROW = re.compile(r"^\| (C\d\.\d) \| (\d+) \| (\d+) \| (\d+) \w+ (\d+) \| (–|[\d,.]+)", re.MULTILINE)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_printed_agreement_is_that_of_the_tables(shipped, lang: str) -> None:
    found = second_scoring(shipped("evidence"), shipped("second_scores"))
    text = (ROOT / "docs" / "methods" / f"adoption.{lang}.md").read_text(encoding="utf-8")
    printed = {
        measure: (*map(int, counts), kappa.replace(",", "."))
        for measure, *counts, kappa in ROW.findall(text)
    }
    assert printed == {
        one.measure_id: (
            *(one.pairs, one.same, one.same_known, one.known),
            "–" if isnan(one.kappa.value) else f"{one.kappa.value:.2f}",
        )
        for one in found.measures
    }
