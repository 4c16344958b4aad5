"""Shares with their interval, and the published Bass curve."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from analysis.diffusion import may_forecast, wilson
from analysis.errors import OutOfRange

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_published_bass_curve_gives_its_worked_example(lang: str) -> None:
    text = (ROOT / "docs" / "methods" / f"diffusion.{lang}.md").read_text(encoding="utf-8")
    assert "F(t) = (1 − e^−(p+q)t) / (1 + (q/p) · e^−(p+q)t)" in text
    p, q = 0.03, 0.38

    def adopted(t: float) -> float:
        falling = math.exp(-(p + q) * t)
        return 100 * (1 - falling) / (1 + q / p * falling)

    expected = [0, 3.575816, 8.505628, 15.050007, 23.315047, 33.119864]
    assert [adopted(t) for t in range(6)] == pytest.approx(expected, abs=1e-6)

    def fall(t: float) -> float:
        return (adopted(t - 1e-4) - adopted(t + 1e-4)) / 2e-4

    peak = optimize.minimize_scalar(fall, bounds=(0, 20), method="bounded")
    assert (peak.x, -peak.fun) == pytest.approx((6.192619, 11.059211), abs=1e-3)


@pytest.mark.parametrize(
    ("periods", "adopters", "passed", "allowed"),
    [(8, 30, True, True), (7, 30, True, False), (8, 29, True, False), (8, 30, False, False)],
)
def test_no_forecast_before_the_peak(
    periods: int, adopters: int, passed: bool, allowed: bool
) -> None:
    assert may_forecast(periods, adopters, passed) is allowed
