"""Robustness: rank ranges, SMAA, Sobol' indices, and which order survives."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import sobol as salib_sobol

from analysis import robustness
from analysis.composite import normalise
from analysis.errors import (
    BadWeights,
    NotFinite,
    OutOfRange,
    RankWithoutRange,
    TooFewAccepted,
    TooFewPlaces,
    UnknownPlace,
)
from analysis.rank_counts import RankCounts, exact_ranks
from analysis.rank_ranges import make_plan
from analysis.robustness import FULL_MIX, Bounded, Free, Mix, Ordered
from analysis.weight_schemes import Noise

NAN = np.nan


def pool(places: int = 30, indicators: int = 6, gaps: float = 0.0, seed: int = 1) -> pd.DataFrame:
    source = np.random.default_rng(seed)
    names = [f"{n:05d}" for n in range(places)]
    table = pd.DataFrame(
        source.random((places, indicators)),
        index=names,
        columns=list("abcdefghijklmnop")[:indicators],
    )
    return table.mask(source.random(table.shape) < gaps)


@pytest.fixture(scope="module")
def two_criteria() -> robustness.Acceptability:
    first = np.random.default_rng(5).random(100_000)
    return robustness.smaa([(1, 0), (0.6, 0.6), (0, 1)], np.column_stack([first, 1 - first]))


def test_smaa_gives_the_exact_shares(two_criteria: robustness.Acceptability) -> None:
    expected = [[0.4, 0.1, 0.5], [0.2, 0.8, 0], [0.4, 0.1, 0.5]]
    np.testing.assert_allclose(two_criteria.acceptability, expected, atol=0.015)
    np.testing.assert_allclose(two_criteria.central_weights[:, 0], [0.8, 0.5, 0.2], atol=0.015)
    np.testing.assert_allclose(two_criteria.pairwise + two_criteria.pairwise.T, 1, atol=1e-12)
    assert two_criteria.pairwise[0, 1] == pytest.approx(0.4, abs=0.015)
    assert two_criteria.confidence.tolist() == [1, 1, 1]


def test_smaa_leaves_the_central_weight_open_where_it_never_wins() -> None:
    found = robustness.smaa([(1, 1), (0.5, 0.5)], [(0.2, 0.8), (0.9, 0.1)])
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan(found.confidence[1])
    assert found.acceptability.tolist() == [[1, 0], [0, 1]]


def test_smaa_ties_share_the_best_rank_and_count_one_half() -> None:
    found = robustness.smaa([(1, 0), (1, 0), (0, 0)], [(1.0, 0.0)])
    assert found.acceptability[:, 0].tolist() == [1, 1, 0]
    assert found.acceptability[2].tolist() == [0, 0, 1]
    assert found.pairwise[0, 1] == 0.5


def test_smaa_takes_drawn_values_and_refuses_what_does_not_fit() -> None:
    source = np.random.default_rng(0)
    values = np.array([[1.0, 0.0], [0.0, 1.0]]) + source.normal(0, 0.3, (4000, 2, 2))
    found = robustness.smaa(values, (0.5, 0.5))
    assert found.acceptability[0, 0] == pytest.approx(0.5, abs=0.03)
    assert found.confidence[0] == pytest.approx(0.5, abs=0.03)
    with pytest.raises(OutOfRange):
        robustness.smaa(values, np.ones((4000, 3)))
    with pytest.raises(TooFewPlaces):
        robustness.smaa([[1.0, 2.0]], [(0.5, 0.5)])
    with pytest.raises(NotFinite):
        robustness.smaa([[NAN, 2.0], [1, 1]], [(0.5, 0.5)])
    with pytest.raises(BadWeights):
        robustness.smaa([[1.0, 2.0], [1, 1]], [(0.0, 0.0)])


def test_sobol_gives_the_exact_indices() -> None:
    linear = robustness.sobol(lambda x: x[:, 0] + 2 * x[:, 1], 2, 4096)
    product = robustness.sobol(lambda x: x[:, 0] * x[:, 1], ["a", "b"], 4096)
    np.testing.assert_allclose(linear.first, [0.2, 0.8], atol=0.03)
    np.testing.assert_allclose(linear.total, [0.2, 0.8], atol=0.03)
    np.testing.assert_allclose(product.first, [3 / 7, 3 / 7], atol=0.03)
    np.testing.assert_allclose(product.total, [4 / 7, 4 / 7], atol=0.03)
    assert product.factors == ("a", "b")
    assert (linear.first_range[0] <= linear.first).all()
    assert (linear.first <= linear.first_range[1]).all()
    assert linear.runs == 4096 * 4


def test_sobol_says_when_nothing_changes_the_result() -> None:
    found = robustness.sobol(lambda x: np.full(len(x), 3.7), 3, 64)
    assert not found.varies.any()
    assert found.first.tolist() == found.total.tolist() == [0, 0, 0]


def test_sobol_takes_ranges_several_outputs_and_single_runs() -> None:
    both = robustness.sobol(
        lambda x: np.column_stack([x[:, 0], x[:, 1]]), {"a": (0, 2), "b": (5, 9)}, 256
    )
    np.testing.assert_allclose(both.first, [[1, 0], [0, 1]], atol=0.05)
    single = robustness.sobol(lambda run: run[0] + 2 * run[1], 2, 1024)
    np.testing.assert_allclose(single.first, [0.2, 0.8], atol=0.03)
    with pytest.raises(OutOfRange):
        robustness.sobol(lambda x: x[:, 0], 2, 1000)
    with pytest.raises(OutOfRange):
        robustness.sobol(lambda x: x[:, 0], {"a": (1, 1)}, 64)
    with pytest.raises(NotFinite):
        robustness.sobol(lambda x: x[:, 0] * np.nan, 2, 64)


def test_sobol_agrees_with_salib_on_the_same_runs() -> None:
    """SALib's estimators on our runs; the two centre the outputs differently: 1e-3."""
    seen: list[np.ndarray] = []

    def ishigami(x: np.ndarray) -> np.ndarray:
        seen.append(
            np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        )
        return seen[-1]

    ends = dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi))
    mine = robustness.sobol(ishigami, ends, 2048)
    base, other, *mixed = seen[0].reshape(5, 2048)
    theirs = salib_sobol.analyze(
        {"num_vars": 3, "names": list(ends), "bounds": list(ends.values())},
        np.stack([base, *mixed, other], axis=1).ravel(),
        calc_second_order=False,
        seed=0,
    )
    np.testing.assert_allclose(mine.first, theirs["S1"], atol=1e-3)
    np.testing.assert_allclose(mine.total, theirs["ST"], atol=1e-3)


