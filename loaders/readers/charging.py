"""Registers of public charging stations (Bundesnetzagentur), counted per district and year.

One row is one station. The registers of 2017 to 2019 hold coordinates and no district: they
are placed by point in polygon. The register of 2021 names districts without a key: they are
placed by name, kind and state. Rows that repeat another one exactly are counted, as the
publisher counts them, and reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.grids import Grid, GridRow, grids_of
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.place_names import split_kind, state_key
from loaders.readers.points import districts_of, read_point
from loaders.readers.reading import Choices, Reading, refused

NAME = "charging_register"
POINTS = "Ladepunkte"
STATIONS = "Ladeeinrichtungen"
FAST_POINTS = "Ladepunkte | Schnellladeeinrichtung"
STOCK = "Ladepunkte | Bestand"
_DATE, _COUNT = "Inbetriebnahmedatum", "Anzahl Ladepunkte"
_DISTRICT, _STATE = "Kreis/kreisfreie Stadt", "Bundesland"
_FAST = "Schnellladeeinrichtung"
_DAY = re.compile(r"\b(\d{2}\.\d{2}\.\d{4})\b")


@dataclass
class _Counts:
    """What one district got in one year."""

    row: int
    points: int = 0
    stations: int = 0
    fast: int = 0


@dataclass
class _Register:
    """One register while its rows are placed and counted."""

    at: Mapping[str, int]
    sheet: str
    builder: ReadingBuilder
    counts: dict[tuple[str, str], _Counts] = field(default_factory=dict)

    def text(self, row: GridRow, name: str) -> str:
        return row.text(self.at[name]) if name in self.at else ""

    def count(self, row: GridRow, ags: str, year: str) -> None:
        """Adds one station to its district and year."""
        points = int(self.text(row, _COUNT))
        entry = self.counts.setdefault((ags, year), _Counts(row.row))
        entry.points += points
        entry.stations += 1
        entry.fast += points if self.text(row, "Art") == _FAST else 0


def recognises(original: Original) -> bool:
    """Whether a header row names commissioning and number of charging points."""
    try:
        return any(_header(grid) is not None for grid in grids_of(original))
    except UnreadableFile:
        return False


def _header(grid: Grid) -> int | None:
    """Position of the header row among the rows of a grid."""
    for position, row in enumerate(grid.rows[:15]):
        names = {row.text(at) for at in row.filled}
        if {_DATE, _COUNT} <= names:
            return position
    return None


def read(original: Original, choices: Choices) -> Reading:
    """Charging points and stations per district and year of commissioning.

    ``period`` is the year, for the stock the day of the register; ``row`` is the first
    station of the district and year.
    """
    found = ((grid, at) for grid in grids_of(original) if (at := _header(grid)) is not None)
    grid, head_at = next(found)
    head = grid.rows[head_at]
    builder = ReadingBuilder(original, NAME, choices)
    builder.propose(sheet=grid.sheet)
    register = _Register(_positions(head), grid.sheet, builder)
    data = grid.rows[head_at + 1 :]
    has_names = _DISTRICT in register.at
    if not has_names and not {"Längengrad", "Breitengrad"} <= set(register.at):
        return refused(original, NAME, "table_without_keys", rows=len(data))
    _note_repeats(data, register)
    _note_shared_names(data, register)
    keys = {} if has_names else _by_point(data, register)
    for row in data:
        _place(row, has_names, keys, register)
    edition = _edition(grid.rows[:head_at], choices)
    _add_all(register, edition)
    return builder.finish(NAME, edition)


def _positions(head: GridRow) -> dict[str, int]:
    """Position by the first words of a header (``Längengrad [DG]``, ``Art der ...``)."""
    names = {head.text(at): at for at in head.filled}
    short = {name.split(" ")[0]: at for name, at in reversed(names.items())}
    return {**short, **names}


def _edition(rows: tuple[GridRow, ...], choices: Choices) -> str:
    """Day of the register as its title rows state it."""
    for row in rows:
        for at in row.filled:
            cell = row.cells[at]
            if isinstance(cell, date):
                return cell.isoformat()[:10]
            if match := _DAY.search(row.text(at)):
                return read_period(match[1]) or ""
    return choices.period


def _note_repeats(data: tuple[GridRow, ...], register: _Register) -> None:
    first: dict[tuple[object, ...], int] = {}
    repeats = [row.row for row in data if first.setdefault(row.cells, row.row) != row.row]
    if repeats:
        register.builder.note(
            "rows_repeat", repeats[0], sheet=register.sheet, count=str(len(repeats))
        )


def _note_shared_names(data: tuple[GridRow, ...], register: _Register) -> None:
    """Says how many names would mean two districts without the kind in front of them."""
    texts = {register.text(row, _DISTRICT) for row in data} - {""}
    bare = Counter(split_kind(text)[0] for text in texts)
    shared = sorted(text for text in texts if bare[split_kind(text)[0]] > 1)
    if shared:
        register.builder.note("names_need_kind", None, _DISTRICT, shared[0], register.sheet,
                              count=str(len(shared)))  # fmt: skip


def _by_point(data: tuple[GridRow, ...], register: _Register) -> dict[int, str]:
    """District key by row number, for stations whose coordinates lie in Germany."""
    points = {}
    for row in data:
        point = read_point(register.text(row, "Längengrad"), register.text(row, "Breitengrad"))
        if point is not None:
            points[row.row] = point
    return dict(zip(points, districts_of(list(points.values())), strict=True))


def _place(row: GridRow, has_names: bool, keys: Mapping[int, str], register: _Register) -> None:
    """Places one station, or refuses it with the reason."""
    builder, sheet = register.builder, register.sheet
    year = register.text(row, _DATE)[:4]
    if not read_period(year):
        builder.refuse("period_unreadable", row.row, _DATE, register.text(row, _DATE), sheet)
        return
    if not re.fullmatch(r"\d+", register.text(row, _COUNT)):
        builder.refuse("not_a_number", row.row, _COUNT, register.text(row, _COUNT), sheet)
        return
    if has_names:
        ags = builder.place_named(
            register.text(row, _DISTRICT), row.row, _DISTRICT,
            state=register.text(row, _STATE), level="district", sheet=sheet,
        )  # fmt: skip
    elif keys.get(row.row):
        ags = builder.place(keys[row.row], row.row, "Längengrad", sheet=sheet)
        _compare_state(row, ags or "", register)
    else:
        where = f"{register.text(row, 'Längengrad')} {register.text(row, 'Breitengrad')}"
        builder.refuse("point_outside", row.row, "Längengrad", where, sheet)
        return
    if ags is not None:
        register.count(row, ags, year)


def _compare_state(row: GridRow, ags: str, register: _Register) -> None:
    """Says when a station's coordinates lie in another state than its row states."""
    state = register.text(row, _STATE)
    if state and state_key(state) not in ("", ags[:2]):
        register.builder.note(
            "point_in_other_state", row.row, _STATE, state, register.sheet, ags=ags
        )


def _add_all(register: _Register, edition: str) -> None:
    stock: Counter[str] = Counter()
    first_row: dict[str, int] = defaultdict(int)
    for (ags, year), counts in sorted(register.counts.items()):
        figures = {POINTS: counts.points, STATIONS: counts.stations, FAST_POINTS: counts.fast}
        for indicator, figure in figures.items():
            _add(register, ags, indicator, year, figure, counts.row)
        stock[ags] += counts.points
        first_row[ags] = min(first_row[ags] or counts.row, counts.row)
    if edition:
        for ags, figure in sorted(stock.items()):
            _add(register, ags, STOCK, edition, figure, first_row[ags])


def _add(register: _Register, ags: str, indicator: str, period: str, figure: int,
         row: int) -> None:  # fmt: skip
    register.builder.add(
        ags, indicator, period, CellMeaning(float(figure)), row, _COUNT, "Anzahl",
        sheet=register.sheet,
    )  # fmt: skip
