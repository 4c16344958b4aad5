"""Adoption potential: the worked example, bounds against brute force, what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.adoption import MeasureRange, Score, score
from analysis.errors import BadWeights
from analysis.grades import Grade, bounds
from analysis.measures import CRITERIA, DEFAULT_WEIGHTS, MEASURES, READINESS
from analysis.missing_evidence import (
    compare,
    information_values,
    measure_information,
    weight_flips,
    winning_index,
)
from analysis.verdict import GATES, next_threshold, touched_bands, verdict
from analysis.what_if import fewest_for_threshold

WORKED: dict[str, list[tuple[float, Grade] | None]] = {
    "C1": [(0.75, "B"), (0.5, "C"), None],
    "C2": [(1, "A"), (0.75, "A"), (0.5, "B")],
    "C3": [(0.75, "B"), (0.5, "C"), None],
    "C4": [(0.5, "B"), (1, "A")],
    "C5": [(0, "A"), (0.25, "B")],
    "C6": [(0.75, "A"), (0.5, "C")],
    "C7": [(0.5, "A"), None],
    "C8": [(0.8, "A"), (0.6, "A")],
}
ALL_MET = dict.fromkeys(GATES, "met")


def ranges(entries: dict[str, list[tuple[float, Grade] | None]]) -> dict[str, list[MeasureRange]]:
    return {c: [_range(c, n, e) for n, e in enumerate(row, 1)] for c, row in entries.items()}


def _range(criterion: str, number: int, entry: tuple[float, Grade] | None) -> MeasureRange:
    value, grade = entry if entry is not None else (math.nan, "U")
    return MeasureRange(f"{criterion}.{number}", *bounds(value, grade), value)


@pytest.fixture
def worked() -> Score:
    return score(ranges(WORKED), DEFAULT_WEIGHTS)


def test_worked_example_criteria(worked: Score) -> None:
    table = worked.table()
    low = [0.316667, 0.716667, 0.316667, 0.7, 0.075, 0.525, 0.25, 0.7]
    high = [0.85, 0.783333, 0.85, 0.8, 0.175, 0.725, 0.75, 0.7]
    assert table["criterion"].tolist() == list(CRITERIA)
    assert table["low"].tolist() == pytest.approx(low, abs=1e-6)
    assert table["high"].tolist() == pytest.approx(high, abs=1e-6)


def test_worked_example_range_and_coverage(worked: Score) -> None:
    found = (worked.low, worked.high, worked.coverage, worked.mean_known)
    assert found == pytest.approx((0.443333, 0.73, 0.833333, 0.604), abs=1e-6)


def test_worked_example_weight_range(worked: Score) -> None:
    assert (worked.low_varied, worked.high_varied) == pytest.approx((0.39625, 0.755833), abs=1e-6)


def test_worked_example_equal_weights() -> None:
    equal = score(ranges(WORKED), dict.fromkeys(CRITERIA, 1.0))
    assert (equal.low, equal.high) == pytest.approx((0.45, 0.704167), abs=1e-6)


def test_worked_example_verdict(worked: Score) -> None:
    found = verdict(worked, ALL_MET)
    assert found.code == "moderate_to_strong"
    assert not found.stable
    assert found.could_touch == ("weak",)


def test_worked_example_information(worked: Score) -> None:
    found = [(item.key, item.value) for item in information_values(worked)]
    expected = {
        "C1": 0.106667,
        "C3": 0.08,
        "C7": 0.05,
        "C6": 0.02,
        "C2": 0.01,
        "C4": 0.01,
        "C5": 0.01,
        "C8": 0.0,
    }
    assert [key for key, _ in found][:4] == ["C1", "C3", "C7", "C6"]
    assert dict(found) == pytest.approx(expected, abs=1e-6)
    assert sum(value for _, value in found) == pytest.approx(0.286667, abs=1e-6)


def test_worked_example_no_single_criterion_lifts_to_strong(worked: Score) -> None:
    wanted = {c.criterion: (0.65 - worked.low) / c.weight for c in worked.criteria}
    possible = {c.criterion: 1 - c.low for c in worked.criteria}
    assert (wanted["C1"], possible["C1"]) == pytest.approx((1.033333, 0.683333), abs=1e-6)
    assert all(wanted[name] > possible[name] for name in wanted)
    fewest = fewest_for_threshold(worked, 0.65).measures
    assert len({measure[:2] for measure in fewest}) > 1


def test_worked_example_weight_flips() -> None:
    first, second = {"a": 0.8, "b": 0.3, "c": 0.5}, {"a": 0.4, "b": 0.7, "c": 0.5}
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    flips = weight_flips(first, second, weights)
    assert flips["a"] == pytest.approx(0.375, abs=1e-6)
    assert flips["b"] == pytest.approx(0.416667, abs=1e-6)
    assert math.isnan(flips["c"])


@pytest.mark.parametrize("criterion", ["a", "b"])
def test_a_flip_weight_makes_both_options_equal(criterion: str) -> None:
    first, second = {"a": 0.8, "b": 0.3, "c": 0.5}, {"a": 0.4, "b": 0.7, "c": 0.5}
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    at = weight_flips(first, second, weights)[criterion]
    scale = (1 - at) / (1 - weights[criterion])
    moved = {c: at if c == criterion else w * scale for c, w in weights.items()}
    difference = sum(w * (first[c] - second[c]) for c, w in moved.items())
    assert difference == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (0.1, 0.39, "weak"),
        (0.4, 0.64, "moderate"),
        (0.65, 1.0, "strong"),
        (0.1, 0.4, "weak_to_moderate"),
        (0.4, 0.65, "moderate_to_strong"),
        (0.39, 0.65, "open"),
    ],
)
def test_bands_meet_at_their_limits(low: float, high: float, code: str) -> None:
    single = {"C1": [MeasureRange("C1.1", low, high, (low + high) / 2)]}
    assert verdict(score(single, {"C1": 1}), ALL_MET).code == code


def test_bands_hold_up_to_rounding() -> None:
    assert touched_bands(0.4 - 1e-12, 0.5) == ("moderate",)
    assert touched_bands(0.5, 0.65 - 1e-12) == ("moderate", "strong")
    assert (next_threshold(0.1), next_threshold(0.4), next_threshold(0.65)) == (0.4, 0.65, None)


def test_coverage_of_exactly_one_half_is_assessable() -> None:
    half = {"C5": [_range("C5", 1, (0.5, "A")), _range("C5", 2, None)]}
    assert verdict(score(half, {"C5": 1}), ALL_MET).code == "open"


def test_everything_unknown_is_the_whole_range_and_not_assessable() -> None:
    nothing = {c: [_range(c, n, None) for n in range(len(MEASURES[c]))] for c in READINESS}
    found = score(nothing, DEFAULT_WEIGHTS)
    assert (found.low, found.high, found.coverage) == pytest.approx((0, 1, 0))
    assert math.isnan(found.mean_known)
    assert verdict(found, {}).code == "not_assessable"


def test_a_gate_that_is_not_met_blocks_whatever_the_score() -> None:
    perfect = {"C1": [MeasureRange("C1.1", 1.0, 1.0, 1.0)]}
    found = verdict(score(perfect, {"C1": 1}), {**ALL_MET, "licence_reuse": "not_met"})
    assert (found.code, found.blocked_by) == ("blocked", ("licence_reuse",))


def test_unknown_gates_are_said_and_gates_not_needed_are_not(worked: Score) -> None:
    found = verdict(worked, {"legal_basis": "met", "data_protection": "not_needed"})
    assert found.subject_to == ("licence_reuse", "mandatory_prerequisite")


def test_a_measure_that_does_not_apply_is_left_out_of_mean_and_coverage() -> None:
    kept = [_range("C2", 2, (0.75, "A")), _range("C2", 3, (0.25, "A"))]
    found = score({"C2": kept}, {"C2": 1})
    assert (found.low, found.high, found.coverage) == (0.5, 0.5, 1.0)


def test_a_criterion_without_measures_shares_its_weight() -> None:
    entries = ranges(WORKED)
    found = score({c: m for c, m in entries.items() if c != "C8"}, DEFAULT_WEIGHTS)
    assert sum(c.weight for c in found.criteria) == pytest.approx(1)
    assert found.criteria[0].weight == pytest.approx(0.2 / 0.9)
    assert found.criterion("C8") is None


def test_unusable_weights_are_refused() -> None:
    with pytest.raises(BadWeights):
        score(ranges(WORKED), dict.fromkeys(CRITERIA, 0.0))


def test_order_needs_ranges_that_do_not_overlap(worked: Score) -> None:
    low = score({"C1": [MeasureRange("C1.1", 0.0, 0.3, 0.1)]}, {"C1": 1})
    high = score({"C1": [MeasureRange("C1.1", 0.4, 0.6, 0.5)]}, {"C1": 1})
    touching = score({"C1": [MeasureRange("C1.1", 0.3, 0.6, 0.5)]}, {"C1": 1})
    assert (compare(high, low), compare(low, high)) == ("ahead", "behind")
    assert compare(low, touching) == "not_distinguishable"
    assert winning_index(high, low) == 1.0
    assert winning_index(worked, worked) == pytest.approx(0.5, abs=0.02)


VALUE = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
ENTRY = st.one_of(st.none(), st.tuples(VALUE, st.sampled_from("ABCD")))
ENTRIES = st.fixed_dictionaries(
    {c: st.lists(ENTRY, min_size=len(m), max_size=len(m)) for c, m in MEASURES.items()}
)
WEIGHTS = st.fixed_dictionaries({c: st.floats(0.01, 1) for c in CRITERIA})
EVERY = settings(max_examples=80, deadline=None)


@EVERY
@given(ENTRIES, WEIGHTS)
def test_ranges_nest_and_information_sums_to_the_width(entries: dict, weights: dict) -> None:
    found = score(ranges(entries), weights)
    assert 0 <= found.low_varied <= found.low + 1e-12
    assert found.low <= found.high <= found.high_varied + 1e-12 <= 1 + 1e-9
    width = found.high - found.low
    assert sum(i.value for i in information_values(found)) == pytest.approx(width, abs=1e-9)
    assert sum(i.value for i in measure_information(found)) == pytest.approx(width, abs=1e-9)


@EVERY
@given(ENTRIES, WEIGHTS, st.sampled_from(CRITERIA), st.integers(0, 1), VALUE, VALUE)
def test_a_better_value_never_lowers_an_end(
    entries: dict, weights: dict, criterion: str, place: int, one: float, other: float
) -> None:
    worse, better = sorted((one, other))
    entries[criterion][place] = (worse, "B")
    before = score(ranges(entries), weights)
    entries[criterion][place] = (better, "B")
    after = score(ranges(entries), weights)
    assert after.low >= before.low - 1e-12
    assert after.high >= before.high - 1e-12
    assert after.low_varied >= before.low_varied - 1e-12


@EVERY
@given(ENTRIES, WEIGHTS, st.sampled_from(CRITERIA), st.integers(0, 1), VALUE)
def test_knowing_less_never_narrows_the_range(
    entries: dict, weights: dict, criterion: str, place: int, value: float
) -> None:
    entries[criterion][place] = (value, "A")
    known = score(ranges(entries), weights)
    for weaker in ("B", "C", "D", None):
        entries[criterion][place] = None if weaker is None else (value, weaker)
        less = score(ranges(entries), weights)
        assert less.low <= known.low + 1e-12
        assert less.high >= known.high - 1e-12
        assert less.coverage <= known.coverage + 1e-12


@EVERY
@given(ENTRIES, WEIGHTS)
def test_no_drawn_weights_leave_the_range(entries: dict, weights: dict) -> None:
    found = score(ranges(entries), weights)
    centre = np.array([c.weight for c in found.criteria])
    low = np.array([c.low for c in found.criteria])
    high = np.array([c.high for c in found.criteria])
    drawn = centre * np.random.default_rng(0).uniform(0.75, 1.25, (500, len(centre)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    inside = np.all(np.abs(drawn / centre - 1) <= 0.25 + 1e-12, axis=1)
    assert (drawn[inside] @ low >= found.low_varied - 1e-9).all()
    assert (drawn[inside] @ high <= found.high_varied + 1e-9).all()
