"""Each step and each system call of a commit fails once: unchanged or whole, and said plainly."""

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import loaders.findings
from loaders.store import NotStored, open_store, publish
from loaders.store.queries import table
from tests.crash.harness import ROWS, STEPS, upload, watched
from tests.crash.small_store import write_data

ROOT = Path(loaders.findings.__file__).parents[1]
LEDGER_STEPS = ("begin", "name event", "name entry", "commit")
FILE_STEPS = tuple(step for step in STEPS[:5])
ERRORS = (errno.ENOSPC, errno.EACCES, errno.EMFILE, errno.EIO)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "store", write_data(tmp_path / "data"))
    yield opened
    opened.close()


def put(store, upload_id):
    named = {"name": f"{upload_id}.csv", "person": "Ada", "note": "", "upload_id": upload_id}
    return publish(store, "amounts", upload(upload_id), **named)


def uploads(store):
    """Number of rows of each upload the store shows."""
    rows = table(store, "amounts")
    return rows["place"].str.split("/").str[0].value_counts().to_dict()


def failing_at(step, fault):
    def reach(reached):
        if reached == step:
            raise fault

    return watched(reach)


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", FILE_STEPS)
def test_failing_file_step_leaves_the_store_unchanged(store, step, number):
    put(store, "before")
    with failing_at(step, OSError(number, os.strerror(number))), pytest.raises(NotStored) as caught:
        put(store, "later")
    assert os.strerror(number) in caught.value.finding.sentence("de")
    assert "later.csv" in caught.value.finding.sentence("de")
    assert uploads(store) == {"before": ROWS}
    assert not list(store.root.rglob("*.draft"))
    assert put(store, "later") == store.version()
    assert uploads(store) == {"before": ROWS, "later": ROWS}
    assert store.damage() == []


@pytest.mark.parametrize(
    "words", ["database or disk is full", "disk I/O error", "database is locked"]
)
@pytest.mark.parametrize("step", LEDGER_STEPS)
def test_failing_ledger_step_leaves_the_store_unchanged(store, step, words):
    put(store, "before")
    with failing_at(step, sqlite3.OperationalError(words)), pytest.raises(NotStored) as caught:
        put(store, "later")
    assert words in caught.value.finding.sentence("en")
    assert uploads(store) == {"before": ROWS}
    assert put(store, "later") == store.version()
    assert uploads(store) == {"before": ROWS, "later": ROWS}


SCRIPT = """
import os, pathlib, sys
import loaders.store.files, pandas, pyarrow.parquet
from loaders.store import NotStored, open_store, publish
from tests.crash.harness import upload
store = open_store(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
rows = upload("later")
os.write(2, b"commit begins\\n")
try:
    publish(store, "amounts", rows, name="later.csv", person="", note="", upload_id="later")
    said = "stored"
except NotStored as refusal:
    said = refusal.finding.sentence("en")
os.write(2, b"commit ends\\n")
print(said)
os._exit(0)
"""
CALLS = "fsync,fdatasync,pwrite64,rename,ftruncate,write"


def strace(store, data, *options):
    command = ["strace", "-qq", *options, sys.executable, "-c", SCRIPT, str(store), str(data)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)


def calls_of_a_commit(store, data, log):
    """System call and its place in the order of such calls, for those between the two marks."""
    ran = strace(store, data, "-e", f"trace={CALLS}", "-o", str(log))
    assert ran.stdout.strip() == "stored", ran.stderr
    counts, found, inside = {}, [], False
    for line in log.read_text().splitlines():
        name = line.split("(")[0]
        counts[name] = counts.get(name, 0) + 1
        if "commit begins" in line or "commit ends" in line:
            inside = "begins" in line
        elif inside:
            found.append((name, counts[name]))
    return found


def can_trace():
    if sys.platform != "linux" or not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False).returncode == 0


@pytest.mark.skipif(not can_trace(), reason="strace is absent or may not trace here")
def test_every_system_call_of_a_commit_may_fail_once(tmp_path):
    data = write_data(tmp_path / "data")
    clean = tmp_path / "clean"
    opened = open_store(clean, data)
    put(opened, "before")
    opened.close()
    shutil.copytree(clean, tmp_path / "traced")
    calls = calls_of_a_commit(tmp_path / "traced", data, tmp_path / "log")
    kinds = {name for name, _ in calls}
    assert {"fsync", "fdatasync", "rename", "write", "pwrite64"} & kinds >= {"rename", "pwrite64"}
    for number, (name, place) in enumerate(calls):
        root = tmp_path / f"store{number}"
        shutil.copytree(clean, root)
        error = {"write": "ENOSPC", "pwrite64": "ENOSPC", "rename": "EACCES"}.get(name, "EIO")
        inject = f"inject={name}:error={error}:when={place}"
        ran = strace(root, data, "-e", f"trace={CALLS}", "-e", inject, "-o", str(tmp_path / "log"))
        said = ran.stdout.strip()
        assert re.search("stored|could not write: .+", said), (name, place, ran.stderr)
        later = open_store(root, data)
        shown = uploads(later)
        assert shown in ({"before": ROWS}, {"before": ROWS, "later": ROWS}), (name, place)
        if said == "stored":
            assert shown == {"before": ROWS, "later": ROWS}, (name, place)
        put(later, "later")
        assert uploads(later) == {"before": ROWS, "later": ROWS}
        assert later.damage() == []
        later.close()
        shutil.rmtree(root)
