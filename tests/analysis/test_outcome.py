"""Outcome comparison: worked figures, placebos, invariants, and every edge."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from synthdid import estimate as reference

from analysis import outcome
from analysis.errors import (
    DuplicateKeys,
    NotFinite,
    NoVariation,
    OutOfRange,
    PoorFit,
    TooFewPeriods,
    TooFewPlaces,
    UnknownPlace,
)
from analysis.simplex import simplex_least_squares, simplex_ridge
from tests.analysis.random_panels import panel

NAN = np.nan
YEARS = range(2018, 2023)


@pytest.fixture
def worked() -> pd.DataFrame:
    rows = [(10, 11, 12, 16, 17), (8, 9, 9, 10, 11), (12, 12, 13, 14, 14), (9, 10, 10, 11, 12)]
    return pd.DataFrame(rows, index=["1", "2", "3", "4"], columns=list(YEARS), dtype=float)


def test_difference_gives_the_worked_figures(worked: pd.DataFrame) -> None:
    found = outcome.difference_in_differences(worked, "1", 2021)
    assert found.change == pytest.approx(5.5)
    assert found.effect == pytest.approx(3.722222, abs=1e-6)
    np.testing.assert_allclose(found.donor_changes, [1.833333, 1.666667, 1.833333], atol=1e-6)
    np.testing.assert_allclose(found.placebos, [0.083333, -0.166667, 0.083333], atol=1e-6)
    assert found.placebo_p == found.p_floor == 0.25
    assert np.isnan([found.low, found.high]).all()
    assert found.donor_changes.std(ddof=1) == pytest.approx(0.096225, abs=1e-6)
    low, high = outcome.prediction_range(found.effect, found.donor_changes)
    assert (low, high) == (pytest.approx(3.397779, abs=1e-6), pytest.approx(4.046665, abs=1e-6))
    assert found.pre_slope == pytest.approx(0.5)
    assert not found.gap_was_moving


def test_the_banner_comes_with_a_steeper_gap(worked: pd.DataFrame) -> None:
    steeper = worked.copy()
    steeper.loc["1", [2018, 2019, 2020]] = [9.7, 11.0, 12.3]
    found = outcome.difference_in_differences(steeper, "1", 2021)
    assert found.pre_slope == pytest.approx(0.8)
    assert found.effect == pytest.approx(3.722222, abs=1e-6)
    assert found.gap_was_moving


def test_the_range_is_shown_from_five_donors_on() -> None:
    found = outcome.difference_in_differences(panel(7), "p00", 2016)
    assert found.low < found.effect < found.high
    assert found.p_floor == pytest.approx(1 / 7)
    few = outcome.difference_in_differences(panel(5), "p00", 2016)
    assert np.isnan([few.low, few.high]).all()


def test_one_donor_gives_a_difference_but_no_placebo(worked: pd.DataFrame) -> None:
    found = outcome.difference_in_differences(worked.loc[["1", "2"]], "1", 2021)
    assert found.effect == pytest.approx(5.5 - 1.833333, abs=1e-6)
    assert np.isnan([found.placebo_p, found.low, found.pre_slope_p]).all()
    assert found.p_floor == 0.5
    with pytest.raises(TooFewPlaces):
        outcome.difference_in_differences(worked.loc[["1"]], "1", 2021)


def test_difference_agrees_with_least_squares() -> None:
    table = panel(9, 8)
    long = table.stack().rename_axis(["place", "year"]).rename("y").reset_index()
    treated, after = long["place"] == "p00", long["year"] >= 2015
    design = np.column_stack([treated, after, treated & after]).astype(float)
    fitted = sm.OLS(long["y"].to_numpy(), sm.add_constant(design)).fit()
    found = outcome.difference_in_differences(table, "p00", 2015)
    assert found.effect == pytest.approx(fitted.params[3], abs=1e-9)


def test_changes_larger_than_the_own_are_counted() -> None:
    table = pd.DataFrame(
        [[0, 0, 2], [0, 0, 1], [0, 0, -3], [0, 0, 2], [0, 0, 5]],
        index=list("abcde"),
        columns=[1, 2, 3],
    )
    found = outcome.difference_in_differences(table.astype(float), "a", 3)
    assert found.changed_more == 2


def test_event_study_starts_level_and_holds_every_donor(worked: pd.DataFrame) -> None:
    found = outcome.event_study(worked, "1", 2021)
    expected = np.array([1 / 3, 2 / 3, 4 / 3, 13 / 3, 14 / 3]) - 7 / 9
    np.testing.assert_allclose(found.gaps, expected, atol=1e-9)
    np.testing.assert_allclose(found.placebos[[2018, 2019, 2020]].mean(axis=1), 0, atol=1e-12)
    assert list(found.placebos.index) == ["2", "3", "4"]
    effect = outcome.difference_in_differences(worked, "1", 2021).effect
    assert found.gaps[[2021, 2022]].mean() == pytest.approx(effect)


def test_ancova_gives_the_worked_figures() -> None:
    found = outcome.ancova_of_means(35, 46, [40, 45, 50, 55, 60], [44, 47, 50, 53, 56])
    assert (found.slope, found.intercept) == (pytest.approx(0.6), pytest.approx(20))
    assert (found.effect, found.difference) == (pytest.approx(5), pytest.approx(11))
    assert found.disagrees
    assert outcome.expected_next(-2, 0.8) == pytest.approx(-1.6)


def test_ancova_agrees_with_least_squares_and_needs_different_starts() -> None:
    table = panel(9, 8)
    before, after = table.loc[:, :2014].mean(axis=1), table.loc[:, 2015:].mean(axis=1)
    fitted = sm.OLS(after[1:], sm.add_constant(before[1:])).fit()
    found = outcome.ancova(table, "p00", 2015)
    assert found.slope == pytest.approx(fitted.params.iloc[1], abs=1e-9)
    assert found.effect == pytest.approx(after.iloc[0] - fitted.predict([[1, before.iloc[0]]])[0])
    with pytest.raises(NoVariation):
        outcome.ancova_of_means(1, 2, [3, 3, 3], [4, 5, 6])


def test_close_estimates_do_not_disagree() -> None:
    found = outcome.ancova_of_means(50, 60, [40, 50, 60], [41, 51, 61])
    assert found.effect == found.difference == pytest.approx(9)
    assert not found.disagrees


def test_synthetic_control_gives_the_worked_weights() -> None:
    rows = [(3, 4, 5, 5.0), (1, 2, 3, 4), (6, 7, 8, 9), (2, 5, 9, 1)]
    table = pd.DataFrame(rows, index=["t", "a", "b", "c"], columns=range(2019, 2023))
    found = outcome.synthetic_control(table, "t", 2022)
    np.testing.assert_allclose(found.weights, [0.6, 0.4, 0], atol=1e-9)
    np.testing.assert_allclose(found.gaps, [0, 0, 0, -1], atol=1e-9)
    assert found.effect == pytest.approx(-1)
    assert found.rmspe_pre == pytest.approx(0, abs=1e-9)
    assert found.active == ("a", "b")
    assert not found.not_unique


def test_demeaned_control_ignores_a_constant_level() -> None:
    table = panel(8, 10)
    higher = table.copy()
    higher.loc["p00"] += 500
    one = outcome.synthetic_control(table, "p00", 2016, demean=True)
    two = outcome.synthetic_control(higher, "p00", 2016, demean=True)
    np.testing.assert_allclose(one.weights, two.weights, atol=1e-8)
    np.testing.assert_allclose(one.gaps, two.gaps, atol=1e-7)
    assert two.intercept - one.intercept == pytest.approx(500)
    assert outcome.synthetic_control(higher, "p00", 2016).rmspe_pre > 400


@pytest.mark.parametrize("seed", range(4))
def test_simplex_solutions_are_the_minimum(seed: int) -> None:
    source = np.random.default_rng(seed)
    matrix, target = source.normal(size=(7, 5)), source.normal(size=7)
    for ridge, found in (
        (0.0, simplex_least_squares(matrix, target)),
        (0.8, simplex_ridge(matrix, target, 0.8)),
    ):
        loss = lambda w, r=ridge: ((matrix @ w - target) ** 2).sum() + r * w @ w  # noqa: E731
        best = minimize(
            loss,
            np.full(5, 0.2),
            bounds=[(0, 1)] * 5,
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
            options={"ftol": 1e-15, "maxiter": 500},
        )
        assert found.min() >= 0
        assert found.sum() == pytest.approx(1, abs=1e-12)
        assert loss(found) <= best.fun + 1e-9


def test_study_ranks_the_gap_among_all_placebos() -> None:
    table = panel(20, 14, seed=3)
    table.loc["p00"] = table.loc[["p03", "p04", "p05"]].mean() + 0.1 * np.sin(np.arange(14))
    table.loc["p00", 2020:] += 25
    found = outcome.synthetic_study(table, "p00", 2020)
    assert found.placebo_p == found.p_floor == 1 / 20
    assert found.at_least_as_large == 0
    assert found.control.effect == pytest.approx(25, abs=1)
    assert abs(found.in_time_effect) < 5
    assert (found.band["low"] <= found.control.gaps + 1e-12).all()
    assert (found.band["high"] >= found.control.gaps - 1e-12).all()
    assert found.placebo_gaps.shape == (19, 14)
    one = outcome.synthetic_control(table.drop(index="p00"), "p07", 2020, found.control.demeaned)
    np.testing.assert_allclose(found.placebo_gaps.loc["p07"], one.gaps, atol=1e-8)
    assert found.ratios["p07"] == pytest.approx((one.rmspe_post / one.rmspe_pre) ** 2)


def test_without_a_suitable_donor_nothing_is_shown() -> None:
    source = np.random.default_rng(0)
    calm = 50 + source.normal(0, 0.1, (11, 12))
    table = pd.DataFrame(calm, index=[f"p{n}" for n in range(11)], columns=range(2010, 2022))
    table.loc["p0"] += 10 * (-1.0) ** np.arange(12)
    with pytest.raises(PoorFit) as error:
        outcome.synthetic_study(table, "p0", 2018)
    assert error.value.keys == ("p0",)
    assert "Vergleichsort" in error.value.sentence("de")


def test_more_donors_than_years_are_said_to_be_not_unique() -> None:
    table = panel(30, 6, seed=5, factors=4)
    found = outcome.synthetic_control(table, "p00", 2013)
    assert found.not_unique == (len(found.active) > 3)
    steady = table.copy()
    steady.loc["p00", :2012] = 7.0
    with pytest.raises(NoVariation):
        outcome.synthetic_control(steady, "p00", 2013)


@pytest.mark.parametrize("seed", range(3))
def test_sdid_agrees_with_the_reference_implementation(seed: int) -> None:
    """Exact weights against the reference's Frank-Wolfe steps: 2e-2 of a spread of about 8."""
    table = panel(15, 14, seed)
    ordered = np.vstack([table.drop(index="p00"), table.loc[["p00"]]])
    theirs = reference.synthdid_estimate(ordered, 14, 10)
    mine = outcome.synthetic_did(table, "p00", 2020)
    assert mine.effect == pytest.approx(float(theirs), abs=2e-2)


