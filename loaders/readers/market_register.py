"""Installed capacity of renewables per place, counted from the Marktstammdatenregister.

One row is one place, one column one kind of energy in kW. The file names no date (and the
year in the name of the published files is not the state of the data), so a person states it.
"""

from __future__ import annotations

from loaders.keys import Level
from loaders.numbers import ENGLISH, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused

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
    if not choices.period:
        rows = len(original.records) - 1
        return refused(original, NAME, "period_missing", rows=rows, sheet="", column="")
    head, *data = original.records
    builder = ReadingBuilder(original, NAME, choices)
    styles = [
        builder.style(name, decide_style((r.cell(at) for r in data), ENGLISH), ENGLISH)
        for at, name in enumerate(head.cells)
        if at
    ]
    municipal_districts = {r.cell(0)[:5] for r in data if not r.cell(0).endswith("000")}
    for record in data:
        text, level = _key(record.cell(0), municipal_districts)
        ags = builder.place(text, record.row, "ags", level)
        if ags is None:
            continue
        for at, (name, style) in enumerate(zip(head.cells[1:], styles, strict=True), start=1):
            meaning = builder.meaning(record.cell(at), style, record.row, name)
            builder.add(ags, name, choices.period, meaning, record.row, name, "kW")
    return builder.finish(NAME)


def _key(text: str, districts_with_municipalities: set[str]) -> tuple[str, Level | None]:
    """A key with the level it stands for, told from the other keys of the file."""
    if text in ("02000000", "11000000") or not text.endswith("000"):
        return text, None
    if text.endswith("000000"):
        return text[:2], "state"
    if text[:5] in districts_with_municipalities:
        return text[:5], "district"
    return text, None
