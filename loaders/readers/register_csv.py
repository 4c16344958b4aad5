"""The register of municipalities as a CSV that somebody saved again from a workbook.

Six record types stand mixed, the key is split over columns, and every kind of figure has its
own style: blanks between thousands, areas with a point, coordinates with a comma.
"""

from __future__ import annotations

import re

from loaders.numbers import GERMAN, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused

NAME = "municipal_register_csv"
_KEY_COLUMNS = ("land", "rb", "kreis", "gemeinde")
_DIGITS = (2, 1, 2, 3)
_MUNICIPALITY_TYPE = "60"
_UNITS = {
    "flaeche": "km2",
    "bevoelkerung": "persons",
    "maennlich": "persons",
    "weiblich": "persons",
    "jekm2": "persons_per_km2",
    "laengengrad": "",
    "breitengrad": "",
}


def recognises(original: Original) -> bool:
    """Whether the first record names record types and a key in parts."""
    try:
        names = set(_names(original.records[0])) if original.records else set()
    except UnreadableFile:
        return False
    return {"satzart", *_KEY_COLUMNS} <= names and bool(names & set(_UNITS))


def _names(record: Record) -> list[str]:
    plain = (cell.strip().lower() for cell in record.cells)
    return [re.sub("ü", "ue", re.sub("ö", "oe", re.sub("ä", "ae", name))) for name in plain]


def read(original: Original, choices: Choices) -> Reading:
    """All records of type 60; headings of states, districts and associations are refused.

    ``indicator`` is the column name. The file names no date; a person states it.
    """
    head, *data = original.records
    at = {name: position for position, name in enumerate(_names(head))}
    if not choices.period:
        return refused(original, NAME, "period_missing", rows=len(data), sheet="", column="")
    builder = ReadingBuilder(original, NAME, choices)
    columns = {name: at[name] for name in _UNITS if name in at}
    towns = [record for record in data if record.cell(at["satzart"]) == _MUNICIPALITY_TYPE]
    styles = {
        name: builder.style(name, decide_style((r.cell(position) for r in towns), GERMAN))
        for name, position in columns.items()
    }
    for record in data:
        kind = record.cell(at["satzart"])
        if kind != _MUNICIPALITY_TYPE:
            builder.refuse_kind("record_type", kind, record.row, "satzart")
            continue
        parts = (record.cell(at[name]).strip() for name in _KEY_COLUMNS)
        key = "".join(part.zfill(digits) for part, digits in zip(parts, _DIGITS, strict=True))
        ags = builder.place(key, record.row, "land + rb + kreis + gemeinde")
        if ags is None:
            continue
        for name, position in columns.items():
            meaning = builder.meaning(record.cell(position), styles[name], record.row, name)
            builder.add(ags, name, choices.period, meaning, record.row, name, _UNITS[name])
    return builder.finish(NAME)
