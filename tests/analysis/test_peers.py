"""Similar towns: the worked example of the method, and what must hold for all pools."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.all_pairs import embed, pair_quantile, squared_distances
from analysis.errors import (
    BadWeights,
    DuplicateKeys,
    NotComparable,
    NotFinite,
    NoVariation,
    OutOfRange,
    UnknownPlace,
)
from analysis.peers import contributions, distances, nearest
from analysis.pool_survey import similarity, survey_pool
from analysis.standardise import standardise

WEIGHTS = {"population": 0.4, "density": 0.2, "young": 0.2, "commuters": 0.2}


@pytest.fixture
def worked_example() -> pd.DataFrame:
    rows = [
        (100, 200, 0.10, 0.3),
        (120, 260, 0.12, 0.4),
        (400, 900, 0.25, 0.8),
        (95, 210, 0.30, 0.2),
    ]
    table = pd.DataFrame(rows, index=list("1234"), columns=list(WEIGHTS))
    table[["population", "density"]] = np.log(table[["population", "density"]])
    return table


def random_pool(size: int, seed: int = 0, missing: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    numbers = rng.normal(size=(size, 3))
    numbers[rng.random(numbers.shape) < missing] = np.nan
    table = pd.DataFrame(numbers, columns=list("abc"))
    table["kind"] = rng.choice(["01", "02", "03"], size)
    table.index = pd.Index([f"{n:05d}" for n in range(size)])
    return table


GROUPS = {"kind": {"01": "urban", "02": "urban", "03": "rural"}}
FOUR = {"a": 0.4, "b": 0.3, "c": 0.2, "kind": 0.1}


def test_worked_example_distances(worked_example: pd.DataFrame) -> None:
    found = distances(standardise(worked_example, WEIGHTS), "1")["distance"]
    assert found.tolist() == pytest.approx([0, 0.305783, 1.939421, 0.932262], abs=1e-6)


def test_worked_example_contributions(worked_example: pd.DataFrame) -> None:
    found = contributions(standardise(worked_example, WEIGHTS), "1", "2")
    expected = {
        "population": 0.308663,
        "density": 0.292579,
        "young": 0.089512,
        "commuters": 0.309247,
    }
    assert found == pytest.approx(expected, abs=1e-6)
    assert next(iter(found)) == "commuters"


def test_a_skewed_variable_is_scaled_by_median_and_mad() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 500.0]
    table = pd.DataFrame({"a": values}, index=[f"{n:05d}" for n in range(10)])
    scaling = standardise(table, {"a": 1}).scalings[0]
    assert (scaling.method, scaling.centre) == ("mad", 5.5)
    assert scaling.spread == pytest.approx(1.4826 * 2.5)


def test_a_skewed_variable_without_mad_keeps_the_standard_deviation() -> None:
    table = pd.DataFrame({"a": [0.0] * 9 + [1.0]}, index=[f"{n:05d}" for n in range(10)])
    assert standardise(table, {"a": 1}).scalings[0].method == "sd"


@pytest.mark.parametrize(("other", "expected"), [("02", 1.0), ("03", 2.0), ("01", 0.0)])
def test_categories_differ_by_type_and_group(other: str, expected: float) -> None:
    table = pd.DataFrame({"kind": ["01", other, "02"]}, index=["00001", "00002", "00003"])
    pool = standardise(table, {"kind": 1}, groups=GROUPS)
    assert distances(pool, "00001")["distance"].iloc[1] == expected


def test_below_seventy_percent_coverage_a_pair_is_not_comparable() -> None:
    table = random_pool(30)
    table.loc["00001", "a"] = np.nan
    table.loc["00002", "b"] = np.nan
    found = distances(standardise(table, FOUR, groups=GROUPS), "00000")
    assert found.loc["00001"].isna().tolist() == [True, False]
    assert found.loc["00002", "coverage"] == pytest.approx(0.7)
    assert found.loc["00002", "distance"] > 0


def test_a_missing_value_is_left_out_and_never_zero() -> None:
    table = random_pool(30)
    table.loc["00002", "c"] = np.nan
    pool = standardise(table, FOUR, groups=GROUPS)
    z = (table[["a", "b"]] - table[["a", "b"]].mean()) / table[["a", "b"]].std()
    delta = (z.loc["00002"] - z.loc["00000"]).to_numpy()
    kind = 0 if table.kind["00002"] == table.kind["00000"] else None
    kind = (
        kind if kind is not None else (2 if "03" in table.kind[["00000", "00002"]].tolist() else 1)
    )
    expected = np.sqrt((0.4 * delta[0] ** 2 + 0.3 * delta[1] ** 2 + 0.1 * kind**2) / 0.8)
    assert distances(pool, "00000").loc["00002", "distance"] == pytest.approx(expected)


def test_a_constant_variable_is_dropped_and_named() -> None:
    table = random_pool(20).assign(c=5.0)
    pool = standardise(table, FOUR, groups=GROUPS)
    assert pool.dropped == ("c",)
    assert pool.weights.sum() == pytest.approx(1)


def test_equal_distances_are_ordered_by_key_and_said() -> None:
    table = pd.DataFrame(
        {"a": [0.0, 1, 1, 1, 1, -9]}, index=[f"0000{n}" for n in (5, 4, 3, 2, 1, 0)]
    )
    found = nearest(standardise(table, {"a": 1}), "00005", 3)
    assert found.keys == ("00001", "00002", "00003")
    assert found.tied
    assert found.peers[0].contributions == {"a": 1.0}


def test_peers_with_and_without_the_solution_are_two_lists() -> None:
    pool = standardise(random_pool(40), FOUR, groups=GROUPS)
    runs = {f"{n:05d}" for n in range(0, 40, 4)}
    with_it = nearest(pool, "00001", 5, among=runs)
    without = nearest(pool, "00001", 5, without=runs)
    assert set(with_it.keys) <= runs
    assert not set(without.keys) & runs
    assert len(with_it.peers) == len(without.peers) == 5


def test_a_list_is_never_filled_up_silently() -> None:
    pool = standardise(random_pool(40), FOUR, groups=GROUPS)
    short = nearest(pool, "00001", 7, among=["00002", "00003"])
    assert len(short.peers) == 2
    assert survey_pool(pool).lacks_close_peers(short)


def test_an_outlier_has_no_close_peers_and_a_common_town_has() -> None:
    table = random_pool(60)
    table.loc["00000", ["a", "b"]] = 12.0
    pool = standardise(table, FOUR, groups=GROUPS)
    survey = survey_pool(pool)
    common = table[["a", "b", "c"]].abs().sum(axis=1).idxmin()
    assert survey.lacks_close_peers(nearest(pool, "00000"))
    assert not survey.lacks_close_peers(nearest(pool, str(common)))


def test_the_survey_agrees_with_single_lists_and_an_exact_quantile() -> None:
    pool = standardise(random_pool(120, missing=0.05), FOUR, groups=GROUPS)
    survey = survey_pool(pool)
    tables = {key: distances(pool, key)["distance"].drop(key).dropna() for key in pool.keys}
    comparable = {key: d for key, d in tables.items() if len(d)}
    every = np.concatenate([d.to_numpy() for d in tables.values()])
    assert survey.pairs == len(every) // 2
    once = np.sort(every)[::2]
    assert survey.pair_quantile == pytest.approx(np.quantile(once, 0.95), abs=1e-9)
    lists = {k: d.sort_index().sort_values(kind="stable").index[:7] for k, d in comparable.items()}
    counts = pd.Series([key for chosen in lists.values() for key in chosen]).value_counts()
    assert (
        survey.hub_counts(7).sort_index().to_dict()
        == counts.reindex(pool.keys, fill_value=0).to_dict()
    )


@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("share", [0.5, 0.95, 0.999])
def test_the_quantile_of_all_pairs_is_exact(missing: float, share: float) -> None:
    points = embed(standardise(random_pool(700, missing=missing), FOUR, groups=GROUPS))
    squares = squared_distances(points, np.arange(700), slice(None))[np.triu_indices(700, 1)]
    every = np.sqrt(squares[np.isfinite(squares)])
    found, pairs = pair_quantile(points, share)
    assert pairs == len(every)
    assert found == pytest.approx(np.quantile(every, share), rel=1e-9)


def test_the_fingerprint_of_a_pool_names_its_values() -> None:
    one, same, other = (
        standardise(random_pool(size), FOUR, groups=GROUPS) for size in (60, 60, 61)
    )
    assert one.fingerprint() == same.fingerprint()
    assert one.fingerprint() != other.fingerprint()


def test_a_hub_stands_in_more_than_three_times_k_lists() -> None:
    rng = np.random.default_rng(1)
    around = rng.normal(size=(60, 12))
    around /= np.linalg.norm(around, axis=1)[:, None]
    table = pd.DataFrame(
        np.vstack([np.zeros((1, 12)), around]), columns=[f"v{n}" for n in range(12)]
    )
    table.index = pd.Index([f"{n:05d}" for n in range(61)])
    survey = survey_pool(standardise(table, dict.fromkeys(table.columns, 1.0)))
    assert survey.hubs(3).index[0] == "00000"
    assert survey.hubs(3).iloc[0] > 9


@pytest.mark.parametrize(("distance", "expected"), [(0.0, 1.0), (1.0, 0.5), (2.0, 0.0), (9.0, 0.0)])
def test_similarity_falls_to_zero_at_the_quantile(distance: float, expected: float) -> None:
    assert similarity(distance, 2.0) == expected


def test_errors_name_what_is_at_fault() -> None:
    table = random_pool(10)
    pool = standardise(table, FOUR, groups=GROUPS)
    with pytest.raises(UnknownPlace) as unknown:
        nearest(pool, "99999")
    assert unknown.value.keys == ("99999",)
    assert "99999" in unknown.value.sentence("de")
    with pytest.raises(OutOfRange):
        nearest(pool, "00001", 21)
    with pytest.raises(BadWeights) as weights:
        standardise(table, {"a": -1.0, "b": 1.0})
    assert weights.value.keys == ("a",)
    with pytest.raises(DuplicateKeys):
        standardise(pd.concat([table, table.head(1)]), FOUR, groups=GROUPS)
    with pytest.raises(NoVariation):
        standardise(table.assign(a=1.0), {"a": 1.0})
    with pytest.raises(NotFinite) as infinite:
        standardise(
            table.assign(a=np.where(table.index == "00003", np.inf, table.a)), {"a": 1, "b": 1}
        )
    assert infinite.value.keys == ("00003",)


def test_a_town_with_too_few_values_is_not_comparable() -> None:
    table = random_pool(10)
    table.loc["00001", ["a", "b"]] = np.nan
    with pytest.raises(NotComparable) as error:
        nearest(standardise(table, FOUR, groups=GROUPS), "00001")
    assert error.value.keys == ("00001",)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 1000), st.floats(-1e3, 1e3))
def test_a_change_of_unit_moves_no_distance(seed: int, factor: float, shift: float) -> None:
    table = random_pool(15, seed)
    moved = table.assign(a=table.a * factor + shift)
    before = distances(standardise(table, FOUR, groups=GROUPS), "00000")["distance"]
    after = distances(standardise(moved, FOUR, groups=GROUPS), "00000")["distance"]
    assert after.to_numpy() == pytest.approx(before.to_numpy(), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_towns_does_not_matter(seed: int, random: object) -> None:
    table = random_pool(15, seed, missing=0.1)
    mixed = table.sample(frac=1, random_state=seed)
    first = standardise(table, FOUR, groups=GROUPS)
    second = standardise(mixed, FOUR, groups=GROUPS)
    pd.testing.assert_frame_equal(distances(first, "00000"), distances(second, "00000"))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_distances_are_symmetric_and_contributions_sum_to_one(seed: int) -> None:
    pool = standardise(random_pool(12, seed), FOUR, groups=GROUPS)
    there = distances(pool, "00000")["distance"]["00007"]
    back = distances(pool, "00007")["distance"]["00000"]
    assert there == pytest.approx(back)
    assert sum(contributions(pool, "00000", "00007").values()) == pytest.approx(1)


def test_matrix_products_give_the_same_distances() -> None:
    table = random_pool(40, missing=0.1)
    table.loc["00003", "kind"] = ""
    pool = standardise(table, FOUR, groups=GROUPS)
    squared = squared_distances(embed(pool), np.arange(40), slice(None))
    for row, key in enumerate(pool.keys):
        expected = distances(pool, key)["distance"].to_numpy()
        found = np.where(np.isfinite(squared[row]), np.sqrt(squared[row]), np.nan)
        assert found == pytest.approx(expected, abs=1e-7, nan_ok=True)


def test_the_tree_finds_what_single_lists_find() -> None:
    table = random_pool(400, seed=3)
    table.loc[["00010", "00011"], "c"] = np.nan
    pool = standardise(table, FOUR, groups=GROUPS)
    survey = survey_pool(pool)
    for key in ("00000", "00010", "00200", "00399"):
        row = pool.position(key)
        listed = [pool.keys[other] for other in survey.neighbours[row, :7]]
        assert listed == list(nearest(pool, key, 7).keys)