def test_uniform_weights_give_the_plain_difference(worked: pd.DataFrame) -> None:
    data = outcome.read_panel(worked, "1", 2021)
    found = outcome.weighted_difference(data, np.full(3, 1 / 3), np.full(3, 1 / 3))
    assert found == pytest.approx(3.722222, abs=1e-6)


def test_donors_that_never_move_give_the_plain_difference() -> None:
    rows = [(1, 2, 4, 9.0), (5, 5, 5, 6), (7, 7, 7, 9), (3, 3, 3, 3)]
    table = pd.DataFrame(rows, index=list("tabc"), columns=range(2018, 2022))
    found = outcome.synthetic_did(table, "t", 2021)
    assert found.fell_back
    assert found.noise == 0
    plain = outcome.difference_in_differences(table, "t", 2021).effect
    assert found.effect == pytest.approx(plain, abs=1e-12)
    assert not outcome.synthetic_did(panel(), "p00", 2016).fell_back


def test_sdid_weights_are_weights_and_several_places_may_be_treated() -> None:
    table = panel(14, 12)
    found = outcome.synthetic_did(table, ["p00", "p01"], 2018)
    assert found.panel.treated == ("p00", "p01")
    assert found.zeta == pytest.approx((2 * 4) ** 0.25 * found.noise)
    for weights in (found.unit_weights, found.time_weights):
        assert weights.min() >= 0
        assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert list(found.time_weights.index) == list(range(2010, 2018))


