"""What unlikely values are reckoned from equals a plain look at one group after the other."""

import statistics

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loaders.intake.plausibility import first_rows, group_medians

number = st.integers(-50, 50) | st.floats(-1e15, 1e15)
many_groups = st.integers(0, 4) | st.integers(70_000, 70_003)


@given(st.lists(st.tuples(many_groups, number), min_size=1, max_size=40), st.booleans())
def test_medians_are_those_of_each_group(drawn: list[tuple[int, float]], sort: bool) -> None:
    drawn = sorted(drawn) if sort else drawn
    group = np.array([one for one, _ in drawn], dtype=np.int64)
    values = np.array([one for _, one in drawn], dtype=np.float64)
    medians = group_medians(values, group)
    assert np.flatnonzero(np.isfinite(medians)).tolist() == sorted(set(group.tolist()))
    for one in set(group.tolist()):
        assert medians[one] == statistics.median(values[group == one].tolist())


@given(st.lists(st.integers(0, 12) | st.just(10**9), max_size=30))
def test_the_first_row_of_a_key_stands_for_it(keys: list[int]) -> None:
    expected = [keys.index(key) for key in sorted(set(keys))]
    assert first_rows(np.array(keys, dtype=np.int64)).tolist() == expected
