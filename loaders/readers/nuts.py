"""Codes of the European nomenclature NUTS and the official keys they stand for."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from loaders.folders import DATA
from loaders.keys import NATION

NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")


def key_of_nuts(code: str, catalogue: Path = DATA / "catalogue") -> str:
    """The official key of a German NUTS code; empty when no key has its territory.

    ``DE`` is the nation, three signs a state, four a region (or a state that has none),
    five a district. Told from the district codes of the register: a code stands for the
    key whose districts are exactly its districts.
    """
    if code == "DE":
        return NATION
    return _keys(catalogue).get(code, "") if re.fullmatch(NUTS, code) else ""


@cache
def _keys(catalogue: Path) -> dict[str, str]:
    with (catalogue / "districts.csv").open(encoding="utf-8", newline="") as stream:
        districts = {row["ags"]: row["nuts3"] for row in csv.DictReader(stream)}
    by_code: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, set[str]] = defaultdict(set)
    for ags, nuts in districts.items():
        for length in (3, 4, 5):
            by_code[nuts[:length]].add(ags)
        for length in (2, 3, 5):
            by_key[ags[:length]].add(ags)
    found = {}
    for code, held in by_code.items():
        length = {3: 2, 4: 2 if code.endswith("0") else 3, 5: 5}[len(code)]
        key = min(held)[:length]
        found[code] = key if by_key[key] == held else ""
    return found