def test_sdid_placebos_are_the_estimate_of_each_donor() -> None:
    table = panel(9, 12)
    found = outcome.synthetic_did_placebos(table, "p00", 2018)
    one = outcome.synthetic_did(table.drop(index="p00"), "p03", 2018)
    assert found.effects["p03"] == pytest.approx(one.effect, abs=1e-9)
    assert found.variance == pytest.approx(found.effects.var(ddof=1))
    assert found.p_floor == pytest.approx(1 / 9)
    assert found.p_floor <= found.placebo_p <= 1


SHIFTS = st.lists(st.floats(-50, 50), min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), SHIFTS)
def test_a_constant_per_town_leaves_sdid_unchanged(seed: int, shifts: list[float]) -> None:
    table = panel(12, 9, seed)
    moved = table.add(np.array(shifts), axis=0)
    one, two = (outcome.synthetic_did(t, "p00", 2016).effect for t in (table, moved))
    assert two == pytest.approx(one, abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), SHIFTS)
def test_a_constant_per_year_leaves_sdid_unchanged(seed: int, shifts: list[float]) -> None:
    """With sigma taken within years; the published pooled sigma is not free of such shifts."""
    table = panel(12, 9, seed)
    moved = table.add(np.array(shifts[:9]), axis=1)
    one, two = (
        outcome.synthetic_did(t, "p00", 2016, noise="within_years").effect for t in (table, moved)
    )
    assert two == pytest.approx(one, abs=1e-8)


