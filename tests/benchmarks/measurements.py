"""The registry of measurements: each compares two times or sizes of the same run.

A new measurement is a function with ``@measurement()`` in a module of this folder that
``__main__`` imports; it gives one or more comparisons.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """One number against its baseline.

    Attributes:
        name: what was measured, with the baseline in words.
        measured, baseline: medians in ``unit``.
        unit: ``ms`` or ``kB``.
        limit: greatest ratio that meets the target; ``None`` says what something costs without
            a target for it.
        samples: how often each side was measured.
    """

    name: str
    measured: float
    baseline: float
    unit: str
    limit: float | None
    samples: int

    @property
    def ratio(self) -> float:
        """Measured over baseline."""
        return self.measured / self.baseline

    def line(self) -> str:
        """The comparison as one line of the report."""
        if self.limit is None:
            target = "no target"
        else:
            verdict = "met" if self.ratio <= self.limit else "NOT MET"
            target = f"<= {self.limit:<7g} {verdict}"
        values = f"{self.measured:,.1f} / {self.baseline:,.1f} {self.unit}"
        return f"{self.name:<58} {values:>24} {self.ratio:>8.3f}  {target:<19} n={self.samples}"


Measure = Callable[[bool], Iterable[Comparison]]
REGISTRY: dict[str, Measure] = {}


def measurement(function: Measure) -> Measure:
    """Enter a function ``(quick) -> comparisons`` into the registry under its name."""
    REGISTRY[function.__name__] = function
    return function


def median_ms(work: Callable[[], object], times: int) -> float:
    """Median wall time of some work in milliseconds, after one run that does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
