"""Flat-file CSV of GENESIS-Online and the Regionaldatenbank, the old and the new layout.

Old: one row per place and time, one column per measure (``CODE__Label__Unit``) with its
quality sign beside it (``CODE__Label__q``). New: one row per value, with code, label, unit
and quality sign of the measure in columns of their own. Column names are German or English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.keys import NATION, level_of
from loaders.missing import read_sign
from loaders.numbers import GERMAN, NumberStyle, decide_style
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading, refused

NAME_OLD = "flat_file_old"
NAME_NEW = "flat_file_new"
_TIME = ("zeit", "time")
_TABLE = ("statistik_code", "statistics_code")
_ATTRIBUTE = re.compile(r"(\d+)_(?:auspraegung|variable_attribute)_(code|label)", re.IGNORECASE)
_VARIABLE = re.compile(r"(\d+)_(?:merkmal|variable)_code", re.IGNORECASE)
_MEASURE = re.compile(r"([A-Z0-9]+)__(.+)__(.+)")
_QUALITY = "q"
_REGIONS = frozenset(
    {"DINSG", "DLAND", "REGBEZ", "KREISE", "KREIS", "GEMEIN", "GEMEINDE", "DG"}
)  # fmt: skip
_MONTH = re.compile(r"MONAT(\d{2})")
_COUNTS = frozenset({"anzahl", "stück", "personen", "number"})


@dataclass(frozen=True)
class _Measure:
    """One measure of the old layout and where its cells stand."""

    at: int
    quality_at: int | None
    column: str
    code: str
    label: str
    unit: str


@dataclass(frozen=True)
class _Head:
    """Where things stand in a flat file, by lower-case column name."""

    at: Mapping[str, int]
    attributes: Mapping[str, tuple[int, int]]
    variables: Mapping[str, int]

    def position(self, names: tuple[str, ...]) -> int | None:
        return next((self.at[name] for name in names if name in self.at), None)


def _head(record: Record) -> _Head:
    names = [cell.strip().lower() for cell in record.cells]
    at = {name: position for position, name in enumerate(names)}
    found: dict[str, dict[str, int]] = {}
    variables = {}
    for position, name in enumerate(names):
        if match := _ATTRIBUTE.fullmatch(name):
            found.setdefault(match[1], {})[match[2].lower()] = position
        if match := _VARIABLE.fullmatch(name):
            variables[match[1]] = position
    attributes = {
        n: (v["code"], v.get("label", v["code"])) for n, v in found.items() if "code" in v
    }
    return _Head(at, attributes, variables)


def _recognised(original: Original) -> _Head | None:
    try:
        head = _head(original.records[0]) if original.records else None
    except UnreadableFile:
        return None
    is_flat = head and head.position(_TIME) is not None and head.position(_TABLE) is not None
    return head if is_flat else None


def recognises_new(original: Original) -> bool:
    """Whether the first record names time, attributes and one column of values."""
    head = _recognised(original)
    return head is not None and "value" in head.at and "value_variable_code" in head.at


def recognises_old(original: Original) -> bool:
    """Whether the first record names time, attributes and measures as ``CODE__Label__Unit``."""
    return _recognised(original) is not None and bool(_measures(original.records[0]))


def _measures(record: Record) -> list[_Measure]:
    names = [cell.strip() for cell in record.cells]
    measures = []
    for position, name in enumerate(names):
        match = _MEASURE.fullmatch(name)
        if match and match[3] != _QUALITY:
            quality = f"{match[1]}__{match[2]}__{_QUALITY}"
            at = names.index(quality) if quality in names else None
            label, unit = match[2].replace("_", " "), match[3].replace("_", " ")
            measures.append(_Measure(position, at, name, match[1], label, unit))
    return measures


@dataclass(frozen=True)
class _Layout:
    """How places, times and further attributes are told in this file."""

    head: _Head
    region: str
    month: str
    time_at: int
    place: str

    def key(self, record: Record) -> str:
        return record.cell(self.head.attributes[self.region][0]) if self.region else self.place

    def period(self, record: Record) -> str:
        period = read_period(record.cell(self.time_at)) or ""
        if self.month and (match := _MONTH.fullmatch(self._code(record, self.month))):
            return f"{period[:4]}-{match[1]}"
        return period

    def _code(self, record: Record, number: str) -> str:
        return record.cell(self.head.attributes[number][0]).strip()

    def attributes(self, record: Record) -> list[str]:
        """Labels of attributes that are neither place nor month nor a total."""
        others = (n for n in self.head.attributes if n not in (self.region, self.month))
        return [
            record.cell(self.head.attributes[number][1]).strip()
            for number in sorted(others, key=int)
            if self._code(record, number)
        ]


def _layout(head: _Head, data: tuple[Record, ...], place: str) -> _Layout | None:
    region = month = ""
    for number, (code_at, _) in head.attributes.items():
        codes = {record.cell(code_at).strip() for record in data}
        variable_at = head.variables.get(number)
        names = {record.cell(variable_at).strip() for record in data} if variable_at else set()
        if names & {"MONAT"}:
            month = number
        elif names & _REGIONS or all(level_of(c) or c == NATION for c in codes):
            region = region or number
    time_at = head.position(_TIME)
    if time_at is None or not (region or place):
        return None
    return _Layout(head, region, month, time_at, place)


def read_old(original: Original, choices: Choices) -> Reading:
    """The old layout; ``indicator`` is the label, with its code where labels repeat."""
    first, *rest = original.records
    data, head = tuple(rest), _head(first)
    layout = _layout(head, data, choices.place)
    if layout is None:
        return refused(original, NAME_OLD, "place_missing")
    builder = ReadingBuilder(original, NAME_OLD, choices)
    measures = _measures(first)
    repeated = {label for label, n in Counter(m.label for m in measures).items() if n > 1}
    styles = {
        m.at: builder.style(m.column, decide_style((r.cell(m.at) for r in data), GERMAN))
        for m in measures
    }
    for record in data:
        place = _placed(record, layout, builder)
        if place is None:
            continue
        exists = any(_is_something(record.cell(m.at)) for m in measures)
        for m in measures:
            label = f"{m.code} | {m.label}" if m.label in repeated else m.label
            quality = record.cell(m.quality_at) if m.quality_at is not None else ""
            meaning = _meaning(
                record, m.at, styles[m.at], m.column, m.unit, quality, exists, builder
            )
            name = " | ".join([label, *layout.attributes(record)])
            builder.add(*place[:1], name, place[1], meaning, record.row, m.column, m.unit)
    return builder.finish(_table(head, data))


def read_new(original: Original, choices: Choices) -> Reading:
    """The new layout; ``indicator`` is the label of the measure and of further attributes."""
    first, *rest = original.records
    data, head = tuple(rest), _head(first)
    layout = _layout(head, data, choices.place)
    if layout is None:
        return refused(original, NAME_NEW, "place_missing")
    builder = ReadingBuilder(original, NAME_NEW, choices)
    at = head.at
    style = builder.style("value", decide_style((r.cell(at["value"]) for r in data), GERMAN))
    existing = {
        (layout.key(r), layout.period(r)) for r in data if _is_something(r.cell(at["value"]))
    }
    for record in data:
        place = _placed(record, layout, builder)
        if place is None:
            continue
        unit = _cell(record, at, "value_unit")
        label = _cell(record, at, "value_variable_label") or _cell(
            record, at, "value_variable_code"
        )
        exists = (layout.key(record), place[1]) in existing
        quality = _cell(record, at, "value_q")
        meaning = _meaning(record, at["value"], style, "value", unit, quality, exists, builder)
        name = " | ".join([label, *layout.attributes(record)])
        builder.add(place[0], name, place[1], meaning, record.row, "value", unit)
    return builder.finish(_table(head, data))


def _placed(record: Record, layout: _Layout, builder: ReadingBuilder) -> tuple[str, str] | None:
    period = layout.period(record)
    if not period:
        builder.refuse("period_unreadable", record.row, "time", record.cell(layout.time_at))
        return None
    ags = builder.place(layout.key(record), record.row, "")
    return None if ags is None else (ags, period)


def _meaning(record: Record, at: int, style: NumberStyle, column: str, unit: str, quality: str,
             exists: bool, builder: ReadingBuilder) -> CellMeaning:  # fmt: skip
    nil_is_zero = exists and unit.lower() in _COUNTS
    meaning = builder.meaning(record.cell(at), style, record.row, column, nil_is_zero=nil_is_zero)
    return CellMeaning(meaning.value, meaning.missing, meaning.flag or quality.strip())


def _is_something(cell: str) -> bool:
    sign = read_sign(cell)
    return not (sign and sign.is_nil)


def _cell(record: Record, at: Mapping[str, int], name: str) -> str:
    return record.cell(at[name]).strip() if name in at else ""


def _table(head: _Head, data: tuple[Record, ...]) -> str:
    at = head.position(_TABLE)
    return data[0].cell(at).strip() if data and at is not None else ""