def test_the_published_noise_feels_a_shift_of_one_early_year() -> None:
    """Why the invariant above needs ``within_years``: only sigma changes, and tau with it."""
    table = panel(12, 9, 1)
    moved = table.copy()
    moved[2012] += 20.0
    one, two = (outcome.synthetic_did(t, "p00", 2016) for t in (table, moved))
    assert two.noise > 1.5 * one.noise
    assert abs(two.effect - one.effect) > 1e-4
    one, two = (outcome.synthetic_did(t, "p00", 2016, noise="within_years") for t in (table, moved))
    assert two.noise == pytest.approx(one.noise)
    assert two.effect == pytest.approx(one.effect, abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.floats(-50, 50))
def test_the_same_constant_everywhere_and_after_the_start_leaves_sdid_unchanged(
    seed: int, shift: float
) -> None:
    table = panel(12, 9, seed)
    moved = table + shift
    moved.loc[:, 2016:] += 3 * shift
    one, two = (outcome.synthetic_did(t, "p00", 2016).effect for t in (table, moved))
    assert two == pytest.approx(one, abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.floats(0.1, 1000), st.randoms(use_true_random=False))
def test_unit_and_order_of_towns_do_not_matter(seed: int, factor: float, random: object) -> None:
    table = panel(12, 9, seed)
    order = list(table.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    other = factor * table.loc[order]
    did, moved = (outcome.difference_in_differences(t, "p00", 2016) for t in (table, other))
    assert moved.effect == pytest.approx(factor * did.effect, rel=1e-9)
    assert (moved.placebo_p, moved.gap_was_moving) == (did.placebo_p, did.gap_was_moving)
    for method in (outcome.synthetic_control, outcome.synthetic_did):
        one, two = method(table, "p00", 2016), method(other, "p00", 2016)
        assert two.effect == pytest.approx(factor * one.effect, rel=1e-6, abs=1e-9 * factor)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), st.integers(1, 11), st.integers(0, 8))
def test_a_missing_value_never_acts_as_zero(seed: int, place: int, year: int) -> None:
    table = panel(12, 9, seed)
    holed = table.copy()
    holed.iloc[place, year] = NAN
    found = outcome.difference_in_differences(holed, "p00", 2016)
    plain = outcome.difference_in_differences(table.drop(index=table.index[place]), "p00", 2016)
    assert found.effect == pytest.approx(plain.effect)
    assert found.panel.left_out == (table.index[place],)


def test_a_missing_year_of_the_own_town_is_left_out_for_all() -> None:
    table = panel(12, 9)
    table.loc["p00", 2012] = NAN
    found = outcome.difference_in_differences(table, "p00", 2016)
    assert found.panel.missing_years == (2012,)
    assert found.panel.left_out == ()
    without = outcome.difference_in_differences(table.drop(columns=2012), "p00", 2016)
    assert found.effect == pytest.approx(without.effect)


def test_faulty_panels_are_named() -> None:
    table = panel()
    with pytest.raises(DuplicateKeys) as twice:
        outcome.difference_in_differences(pd.concat([table, table.iloc[[3]]]), "p00", 2016)
    assert twice.value.keys == ("p03",)
    with pytest.raises(UnknownPlace):
        outcome.synthetic_control(table, "q", 2016)
    with pytest.raises(TooFewPeriods) as late:
        outcome.difference_in_differences(table, "p00", 2030)
    assert late.value.keys == ("<2030: 10", "≥2030: 0")
    with pytest.raises(TooFewPeriods):
        outcome.synthetic_did(table, "p00", 2011)
    with pytest.raises(TooFewPlaces):
        outcome.synthetic_control(table.iloc[:2], "p00", 2016)
    with pytest.raises(OutOfRange):
        outcome.synthetic_did(table, "p00", 2016, noise="none")  # type: ignore[arg-type]
    table.iloc[4, 4] = np.inf
    with pytest.raises(NotFinite) as infinite:
        outcome.event_study(table, "p00", 2016)
    assert infinite.value.keys == ("p04",)


def test_pandemic_years_can_be_left_out() -> None:
    table = panel(6, 14)
    assert list(outcome.without_years(table).columns) == [*range(2010, 2020), 2023]
