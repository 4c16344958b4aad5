"""Fifty errors of thirty kinds in a clean file of 10,000 rows: all found, nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.store.queries import table

from .conftest import places
from .planting import KINDS, clean_rows, plant, written


@pytest.fixture(scope="module")
def districts(store) -> list[str]:
    return table(store, "districts")["ags"].tolist()


def test_the_clean_file_raises_no_alarm(examined, districts):
    rows = clean_rows(districts)
    examination = examined(written(rows))
    assert len(rows) == 10_000
    assert places(examination) == set()
    assert (examination.outcome, examination.exit_code) == ("accepted", 0)
    assert len(examination.accepted) == 10_000


def test_fifty_planted_errors_are_found_at_their_row_and_column(examined_apart, districts):
    rows = clean_rows(districts)
    planted = plant(rows, 49, seed=7)
    examination = examined_apart(written(rows))
    assert len(planted) == 50
    assert len({one.kind for one in planted}) >= 20
    assert places(examination) == {(one.code, one.row, one.column) for one in planted}
    assert examination.exit_code == 1
    assert {one.kind for one in planted} > {*KINDS}
    kept = {"period_in_future", "value_empty", "value_scale", "value_jump"}
    assert len(examination.accepted) == 10_000 - sum(one.code not in kept for one in planted)
    for finding in examination.findings:
        for lang in ("de", "en"):
            assert "{" not in finding.sentence(lang) + finding.advice(lang)


@given(seed=st.integers(0, 2**32), count=st.integers(1, 60))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_random_plants_are_found_and_nothing_else(examined, districts, seed, count):
    rows = clean_rows(districts, seed % 5)
    planted = plant(rows, count, seed)
    found = places(examined(written(rows)))
    assert found == {(one.code, one.row, one.column) for one in planted}
