"""Many uploads as one file: nothing that can be asked changes, and damage does no harm."""

import os
import sqlite3
import time

import pandas as pd
import pytest

from loaders.store import open_store, publish, redo, undo
from loaders.store.compaction import MOST_LIVE_FILES, compact, orphans, sweep
from loaders.store.queries import table

from .conftest import solution


def add(store, rows, number):
    named = {"name": "file.csv", "person": "Ada", "note": "", "upload_id": f"id{number}"}
    return publish(store, "solutions", rows, **named)


def upload_files(store):
    """How many files reading the uploads takes."""
    live = [entry for entry in store.live("solutions") if entry.layer == "upload"]
    short = store.ledger.compaction("solutions", live)
    return len(live) - len(short.covers) + 1 if short else len(live)


def test_every_version_is_the_same_before_and_after(store):
    numbers = [add(store, solution("abcde"[n % 5], float(n)), n) for n in range(12)]
    undo(store, numbers[3])
    versions = range(store.version() + 1)
    before = [table(store, "solutions", version) for version in versions]
    assert compact(store, "solutions") == 11
    assert upload_files(store) == 1
    for version, rows in zip(versions, before, strict=True):
        pd.testing.assert_frame_equal(table(store, "solutions", version), rows)


def test_undoing_a_covered_upload_and_bringing_it_back(store):
    numbers = [add(store, solution("a", float(n)), n) for n in range(4)]
    compact(store, "solutions")
    undo(store, numbers[3])
    assert table(store, "solutions")["cost"].tolist()[2] == 2.0
    assert upload_files(store) == 3
    redo(store, numbers[3])
    assert table(store, "solutions")["cost"].tolist()[2] == 3.0
    assert upload_files(store) == 1


def test_the_two_hundredth_upload_compacts_by_itself(store, monkeypatch):
    monkeypatch.setattr("loaders.store.compaction.MOST_LIVE_FILES", 8)
    for number in range(8):
        add(store, solution(f"s{number}", float(number)), number)
    assert MOST_LIVE_FILES == 200
    assert upload_files(store) == 1
    add(store, solution("later", 1.0), 99)
    assert upload_files(store) == 2
    assert len(table(store, "solutions")) == 12


@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_damaged_compaction_is_passed_over(store, data, harm):
    for number in range(3):
        add(store, solution("xya"[number], float(number)), number)
    compact(store, "solutions")
    live = [entry for entry in store.live("solutions") if entry.layer == "upload"]
    path = store.root / store.ledger.compaction("solutions", live).file
    if harm == "remove":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    later = open_store(store.root, data)
    assert table(later, "solutions")["cost"].tolist()[2] == 2.0
    assert later.damage() == []


def test_failing_compaction_leaves_the_upload_published(store, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("loaders.store.compaction.MOST_LIVE_FILES", 2)
    monkeypatch.setattr("loaders.store.compaction.write_table", full)
    add(store, solution("a", 1.0), 1)
    number = add(store, solution("a", 2.0), 2)
    assert number == store.version()
    assert table(store, "solutions")["cost"].tolist()[2] == 2.0


def test_orphans_are_named_and_swept_only_when_old(store):
    add(store, solution("a", 1.0), 1)
    stray = store.root / "files" / "solutions" / "stray.parquet"
    stray.write_bytes(b"left by a crash")
    assert orphans(store) == []
    old = time.time() - 2 * 24 * 3600
    os.utime(stray, (old, old))
    assert orphans(store) == ["files/solutions/stray.parquet"]
    assert sweep(store) == ["files/solutions/stray.parquet"]
    assert not stray.exists()
    assert store.damage() == []


def test_file_swept_between_writing_and_naming_is_written_again(store, monkeypatch):
    import loaders.store.commit as commit

    write, sweeps = commit.write_table, iter([True])

    def write_and_lose(root, schema, rows):
        file = write(root, schema, rows)
        for _ in sweeps:
            sweep(store, grace=-1)
        return file

    monkeypatch.setattr(commit, "write_table", write_and_lose)
    add(store, solution("a", 5.0), 1)
    assert store.damage() == []
    assert table(store, "solutions")["cost"].tolist()[2] == 5.0


def test_store_of_the_first_format_is_brought_up_to_date(store, data):
    number = add(store, solution("a", 5.0), 1)
    store.close()
    connection = sqlite3.connect(store.ledger.path)
    connection.execute("DROP TABLE compactions")
    connection.execute("DROP TABLE originals")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    later = open_store(store.root, data)
    add(later, solution("a", 6.0), 2)
    assert compact(later, "solutions") == 2
    assert table(later, "solutions", number)["cost"].tolist()[2] == 5.0
    assert later.versions()["original"].tolist()[-2:] == ["", ""]
