"""Installed capacity of renewables per place, counted from the Marktstammdatenregister.

One row is one place, one column one kind of energy in kW. The file names no date (and the
year in the name of the published files is not the state of the data), so a person states it.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.keys import Level
from loaders.readers.keyed_columns import KeyAndLevel, read_keyed_columns
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.reading import Choices, Reading

NAME = "marktstammdatenregister"
_KINDS = frozenset({"pv", "wind_on", "wind_off", "biomass", "geothermal", "water"})


def recognises(original: Original) -> bool:
    """Whether the first record is a key column and kinds of renewable energy."""
    try:
        head = original.records[0].cells if original.records else ()
    except UnreadableFile:
        return False
    return len(head) > 2 and head[0] == "ags" and set(head[1:]) <= _KINDS


def read(original: Original, choices: Choices) -> Reading:
    """The table as long observations; ``indicator`` is the kind of energy, ``unit`` kW.

    States, districts and cities carry eight digits alike (``01000000``, ``01051000``,
    ``01001000``). A key ending in 000 is a state when six zeros follow; a rural district is
    told from a district-free city by the third digit group (51 and more).
    """
    return read_keyed_columns(original, choices, NAME, "kW", _keys)


def _keys(rows: Sequence[Record]) -> KeyAndLevel:
    municipal_districts = {row.cell(0)[:5] for row in rows if not row.cell(0).endswith("000")}
    return lambda text: _key(text, municipal_districts)


def _key(text: str, districts_with_municipalities: set[str]) -> tuple[str, Level | None]:
    """A key with the level it stands for, told from the other keys of the file."""
    if text in ("02000000", "11000000") or not text.endswith("000"):
        return text, None
    if text.endswith("000000"):
        return text[:2], "state"
    if text[:5] in districts_with_municipalities:
        return text[:5], "district"
    return text, None
