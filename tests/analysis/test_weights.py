"""Weights: refused when unusable, and exact bounds when they vary."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import BadWeights, OutOfRange
from analysis.thresholds import reaches
from analysis.weights import (
    dominant_weights,
    keep_weights,
    normalise_weights,
    weight_range,
)

SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    "weights", [{}, {"a": -1.0}, {"a": math.nan, "b": 1.0}, {"a": math.inf}, {"a": 0.0, "b": 0.0}]
)
def test_unusable_weights_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(BadWeights) as error:
        normalise_weights(weights)
    assert "Gewichte" in error.value.sentence("de")
    assert "weights" in error.value.sentence("en")


def test_weights_sum_to_one_and_keep_their_order() -> None:
    assert normalise_weights({"b": 3, "a": 1, "c": 0}) == {"b": 0.75, "a": 0.25, "c": 0.0}
    assert keep_weights({"a": 0.2, "b": 0.2, "c": 0.6}, ["a", "b"]) == {"a": 0.5, "b": 0.5}


def test_a_weight_above_one_half_is_named() -> None:
    assert dominant_weights({"a": 3, "b": 2}) == ("a",)
    assert dominant_weights({"a": 1, "b": 1}) == ()


def test_thresholds_hold_up_to_rounding() -> None:
    assert reaches(0.1 + 0.1 + 0.1 + 0.2 - 1e-12, 0.5)
    assert not reaches(0.499, 0.5)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(SHARE, SHARE, st.floats(0.01, 1)), min_size=2, max_size=7),
    st.floats(0.01, 1),
)
def test_the_range_equals_a_linear_program(
    rows: list[tuple[float, float, float]], variation: float
) -> None:
    low = np.array([min(a, b) for a, b, _ in rows])
    high = np.array([max(a, b) for a, b, _ in rows])
    weights = np.array([w for *_, w in rows])
    weights /= weights.sum()
    limits = [((1 - variation) * w, (1 + variation) * w) for w in weights]
    one = {"A_eq": np.ones((1, len(rows))), "b_eq": [1.0], "bounds": limits}
    least, greatest = weight_range(low, high, weights, variation)
    assert least == pytest.approx(linprog(low, **one).fun, abs=1e-7)
    assert greatest == pytest.approx(-linprog(-high, **one).fun, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(SHARE, min_size=4, max_size=4), st.lists(st.floats(0.05, 1), min_size=4, max_size=4)
)
def test_no_corner_of_the_weights_lies_outside(values: list[float], raw: list[float]) -> None:
    weights = np.array(raw) / sum(raw)
    least, greatest = weight_range(values, values, weights, 0.25)
    for free in range(4):
        for signs in itertools.product((0.75, 1.25), repeat=3):
            corner = np.insert(np.array(signs) * np.delete(weights, free), free, 0.0)
            corner[free] = 1 - corner.sum()
            if 0.75 * weights[free] <= corner[free] <= 1.25 * weights[free]:
                assert least - 1e-9 <= corner @ values <= greatest + 1e-9


def test_without_variation_the_range_is_the_sum() -> None:
    least, greatest = weight_range([0.2, 0.4], [0.5, 0.9], [0.5, 0.5], 0.0)
    assert (least, greatest) == (pytest.approx(0.3), pytest.approx(0.7))
    with pytest.raises(OutOfRange):
        weight_range([0.2], [0.5], [1.0], 1.5)
