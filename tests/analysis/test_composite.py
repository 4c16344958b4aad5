"""Composite indicators: the worked figures of the method, bounds, and what must always hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm import normalizations
from pymcdm.methods import WPM, WSM

from analysis import composite
from analysis.errors import (
    BadWeights,
    NotComparable,
    NotFinite,
    NoVariation,
    OutOfRange,
    TooFewPlaces,
)

X = [2, 4, 10, None, 6]
NAN = np.nan
ROWS = [(0.9, 0.5, 0.2), (0.6, 0.6, 0.5), (0.2, 0.9, 0.8)]
W = (0.5, 0.3, 0.2)


@pytest.mark.parametrize(
    ("method", "direction", "expected"),
    [
        ("minmax", 1, [0, 0.25, 1, NAN, 0.5]),
        ("minmax", -1, [1, 0.75, 0, NAN, 0.5]),
        ("zscore", 1, [-1.024695, -0.439155, 1.317465, NAN, 0.146385]),
        ("robust_z", 1, [-1.011736, -0.337245, 1.686227, NAN, 0.337245]),
        ("goalposts", 1, [0.25, 0.5, 1, NAN, 0.75]),
        ("goalposts", -1, [0.75, 0.5, 0, NAN, 0.25]),
        ("rank", 1, [0, 1 / 3, 1, NAN, 2 / 3]),
        ("rank", -1, [1, 2 / 3, 0, NAN, 1 / 3]),
    ],
)
def test_normalisation_gives_the_worked_figures(
    method: str, direction: int, expected: list[float]
) -> None:
    found = composite.normalise(X, method, direction, goalposts=(0, 8))
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_aggregation_gives_the_worked_figures_and_the_order_flips() -> None:
    found = {m: np.asarray(composite.aggregate(ROWS, W, m)) for m in composite.AGGREGATIONS}
    np.testing.assert_allclose(found["arithmetic"], [0.64, 0.58, 0.53], atol=1e-6)
    np.testing.assert_allclose(found["geometric"], [0.558494, 0.578516, 0.414387], atol=1e-6)
    np.testing.assert_allclose(found["harmonic"], [0.463918, 0.576923, 0.324324], atol=1e-6)
    assert found["arithmetic"][0] > found["arithmetic"][1]
    assert found["geometric"][0] < found["geometric"][1]


def test_missing_values_widen_the_bounds_as_worked() -> None:
    arithmetic = composite.aggregate((0.4, 0.5, None), W)
    geometric = composite.aggregate((0.4, 0.5, None), W, "geometric")
    assert arithmetic.coverage[0] == pytest.approx(0.8)
    assert arithmetic.score[0] == pytest.approx(0.4375)
    assert (arithmetic.low[0], arithmetic.high[0]) == (pytest.approx(0.35), pytest.approx(0.55))
    assert geometric.low[0] == pytest.approx(0.204513, abs=1e-6)
    assert geometric.high[0] == pytest.approx(0.513714, abs=1e-6)


def test_below_65_percent_there_is_no_score() -> None:
    table = pd.DataFrame([[0.4, NAN, 0.1], [0.4, 0.6, NAN], [NAN, NAN, NAN]], index=["a", "b", "c"])
    found = composite.aggregate(table, (0.4, 0.25, 0.35))
    assert found.not_assessable == ("c",)
    assert found.coverage["b"] == pytest.approx(0.65)
    assert found.score["b"] == pytest.approx((0.4 * 0.4 + 0.25 * 0.6) / 0.65)
    assert (found.low["c"], found.high["c"]) == (0, 1)


def test_an_indicator_without_values_is_dropped_and_named() -> None:
    table = pd.DataFrame({"x": [0.2, 0.8], "y": [NAN, NAN], "z": [1.0, 0.0]}, index=["a", "b"])
    found = composite.aggregate(table, {"x": 0.25, "y": 0.5, "z": 0.25})
    assert found.dropped == ("y",)
    assert found.weights == {"x": 0.5, "z": 0.5}
    assert list(found) == pytest.approx([0.6, 0.4])
    with pytest.raises(NotComparable):
        composite.aggregate(table[["y"]], [1.0])


def test_a_constant_indicator_is_never_one_half() -> None:
    with pytest.raises(NoVariation) as error:
        composite.normalise(pd.Series([3, 3, None], name="area"))
    assert error.value.keys == ("area",)
    table = composite.normalise(pd.DataFrame({"x": [1, 2, 3], "y": [5, 5, 5]}))
    assert table["y"].isna().all()
    assert composite.aggregate(table, [0.5, 0.5]).dropped == ("y",)


def test_a_table_may_have_directions_and_goalposts_per_column() -> None:
    table = pd.DataFrame({"up": [0, 5, 10], "down": [1, 2, 3]}, index=["a", "b", "c"])
    found = composite.normalise(
        table, "goalposts", {"up": 1, "down": -1}, {"up": (0, 20), "down": (1, 3)}
    )
    assert found.loc["b"].tolist() == [0.25, 0.5]
    assert composite.normalise(table.to_numpy()).tolist() == [[0, 0], [0.5, 0.5], [1, 1]]


@pytest.mark.parametrize("weights", [[1, -1, 1], [1, NAN, 1], [0, 0, 0], [1, np.inf, 1], []])
def test_unusable_weights_are_refused(weights: list[float]) -> None:
    with pytest.raises(BadWeights):
        composite.aggregate(np.zeros((2, 3)), weights)


def test_weights_are_matched_by_name_and_dominant_ones_named() -> None:
    table = pd.DataFrame({"x": [1.0, 0.0, 0.5], "y": [0.0, 1.0, 0.5]})
    found = composite.aggregate(table, pd.Series({"y": 3.0, "x": 1.0}))
    assert found.weights == {"x": 0.25, "y": 0.75}
    assert found.dominant == ("y",)
    with pytest.raises(BadWeights) as error:
        composite.aggregate(table, {"x": 1.0, "q": 1.0})
    assert error.value.keys == ("q", "y")
    with pytest.raises(BadWeights):
        composite.aggregate(table, [1.0])


def test_faulty_input_is_named() -> None:
    with pytest.raises(NotFinite) as error:
        composite.normalise(pd.Series([1, np.inf, 3], index=["a", "b", "c"]))
    assert error.value.keys == ("b",)
    with pytest.raises(NotFinite):
        composite.aggregate([[np.inf, 1.0]], [1, 1])
    with pytest.raises(OutOfRange):
        composite.normalise(X, direction=0)
    with pytest.raises(OutOfRange):
        composite.normalise(X, "percentile")
    with pytest.raises(OutOfRange):
        composite.normalise(X, "goalposts", goalposts=(8, 0))
    with pytest.raises(OutOfRange):
        composite.aggregate(ROWS, W, "median")
    with pytest.raises(OutOfRange) as negative:
        composite.aggregate([[-0.5, 1.0], [0.2, 0.3]], [1, 1], "geometric")
    assert negative.value.keys == ("0",)
    with pytest.raises(TooFewPlaces):
        composite.normalise([1, 2, None], "zscore")


def test_z_scores_with_gaps_have_no_worst_and_no_best() -> None:
    found = composite.aggregate([[-1.0, NAN], [0.5, 0.2], [1.0, 0.1]], [0.8, 0.2])
    assert (found.low[0], found.high[0]) == (-np.inf, np.inf)
    assert found.low[1] == found.high[1] == pytest.approx(0.44)


def test_outliers_are_pulled_in_furthest_first_and_named() -> None:
    values = pd.Series([*range(1, 40), 400.0], index=[f"p{n}" for n in range(40)])
    found = composite.treat_outliers(values)
    assert (found.method, found.touched) == ("winsorised", ("p39",))
    assert found.values["p39"] == 39
    assert found.skewness > 2
    assert found.kurtosis > 3.5
    pd.testing.assert_series_equal(found.values[:-1], values[:-1])


def test_where_five_do_not_suffice_the_scale_is_bent() -> None:
    values = pd.Series(np.exp(np.linspace(0, 12, 60)))
    found = composite.treat_outliers(values)
    spread = values.max() - values.min()
    assert found.method == "log"
    np.testing.assert_allclose(found.values, np.log(values - values.min() + 0.01 * spread))
    mirrored = composite.treat_outliers(-values)
    np.testing.assert_allclose(mirrored.values, -found.values)
    assert mirrored.values.is_monotonic_decreasing


def test_ordinary_values_stay_untouched() -> None:
    found = composite.treat_outliers([1, 2, None, 3])
    assert (found.method, found.touched) == ("none", ())
    assert found.values.isna().tolist() == [False, False, True, False]
    with pytest.raises(NotFinite):
        composite.treat_outliers([1, np.inf])


def test_agrees_with_pymcdm() -> None:
    source = np.random.default_rng(3)
    raw, weights = source.uniform(1, 9, (12, 4)), source.dirichlet(np.ones(4))
    types = np.array([1, -1, 1, -1])
    mine = composite.normalise(pd.DataFrame(raw), direction=dict(enumerate(types)))
    minmax = normalizations.minmax_normalization
    theirs = np.column_stack([minmax(x, kind < 0) for x, kind in zip(raw.T, types, strict=True)])
    np.testing.assert_allclose(mine, theirs, atol=1e-12)
    profit, up = np.ones(4), 0.1 + 0.9 * theirs
    same = lambda x, cost=False: x  # noqa: E731
    arithmetic = WSM(normalization_function=same)(up, weights, profit)
    geometric = WPM(normalization_function=same)(up, weights, profit)
    np.testing.assert_allclose(composite.aggregate(up, weights), arithmetic, atol=1e-12)
    np.testing.assert_allclose(composite.aggregate(up, weights, "geometric"), geometric, atol=1e-12)


TABLES = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=3, max_size=8
    ).map(np.array)
)
POSITIVE = st.floats(0.05, 1)


@settings(max_examples=80, deadline=None)
@given(TABLES, st.data())
def test_harmonic_below_geometric_below_arithmetic(table: np.ndarray, data: st.DataObject) -> None:
    weights = data.draw(st.lists(POSITIVE, min_size=table.shape[1], max_size=table.shape[1]))
    floored = np.maximum(table, composite.FLOOR)
    a, g, h = (np.asarray(composite.aggregate(floored, weights, m)) for m in composite.AGGREGATIONS)
    assert (h <= g + 1e-9).all()
    assert (g <= a + 1e-9).all()


@settings(max_examples=80, deadline=None)
@given(TABLES, st.data(), st.sampled_from(composite.AGGREGATIONS))
def test_fewer_data_never_narrow_and_bounds_hold_every_completion(
    table: np.ndarray, data: st.DataObject, method: str
) -> None:
    rows, columns = table.shape
    weights = data.draw(st.lists(POSITIVE, min_size=columns, max_size=columns))
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    less = table.copy()
    less[row, column] = np.nan
    full, fewer = (
        composite.aggregate(table, weights, method),
        composite.aggregate(less, weights, method),
    )
    assert (fewer.low <= full.low + 1e-9).all()
    assert (fewer.high >= full.high - 1e-9).all()
    assert fewer.low[row] - 1e-9 <= full.score[row] <= fewer.high[row] + 1e-9
    others = np.arange(rows) != row
    np.testing.assert_allclose(fewer.score[others], full.score[others])


@settings(max_examples=60, deadline=None)
@given(TABLES, st.data())
def test_missing_never_acts_as_zero(table: np.ndarray, data: st.DataObject) -> None:
    columns = table.shape[1]
    column = data.draw(st.integers(0, columns - 1))
    less, zero = table.copy(), table.copy()
    less[0, column], zero[0, column] = np.nan, 0.0
    less[0, [c for c in range(columns) if c != column]] = 0.9
    zero[0, [c for c in range(columns) if c != column]] = 0.9
    weights = np.ones(columns)
    fewer = composite.aggregate(less, weights)
    if fewer.coverage[0] >= 0.65:
        assert fewer.score[0] == pytest.approx(0.9)
        assert composite.aggregate(zero, weights).score[0] < 0.9


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-1000, 1000), min_size=4, max_size=9, unique=True),
    st.floats(0.01, 100),
    st.floats(-1000, 1000),
    st.sampled_from(["minmax", "zscore", "robust_z", "rank"]),
)
def test_a_change_of_unit_changes_no_normalised_value(
    values: list[int], factor: float, shift: float, method: str
) -> None:
    other = [factor * value + shift for value in values]
    np.testing.assert_allclose(
        composite.normalise(values, method), composite.normalise(other, method), atol=1e-6
    )


@settings(max_examples=40, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_places_does_not_matter(table: np.ndarray, random: object) -> None:
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]
    weights = np.arange(1, table.shape[1] + 1)
    one, two = composite.aggregate(table, weights), composite.aggregate(table[order], weights)
    np.testing.assert_allclose(one.score.to_numpy()[order], two.score)