def test_ranks_share_the_best_place_and_counting_equals_sorting() -> None:
    scores = np.array([[1.3, 1.9, 1.9, 1.1], [1.5, 1.2, 1.5 + 1e-15, 1.8]])
    expected = [[3, 1, 1, 4], [2, 4, 2, 1]]
    assert exact_ranks(scores).tolist() == expected
    source = np.random.default_rng(0)
    for places in (5, 40, 1600):
        drawn = 1 + source.integers(0, 3 * places, (64, places)) / (3 * places)
        counts = RankCounts(places, 64)
        counts.add(drawn.copy(), lambda rows, drawn=drawn: drawn[rows])
        ranks = np.sort(exact_ranks(drawn), axis=0)
        assert (counts.percentiles((0.05, 0.5, 0.95)) == ranks[[3, 31, 60]].T).all()
        np.testing.assert_allclose(counts.share_up_to(2), (ranks <= 2).mean(axis=0))


def test_without_noise_the_range_is_one_rank() -> None:
    table = pool()
    found = robustness.rank_ranges(table, np.ones(6), 200, noise=0.0)
    expected = table.mean(axis=1).rank(ascending=False).astype(int)
    assert found.table["low"].tolist() == found.table["high"].tolist() == expected.tolist()
    assert found.draws == 200
    assert found.monte_carlo_error == pytest.approx(np.sqrt(0.25 / 200))


def test_ranges_equal_a_plain_simulation() -> None:
    table, weights = pool(), np.array([3, 1, 1, 2, 1, 2.0])
    found = robustness.rank_ranges(table, weights, 500, seed=7)
    source = np.random.Generator(np.random.PCG64(7))
    source.multinomial(500, [1.0])
    drawn = weights / weights.sum() * (0.75 + 0.5 * source.random((500, 6)))
    ranks = np.sort(exact_ranks(drawn @ table.to_numpy().T), axis=0)
    assert found.table["low"].tolist() == ranks[24].tolist()
    assert found.table["median"].tolist() == ranks[249].tolist()
    assert found.table["high"].tolist() == ranks[474].tolist()
    np.testing.assert_allclose(found.table["top_quarter"], (ranks <= 7).mean(axis=0))


