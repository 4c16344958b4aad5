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
import warnings
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
from loaders.intake.catalogue import Catalogue, Spellings, catalogue_of
from loaders.intake.child import read_source
from loaders.intake.limits import DEFAULT
from loaders.intake.reading_process import ReadFile, read_limited
from loaders.missing import MISSING_KINDS
from loaders.readers.choices import Choices
from loaders.store import Store, open_store, queries, undo
from tests.benchmarks.measurements import Comparison, measurement

MB = 1_000_000
# the quick run takes the same size, once: below it the start of a process decides
SIZE, HUGE_SIZE = 86 * MB, 1_000 * MB
FAULTY = 1_000
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
    name: str, ours: list[Taken], theirs: list[Taken], limit: float
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
def generated(store: Store, size: int, faulty: int = 0) -> Iterator[Path]:
    """A file of monthly values of all municipalities, of at least so many bytes.

    Args:
        store: for the municipalities.
        size: bytes.
        faulty: one row in so many breaks a rule; 0 for none.
    """
    towns = queries.table(store, "municipalities")[["ags", "name_official"]]
    places = [f"{ags};{name}" for ags, name in towns.itertuples(index=False, name=None)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.csv"
        _write(file, size, places, faulty)
        yield file


def _write(file: Path, size: int, places: list[str], faulty: int = 0) -> None:
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
            for at in range(-written % faulty, len(lines), faulty) if faulty else ():
                lines[at] = _spoilt(lines[at], (written + at) // faulty)
            target.write("".join(lines).encode("cp1252", "replace"))
            month, written = month + 1, written + len(lines)


def _spoilt(line: str, number: int) -> str:
    """The line with one of seven faults in it, which pandas reads and any check must see."""
    cells = line.split(";")
    faults = {
        0: "16999998",
        2: "no_such_indicator",
        3: "sometime",
        4: "1000000000000000,5",
        5: "no_such_kind",
        7: "no_such_unit",
        8: "no_such_source\r\n",
    }
    position = list(faults)[number % len(faults)]
    cells[position] = faults[position]
    return ";".join(cells)


def byte_scan(file: Path) -> int:
    """Number of lines: the least that anybody must do who has seen every byte."""
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def typed_read(file: Path, spellings: Spellings) -> None:
    """The reader alone, in this process: bytes to typed observations (Arrow) and findings."""
    facts = read_source(Source(file.name, file), Choices(), spellings, DEFAULT).facts
    if facts.get("refusal") or facts["rows_refused"]:
        raise RuntimeError(f"the generated file was not read: {facts['findings'][:3]}")


def examined(file: Path, store: Store, faulty: int = 0) -> Any:
    """Read in a process of its own, with all checks; nothing is stored."""
    examination = examine(file.read_bytes(), file.name, None, store)
    planted = examination.reading.rows_seen // faulty if faulty else 0
    if examination.errors < planted or (examination.outcome == "accepted") == bool(faulty):
        raise RuntimeError(f"{planted} planted, {examination.errors} found")
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
    """Reader, whole way and memory of one file; the baselines in turn with ours.

    Against pandera the same rules stand in a schema on what pandas has read (see ``_schema``),
    once for a file without faults and once with one faulty row in a thousand; both sides name
    every fault. Only ``checked`` does what that schema does; ``typed`` reads without the catalogue.
    """
    label, times = f"{SIZE // MB} MB", 1 if quick else 5
    with shipped_store() as store:
        schema = _schema(store)
        with generated(store, SIZE) as file:
            found = _clean_rounds(file, store, schema, times)
            peak = _memory(
                f"{label} memory of the reader / file",
                read_apart(file, store).peak,
                file.stat().st_size,
                4,
            )
        whole = [one + other for one, other in zip(found["checked"], found["stored"], strict=True)]
        yield from compared(f"{label} typed / byte scan", found["typed"], found["scan"], 12)
        yield from compared(f"{label} typed / pandas", found["typed"], found["pandas"], 2)
        yield from compared(f"{label} whole way / pandas", whole, found["pandas"], 6)
        yield peak
        for side in ("typed", "checked"):
            yield from compared(f"{label} {side} / pandera", found[side], found["pandera"], 0.25)
        with generated(store, SIZE, FAULTY) as file:
            ours = [taken(lambda: examined(file, store, FAULTY)) for _ in range(times)]
            theirs = [taken(lambda: validated(file, schema, FAULTY)) for _ in range(times)]
        yield from compared(f"{label}, 0.1 % faulty: checked / pandera", ours, theirs, 0.25)


def _clean_rounds(file: Path, store: Store, schema: Any, times: int) -> dict[str, list[Taken]]:
    """What each way takes with a file without faults, one after the other, several times."""
    spellings = catalogue_of(store).spellings
    byte_scan(file)
    found: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(times):
        examination: list[Any] = []
        work: dict[str, Callable[[], object]] = {
            "scan": lambda: byte_scan(file),
            "pandas": lambda: pd.read_csv(file, **PANDAS),
            "typed": lambda: typed_read(file, spellings),
            "checked": lambda: examination.append(examined(file, store)),  # noqa: B023
            "stored": lambda: published(examination[0], store),  # noqa: B023
            "pandera": lambda: validated(file, schema),
        }
        for name, one in work.items():
            found[name] += [taken(one) for _ in range(5 if name == "scan" else 1)]
        undo(store, store.version())  # the next round compares with the same store
    return found


def _schema(store: Store) -> Any:
    """The rules of our checks as one schema, each over whole columns.

    Words known, keys once, period well formed and not in the future, unit that of the indicator,
    value within the limits of the unit and present exactly where no reason is given; as a warning
    also jumps, by the measure of ``loaders.intake.plausibility``. What only ours does: cells in
    any encoding and number style, control characters, level shifts and scale of a jump, values of
    the store as part of a series, and a sentence with row and column for every finding.
    """
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
        "unit": one_of(["", *set(catalogue.units.values())]),
        "source": one_of(set(catalogue.sources)),
    }
    checks = [
        pandera.Check(_has_unit_of_indicator(catalogue), name="unit of the indicator"),
        pandera.Check(_is_within_limits(catalogue), name="limits of the unit"),
        pandera.Check(lambda rows: rows["value"].notna() ^ rows["missing"].ne("")),
        pandera.Check(lambda rows: rows["period"] <= catalogue.today.isoformat()),
        pandera.Check(_is_likely, name="jump", raise_warning=True, n_failure_cases=30),
    ]
    return pandera.DataFrameSchema(columns, checks, unique=["ags", "indicator", "period"])


def _has_unit_of_indicator(catalogue: Catalogue) -> Callable[[pd.DataFrame], Any]:
    return lambda rows: (
        rows["unit"].eq("") | rows["unit"].eq(rows["indicator"].map(catalogue.units))
    )


def _is_within_limits(catalogue: Catalogue) -> Callable[[pd.DataFrame], Any]:
    least = {unit: -np.inf if low is None else low for unit, (low, _) in catalogue.limits.items()}
    most = {unit: np.inf if top is None else top for unit, (_, top) in catalogue.limits.items()}

    def check(rows: pd.DataFrame) -> Any:
        unit = rows["indicator"].map(catalogue.units)
        low, top = unit.map(least).fillna(-np.inf), unit.map(most).fillna(np.inf)
        return rows["value"].isna() | rows["value"].between(low, top)

    return check


def _is_likely(rows: pd.DataFrame) -> Any:
    """Whether a step stays near those of its series or of its peers at the same time."""
    ordered = rows.sort_values(["ags", "indicator", "period"], ignore_index=False)
    series, peers = (
        [ordered["ags"], ordered["indicator"]],
        [ordered["indicator"], ordered["period"]],
    )
    bar = max(3.0, statistics.NormalDist().inv_cdf(1 - 0.25 / max(len(rows), 2) / 2))
    is_far = pd.Series(True, ordered.index)
    for values in (ordered["value"], np.log(ordered["value"].where(ordered["value"] > 0))):
        step = values.groupby(series, sort=False).diff()
        for group in (series, peers):
            off = (step - step.groupby(group, sort=False).transform("median")).abs()
            is_far &= off > bar * 1.4826 * off.groupby(group, sort=False).transform("median")
    return ~is_far.reindex(rows.index)


def validated(file: Path, schema: Any, faulty: int = 0) -> None:
    """Read by pandas and checked by pandera, which goes on to the last fault (``lazy``)."""
    import pandera.errors

    rows = pd.read_csv(file, keep_default_na=False, **PANDAS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
            schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as faults:
        named = len(faults.failure_cases)
    else:
        named = 0
    planted = len(rows) // faulty if faulty else 0
    if named < planted:
        raise RuntimeError(f"pandera: {planted} planted, {named} found")


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
