"""A large upload against pandas, against a plain pass over its bytes, and against pandera.

The file is generated: ``;`` between fields, decimal comma, cp1252 with umlauts.
Processor time stands beside the clock, because a shared machine stretches the clock unevenly.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from loaders import folders
from loaders.intake import examine, publish
from loaders.intake.byte_scan import Source
from loaders.intake.catalogue import Spellings, catalogue_of
from loaders.intake.child import read_source
from loaders.intake.limits import DEFAULT
from loaders.intake.reading_process import ReadFile, read_limited
from loaders.readers.choices import Choices
from loaders.store import Store, open_store, queries, undo
from tests.benchmarks.measurements import Comparison, measurement
from tests.benchmarks.pandera_rules import (
    PANDAS,
    catalogue_rules,
    faulty_rows,
    read_for_catalogue_rules,
    read_for_reader_rules,
    reader_rules,
)

MB = 1_000_000
# the quick run takes the same size, once: below it the start of a process decides
SIZE, HUGE_SIZE = 86 * MB, 1_000 * MB
FAULTY = 1_000
BLOCK = 4 * 1024 * 1024
HEADER = "ags;name;indicator;period;value;missing;flag;unit;source\r\n"
INDICATOR, UNIT, SOURCE = "household_income_per_inhabitant", "eur", "vgrdl_r2b3_2024"
FIRST_YEAR, LAST_MONTHS = 2000, 288
Faults = tuple[tuple[str, str], ...]
# columns with what stands there instead, in turn: what the reader sees by itself ...
READER_FAULTS: Faults = (
    ("ags", "9X162000"),
    ("indicator", ""),
    ("period", "sometime"),
    ("value", "many"),
    ("value", ""),
    ("missing", "no_such_kind"),
    ("missing", "suppressed"),
)
# ... and what pandas reads without a word, so that only a check can see it
CATALOGUE_FAULTS: Faults = (
    ("ags", "16999998"),
    ("indicator", "no_such_indicator"),
    ("period", "sometime"),
    ("value", "1000000000000000,5"),
    ("missing", "no_such_kind"),
    ("unit", "no_such_unit"),
    ("source", "no_such_source"),
)


@dataclass(frozen=True)
class Taken:
    """Milliseconds by the clock and of processor time, children included."""

    clock: float
    processor: float

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.clock + other.clock, self.processor + other.processor)


def taken(work: Callable[[], object]) -> Taken:
    """What some work takes, once."""
    spent, begun = _processor(), time.perf_counter()
    work()
    clock = time.perf_counter() - begun
    return Taken(clock * 1000, (_processor() - spent) * 1000)


def _processor() -> float:
    """Seconds of processor time of this process, and of those it has waited for."""
    return time.process_time() + sum(os.times()[2:4])


def compared(
    name: str, ours: list[Taken], theirs: list[Taken], limit: float | None
) -> Iterator[Comparison]:
    """The medians of both sides by the clock, then of processor time."""
    for kind, label in (("clock", ""), ("processor", ", processor")):
        sides = [statistics.median(getattr(one, kind) for one in side) for side in (ours, theirs)]
        yield Comparison(f"intake: {name}{label}", sides[0], sides[1], "ms", limit, len(ours))


@contextmanager
def shipped_store() -> Iterator[Store]:
    """A new store over the shipped tables, asked once: a server's store has been, too."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), folders.DATA)
        try:
            catalogue_of(store)
            yield store
        finally:
            store.close()