@pytest.mark.parametrize("mix", [Mix(), FULL_MIX], ids=["weights", "full"])
@pytest.mark.parametrize("gaps", [0.0, 0.05])
@pytest.mark.parametrize(
    "scheme",
    [Noise(0.25), Free(), Ordered(list("bacdef")), Bounded({"a": (0.1, 0.6)})],
    ids=lambda scheme: type(scheme).__name__,
)
def test_one_town_alone_gives_its_row_of_the_table(mix: Mix, gaps: float, scheme: object) -> None:
    table = pool(gaps=gaps)
    table.iloc[4] = table.iloc[3]
    options = {"draws": 900, "seed": 3, "scheme": scheme, "mix": mix}
    whole = robustness.rank_ranges(table, np.ones(6), **options)
    for place in whole.table.index[[0, 3, 4, 20]]:
        assert robustness.town_rank_range(table, np.ones(6), place, **options) == whole.of(place)
    if not gaps:
        assert whole.table.iloc[3].tolist() == whole.table.iloc[4].tolist()


def test_every_run_is_the_same_and_another_seed_is_not() -> None:
    table = pool(gaps=0.05)
    one, two, other = (
        robustness.rank_ranges(table, np.ones(6), 400, seed=s, mix=FULL_MIX).table
        for s in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(other)


def test_schemes_draw_what_they_say() -> None:
    weights = dict.fromkeys("abcd", 0.25)
    source = np.random.default_rng(0)
    ordered = Ordered(list("cabd")).draw(weights, 500, source)
    assert (ordered[:, 2] >= ordered[:, 0]).all()
    assert (ordered[:, 0] >= ordered[:, 1]).all()
    assert (ordered[:, 1] >= ordered[:, 3]).all()
    bounded = Bounded({"a": (0.3, 0.5)}).draw(weights, 500, source)
    assert bounded[:, 0].min() >= 0.3
    assert bounded[:, 0].max() <= 0.5
    np.testing.assert_allclose(bounded.sum(axis=1), 1)
    noise = Noise(0.25).draw(weights, 2000, source)
    assert 0.1875 <= noise.min() < 0.19
    assert 0.31 < noise.max() <= 0.3125
    np.testing.assert_allclose(Free().draw(weights, 20_000, source).mean(axis=0), 0.25, atol=0.01)


def test_impossible_weights_are_refused() -> None:
    table = pool()
    with pytest.raises(TooFewAccepted) as error:
        robustness.rank_ranges(table, np.ones(6), scheme=Bounded({"a": (0.98, 1)}))
    assert "0.98" in error.value.sentence("de")
    with pytest.raises(BadWeights):
        robustness.rank_ranges(table, np.ones(6), scheme=Bounded({"q": (0, 1)}))
    with pytest.raises(BadWeights):
        robustness.rank_ranges(table, np.ones(6), scheme=Ordered(list("ab")))
    with pytest.raises(OutOfRange):
        robustness.rank_ranges(table, np.ones(6), noise=1.5)
    with pytest.raises(OutOfRange):
        robustness.rank_ranges(table, np.ones(6), 0)
    with pytest.raises(OutOfRange):
        Mix(aggregations=("harmonic",))


def test_too_few_places_have_no_ranks() -> None:
    for places in (1, 2):
        with pytest.raises(TooFewPlaces):
            robustness.rank_ranges(pool(places), np.ones(6), 100)
    with pytest.raises(UnknownPlace):
        robustness.town_rank_range(pool(), np.ones(6), "99999", 100)


def test_places_with_little_known_are_not_ranked() -> None:
    table = pool()
    table.iloc[2, :3] = NAN
    found = robustness.rank_ranges(table, np.ones(6), 300)
    assert found.not_assessable == ("00002",)
    assert len(found.table) == 29
    with pytest.raises(UnknownPlace):
        found.of("00002")


def test_a_missing_value_widens_the_range_of_its_town() -> None:
    table = pool(40, 4)
    less = table.copy()
    less.iloc[0, 1] = NAN
    full = robustness.rank_ranges(table, np.ones(4), 2000).of("00000")
    fewer = robustness.rank_ranges(less, np.ones(4), 2000).of("00000")
    assert fewer.high - fewer.low > 2 * (full.high - full.low)


def test_values_outside_the_scale_are_refused_where_it_matters() -> None:
    table = pool() * 4 - 2
    assert robustness.rank_ranges(table, np.ones(6), 100).draws == 100
    with pytest.raises(OutOfRange):
        robustness.rank_ranges(table, np.ones(6), 100, mix=FULL_MIX)


def test_very_large_pools_get_fewer_draws_or_one_town_only() -> None:
    source = np.random.default_rng(0)
    big = source.random((20_001, 2))
    with pytest.raises(OutOfRange):
        robustness.rank_ranges(big, [1, 1], 10)
    assert robustness.town_rank_range(big, [1, 1], 5, 100).places == 20_001
    made, _, _ = make_plan(big[:11_000], [1, 1], 50_000, 0, Noise(), Mix())
    assert made.draws == 200_000_000 // 11_000


def test_no_rank_without_its_range() -> None:
    with pytest.raises(TypeError):
        robustness.RankRange(place="a", median=3)  # type: ignore[call-arg]
    with pytest.raises(RankWithoutRange) as error:
        robustness.RankRange("a", low=4, median=3, high=5, top_quarter=0, places=9)
    assert "Rang" in error.value.sentence("de")
    good = robustness.rank_ranges(pool(), np.ones(6), 50)
    with pytest.raises(RankWithoutRange):
        dataclasses.replace(good, table=good.table.drop(columns="low"))
    with pytest.raises(RankWithoutRange):
        dataclasses.replace(good, table=good.table.assign(high=0))


def test_sensitivity_names_the_choice_that_matters() -> None:
    table = pool(40, 5)
    table.iloc[:20, 0], table.iloc[20:, 0] = 0.0, 1.0
    found = robustness.rank_sensitivity(table, np.ones(5), "00003", 128, noise=0.0)
    assert list(found.table.index) == ["normalisation", "aggregation", "left_out", "weights"]
    assert found.varies
    assert found.table["shift_total"].idxmax() in ("aggregation", "left_out")
    assert found.table.loc["weights", "shift_total"] == pytest.approx(0, abs=1e-9)
    assert 0 < found.mean_shift < 40
    with pytest.raises(UnknownPlace):
        robustness.rank_sensitivity(table, np.ones(5), "q", 64)


def test_sensitivity_without_any_choice_that_matters() -> None:
    table = pd.DataFrame({name: [0.0, 0.5, 1.0] for name in "abc"}, index=["x", "y", "z"])
    found = robustness.rank_sensitivity(table, np.ones(3), "x", 64)
    assert not found.varies
    assert (found.table == 0).all().all()


def test_order_survives_in_a_share_of_draws() -> None:
    table = pd.DataFrame(
        [[1, 1], [0.6, 0.6], [0.5, 0.7], [0, 0]], index=list("abcd"), columns=["x", "y"]
    )
    found = robustness.order_survival(
        table, [1, 1], ["a", "b", "c", "d"], 4000, scheme=Free(), mix=Mix()
    )
    assert found.neighbours[("a", "b")] == 1
    assert found.neighbours[("b", "c")] == pytest.approx(0.5, abs=0.04)
    assert found.whole == found.neighbours[("b", "c")]
    assert found.pairwise.loc["c", "b"] == pytest.approx(1 - found.whole)
    with pytest.raises(UnknownPlace):
        robustness.order_survival(table, [1, 1], ["a", "q"], 10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 50), st.floats(-100, 100))
