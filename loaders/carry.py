"""Carries figures of official publications into ``data/observations``.

The plan (``carry_plan.toml``) says which column of which table becomes which indicator.
Everything else is decided here once: only keys of today's places are kept, Hamburg and
Berlin also appear as districts, territories that were smaller are flagged, rates that need
two tables are computed, and the files are written sorted, so that two runs give equal bytes.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.carry_counts import joined, yearly_sums
from loaders.carry_derived import derive
from loaders.findings import Finding
from loaders.readers.reading import Choices, Reading
from loaders.readers.registry import companion_of, read_original

PLAN_FILE = Path(__file__).parent / "carry_plan.toml"
OBSERVATION_COLUMNS = ["ags", "indicator", "period", "value", "missing", "flag", "unit", "source"]
KEY = ["ags", "indicator", "period"]
CITY_STATES = {"02": "02000", "11": "11000"}
REFORM_OF_2021 = "2021-07-01"
FROM_STATE = "from_state"
OLD_TERRITORY = "old_territory"
SUBFOLDERS = ("indicators", "reference")
DESCRIPTION = ".md"


class PlanMismatch(LookupError):
    """The plan names an indicator or a source the catalogue does not have."""


@dataclass(frozen=True)
class Places:
    """Keys that may appear in the shipped observations."""

    districts: frozenset[str]
    municipalities: frozenset[str]
    participating: frozenset[str]

    @classmethod
    def of_catalogue(cls, catalogue: Path) -> Places:
        """Keys of ``districts.csv``, ``municipalities.csv`` and ``participations.csv``."""
        names = ("districts", "municipalities", "participations")
        return cls(*(frozenset(_column(catalogue / f"{name}.csv", "ags")) for name in names))

    def knows(self, ags: str) -> bool:
        """Whether a key is a place of today; nation and states always are."""
        return len(ags) == 2 or ags in self.districts or ags in self.municipalities


@dataclass(frozen=True)
class CarryReport:
    """What a run did.

    Attributes:
        read: rows seen per original file, in the order of reading.
        unknown: files that no reader knew or that were refused, with the reason.
        written: rows per file written.
        left_out: rows of planned columns that were not carried, by reason.
        findings: everything the readers found, and contradictions between publications.
    """

    read: Mapping[str, int]
    unknown: Mapping[str, str]
    written: Mapping[str, int]
    left_out: Mapping[str, int]
    findings: tuple[Finding, ...]


@dataclass
class _Run:
    """Everything collected while the files are read one after the other."""

    places: Places
    units: Mapping[str, str]
    parts: list[pd.DataFrame] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)


def carry(folder: Path, target: Path) -> CarryReport:
    """Reads the official files and writes one observation file per source.

    Args:
        folder: holds ``indicators`` and ``reference`` with the originals.
        target: ``data/observations``; the catalogue is expected beside it.

    Returns:
        A report; files that no reader knows are named there, not skipped silently.

    Raises:
        PlanMismatch: the plan names an indicator or source without a catalogue row.
        FileNotFoundError: the catalogue or the folder is missing.
    """
    catalogue = target.parent / "catalogue"
    plan = tomllib.loads(PLAN_FILE.read_text(encoding="utf-8"))
    units = _mapping(catalogue / "indicators.csv", "indicator_id", "unit")
    _check_plan(plan, units, set(_column(catalogue / "sources.csv", "source_id")))
    run = _Run(Places.of_catalogue(catalogue), units)
    choices = {entry.pop("file"): Choices.from_record(entry) for entry in plan["choice"]}
    for path in originals(folder):
        chosen = choices.get(path.name, choices.get(path.parent.name))
        reading = read_original(path.read_bytes(), path.name, chosen, companion_of(path))
        _take(reading, path.name, plan["table"], run)
    observations = derive(_without_contradictions(run), units)
    return _write(observations, target, run)


def originals(folder: Path) -> list[Path]:
    """The files of the official folders in a fixed order, without descriptions beside them.

    Raises:
        FileNotFoundError: the folder has no ``indicators``.
    """
    if not (folder / SUBFOLDERS[0]).is_dir():
        raise FileNotFoundError(folder / SUBFOLDERS[0])
    found = (path for name in SUBFOLDERS for path in (folder / name).rglob("*"))
    return sorted(path for path in found if path.is_file() and path.suffix != DESCRIPTION)


def _check_plan(plan: Mapping[str, Any], units: Mapping[str, str], sources: set[str]) -> None:
    for entry in plan["table"]:
        absent = set(entry["columns"].values()) - set(units)
        if absent or entry["source"] not in sources:
            raise PlanMismatch(f"{entry['source']}: {sorted(absent) or 'no such source'}")


def _take(reading: Reading, name: str, tables: list[dict[str, Any]], run: _Run) -> None:
    run.findings.extend(reading.findings)
    if reading.refusal:
        run.unknown[name] = reading.refusal
        return
    run.read[name] = reading.rows_seen
    for entry in tables:
        if _fits(reading, entry, name):
            run.parts.append(_carried(reading, entry, run))


def _fits(reading: Reading, entry: Mapping[str, Any], name: str) -> bool:
    return (
        entry.get("table", reading.table) == reading.table
        and entry.get("file", name) == name
        and reading.edition.startswith(entry.get("edition", ""))
        and entry.get("format", reading.format) == reading.format
    )


def _carried(reading: Reading, entry: Mapping[str, Any], run: _Run) -> pd.DataFrame:
    """The planned columns of one reading as observations of today's places."""
    rows = reading.observations
    if "yearly_sum" in entry:
        rows = yearly_sums(rows, entry["yearly_sum"], entry["yearly_sum"])
    rows = joined(rows, entry.get("joined", {}))
    rows = rows[rows["indicator"].isin(entry["columns"]) & rows["level"].isin(entry["levels"])]
    if "sheet" in entry:
        rows = rows[rows["source"] == entry["sheet"]]
    rows = rows.assign(
        indicator=rows["indicator"].map(entry["columns"]),
        source=entry["source"],
        unit=rows["indicator"].map(entry["columns"]).map(run.units),
    )
    rows = _with_city_states(rows)
    if entry.get("city_is_district"):
        rows = _with_cities_as_districts(rows, run.places)
    rows = _of_today(rows, run)
    if entry.get("towns") == "participating":
        is_wanted = (rows["ags"].str.len() != 8) | rows["ags"].isin(run.places.participating)
        run.left_out["town does not take part"] += int((~is_wanted).sum())
        rows = rows[is_wanted]
    return _flag_old_territory(rows, entry.get("old_territory", []))[OBSERVATION_COLUMNS]


