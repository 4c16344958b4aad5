"""What an outcome lets be said: many tests, rare events, the ladder, several adopters."""

import itertools

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from analysis import outcome
from analysis.errors import OutOfRange, TooFewPlaces, UnknownPlace
from analysis.outcome import Level, Need
from tests.analysis.random_panels import panel

NAN = np.nan


def test_many_tests_give_the_worked_figures_and_agree_with_statsmodels() -> None:
    p = [0.01, 0.04, 0.03, 0.2]
    np.testing.assert_allclose(outcome.holm(p), [0.04, 0.09, 0.09, 0.2], atol=1e-6)
    expected = [0.04, 0.053333, 0.053333, 0.2]
    np.testing.assert_allclose(outcome.benjamini_hochberg(p), expected, atol=1e-6)
    assert outcome.expected_false_alarms(30) == pytest.approx(3)
    drawn = np.random.default_rng(0).random(40) ** 2
    np.testing.assert_allclose(outcome.holm(drawn), multipletests(drawn, method="holm")[1])
    theirs = multipletests(drawn, method="fdr_bh")[1]
    np.testing.assert_allclose(outcome.benjamini_hochberg(drawn), theirs)
    for method in (outcome.holm, outcome.benjamini_hochberg):
        with pytest.raises(OutOfRange):
            method([0.1, NAN])


def test_poisson_interval_gives_the_worked_figures() -> None:
    found = outcome.poisson_ratio(30, 20)
    assert found.ratio == 1.5
    assert found.low == pytest.approx(1.012044, abs=1e-6)
    assert found.high == pytest.approx(2.141343, abs=1e-6)
    none = outcome.poisson_ratio(0, 4)
    assert (none.ratio, none.low) == (0, 0)
    assert none.high == pytest.approx(-np.log(0.025) / 4)
    for observed, expected in ((-1, 2), (1.5, 2), (1, 0), (1, NAN)):
        with pytest.raises(OutOfRange):
            outcome.poisson_ratio(observed, expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "fit", "level", "needs"),
    [
        ((0, 0, 9), None, Level.NOTHING, [Need("values", 1)]),
        ((1, 0, 0), None, Level.DESCRIBE, ["years_before", "years_after", "places"]),
        ((2, 1, 1), None, Level.CHANGE, ["years_before", "years_after", "places", "fit"]),
        ((5, 2, 10), None, Level.CHANGE, [Need("fit", 1)]),
        ((5, 2, 10), False, Level.CHANGE, [Need("fit", 1)]),
        ((5, 2, 10), True, Level.HISTORY, [Need("study", 1)]),
        ((3, 2, 5), True, Level.CHANGE, [Need("years_before", 2), Need("places", 5)]),
    ],
)
def test_the_ladder_says_the_level_and_what_lifts_it(
    counts: tuple[int, int, int], fit: bool | None, level: Level, needs: list[Need | str]
) -> None:
    found = outcome.claim(*counts, fit_accepted=fit)
    assert found.level == level
    assert [
        n if isinstance(w, Need) else n.what for n, w in zip(found.needs, needs, strict=True)
    ] == needs


def test_only_a_linked_study_of_grade_a_or_b_reaches_level_3() -> None:
    assert outcome.claim(9, 9, 99, fit_accepted=True, study_grade="B").level == Level.EXPERT
    assert outcome.claim(9, 9, 99, fit_accepted=True, study_grade="C").level == Level.HISTORY
    assert outcome.claim(9, 9, 99, fit_accepted=True).level == Level.HISTORY


def test_more_data_never_lower_the_claim() -> None:
    for before, after, places in itertools.product(range(7), range(4), (0, 1, 9, 10)):
        here = outcome.claim(before, after, places, fit_accepted=True).level
        assert outcome.claim(before + 1, after, places, fit_accepted=True).level >= here
        assert outcome.claim(before, after + 1, places, fit_accepted=True).level >= here
        assert outcome.claim(before, after, places + 1, fit_accepted=True).level >= here


def test_the_claim_of_a_panel_counts_full_courses() -> None:
    table = panel(12, 9)
    table.loc["p03", 2011] = NAN
    table.loc["p00", 2013] = NAN
    found = outcome.claim_of_panel(table, "p00", 2016, fit_accepted=True)
    assert (found.years_before, found.years_after, found.places) == (5, 3, 10)
    assert found.missing_years == (2013,)
    assert found.level == Level.HISTORY
    assert outcome.claim_of_panel(table, "q", 2016).level == Level.NOTHING


def test_each_adopter_is_compared_with_places_not_yet_started() -> None:
    years = range(2010, 2018)
    table = pd.DataFrame(0.0, index=list("abcdef"), columns=years) + np.arange(8)
    table.loc["a", 2013:] += 2
    table.loc["b", 2015:] -= 3
    found = outcome.several_adopters(table, {"a": 2013, "b": 2015})
    assert found.table["effect"].tolist() == [2, -3]
    assert found.table["controls"].tolist() == [4, 4]
    assert (found.risen, found.fallen) == (1, 1)
    assert np.isnan([found.mean, found.permutation_p]).all()


def test_places_that_run_the_solution_are_no_controls() -> None:
    table = pd.DataFrame(0.0, index=list("abc"), columns=range(2010, 2016))
    table.loc["a", 2012:] += 10
    found = outcome.several_adopters(table, {"a": 2012, "b": 2014})
    assert found.table.loc["b", "effect"] == 0
    only = outcome.several_adopters(table.loc[["a", "b"]], {"a": 2012, "b": 2014})
    assert only.table.loc["a", "years_after"] == 2
    assert only.not_comparable == ("b",)


def test_the_pooled_mean_comes_from_five_adopters_on_with_a_permutation_p() -> None:
    table = panel(40, 10, factors=1)
    starts = {f"p{n:02d}": 2013 + n % 4 for n in range(6)}
    for key, start in starts.items():
        table.loc[key, start:] += 30
    found = outcome.several_adopters(table, starts)
    assert found.mean == pytest.approx(30, abs=10)
    assert found.permutation_p == 1 / 1000
    assert found.risen == 6
    again = outcome.several_adopters(table, starts)
    assert (again.mean, again.permutation_p) == (found.mean, found.permutation_p)


def test_adopters_with_faults_are_named() -> None:
    table = panel(12, 9)
    table.loc["p05", 2012] = NAN
    assert outcome.several_adopters(table, {"p00": 2014}).left_out == ("p05",)
    with pytest.raises(UnknownPlace):
        outcome.several_adopters(table, {"q": 2014})
    with pytest.raises(TooFewPlaces):
        outcome.several_adopters(table, {"p00": 2010})
    with pytest.raises(OutOfRange):
        outcome.several_adopters(table, {"p00": 2014}, permutations=10)
