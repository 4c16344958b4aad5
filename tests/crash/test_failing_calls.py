"""Each step and each system call of a commit fails once: unchanged or whole, and said plainly."""

import errno
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import loaders.findings
from loaders.store import NotStored, open_store, publish
from loaders.store.queries import table
from tests.crash.harness import ROWS, STEPS, failing_at, upload
from tests.crash.small_store import write_data

ROOT = Path(loaders.findings.__file__).parents[1]
LEDGER_STEPS = ("begin", "name event", "name entry", "commit")
FILE_STEPS = tuple(step for step in STEPS[:5])
ERRORS = {
    errno.ENOSPC: "kein Speicherplatz",
    errno.EACCES: "darf in den Datenspeicher nicht schreiben",
    errno.EMFILE: "zu viele Dateien offen",
    errno.EIO: "das System meldet",
}


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


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("step", FILE_STEPS)
def test_failing_file_step_leaves_the_store_unchanged(store, step, number):
    put(store, "before")
    with failing_at(step, OSError(number, os.strerror(number))), pytest.raises(NotStored) as caught:
        put(store, "later")
    said = caught.value.finding.sentence("de")
    assert ERRORS[number] in said
    assert os.strerror(number) in said
    assert "later.csv" in said
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
import fcntl, json, os, pathlib, sys
import loaders.store.files, pandas, pyarrow.parquet
from loaders.store import NotStored, open_store, publish
from tests.crash.harness import upload

rows = upload("later")
nowhere = os.open(os.devnull, os.O_RDWR)
spare = os.open(sys.argv[3], os.O_RDWR | os.O_CREAT)
absent = sys.argv[3] + ".absent"
calls = {
    "openat": lambda: os.open(absent, os.O_RDONLY),
    "read": lambda: os.read(nowhere, 1),
    "pread64": lambda: os.pread(spare, 1, 0),
    "write": lambda: os.write(nowhere, b"x"),
    "pwrite64": lambda: os.pwrite(spare, b"x", 0),
    "fsync": lambda: os.fsync(nowhere),
    "fdatasync": lambda: os.fdatasync(nowhere),
    "ftruncate": lambda: os.ftruncate(nowhere, 0),
    "rename": lambda: os.rename(absent, absent),
    "unlink": lambda: os.unlink(absent),
    "fcntl": lambda: fcntl.fcntl(nowhere, fcntl.F_GETFL),
    "fchown": lambda: os.fchown(nowhere, -1, -1),
    "close": lambda: os.close(1_000_000),
}


def commit(root, name, burnt):
    store = open_store(pathlib.Path(root), pathlib.Path(sys.argv[1]))
    store.schema("amounts")
    for _ in range(burnt):
        try:
            calls[name]()
        except OSError:
            pass
    os.write(2, b"commit begins\\n")
    try:
        publish(store, "amounts", rows, name="later.csv", person="", note="", upload_id="later")
        said = "stored"
    except NotStored as refusal:
        said = refusal.finding.sentence("en")
    except BaseException as fault:
        said = f"uncaught: {fault!r}"
    os.write(2, b"commit ends\\n")
    pathlib.Path(root, "said").write_text(said)


for plan in json.loads(sys.argv[2]):
    process = os.fork()
    if not process:
        commit(*plan)
        os._exit(0)
    os.waitpid(process, 0)
os._exit(0)
"""
# what each call may answer: too many files, no permission, no space, a failing disk
FAULTS = {
    "openat": ("EMFILE", "EACCES"),
    "rename": ("EACCES",),
    "fchown": ("EPERM",),
    "fcntl": ("ENOLCK",),
    "write": ("ENOSPC",),
    "pwrite64": ("ENOSPC",),
    "ftruncate": ("ENOSPC",),
}
CALLS = (
    "openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync",
    "ftruncate", "rename", "unlink", "fcntl", "fchown", "close",
)  # fmt: skip
DAMAGED_DISK = ("EIO",)


def strace(data, plan, *options):
    """Commits in a process each, of one parent that has loaded everything already.

    Each plan names a store, a call, and how often that call is made before the commit: the
    calls of every process are counted anew, and one at a fixed place of the count fails.
    """
    watch = ["strace", "-f", "-qq", "-e", f"trace={','.join(CALLS)}", *options]
    spare = data.parent / "spare"
    command = [*watch, sys.executable, "-c", SCRIPT, str(data), json.dumps(plan), str(spare)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return [(Path(root) / "said").read_text() for root, _, _ in plan]


def calls_of_a_commit(data, store, log):
    """The calls between the two marks, and how often each was made before, parent and child."""
    assert strace(data, [(str(store), "read", 0)], "-o", str(log)) == ["stored"]
    lines = [line.split(maxsplit=1) for line in log.read_text().splitlines()]
    begins = next(at for at, (_, text) in enumerate(lines) if "commit begins" in text)
    ends = next(at for at, (_, text) in enumerate(lines) if "commit ends" in text)
    child = lines[begins][0]
    named = [(process, text.split("(")[0]) for process, text in lines]
    before = Counter(name for process, name in named[: begins + 1] if process == child)
    parent = Counter(name for process, name in named if process != child)
    inside = [name for process, name in named[begins + 1 : ends] if process == child]
    return [name for name in inside if name in CALLS], before, parent


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
    made, before, parent = calls_of_a_commit(data, tmp_path / "traced", tmp_path / "log")
    assert Counter(made) >= Counter(
        {"openat": 6, "pwrite64": 8, "fdatasync": 3, "fsync": 2, "rename": 1, "write": 1}
    )
    # beyond what the parent makes itself, and what a child makes until its commit ends
    failing_place = {name: parent[name] + before[name] + len(made) for name in set(made)}
    for turn in range(2):
        faults = {name: FAULTS.get(name, DAMAGED_DISK)[turn:] for name in failing_place}
        fail_in_turn(tmp_path / str(turn), data, clean, made, before, failing_place, faults)


def fail_in_turn(folder, data, clean, made, before, failing_place, faults):
    """Each call of a commit answers with the first of its faults, in a store of its own."""
    plan, nth = [], Counter(before)
    for name in made:
        nth[name] += 1
        if faults[name]:
            root = folder / f"{len(plan)}"
            shutil.copytree(clean, root)
            plan.append((str(root), name, failing_place[name] - nth[name]))
    injections = [
        f"--inject={name}:error={first[0]}:when={failing_place[name]}"
        for name, first in faults.items()
        if first
    ]
    log = folder / "log"
    answers = strace(data, plan, *injections, "-o", str(log))
    assert log.read_text().count("(INJECTED)") == len(plan)
    for (root, name, _), said in zip(plan, answers, strict=True):
        assert re.fullmatch("stored|later.csv: Not stored, because .+", said), (name, root, said)
        look(Path(root), data, name, said)


def look(root, data, name, said):
    """Unchanged or whole, and publishing again makes it whole."""
    later = open_store(root, data)
    shown = uploads(later)
    assert shown in ({"before": ROWS}, {"before": ROWS, "later": ROWS}), (name, said)
    if said == "stored":
        assert shown == {"before": ROWS, "later": ROWS}, name
    put(later, "later")
    assert uploads(later) == {"before": ROWS, "later": ROWS}
    assert later.damage() == []
    later.close()
