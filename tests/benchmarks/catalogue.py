"""A catalogue thirty times the shipped one: 5,000 solutions with 50,000 adoptions, generated."""

from __future__ import annotations

import itertools
import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from tests.benchmarks.measurements import Comparison, measurement
from tests.benchmarks.screen import PRESSED_UNTIL, chromium, empty_app, full_app, opened
from tests.journeys.running import ROOT, Server, settle, start_server

SOLUTIONS, ADOPTIONS = 5_000, 50_000
KEPT_FIGURES = "observations/destatis_districts_2023.csv"
# What is pressed, and how what must differ afterwards is read.
FILTER = (
    ".st-key-choice_only button:first-of-type",
    "document.querySelector('.st-key-solution_grid')?.textContent",
)
RERUN = (
    ".st-key-run button",
    "document.querySelector('[data-testid=stCaptionContainer]')?.textContent",
)
TARGET = 3


def generated(folder: Path) -> Path:
    """A copy of the shipped tables in which the catalogue is as large as promised.

    The added solutions repeat the shipped rows under new keys and numbered names; the added
    adoptions go through the municipalities in turn. One file of observations is enough.
    """
    copy = folder / "data"
    left_out = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(ROOT / "data", copy, ignore=left_out)
    (copy / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    (copy / "observations").mkdir()
    shutil.copy(ROOT / "data" / KEPT_FIGURES, copy / KEPT_FIGURES)
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource["path"] = [KEPT_FIGURES]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    solutions = _more_solutions(_read(copy / "catalogue" / "solutions.csv"))
    solutions.to_csv(copy / "catalogue" / "solutions.csv", index=False)
    towns = _read(copy / "catalogue" / "municipalities.csv")
    adoptions = _more_adoptions(_read(copy / "adoptions.csv"), solutions, towns)
    adoptions.to_csv(copy / "adoptions.csv", index=False)
    return copy


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _more_solutions(shipped: pd.DataFrame) -> pd.DataFrame:
    repeats = -(-SOLUTIONS // len(shipped))
    rows = pd.concat([shipped] * repeats, ignore_index=True).head(SOLUTIONS)
    number = pd.Series(range(SOLUTIONS)) // len(shipped)
    added = number > 0
    rows.loc[added, "solution_id"] += "-" + number.astype(str)
    rows.loc[added, "name"] += " " + number.astype(str)
    return rows


def _more_adoptions(
    shipped: pd.DataFrame, solutions: pd.DataFrame, towns: pd.DataFrame
) -> pd.DataFrame:
    new = solutions["solution_id"].iloc[len(set(shipped["solution_id"])) :]
    rows = ADOPTIONS - len(shipped)
    takers = itertools.cycle(zip(towns["ags"], towns["name_official"], strict=True))
    kinds = itertools.cycle(["reuse", "community_member", "trial"])
    unshipped = [one for one in new if one not in set(shipped["solution_id"])]
    added = [
        {
            "solution_id": solution,
            "adopter_municipality": name,
            "adopter_ags": ags,
            "year": str(2018 + place % 9),
            "status": "operation",
            "adoption_type": kind,
            "evidence_url": f"https://example.org/{solution}/{ags}",
            "note": "",
        }
        for solution, (place, (ags, name)), kind in zip(
            itertools.cycle(unshipped),
            enumerate(itertools.islice(takers, rows)),
            kinds,
            strict=False,
        )
    ]
    return pd.concat([shipped, pd.DataFrame(added)], ignore_index=True)


@contextmanager
def large_app() -> Iterator[Server]:
    """The dashboard on the generated catalogue."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = start_server(folder, TRANSFERKOMPASS_DATA=str(generated(folder)))
        try:
            yield server
        finally:
            server.stop()


@measurement
def catalogue_filter(quick: bool) -> Iterator[Comparison]:
    """A filter pressed on or off until other cards stand there, in turn with an empty rerun."""
    times = 7 if quick else 21
    with chromium() as browser, empty_app() as empty:
        for app, name in (
            (large_app, "5,000 solutions, 50,000 adoptions"),
            (full_app, "174 solutions"),
        ):
            with app() as server:
                floor, _ = opened(browser, f"{empty.address}/?rerun=1")
                page, _ = opened(browser, f"{server.address}/solutions")
                taken = [(_press(page, FILTER), _press(floor, RERUN)) for _ in range(times + 1)]
                for one in (page, floor):
                    one.context.close()
            ours, theirs = (statistics.median(side) for side in zip(*taken[1:], strict=True))
            label = f"catalogue: {name} filtered / empty rerun"
            yield Comparison(label, ours, theirs, "ms", TARGET, times)


def _press(page: Any, what: tuple[str, str]) -> float:
    settle(page)
    return float(page.evaluate(PRESSED_UNTIL, list(what)))
