"""How fast the calculations are, always against a baseline of the same run.

Both sides are run in turn and the best of each counts, so that both meet the same load.
Libraries are timed on fewer draws and scaled; the name says so.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pandas as pd

from analysis import outcome, robustness
from analysis.panels import read_panel
from analysis.places import place_index
from analysis.synthetic import synthetic_placebos
from loaders import folders
from loaders.tables import read_data_folder
from tests.benchmarks.measurements import Comparison, measurement

PLACES, INDICATORS, DRAWS, BLOCK = 400, 50, 10_000, 512
LIBRARY_DRAWS = 100
GAP_SHARE = 0.02


@cache
def table() -> pd.DataFrame:
    """400 places x 50 indicators, uniform in 0 to 1."""
    values = np.random.default_rng(0).random((PLACES, INDICATORS))
    return pd.DataFrame(values, index=[f"{n:08d}" for n in range(PLACES)])


@cache
def table_with_gaps() -> pd.DataFrame:
    """The same with every fiftieth value missing."""
    return table().mask(np.random.default_rng(1).random((PLACES, INDICATORS)) < GAP_SHARE)


@cache
def weights() -> np.ndarray:
    """Equal weights."""
    return np.full(INDICATORS, 1 / INDICATORS)


def drawn_weights(draws: int = DRAWS) -> np.ndarray:
    """Weights with noise, draws x indicators."""
    return weights() * np.random.default_rng(0).uniform(0.75, 1.25, (draws, INDICATORS))


def product_and_sort() -> None:
    """The floor: a blocked matrix product and an argsort of every row."""
    levels, drawn = table().to_numpy().T, drawn_weights()
    for start in range(0, DRAWS, BLOCK):
        np.argsort(drawn[start : start + BLOCK] @ levels, axis=1)


def whole_table() -> None:
    """All ranks, weights drawn only."""
    robustness.rank_ranges(table(), weights(), DRAWS)


@measurement
def rank_ranges(quick: bool) -> Iterator[Comparison]:
    """All ranks and one town's rank, 400 places x 50 indicators, 10,000 draws."""
    rounds, place = 3 if quick else 7, table().index[7]

    def full() -> None:
        robustness.rank_ranges(table_with_gaps(), weights(), DRAWS, mix=robustness.FULL_MIX)

    def one() -> None:
        robustness.town_rank_range(table(), weights(), place, DRAWS)

    floor = "product and argsort"
    yield _pair(f"ranks, weights only / {floor}", whole_table, product_and_sort, 1.3, rounds)
    yield _pair(f"ranks, full mix, 2 % gaps / {floor}", full, product_and_sort, 4, rounds)
    yield _pair("rank of one town / whole table", one, whole_table, 0.2, rounds)


@measurement
def rank_libraries(quick: bool) -> Iterator[Comparison]:
    """The same ranks with pymcdm and scikit-criteria, one evaluation per draw."""
    import skcriteria
    from pymcdm.helpers import rankdata
    from pymcdm.methods import WSM
    from skcriteria.agg import simple

    levels, drawn = table().to_numpy(), drawn_weights(LIBRARY_DRAWS)
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    sums, objectives = WSM(lambda x, cost=False: x), [max] * INDICATORS
    model = simple.WeightedSumModel()

    def pymcdm() -> None:
        for row in shares:
            rankdata(sums(levels, row, np.ones(INDICATORS)), reverse=True)

    def scikit_criteria() -> None:
        for row in shares:
            model.evaluate(skcriteria.mkdm(levels, objectives, weights=row))

    scale, rounds = DRAWS / LIBRARY_DRAWS, 2 if quick else 3
    for name, theirs, limit in (
        ("pymcdm", pymcdm, 1 / 50),
        ("scikit-criteria", scikit_criteria, 1 / 20),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            label = f"ranks / {name}, {LIBRARY_DRAWS} draws scaled"
            yield _pair(label, whole_table, theirs, limit, rounds, scale)


@measurement
def town_search(quick: bool) -> Iterator[Comparison]:
    """A text looked for among 10,775 municipalities, against one pass of pandas over the names."""
    tables = read_data_folder(folders.DATA).tables
    index = place_index(tables["municipalities"], tables["districts"])
    names, rounds = index.places["name"], 5 if quick else 15

    def own() -> None:
        index.search("kaisersl")

    def one_pass() -> None:
        names.str.contains("kaisersl", case=False)

    yield _pair("search of a town / one pass of pandas", own, one_pass, 3, rounds)


@measurement
def placebo_controls(quick: bool) -> Iterator[Comparison]:
    """All 400 placebo synthetic controls against 400 single fits."""
    source = np.random.default_rng(0)
    values = 50 + source.normal(size=(401, 3)) @ source.normal(size=(3, 14)).cumsum(axis=1)
    values += source.normal(size=values.shape)
    panel = pd.DataFrame(values, index=[f"{n:08d}" for n in range(401)], columns=range(2010, 2024))
    treated, singles = panel.index[0], 10 if quick else 40
    pool = panel.drop(index=treated)

    def placebos() -> None:
        synthetic_placebos(read_panel(panel, treated, 2020), False)

    def single() -> None:
        for place in pool.index[:singles]:
            outcome.synthetic_control(pool, place, 2020)

    name = f"400 placebo controls / 400 single fits, {singles} scaled"
    yield _pair(name, placebos, single, 0.7, 2 if quick else 3, 400 / singles)


@measurement
def memory_of_all_municipalities(quick: bool) -> Iterator[Comparison]:
    """Greatest memory of 11,000 places x 200 indicators, full mix, in a process of its own."""
    draws = 1000 if quick else DRAWS
    code = (
        "import numpy as np, resource; from analysis import robustness as r;"
        "z = np.random.default_rng(0).random((11_000, 200));"
        f"r.rank_ranges(z, np.ones(200), {draws}, mix=r.FULL_MIX);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    yield Comparison(
        f"memory of 11,000 x 200, {draws} draws / 4 GB", float(done.stdout), 4e6, "kB", 1, 1
    )


def _pair(
    name: str,
    ours: Callable[[], None],
    theirs: Callable[[], None],
    limit: float,
    rounds: int,
    scale: float = 1.0,
) -> Comparison:
    one, two = interleaved(ours, theirs, rounds)
    return Comparison(name, one * 1000, two * 1000 * scale, "ms", limit, rounds)


def interleaved(
    one: Callable[[], None], two: Callable[[], None], rounds: int
) -> tuple[float, float]:
    """Best time of each of two functions, run in turn so that both meet the same load."""
    one()
    two()
    pairs = [(timed(one), timed(two)) for _ in range(rounds)]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def timed(run: Callable[[], None]) -> float:
    """Seconds of one run on the clock."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
