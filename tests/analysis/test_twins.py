"""Transfer twins and their check on a small world where the answer is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.peers import distances
from analysis.standardise import Standardised, standardise
from analysis.twin_check import twin_check
from analysis.twins import distance_range, known_places, twins

WEIGHTS = {"size": 0.5, "density": 0.3, "growth": 0.2}


@pytest.fixture(scope="module")
def pool() -> Standardised:
    """Two groups of forty places far apart, alike inside."""
    random = np.random.default_rng(3)
    near = random.normal(0, 0.2, (40, 3))
    far = random.normal(6, 0.2, (40, 3))
    keys = [f"{n:08d}" for n in range(80)]
    return standardise(pd.DataFrame(np.vstack([near, far]), keys, list(WEIGHTS)), WEIGHTS)


def deployed(places: dict[str, list[int]], role: str = "adopter") -> pd.DataFrame:
    rows = [
        (solution, f"{n:08d}", role, True, f"{solution}/{n}")
        for solution, numbers in places.items()
        for n in numbers
    ]
    return pd.DataFrame(rows, columns=["solution_id", "ags", "role", "runs", "decision"])


def test_twins_are_the_nearest_running_places_and_those_without(pool: Standardised) -> None:
    running = [f"{n:08d}" for n in (1, 2, 50, 60)]
    found = twins(pool, "00000000", running, [*running, "00000003"])
    assert [twin.ags for twin in found.running][2:] != []
    assert {twin.ags for twin in found.running[:2]} == {"00000001", "00000002"}
    assert not {peer.ags for peer in found.without} & {*running, "00000003", "00000000"}
    assert all(int(peer.ags) < 40 for peer in found.without)


def test_a_distance_is_a_range_that_holds_the_distance(pool: Standardised) -> None:
    for other in ("00000001", "00000055"):
        low, high = distance_range(pool, "00000000", other)
        distance = distances(pool, "00000000").loc[other, "distance"]
        assert low <= distance <= high
        assert low < high


def test_share_of_places_farther_away(pool: Standardised) -> None:
    found = twins(pool, "00000000", ["00000041", "00000042", "00000043"], [])
    for twin in found.running:
        farther = distances(pool, "00000000")["distance"].drop("00000000") > twin.peer.distance
        assert twin.closer_share == pytest.approx(farther.mean())
        assert twin.closer_share < 0.5


def test_a_place_outside_the_pool_has_no_twins(pool: Standardised) -> None:
    found = twins(pool, "99999999", ["00000001"], [])
    assert (found.running, found.without) == ((), ())


def test_known_places_count_every_kind_of_deployment() -> None:
    table = deployed({"a": [1, 2], "b": [3]}).assign(runs=[True, False, True])
    assert known_places(table, "a") == {"00000001", "00000002"}


def test_likeness_is_seen_where_adopters_come_from_one_group(pool: Standardised) -> None:
    table = deployed({f"s{k}": list(range(k, k + 6)) for k in range(0, 30, 5)})
    check = twin_check(pool, table, pool.keys, draws=200)
    everywhere = check.results[0]
    assert everywhere.decisions == 36
    assert everywhere.mean > 0.7
    assert everywhere.low <= everywhere.mean <= everywhere.high
    assert everywhere.tells_something


def test_likeness_says_nothing_where_adopters_are_drawn_by_lot() -> None:
    random = np.random.default_rng(11)
    keys = [f"{n:08d}" for n in range(200)]
    even = pd.DataFrame(random.uniform(0, 1, (200, 3)), keys, list(WEIGHTS))
    pool = standardise(even, WEIGHTS)
    drawn = {f"s{k}": random.choice(200, 6, replace=False).tolist() for k in range(20)}
    result = twin_check(pool, deployed(drawn), pool.keys, draws=400).results[0]
    assert result.mean == pytest.approx(0.5, abs=0.08)
    assert not result.tells_something


def test_places_of_one_decision_are_hidden_together(pool: Standardised) -> None:
    table = deployed({"a": [0, 1, 60]})
    joint = table.assign(decision=["a/joint", "a/joint", "a/60"])
    rows = twin_check(pool, joint, pool.keys, draws=50).rows.set_index("decision")
    assert rows.loc["a/joint", "places"] == 2
    assert rows.loc["a/joint", "share_all"] < 0.6


def test_a_single_adopter_cannot_be_checked_and_is_counted(pool: Standardised) -> None:
    check = twin_check(pool, deployed({"a": [1]}), pool.keys, draws=50)
    assert check.not_checked == 1
    assert check.rows.empty
    assert check.results[0].decisions == 0
