"""A table whose layout nobody has told us: rows of cells with the row numbers of the original."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date

from loaders.missing import read_sign
from loaders.numbers import reads_as_number
from loaders.readers.original import Cell, Original, cell_text, in_percent


@dataclass(frozen=True)
class GridRow:
    """One row: its number in the original and its cells."""

    row: int
    cells: tuple[Cell, ...]

    def text(self, at: int) -> str:
        """The cell at a position as text, empty when the row is too short."""
        return cell_text(self.cells[at]) if at < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        """Positions of cells that are not empty."""
        return [at for at in range(len(self.cells)) if self.text(at)]

    def has_beyond(self, fields: int) -> bool:
        """Whether a cell behind the first so many is not empty."""
        return any(self.text(at) for at in range(fields, len(self.cells)))


@dataclass(frozen=True)
class Grid:
    """One text table or one sheet; empty rows are left out.

    Attributes:
        sheet: name of the sheet, empty for a text.
        rows: its rows; numbers shown as percentages stand as shown (12.5 for 0.125).
        percents: row and position of these numbers.
    """

    sheet: str
    rows: tuple[GridRow, ...]
    percents: frozenset[tuple[int, int]] = frozenset()

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


def grids_of(original: Original) -> list[Grid]:
    """The table of a text file, or every sheet of a workbook that has rows."""
    if not original.is_workbook:
        rows = tuple(GridRow(record.row, record.cells) for record in original.records)
        return [Grid("", rows)] if rows else []
    grids = []
    for sheet in map(original.as_shown, original.sheets):
        numbered = (GridRow(at, cells) for at, cells in enumerate(sheet.rows, start=1))
        rows = tuple(row for row in numbered if row.filled)
        if rows:
            grids.append(_as_shown(Grid(sheet.name, rows), original))
    return grids


def _as_shown(grid: Grid, original: Original) -> Grid:
    percents = original.percents.get(grid.sheet)
    if not percents:
        return grid
    rows = (
        GridRow(
            row.row,
            tuple(
                in_percent(cell) if (row.row, at) in percents else cell
                for at, cell in enumerate(row.cells, start=1)
            ),
        )
        for row in grid.rows
    )
    return Grid(grid.sheet, tuple(rows), frozenset((row, at - 1) for row, at in percents))


def letter(at: int) -> str:
    """Letter of a column as spreadsheets name it: ``A``, ``Z``, ``AA``."""
    name, rest = "", at + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = string.ascii_uppercase[digit] + name
    return name


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number in any style, or a sign for a missing one."""
    if isinstance(cell, (bool, date)):
        return False
    if isinstance(cell, (int, float)):
        return True
    text = cell_text(cell)
    sign = read_sign(text)
    if sign is not None:
        return not sign.number or is_number(sign.number)
    return reads_as_number(text)
