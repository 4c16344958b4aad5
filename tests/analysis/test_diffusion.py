"""Shares with their interval, and the Bass curve as explanation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.diffusion import (
    bass_peak,
    bass_share,
    may_forecast,
    wilson,
)
from analysis.errors import OutOfRange


def test_worked_example_wilson() -> None:
    found = wilson(5, 73)
    assert (found.low, found.high) == pytest.approx((0.029609, 0.150521), abs=1e-6)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_the_library(case: tuple[int, int]) -> None:
    expected = stats.binomtest(*case).proportion_ci(method="wilson")
    found = wilson(*case)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert found.low <= found.share <= found.high


@pytest.mark.parametrize(("count", "total"), [(1, 0), (-1, 5), (6, 5)])
def test_impossible_shares_are_refused(count: int, total: int) -> None:
    with pytest.raises(OutOfRange):
        wilson(count, total)


def test_worked_example_bass() -> None:
    expected = [0, 3.575816, 8.505628, 15.050007, 23.315047, 33.119864]
    assert (100 * bass_share(range(6), 0.03, 0.38)).tolist() == pytest.approx(expected, abs=1e-6)
    assert bass_peak(0.03, 0.38, 100) == pytest.approx((6.192619, 11.059211), abs=1e-6)


def test_without_imitation_the_peak_is_at_the_start() -> None:
    assert bass_peak(0.1, 0.05, 100) == pytest.approx((0.0, 10.0))
    with pytest.raises(OutOfRange):
        bass_share([1], 0.0, 0.3)


@pytest.mark.parametrize(
    ("periods", "adopters", "passed", "allowed"),
    [(8, 30, True, True), (7, 30, True, False), (8, 29, True, False), (8, 30, False, False)],
)
def test_no_forecast_before_the_peak(
    periods: int, adopters: int, passed: bool, allowed: bool
) -> None:
    assert may_forecast(periods, adopters, passed) is allowed