@contextmanager
def generated(store: Store, size: int, faults: Faults = ()) -> Iterator[Path]:
    """A file of monthly values of all municipalities, of at least so many bytes.

    Args:
        store: for the municipalities.
        size: bytes.
        faults: of which one row in ``FAULTY`` has one.
    """
    towns = queries.table(store, "municipalities")[["ags", "name_official"]]
    places = [f"{ags};{name}" for ags, name in towns.itertuples(index=False, name=None)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.csv"
        _write(file, size, places, faults)
        yield file


def _write(file: Path, size: int, places: list[str], faults: Faults) -> None:
    chance = np.random.default_rng(1)
    levels = chance.uniform(130_000, 190_000, len(places))
    tail = f";;;{UNIT};{SOURCE}\r\n"
    month = written = 0
    with file.open("wb") as target:
        target.write(HEADER.encode("cp1252"))
        while target.tell() < size:
            # a file beyond all months there are begins anew: only the reader sees such a file
            year, number = divmod(month % LAST_MONTHS, 12)
            rest = f";{INDICATOR};{FIRST_YEAR + year}-{number + 1:02d};"
            tenths = (levels * chance.normal(1, 0.01, len(places))).astype(int).tolist()
            lines = [
                f"{place}{rest}{value // 10},{value % 10}{tail}"
                for place, value in zip(places, tenths, strict=True)
            ]
            for at in range(-written % FAULTY, len(lines), FAULTY) if faults else ():
                lines[at] = _spoilt(lines[at], *faults[(written + at) // FAULTY % len(faults)])
            target.write("".join(lines).encode("cp1252", "replace"))
            month, written = month + 1, written + len(lines)


def _spoilt(line: str, column: str, word: str) -> str:
    cells = dict(zip(HEADER.strip().split(";"), line.strip().split(";"), strict=True))
    return ";".join((cells | {column: word}).values()) + "\r\n"


def planted(rows: int, faults: Faults) -> set[tuple[int, str]]:
    """Line and column of all faults in a file of so many rows below its header."""
    places = range(0, rows, FAULTY) if faults else ()
    return {(at + 2, faults[number % len(faults)][0]) for number, at in enumerate(places)}


def byte_scan(file: Path) -> int:
    """Number of lines: the least that anybody must do who has seen every byte."""
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def typed_read(file: Path, spellings: Spellings, faults: Faults = ()) -> None:
    """The reader alone, in this process: bytes to typed observations (Arrow) and findings."""
    facts = read_source(Source(file.name, file), Choices(), spellings, DEFAULT).facts
    named = {(one.row, one.column) for one in facts["findings"] if one.severity != "note"}
    if facts.get("refusal") or named != planted(facts["rows_seen"], faults):
        raise RuntimeError(f"the reader found other faults: {facts['findings'][:3]}")


def examined(file: Path, store: Store, faults: Faults = ()) -> Any:
    """Read in a process of its own, with all checks; nothing is stored."""
    examination = examine(file.read_bytes(), file.name, None, store)
    named = {(one.row, one.column) for one in examination.findings if one.severity == "error"}
    if examination.outcome == "refused" or named != planted(examination.reading.rows_seen, faults):
        raise RuntimeError(f"the checks found other faults: {examination.findings[:3]}")
    return examination


def published(examination: Any, store: Store) -> int:
    """The accepted rows made part of the store, Parquet on the disk. Gives the version."""
    return publish(examination, store, "Benchmark", "", uuid.uuid4().hex)


def read_apart(file: Path, store: Store) -> ReadFile:
    """The reader in its own process, with the memory it took."""
    spellings = catalogue_of(store).spellings
    read = read_limited(file.read_bytes(), file.name, Choices(), lambda: spellings)
    if read.reading.refusal or not read.peak:
        raise RuntimeError(f"no memory known: {read.reading.findings[:1]}")
    return read


def _memory(name: str, peak: int, of: int, limit: float) -> Comparison:
    return Comparison(f"intake: {name}", peak / 1000, of / 1000, "kB", limit, 1)


@measurement
def intake_large_file(quick: bool) -> Iterator[Comparison]:
    """Reader, whole way and memory of one file; the baselines in turn with ours."""
    label, times = f"{SIZE // MB} MB", 1 if quick else 5
    with shipped_store() as store, generated(store, SIZE) as file:
        found = _clean_rounds(file, store, times)
        peak = read_apart(file, store).peak
        size = file.stat().st_size
    whole = [one + other for one, other in zip(found["checked"], found["stored"], strict=True)]
    yield from compared(f"{label} typed / byte scan", found["typed"], found["scan"], 12)
    yield from compared(f"{label} typed / pandas", found["typed"], found["pandas"], 2)
    yield from compared(f"{label} whole way / pandas", whole, found["pandas"], 6)
    yield _memory(f"{label} memory of the reader / file", peak, size, 4)


def _clean_rounds(file: Path, store: Store, times: int) -> dict[str, list[Taken]]:
    """What each way takes with a file without faults, one after the other, several times.

    Scan and reader run once before: what is imported at first use does not count.
    """
    spellings = catalogue_of(store).spellings
    byte_scan(file)
    typed_read(file, spellings)
    found: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(times):
        examination: list[Any] = []
        work: dict[str, Callable[[], object]] = {
            "scan": lambda: byte_scan(file),
            "pandas": lambda: pd.read_csv(file, **PANDAS),
            "typed": lambda: typed_read(file, spellings),
            "checked": lambda: examination.append(examined(file, store)),  # noqa: B023
            "stored": lambda: published(examination[0], store),  # noqa: B023
        }
        for name, one in work.items():
            found[name] += [taken(one) for _ in range(5 if name == "scan" else 1)]
        undo(store, store.version())  # the next round compares with the same store
    return found


@measurement
def intake_against_pandera(quick: bool) -> Iterator[Comparison]:
    """The reader against pandera with the reader's rules, one faulty row in a thousand.

    This is the comparison the bound of a quarter was set by: both sides read the file with
    types and name every fault that can be told from the file alone, and only those. pandera
    makes the numbers (``coerce``), its handbook's way and the one the bound was set by. Without
    target stands the quickest way we know to write the same rules: pandas makes the numbers
    before. All sides must name exactly the planted rows.
    """
    label, times = f"{SIZE // MB} MB, 0.1 % faulty", 3 if quick else 5
    ways, limits = {"coerce": True, "to_numeric": False}, {"coerce": 0.25, "to_numeric": None}
    with shipped_store() as store, generated(store, SIZE, READER_FAULTS) as file:
        spellings = catalogue_of(store).spellings
        typed_read(file, spellings, READER_FAULTS)  # what is imported at first use
        found: dict[str, list[Taken]] = defaultdict(list)
        for _ in range(times):
            found["ours"].append(taken(lambda: typed_read(file, spellings, READER_FAULTS)))
            for name, coerce in ways.items():
                found[name].append(taken(lambda: _by_reader_rules(file, coerce)))  # noqa: B023
    for name in ways:
        pair = found["ours"], found[name]
        yield from compared(f"{label}: named / pandera {name}", *pair, limits[name])


def _by_reader_rules(file: Path, coerce: bool) -> None:
    rows = read_for_reader_rules(file, coerce)
    _same_rows(faulty_rows(reader_rules(coerce), rows), len(rows), READER_FAULTS)


def _by_catalogue_rules(file: Path, schema: Any, faults: Faults) -> None:
    rows = read_for_catalogue_rules(file)
    _same_rows(faulty_rows(schema, rows), len(rows), faults)


def _same_rows(found: set[int], rows: int, faults: Faults) -> None:
    wanted = {line - 2 for line, _ in planted(rows, faults)}
    if found != wanted:
        raise RuntimeError(f"pandera: {len(wanted)} planted, {len(found & wanted)} found")


@measurement
def intake_whole_check_against_pandera(quick: bool) -> Iterator[Comparison]:
    """All we check of an upload against pandera with the rules of the catalogue; no target.

    Ours has what the schema has not: a process of its own with limits, plausibility with the
    values of the store, repairs, a sentence for every finding. So this says what all that
    costs and cannot be held to the quarter, which is about reading and naming alone.
    """
    label, times = f"{SIZE // MB} MB", 1 if quick else 5
    with shipped_store() as store:
        schema = catalogue_rules(store)
        for part, faults in (("", ()), (", 0.1 % faulty", CATALOGUE_FAULTS)):
            with generated(store, SIZE, faults) as file:
                examined(file, store, faults)
                ours, theirs = [], []
                for _ in range(times):
                    ours.append(taken(lambda: examined(file, store, faults)))  # noqa: B023
                    theirs.append(taken(lambda: _by_catalogue_rules(file, schema, faults)))  # noqa: B023
            yield from compared(f"{label}{part}: whole check / pandera", ours, theirs, None)


@measurement
def intake_gigabyte(quick: bool) -> Iterator[Comparison]:
    """One gigabyte within the memory a reading process may take; not in the quick run."""
    if quick:
        print(f"{'intake: 1 GB memory of the reader / limit':<58} only in the full run")
        return
    with shipped_store() as store, generated(store, HUGE_SIZE) as file:
        peak = read_apart(file, store).peak
        yield _memory("1 GB memory of the reader / limit", peak, DEFAULT.memory, 1)
        yield _memory("1 GB memory of the reader / file", peak, file.stat().st_size, 4)
