"""Chosen weights: what a code in the address means, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import BadWeights
from analysis.measures import CRITERIA, DEFAULT_WEIGHTS
from analysis.weighting import AGREED, ALL, EQUAL, own, weighting_of


def test_agreed_points_are_the_weights_of_the_method() -> None:
    assert AGREED.weights == pytest.approx(dict(DEFAULT_WEIGHTS))
    assert AGREED.code == "agreed"


def test_equal_and_all() -> None:
    assert set(EQUAL.weights.values()) == {1 / 8}
    assert weighting_of("equal") == EQUAL
    assert weighting_of("all") == ALL


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(lambda p: any(p[:7])))
def test_own_points_survive_the_address(points: list[int]) -> None:
    chosen = own(dict(zip(CRITERIA, points, strict=True)))
    again = weighting_of(chosen.code)
    assert again == chosen
    assert list(again.weights.values()) == pytest.approx([p / sum(points) for p in points])


@pytest.mark.parametrize(
    "code", ["00000000", "00000009", "1234567", "123456789", "1234567x", "", "EQUAL"]
)
def test_a_code_that_says_no_weights_is_refused(code: str) -> None:
    with pytest.raises(BadWeights):
        weighting_of(code)


def test_points_outside_the_scale_are_refused_by_name() -> None:
    with pytest.raises(BadWeights) as refusal:
        own({**dict.fromkeys(CRITERIA, 1), "C3": 10, "C4": -1})
    assert refusal.value.keys == ("C3", "C4")


def test_points_for_the_place_alone_weigh_no_solution() -> None:
    with pytest.raises(BadWeights) as refusal:
        own({**dict.fromkeys(CRITERIA, 0), "C8": 9})
    assert refusal.value.keys == ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
