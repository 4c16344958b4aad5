"""A hundred kills with four writers; ``python -m tests.crash.harness --kills 1000`` does more."""

import sys

import pytest

from loaders.store import open_store, publish
from tests.crash.harness import ANY_MOMENT, ROWS, STEPS, run, upload, watched
from tests.crash.small_store import write_data

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no fork and no kill -9"
)


def test_nothing_acknowledged_is_lost_in_a_hundred_kills(tmp_path):
    tally = run(tmp_path, kills=104, writers=4, seed=20260101)
    assert tally.faults == []
    assert sum(tally.kills.values()) == 104
    assert {step: tally.kills[step] for step in STEPS} == dict.fromkeys(STEPS, 8)
    assert tally.kills[ANY_MOMENT] == 16
    assert tally.acknowledged >= 52


def test_the_harness_sees_every_step_of_a_commit_in_order(tmp_path):
    store = open_store(tmp_path / "store", write_data(tmp_path / "data"))
    seen = []
    with watched(seen.append):
        publish(store, "amounts", upload("one"), name="", person="", note="", upload_id="one")
    assert seen == [step for step in STEPS if step not in ("committed", "acknowledged")]
    assert len(upload("one")) == ROWS


def test_the_harness_notices_a_lost_upload(tmp_path, monkeypatch):
    """A commit that acknowledges before it is named must not pass."""
    import tests.crash.harness as harness

    def forgetful(store, kind, rows, *, upload_id, **more):
        if upload_id.endswith("-0"):
            return store.version() + 1
        return publish(store, kind, rows, upload_id=upload_id, **more)

    monkeypatch.setattr(harness, "publish", forgetful)
    tally = run(tmp_path, kills=11, writers=1, seed=1)
    assert "is lost" in tally.faults[0]
