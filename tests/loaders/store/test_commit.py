"""Publishing, taking back, bringing again; retries, crashes and two people at once."""

import itertools
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import loaders.findings
from loaders.store import (
    DamagedFile,
    NotStored,
    Refused,
    UploadIdTaken,
    open_store,
    publish,
    redo,
    undo,
)
from loaders.store.files import KeyTwice
from loaders.store.ledger import LedgerTooNew
from loaders.store.queries import table, values

from .conftest import solution

ROOT = Path(loaders.findings.__file__).parents[1]
_IDS = itertools.count()


def add(store, rows, **more):
    given = {"name": "file.csv", "person": "Ada", "note": "", "upload_id": f"id{next(_IDS)}"}
    return publish(store, "solutions", rows, **(given | more))


def costs(store, version=None):
    rows = table(store, "solutions", version)
    return dict(
        zip(rows["solution_id"] + "/" + rows["office"], rows["cost"].fillna(-1), strict=True)
    )


SHIPPED_COSTS = {"b/north": -1.0, "a/south": 3.0, "a/north": 1.5}


def test_last_live_upload_wins_and_order_stays(store):
    add(store, pd.concat([solution("z", 7.0), solution("a", 100.0)]))
    add(store, solution("a", 200.0))
    assert list(costs(store).items()) == [
        ("b/north", -1.0),
        ("a/south", 3.0),
        ("a/north", 200.0),
        ("z/north", 7.0),
    ]


def test_a_file_published_again_counts_last_and_keeps_the_order_of_its_keys(store):
    both = pd.concat([solution("y", 1.0), solution("x", 2.0)])
    add(store, both)
    add(store, solution("x", 5.0))
    add(store, both)
    assert list(costs(store).items())[-2:] == [("y/north", 1.0), ("x/north", 2.0)]


def test_undo_shows_what_was_covered_and_redo_keeps_the_old_place(store):
    first = add(store, solution("a", 100.0))
    add(store, solution("a", 200.0))
    undone = undo(store, first, person="Ada", note="wrong file")
    assert costs(store)["a/north"] == 200.0
    redo(store, first)
    assert costs(store)["a/north"] == 200.0
    assert store.versions()["state"].tolist() == ["live"] * 4
    assert undone == first + 2
    assert store.version() == first + 3


def test_every_version_reopens_by_its_number(store):
    start = store.version()
    first = add(store, solution("a", 100.0))
    second = add(store, solution("a", 200.0))
    third = undo(store, second)
    seen = [costs(store, number)["a/north"] for number in (start, first, second, third)]
    assert seen == [1.5, 100.0, 200.0, 100.0]
    assert costs(store, 0) == {}


def test_undoing_twice_or_an_unknown_version_is_refused_with_the_reason(store):
    number = add(store, solution("a", 1.0))
    undo(store, number)
    before = store.version()
    with pytest.raises(Refused, match="taken back already"):
        undo(store, number)
    with pytest.raises(Refused, match="a shipped table"):
        undo(store, 1)
    with pytest.raises(Refused, match="no version 99"):
        redo(store, 99)
    redo(store, number)
    with pytest.raises(Refused, match="counts already"):
        redo(store, number)
    assert store.version() == before + 1


def test_retry_with_the_same_id_changes_nothing(store):
    first = add(store, solution("a", 1.0), upload_id="once")
    again = add(store, solution("a", 1.0), upload_id="once")
    assert again == first == store.version()
    with pytest.raises(UploadIdTaken, match=f"version {first}"):
        add(store, solution("a", 2.0), upload_id="once")
    with pytest.raises(Refused, match="has no id"):
        add(store, solution("a", 2.0), upload_id="")
    assert costs(store)["a/north"] == 1.0


def test_replacement_removes_only_inside_its_scope(store):
    add(store, solution("a", 5.0, office="west"))
    number = add(
        store, solution("a", 9.0), mode="replace", scope={"solution_id": ["a"]}, note="new count"
    )
    assert costs(store) == {"b/north": -1.0, "a/north": 9.0}
    assert store.versions()["rows"].tolist()[-1] == 1
    undo(store, number)
    assert costs(store) == SHIPPED_COSTS | {"a/west": 5.0}


def test_a_later_replacement_holds_when_an_earlier_one_is_undone(store):
    scope = {"mode": "replace", "scope": {"solution_id": ["a"]}}
    add(store, solution("a", 1.0, office="north"))
    first = add(store, solution("a", 2.0, office="south"), **scope)
    add(store, solution("a", 3.0, office="south"), **scope)
    now = costs(store)
    undo(store, first)
    assert costs(store) == now


