"""A large upload against pandas, against a plain pass over its bytes, and against pandera.

The file is generated: ``;`` between fields, decimal comma, cp1252 with umlauts, without errors.
Processor time stands beside the clock, because a shared machine stretches the clock unevenly.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from loaders import folders
from loaders.intake import examine, publish
from loaders.intake.byte_scan import Source
from loaders.intake.catalogue import catalogue_of
from loaders.intake.child import read_source
from loaders.intake.limits import DEFAULT
from loaders.intake.reading_process import ReadFile, read_limited
from loaders.missing import MISSING_KINDS
from loaders.readers.choices import Choices
from loaders.store import Store, open_store, queries
from tests.benchmarks.measurements import Comparison, measurement

MB = 1_000_000
SIZE, QUICK_SIZE, HUGE_SIZE = 86 * MB, 20 * MB, 1_000 * MB
BLOCK = 4 * 1024 * 1024
HEADER = "ags;name;indicator;period;value;missing;flag;unit;source\r\n"
INDICATOR, UNIT, SOURCE = "household_income_per_inhabitant", "eur", "vgrdl_r2b3_2024"
FIRST_YEAR, LAST_MONTHS = 2000, 288
PANDAS: dict[str, Any] = {"sep": ";", "decimal": ",", "encoding": "cp1252", "dtype": {"ags": str}}


@dataclass(frozen=True)
class Taken:
    """Milliseconds by the clock and of processor time, children included."""

    clock: float
    processor: float


def taken(work: Callable[[], object]) -> Taken:
    """What some work takes, once."""
    spent, begun = sum(os.times()[:4]), time.perf_counter()
    work()
    clock = time.perf_counter() - begun
    return Taken(clock * 1000, (sum(os.times()[:4]) - spent) * 1000)


def compared(
    name: str, ours: list[Taken], theirs: list[Taken], limit: float
) -> Iterator[Comparison]:
    """The medians of both sides by the clock, then of processor time."""
    for kind, label in (("clock", ""), ("processor", ", processor")):
        sides = [statistics.median(getattr(one, kind) for one in side) for side in (ours, theirs)]
        yield Comparison(f"intake: {name}{label}", sides[0], sides[1], "ms", limit, len(ours))


@contextmanager
def shipped_store() -> Iterator[Store]:
    """A new store over the shipped tables."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), folders.DATA)
        try:
            yield store
        finally:
            store.close()


@contextmanager
def generated(size: int) -> Iterator[Path]:
    """A file of monthly values of all municipalities, of at least so many bytes."""
    with shipped_store() as store:
        towns = queries.table(store, "municipalities")[["ags", "name_official"]]
    places = list(towns.itertuples(index=False, name=None))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.csv"
        _write(file, size, places)
        yield file


def _write(file: Path, size: int, places: list[tuple[str, str]]) -> None:
    chance = random.Random(1)
    levels = [chance.uniform(13_000, 19_000) for _ in places]
    month = 0
    with file.open("wb") as target:
        target.write(HEADER.encode("cp1252"))
        while target.tell() < size:
            # a file beyond all months there are begins anew: only the reader sees such a file
            year, number = divmod(month % LAST_MONTHS, 12)
            rest = f"{INDICATOR};{FIRST_YEAR + year}-{number + 1:02d}"
            lines = [
                f"{ags};{name};{rest};{level * chance.gauss(1, 0.01):.1f}".replace(".", ",")
                + f";;;{UNIT};{SOURCE}\r\n"
                for (ags, name), level in zip(places, levels, strict=True)
            ]
            target.write("".join(lines).encode("cp1252", "replace"))
            month += 1


def byte_scan(file: Path) -> int:
    """Number of lines: the least that anybody must do who has seen every byte."""
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def typed_read(file: Path, store: Store) -> None:
    """The reader alone, in this process: bytes to typed observations and findings."""
    spellings = catalogue_of(store).spellings
    reading = read_source(Source(file.name, file), Choices(), spellings, DEFAULT).reading
    if reading.refusal or reading.rows_refused:
        raise RuntimeError(f"the generated file was not read: {reading.findings[:3]}")


def examined(file: Path, store: Store) -> Any:
    """Read in a process of its own, with all checks; nothing is stored."""
    examination = examine(file.read_bytes(), file.name, None, store)
    if examination.outcome != "accepted":
        raise RuntimeError(f"the generated file was not accepted: {examination.findings[:3]}")
    return examination