def test_a_change_of_unit_moves_no_rank(seed: int, factor: float, shift: float) -> None:
    raw = pool(15, 4, 0.04, seed)
    other = raw.copy()
    other["b"] = factor * raw["b"] + shift
    one, two = (
        robustness.rank_ranges(normalise(t), np.ones(4), 60, mix=FULL_MIX).table
        for t in (raw, other)
    )
    pd.testing.assert_frame_equal(one, two)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_towns_moves_no_rank(seed: int) -> None:
    table = pool(15, 4, 0.0, seed)
    shuffled = table.sample(frac=1, random_state=seed)
    one, two = (
        robustness.rank_ranges(t, np.ones(4), 60, mix=FULL_MIX).table for t in (table, shuffled)
    )
    pd.testing.assert_frame_equal(one, two.loc[one.index])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.5))
def test_the_range_holds_the_median_and_more_noise_never_leaves_the_pool(
    seed: int, noise: float
) -> None:
    found = robustness.rank_ranges(pool(12, 3, 0.0, seed), np.ones(3), 80, noise, seed).table
    assert (found["low"] <= found["median"]).all()
    assert (found["median"] <= found["high"]).all()
    assert found["low"].min() == 1
    assert found["high"].max() <= 12


def test_long_work_says_how_far_it_is_and_can_be_stopped() -> None:
    shares: list[float] = []
    robustness.rank_ranges(pool(), np.ones(6), 2_000, report=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) >= 3

    def stop(share: float) -> None:
        raise InterruptedError(share)

    with pytest.raises(InterruptedError):
        robustness.rank_ranges(pool(), np.ones(6), 2_000, report=stop)