def test_replacement_may_be_retried_although_others_published_meanwhile(store):
    given = {"mode": "replace", "scope": {"solution_id": ["a"]}, "upload_id": "once"}
    first = add(store, solution("a", 9.0), **given)
    add(store, solution("a", 5.0, office="west"))
    assert add(store, solution("a", 9.0), **given) == first
    with pytest.raises(UploadIdTaken):
        add(store, solution("a", 9.0), **(given | {"scope": {"solution_id": ["b"]}}))


def test_replacement_reckoned_on_an_outdated_version_is_reckoned_again(store, monkeypatch):
    import loaders.store.commit as commit

    write, late = commit.write_table, iter([solution("a", 5.0, office="west")])

    def write_while_another_publishes(root, schema, rows):
        for other in late:
            add(store, other)
        return write(root, schema, rows)

    monkeypatch.setattr(commit, "write_table", write_while_another_publishes)
    add(store, solution("a", 9.0), mode="replace", scope={"solution_id": ["a"]})
    assert costs(store) == {"b/north": -1.0, "a/north": 9.0}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"mode": "replace"}, "to be replaced is not named"),
        ({"scope": {"solution_id": ["a"]}}, "adding replaces nothing"),
        ({"mode": "replace", "scope": {}}, "names no column"),
        ({"mode": "replace", "scope": {"colour": ["red"]}}, "colour"),
    ],
)
def test_scope_must_fit_the_mode_and_the_table(store, more, reason):
    with pytest.raises(Refused, match=reason):
        add(store, solution("a", 1.0), **more)
    assert store.version() == 2


def test_table_that_does_not_fit_its_schema_leaves_no_trace(store):
    with pytest.raises(KeyTwice, match="'a', 'north'"):
        add(store, pd.concat([solution("a", 1.0), solution("a", 2.0)]))
    with pytest.raises(ValueError, match="colour"):
        add(store, solution("a", 1.0).assign(colour="red"))
    with pytest.raises(ValueError, match="office"):
        add(store, solution("a", 1.0).drop(columns="office"))
    with pytest.raises(ValueError, match="does not fit"):
        add(store, solution("a", 1.0).assign(cost="many"))
    assert store.version() == 2


def test_absent_column_is_empty(store):
    add(store, solution("z", 1.0).drop(columns=["note", "cost"]))
    row = table(store, "solutions").iloc[-1]
    assert (row["solution_id"], row["note"]) == ("z", "")
    assert pd.isna(row["cost"])


def test_equal_content_twice_is_one_file_and_two_uploads(store):
    first = add(store, solution("a", 1.0))
    add(store, solution("a", 2.0))
    second = add(store, solution("a", 1.0))
    assert costs(store)["a/north"] == 1.0
    undo(store, second)
    assert costs(store)["a/north"] == 2.0
    shown = store.versions().set_index("number")["sha256"]
    assert shown[first] == shown[second]


def test_versions_say_who_what_and_why(store):
    add(store, solution("a", 1.0), name="kosten.csv", person="Ada", note="counted anew",
        original="0f" * 32)  # fmt: skip
    last = store.versions().iloc[-1]
    assert last["original"] == "0f" * 32
    assert last[["kind", "layer", "mode", "name", "person", "note", "rows", "state"]].tolist() == [
        *("solutions", "upload", "add", "kosten.csv", "Ada", "counted anew", 1, "live")
    ]
    assert pd.Timestamp(last["time"]).utcoffset() == pd.Timedelta(0)


