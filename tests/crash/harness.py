"""Kills writers at every numbered step of a commit and looks whether anything was lost.

    python -m tests.crash.harness --kills 1000

Each round forks some writers over one store. Every writer publishes until it reaches the
step at which it is told to die (kill -9), or dies at a moment nobody chose. What a writer
had acknowledged by then, it had written into a pipe. Afterwards a fresh process opens the
store and compares every acknowledged upload by its rows and their sum, and repeats what the
dead had begun under the same upload ids. A kill leaves the cache of the operating system
alive: this shows nothing about a power cut.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.store import open_store, publish
from loaders.store.queries import table
from tests.crash.small_store import write_data

STEPS = (
    "open draft",
    "write draft",
    "sync file",
    "rename",
    "sync folder",
    "begin",
    "name event",
    "name entry",
    "commit",
    "committed",
    "acknowledged",
)
ANY_MOMENT = "any moment"
ROWS = 40
_BY_STATEMENT = {
    "BEGIN": "begin",
    "INSERT INTO events": "name event",
    "INSERT INTO entries": "name entry",
    "COMMIT": "commit",
}


@dataclass
class Tally:
    """What a run did and what it found wrong.

    Attributes:
        kills: by step.
        acknowledged: uploads whose number a writer had got.
        survived: uploads that were whole although nobody had got their number.
        faults: sentences; an empty list is the aim.
    """

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    survived: int = 0
    faults: list[str] = field(default_factory=list)


def upload(upload_id: str) -> pd.DataFrame:
    """The rows of one upload; all of them can be told from its id."""
    chance = random.Random(upload_id)
    return pd.DataFrame(
        {
            "place": [f"{upload_id}/{number}" for number in range(ROWS)],
            "amount": [float(chance.randrange(1, 1000)) for _ in range(ROWS)],
        }
    )


def run(folder: Path, kills: int, writers: int, seed: int) -> Tally:
    """Rounds of ``writers`` dying processes until ``kills`` of them are dead."""
    chance = random.Random(seed)
    store, data = folder / "store", write_data(folder / "data")
    _apart(lambda: open_store(store, data).close())
    tally = Tally()
    promised: dict[str, int] = {}
    begun: set[str] = set()
    plan = _plan(chance)
    number = 0
    while sum(tally.kills.values()) < kills:
        number += 1
        wanted = min(writers, kills - sum(tally.kills.values()))
        steps = [next(plan) for _ in range(wanted)]
        said = _round(store, data, steps, number, chance)
        for step, lines in zip(steps, said, strict=True):
            tally.kills[step] += 1
            for line in lines:
                word, upload_id, *version = line.split()
                if word == "begun":
                    begun.add(upload_id)
                else:
                    promised[upload_id] = int(version[0])
        tally.acknowledged = len(promised)
        found = _apart(lambda: _look(store, data, promised, begun))
        tally.faults += found["faults"]
        tally.survived = found["survived"]
        if tally.faults:
            break
    return tally


def _plan(chance: random.Random) -> Iterator[str]:
    """Every step in turn, so that each is hit equally often, then again in another order."""
    while True:
        steps = [*STEPS, ANY_MOMENT, ANY_MOMENT]
        chance.shuffle(steps)
        yield from steps


def _round(
    store: Path, data: Path, steps: list[str], number: int, chance: random.Random
) -> list[list[str]]:
    """One line per event each writer lived to tell."""
    started = [
        _start(store, data, step, f"{number}-{place}", chance.randrange(4))
        for place, step in enumerate(steps)
    ]
    for step, (process, _) in zip(steps, started, strict=True):
        if step == ANY_MOMENT:
            time.sleep(chance.uniform(0, 0.05))
            os.kill(process, signal.SIGKILL)
    said = []
    for process, pipe in started:
        with os.fdopen(pipe, encoding="ascii") as stream:
            lines = stream.read().splitlines()
        _, status = os.waitpid(process, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError(f"a writer ended by itself: {os.waitstatus_to_exitcode(status)}")
        said.append(lines)
    return said


def _start(store: Path, data: Path, step: str, name: str, before: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    try:
        _write(store, data, step, name, before, writing)
    finally:
        os._exit(3)


def _write(store: Path, data: Path, step: str, name: str, before: int, pipe: int) -> None:
    """Publishes ``before`` uploads and dies at a step of the next one."""
    opened = open_store(store, data)
    deadly = {"now": False}

    def reach(reached: str) -> None:
        if deadly["now"] and reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with watched(reach):
        for number in range(10_000):
            deadly["now"] = number >= before
            upload_id = f"{name}-{number}"
            os.write(pipe, f"begun {upload_id}\n".encode())
            version = publish(
                opened, "amounts", upload(upload_id), name=name, person=name, note="",
                upload_id=upload_id,
            )  # fmt: skip
            reach("committed")
            os.write(pipe, f"done {upload_id} {version}\n".encode())
            reach("acknowledged")


@contextmanager
def watched(reach: Callable[[str], None]) -> Iterator[None]:
    """Calls ``reach`` with the name of each step of a commit just before it is taken."""
    real_open, real_replace, real_sync = pathlib.Path.open, pathlib.Path.replace, os.fsync
    real_connect = sqlite3.connect
    syncs = {"file": True}

    def opened(path: Path, mode: str = "r", *given: Any, **more: Any) -> Any:
        if mode != "xb":
            return real_open(path, mode, *given, **more)
        reach("open draft")
        stream = real_open(path, mode, *given, **more)
        reach("write draft")
        syncs["file"] = True
        return stream

    def synced(descriptor: int) -> None:
        reach("sync file" if syncs["file"] else "sync folder")
        real_sync(descriptor)

    def replaced(path: Path, target: Path) -> Path:
        reach("rename")
        found = real_replace(path, target)
        syncs["file"] = False
        return found

    class Connection(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            words = statement.split()
            taken = " ".join(words[:3]) if words[0] == "INSERT" else words[0]
            if taken in _BY_STATEMENT:
                reach(_BY_STATEMENT[taken])
            return super().execute(statement, *values)

    pathlib.Path.open, pathlib.Path.replace, os.fsync = opened, replaced, synced  # type: ignore[method-assign, assignment]
    sqlite3.connect = lambda *given, **more: real_connect(*given, factory=Connection, **more)  # type: ignore[assignment]
    try:
        yield
    finally:
        pathlib.Path.open, pathlib.Path.replace, os.fsync = real_open, real_replace, real_sync  # type: ignore[method-assign]
        sqlite3.connect = real_connect


def failing_at(step: str, fault: Exception) -> AbstractContextManager[None]:
    """Every commit meets ``fault`` at a step."""

    def reach(reached: str) -> None:
        if reached == step:
            raise fault

    return watched(reach)


def _look(store: Path, data: Path, promised: dict[str, int], begun: set[str]) -> dict[str, Any]:
    """Opens the store afresh; what is lost, partial or damaged, as sentences."""
    opened = open_store(store, data)
    faults = [finding.sentence("en") for finding in opened.damage()]
    rows = table(opened, "amounts")
    owner = rows["place"].str.rsplit("/", n=1).str[0]
    held = rows.groupby(owner)["amount"].agg(["size", "sum"])
    for upload_id in promised:
        if upload_id not in held.index:
            faults.append(f"acknowledged upload {upload_id} is lost")
    for upload_id, (size, total) in held.iterrows():
        if size != ROWS or total != upload(str(upload_id))["amount"].sum():
            faults.append(f"upload {upload_id} is partial: {size} rows, sum {total}")
    if not set(held.index) <= begun:
        faults.append("the store holds uploads nobody made")
    faults += _retry(opened, promised, begun, set(map(str, held.index)))
    opened.close()
    return {"faults": faults, "survived": len(set(held.index) - set(promised))}


def _retry(opened: Any, promised: dict[str, int], begun: set[str], held: set[str]) -> list[str]:
    """The same upload again must change nothing where it is there already."""
    before = opened.version()
    for upload_id in sorted(held)[-8:]:
        number = publish(
            opened, "amounts", upload(upload_id), name="again", person="again", note="",
            upload_id=upload_id,
        )  # fmt: skip
        if promised.get(upload_id, number) != number or opened.version() != before:
            return [f"publishing {upload_id} again gave {number} and version {opened.version()}"]
    return []


def _apart(task: Callable[[], Any]) -> Any:
    """What a task gives when a process of its own runs it; this one stays free of engines."""
    import json

    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        code = 1
        try:
            with os.fdopen(writing, "w") as stream:
                json.dump(task(), stream)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as stream:
        said = stream.read()
    _, status = os.waitpid(process, 0)
    if status:
        raise RuntimeError(f"the store could not be opened: {status}")
    return json.loads(said)


def main() -> int:
    """Runs the harness from the command line; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), options.kills, options.writers, options.seed)
    print(f"{sum(tally.kills.values())} kills, {tally.acknowledged} acknowledged uploads,")
    print(f"{tally.survived} whole without acknowledgement, {len(tally.faults)} faults")
    for step, count in sorted(tally.kills.items()):
        print(f"  {count:5}  {step}")
    print("\n".join(tally.faults))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