def _with_city_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Repeats rows of Hamburg and Berlin at district level where only the state is given."""
    states = rows[rows["ags"].isin(CITY_STATES)]
    districts = states.assign(ags=states["ags"].map(CITY_STATES), flag=FROM_STATE)
    together = pd.concat([rows, districts])
    return together.drop_duplicates(KEY, keep="first")


def _with_cities_as_districts(rows: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Repeats rows of district-free cities (``14713000``) under their district key."""
    is_city = rows["ags"].str.endswith("000") & rows["ags"].str[:5].isin(places.districts)
    cities = rows[is_city & (rows["ags"].str.len() == 8)]
    together = pd.concat([rows, cities.assign(ags=cities["ags"].str[:5])])
    return together.drop_duplicates(KEY, keep="first")


def _of_today(rows: pd.DataFrame, run: _Run) -> pd.DataFrame:
    """Rows of places of today; dates before a district existed are counted and left out."""
    is_known = rows["ags"].map(run.places.knows).astype(bool)
    run.left_out["no place of today"] += int((~is_known).sum())
    rows = rows[is_known]
    is_nothing = (rows["missing"] == "not_applicable") & (rows["level"] == "district")
    dated = rows["period"].where(rows["value"].notna())
    first_value = dated.groupby([rows["ags"], rows["indicator"]]).transform("min")
    is_gap = is_nothing & (rows["period"] > first_value)
    for _, row in rows[is_gap].iterrows():
        where = {"row": int(row["row"]), "column": row["column"], "value": row["ags"]}
        details = {"indicator": row["indicator"], "period": row["period"]}
        run.findings.append(
            Finding("nothing_after_values", row["source"], details=details, **where)
        )
    run.left_out["district did not exist then"] += int((is_nothing & ~is_gap).sum())
    rows = rows.assign(missing=rows["missing"].where(~is_gap, "not_reported"))
    return rows[~is_nothing | is_gap]


def _flag_old_territory(rows: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    is_old = rows["ags"].isin(list(keys)) & (rows["period"] < REFORM_OF_2021)
    return rows.assign(flag=rows["flag"].where(~is_old, OLD_TERRITORY))


def _without_contradictions(run: _Run) -> pd.DataFrame:
    """All parts together; where two publications state one cell, the first one stays."""
    together = pd.concat(run.parts, ignore_index=True)
    first = together.groupby(KEY)["value"].transform("first")
    is_repeated = together.duplicated(KEY, keep="first")
    differs = is_repeated & ((together["value"] - first).abs() > 0.006)
    for _, row in together[differs].iterrows():
        details = {"ags": row["ags"], "period": row["period"], "source": row["source"]}
        value = f"{row['value']:g}"
        run.findings.append(
            Finding("sources_disagree", "", column=row["indicator"], value=value, details=details)
        )
    run.left_out["already from another publication"] += int(is_repeated.sum())
    return together[~is_repeated]


def _write(observations: pd.DataFrame, target: Path, run: _Run) -> CarryReport:
    target.mkdir(parents=True, exist_ok=True)
    written = {}
    for source, rows in observations.groupby("source"):
        path = target / f"{source}.csv"
        lines = rows.sort_values(KEY).assign(value=rows["value"].map(plain_number))
        lines[OBSERVATION_COLUMNS].to_csv(path, index=False, lineterminator="\n")
        written[path.name] = len(rows)
    return CarryReport(run.read, run.unknown, written, dict(run.left_out), tuple(run.findings))


def plain_number(value: float) -> str:
    """A number with decimal point and at most six decimals, without needless zeros."""
    if pd.isna(value):
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [row[name] for row in csv.DictReader(stream) if row[name]]


def _mapping(path: Path, key: str, value: str) -> dict[str, str]:
    return dict(zip(_column(path, key), _column(path, value), strict=True))