def test_ledger_refuses_to_change_or_forget(store):
    add(store, solution("a", 1.0), original="0f" * 32)
    connection = sqlite3.connect(store.ledger.path)
    for statement in (
        "DELETE FROM entries",
        "UPDATE entries SET rows = 0",
        "DELETE FROM events",
        "UPDATE events SET person = 'x'",
        "DELETE FROM readings",
        "UPDATE originals SET sha256 = 'x'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            connection.execute(statement)
    connection.close()


def test_store_of_a_later_release_is_left_alone(store, data):
    store.close()
    connection = sqlite3.connect(store.ledger.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerTooNew, match="99"):
        open_store(store.root, data)


def test_flipped_bit_is_found_and_named_and_undoing_the_upload_helps(store, data):
    number = add(store, solution("a", 100.0))
    path = store.root / store.live("solutions")[-1].file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    later = open_store(store.root, data)
    with pytest.raises(DamagedFile) as caught:
        table(later, "solutions")
    finding = caught.value.finding
    assert finding.code == "store_file_changed"
    assert finding.details == {"number": str(number), "kind": "solutions"}
    assert path.name in finding.sentence("de")
    assert later.damage() == [finding]
    assert len(values(later, "cars", "2023", "district")) == 2
    undo(later, number)
    assert costs(later) == SHIPPED_COSTS


def test_every_single_flipped_bit_changes_the_hash(store):
    add(store, solution("a", 100.0))
    path = store.root / store.live("solutions")[-1].file
    content = path.read_bytes()
    for position in range(0, len(content) * 8, 97):
        changed = bytearray(content)
        changed[position // 8] ^= 1 << position % 8
        path.write_bytes(changed)
        assert [finding.code for finding in store.damage()] == ["store_file_changed"]
    path.unlink()
    assert [finding.code for finding in store.damage()] == ["store_file_missing"]
    path.write_bytes(content)
    assert store.damage() == []


KILLED = """
import os, pathlib, signal, sqlite3, sys
import pandas as pd
from loaders.store import open_store, publish

step = sys.argv[3]
def die_at(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)

store = open_store(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
fsync, replace, connect = os.fsync, pathlib.Path.replace, sqlite3.connect
syncs = iter(["sync file", "sync folder"])
def counted_fsync(descriptor):
    die_at(next(syncs))
    fsync(descriptor)
def named_replace(path, target):
    die_at("rename")
    return replace(path, target)
class Connection(sqlite3.Connection):
    def execute(self, statement, *values):
        words = statement.split()
        die_at(" ".join(words[:3]) if words[0] == "INSERT" else words[0])
        return super().execute(statement, *values)
os.fsync, pathlib.Path.replace = counted_fsync, named_replace
sqlite3.connect = lambda *given, **more: connect(*given, factory=Connection, **more)
rows = pd.DataFrame({"solution_id": ["a", "y"], "office": "north", "note": "", "cost": 100.0})
number = publish(store, "solutions", rows, name="n", person="p", note="", upload_id="once")
print(number, flush=True)
die_at("acknowledged")
"""
STEPS = [
    *("sync file", "rename", "sync folder", "BEGIN"),
    *("INSERT INTO events", "INSERT INTO entries", "COMMIT", "acknowledged"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_upload_is_whole_or_absent(store, data, step):
    command = [sys.executable, "-c", KILLED, str(store.root), str(data), step]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    acknowledged = ran.stdout.strip()
    later = open_store(store.root, data)
    assert acknowledged == ("3" if step == "acknowledged" else "")
    assert later.version() == (3 if acknowledged else 2)
    whole = SHIPPED_COSTS | {"a/north": 100.0, "y/north": 100.0}
    assert costs(later) == (whole if acknowledged else SHIPPED_COSTS)
    assert later.damage() == []
    rows = pd.concat([solution("a", 100.0), solution("y", 100.0)])
    assert add(later, rows, upload_id="once") == 3
    assert costs(later) == whole


WRITER = """
import pathlib, sys
import pandas as pd
from loaders.store import open_store, publish

store = open_store(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
person = sys.argv[3]
sys.stdin.readline()
for turn in range(10):
    rows = pd.DataFrame({"solution_id": ["a", person], "office": "north", "note": person,
                         "cost": [float(turn), float(turn)]})
    print(publish(store, "solutions", rows, name="n", person=person, note=str(turn),
                  upload_id=f"{person}{turn}"))
"""


def test_two_processes_publishing_at_once_both_succeed(store, data):
    command = [sys.executable, "-c", WRITER, str(store.root), str(data)]
    writers = [
        subprocess.Popen(
            [*command, person], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for person in ("Ada", "Emmy")
    ]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    numbers = [
        [int(line) for line in writer.communicate(timeout=120)[0].split()] for writer in writers
    ]
    assert sorted(numbers[0] + numbers[1]) == list(range(3, 23))
    history = store.versions().iloc[2:]
    assert history.groupby("person")["note"].apply(list).tolist() == [list("0123456789")] * 2
    rows = table(store, "solutions").set_index(["solution_id", "office"])
    assert rows.loc[("a", "north"), "note"] == history.iloc[-1]["person"]
    assert rows.loc[("Ada", "north"), "cost"] == rows.loc[("Emmy", "north"), "cost"] == 9.0


def test_failing_disk_is_told_and_leaves_the_store_as_it_was(store, monkeypatch):
    def full(path, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(NotStored, match="No space left"):
            add(store, solution("a", 1.0))
    assert costs(store) == SHIPPED_COSTS
    drafts = [path for path in (store.root / "files").rglob("*") if path.suffix == ".draft"]
    assert drafts == []
