"""``python -m tests.benchmarks [--quick] [name ...]``: ratios against a baseline of the same run.

Prints one line per comparison and never fails: a target that is not met is said, not hidden.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.benchmarks import (
    adoption,
    analysis_speed,
    catalogue,
    intake,
    maps,
    screen,
    stage,
    store,
    takeaway,
)
from tests.benchmarks.measurements import REGISTRY
from tests.benchmarks.screen import KEPT

MODULES = (screen, maps, stage, store, analysis_speed, adoption, catalogue, takeaway, intake)


def main() -> int:
    """Run the measurements asked for; always 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(REGISTRY)}")
    parser.add_argument("--quick", action="store_true", help="few samples, for a first look")
    asked = parser.parse_args()
    print(f"{'what':<58} {'measured / baseline':>24} {'ratio':>8}  target")
    start = time.monotonic()
    try:
        for name in asked.names or REGISTRY:
            report(name, asked.quick)
    finally:
        KEPT.stop()
    print(f"{time.monotonic() - start:.0f} s in all")
    return 0


def report(name: str, quick: bool) -> None:
    """One measurement, line by line; what cannot be measured is said."""
    start = time.monotonic()
    try:
        for comparison in REGISTRY[name](quick):
            print(comparison.line(), flush=True)
    except Exception as fault:
        print(f"{name:<58} could not be measured: {fault!r}"[:400], flush=True)
    print(f"  {name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