def whole_way(file: Path, store: Store) -> None:
    """The same, and its rows published: Parquet on the disk."""
    publish(examined(file, store), store, "Benchmark", "", file.name)


def read_apart(file: Path, store: Store) -> ReadFile:
    """The reader in its own process, with the memory it took."""
    spellings = catalogue_of(store).spellings
    read = read_limited(file.read_bytes(), file.name, Choices(), spellings)
    if read.reading.refusal or not read.peak:
        raise RuntimeError(f"no memory known: {read.reading.findings[:1]}")
    return read


def _memory(name: str, peak: int, of: int, limit: float) -> Comparison:
    return Comparison(f"intake: {name}", peak / 1000, of / 1000, "kB", limit, 1)


@measurement
def intake_large_file(quick: bool) -> Iterator[Comparison]:
    """Reader, whole way and memory of one file; the baselines in turn with ours."""
    size, times = (QUICK_SIZE, 1) if quick else (SIZE, 3)
    label = f"{size // MB} MB" + (f" (full run {SIZE // MB} MB)" if quick else "")
    work: dict[str, Callable[[Path, Store], object]] = {
        "scan": lambda file, _: byte_scan(file),
        "pandas": lambda file, _: pd.read_csv(file, **PANDAS),
        "read": typed_read,
        "whole": whole_way,
    }
    found: dict[str, list[Taken]] = {name: [] for name in work}
    with generated(size) as file:
        byte_scan(file)
        for _ in range(times):
            with shipped_store() as store:  # a new one: nothing published stands in it
                for name, one in work.items():
                    found[name].append(taken(lambda: one(file, store)))  # noqa: B023
        yield from compared(f"{label} typed / byte scan", found["read"], found["scan"], 12)
        yield from compared(f"{label} typed / pandas", found["read"], found["pandas"], 2)
        yield from compared(f"{label} whole way / pandas", found["whole"], found["pandas"], 6)
        with shipped_store() as store:
            peak = read_apart(file, store).peak
        yield _memory(f"{label} memory of the reader / file", peak, file.stat().st_size, 4)


@measurement
def intake_against_pandera(quick: bool) -> Iterator[Comparison]:
    """The same rules as a pandera schema on what pandas has read; a quarter of its time."""
    size, times = (QUICK_SIZE, 1) if quick else (SIZE, 3)
    label = f"{size // MB} MB" + (f" (full run {SIZE // MB} MB)" if quick else "")
    found: dict[str, list[Taken]] = {"typed": [], "checked": [], "pandera": []}
    with generated(size) as file, shipped_store() as store:
        schema = _schema(store)
        for _ in range(times):
            found["typed"].append(taken(lambda: typed_read(file, store)))
            found["checked"].append(taken(lambda: examined(file, store)))
            found["pandera"].append(taken(lambda: _validated(file, schema)))
    yield from compared(f"{label} typed / pandera", found["typed"], found["pandera"], 0.25)
    yield from compared(f"{label} checked / pandera", found["checked"], found["pandera"], 0.25)


def _schema(store: Store) -> Any:
    import pandera.pandas as pandera

    def one_of(words: object) -> Any:
        return pandera.Column(str, pandera.Check.isin(words))

    catalogue = catalogue_of(store)
    columns = {
        "ags": one_of(set(catalogue.places)),
        "indicator": one_of(set(catalogue.units)),
        "period": pandera.Column(str, pandera.Check.str_matches(r"\d{4}(-\d{2}){0,2}$")),
        "value": pandera.Column(float, pandera.Check.in_range(-1e15, 1e15)),
        "missing": one_of(["", *MISSING_KINDS]),
        "unit": one_of([UNIT]),
        "source": one_of([SOURCE]),
    }
    return pandera.DataFrameSchema(columns, unique=["ags", "indicator", "period"])


def _validated(file: Path, schema: Any) -> None:
    rows = pd.read_csv(file, keep_default_na=False, **PANDAS)
    schema.validate(rows, lazy=True)


@measurement
def intake_gigabyte(quick: bool) -> Iterator[Comparison]:
    """One gigabyte within the memory a reading process may take; not in the quick run."""
    if quick:
        print(f"{'intake: 1 GB memory of the reader / limit':<58} only in the full run")
        return
    with generated(HUGE_SIZE) as file, shipped_store() as store:
        peak = read_apart(file, store).peak
        yield _memory("1 GB memory of the reader / limit", peak, DEFAULT.memory, 1)
        yield _memory("1 GB memory of the reader / file", peak, file.stat().st_size, 4)
