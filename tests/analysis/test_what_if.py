"""Fewest documents, flips of weights and all weightings, each held against recomputation."""

import math
from collections.abc import Collection
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.adoption import MeasureRange, Score, score
from analysis.all_weights import over_all_weightings
from analysis.grades import bounds
from analysis.measures import CRITERIA, DEFAULT_WEIGHTS, MEASURES
from analysis.verdict import LEAST_COVERAGE, touched_bands
from analysis.what_if import (
    common_weights,
    fewest_for_coverage,
    fewest_for_threshold,
    flips_of_lower_ends,
    lower_end,
)

VALUE = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
ENTRY = st.one_of(st.none(), st.tuples(VALUE, st.sampled_from("ABCD")))
SMALL = st.fixed_dictionaries(
    {c: st.lists(ENTRY, min_size=len(m), max_size=len(m)) for c, m in list(MEASURES.items())[:3]}
)
WHOLE = st.fixed_dictionaries(
    {c: st.lists(ENTRY, min_size=len(m), max_size=len(m)) for c, m in MEASURES.items()}
)
EVERY = settings(max_examples=60, deadline=None)


def scored(entries: dict) -> Score:
    ranges = {
        c: [_range(f"{c}.{n}", entry) for n, entry in enumerate(row, 1)]
        for c, row in entries.items()
    }
    return score(ranges, DEFAULT_WEIGHTS)


def assume(judged: Score, measures: Collection[str]) -> Score:
    """The score again, with some measures fully met and checkable by anyone."""
    ranges = {
        c.criterion: [
            MeasureRange(m.measure_id, 1, 1, 1) if m.measure_id in measures else m
            for m in c.measures
        ]
        for c in judged.criteria
    }
    return score(ranges, {c.criterion: c.weight for c in judged.criteria}, judged.variation)


def _range(measure: str, entry: tuple | None) -> MeasureRange:
    value, grade = entry if entry is not None else (math.nan, "U")
    return MeasureRange(measure, *bounds(value, grade), value)


@EVERY
@given(SMALL, st.sampled_from([0.4, 0.65]))
def test_no_smaller_set_of_measures_lifts_the_lower_end(entries: dict, threshold: float) -> None:
    judged = scored(entries)
    need = fewest_for_threshold(judged, threshold)
    measures = [m.measure_id for c in judged.criteria for m in c.measures]
    assert need.reachable == (assume(judged, measures).low >= threshold - 1e-9)
    if need.reachable:
        assert assume(judged, need.measures).low >= threshold - 1e-9
        for fewer in combinations(measures, max(len(need.measures) - 1, 0)):
            if need.measures:
                assert assume(judged, fewer).low < threshold


@EVERY
@given(SMALL)
def test_no_smaller_set_of_documents_makes_it_assessable(entries: dict) -> None:
    judged = scored(entries)
    need = fewest_for_coverage(judged)
    assert need.reachable
    assert assume(judged, need.measures).coverage >= LEAST_COVERAGE - 1e-9
    unknown = [m.measure_id for c in judged.criteria for m in c.measures if not m.known]
    for fewer in combinations(unknown, max(len(need.measures) - 1, 0)):
        if need.measures:
            assert assume(judged, fewer).coverage < LEAST_COVERAGE


def moved_weight(weights: dict[str, float], criterion: str, to: float) -> dict[str, float]:
    """The weights with one set to a value and the others scaled in proportion, sum 1."""
    others = (1 - to) / (1 - weights[criterion])
    return {**{name: weight * others for name, weight in weights.items()}, criterion: to}


@EVERY
@given(WHOLE, WHOLE)
def test_at_the_named_weight_two_lower_ends_are_equal(one: dict, other: dict) -> None:
    first, second = scored(one), scored(other)
    weights = common_weights(first, second)
    gap = lower_end(first, weights) - lower_end(second, weights)
    for criterion, at in flips_of_lower_ends(first, second).items():
        if math.isnan(at):
            continue
        there = moved_weight(weights, criterion, at)
        assert sum(there.values()) == pytest.approx(1)
        assert lower_end(first, there) == pytest.approx(lower_end(second, there), abs=1e-9)
        past = moved_weight(weights, criterion, at + (at - weights[criterion]) * 1e-3)
        beyond = lower_end(first, past) - lower_end(second, past)
        assert beyond * gap <= 1e-12


def test_flips_leave_out_a_criterion_that_only_one_solution_has() -> None:
    def one(*criteria: str, low: float) -> Score:
        return score(
            {c: [MeasureRange(f"{c}.1", low, 1.0, low)] for c in criteria}, DEFAULT_WEIGHTS
        )

    weights = common_weights(one("C1", "C2", low=0.2), one("C1", "C3", low=0.4))
    assert weights == {"C1": 1.0}


@EVERY
@given(WHOLE)
def test_all_weightings_stay_between_the_worst_and_the_best_criterion(entries: dict) -> None:
    judged = scored(entries)
    found = over_all_weightings(judged, draws=2_000)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert min(c.low for c in judged.criteria) - 1e-12 <= found.low <= found.high
    assert found.high <= max(c.high for c in judged.criteria) + 1e-12


def test_all_weightings_agree_with_a_count_of_their_own() -> None:
    entries = {c: [(0.25 * n % 1.25, "B")] * len(MEASURES[c]) for n, c in enumerate(CRITERIA)}
    judged = scored(entries)
    found = over_all_weightings(judged, draws=4_000, seed=5)
    drawn = np.random.Generator(np.random.PCG64(5)).dirichlet(np.ones(len(judged.criteria)), 4_000)
    bands = [
        touched_bands(
            sum(w * c.low for w, c in zip(weights, judged.criteria, strict=True)),
            sum(w * c.high for w, c in zip(weights, judged.criteria, strict=True)),
        )
        for weights in drawn
    ]
    whole = sum(one == ("weak", "moderate") for one in bands) / len(bands)
    assert found.shares["weak_to_moderate"] == pytest.approx(whole)
    lows = drawn @ [c.low for c in judged.criteria]
    assert (lows >= found.low).mean() >= 0.95
    assert (lows > found.low).mean() <= 0.95


def test_with_one_criterion_every_weighting_is_the_same() -> None:
    judged = score({"C1": [MeasureRange("C1.1", 0.7, 0.9, 0.8)]}, {"C1": 1})
    found = over_all_weightings(judged)
    assert (found.low, found.high) == pytest.approx((0.7, 0.9))
    assert found.shares == {"strong": 1.0}
