"""Proposes how a table of unknown make is laid out: header rows, key column, roles of columns.

A proposal, never a decision: everything here is shown to a person, who may change it through
``Choices``. Title rows, merged headers, cover sheets and footnotes are told apart by where
complete keys begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from loaders.readers.choices import Choices
from loaders.readers.column_roles import (
    LaidColumn,
    Role,
    is_key_header,
    is_whole_key,
    key_share,
    period_text,
    role_of,
)
from loaders.readers.grids import Grid, GridRow, is_number, letter
from loaders.readers.periods import period_in_words, read_period, without_month

JOIN = " + "
_SAMPLE = 400
_PARTS = (
    re.compile(r"^u?(land|bundesland)$", re.IGNORECASE),
    re.compile(r"^u?(rb|regbez|regierungsbezirk)$", re.IGNORECASE),
    re.compile(r"^u?kreis$", re.IGNORECASE),
    re.compile(r"^u?(gem|gemeinde)$", re.IGNORECASE),
)
_PART_DIGITS = (2, 1, 2, 3)
_DAY_IN_TEXT = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}\b")
_YEAR_IN_TEXT = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d])")


@dataclass(frozen=True)
class Layout:
    """How one grid is understood.

    Attributes:
        grid: the grid.
        header_rows: row numbers of the header in the original.
        titles: rows above the header.
        data: rows below the header that hold more than one cell.
        beside: rows below the header that are headings or footnotes.
        overlong: rows of a text with more fields than its header: nobody knows which of their
            cells belongs to which column.
        columns: all columns.
        key_at: positions whose parts make up the key; empty when there is no key column.
        period: period the titles name, empty when they name none.
    """

    grid: Grid
    header_rows: tuple[int, ...]
    titles: tuple[GridRow, ...]
    data: tuple[GridRow, ...]
    beside: tuple[GridRow, ...]
    columns: tuple[LaidColumn, ...]
    key_at: tuple[int, ...] = ()
    period: str = ""
    overlong: tuple[GridRow, ...] = ()

    def of_role(self, role: Role) -> list[LaidColumn]:
        """Columns of one role, from left to right."""
        return [column for column in self.columns if column.role == role]

    def key(self, row: GridRow) -> str:
        """The key of a row, joined where it is split over columns."""
        if len(self.key_at) == 1:
            return row.text(self.key_at[0]).strip()
        parts = [
            row.text(at).strip().zfill(digits) if row.text(at).strip() else ""
            for at, digits in zip(self.key_at, _PART_DIGITS, strict=True)
        ]
        return "".join(parts)

    def lengths(self, row: GridRow) -> dict[str, str]:
        """Fields of a row and of the header, as details of a finding."""
        header = [one for one in self.grid.rows if one.row in self.header_rows]
        return {"found": str(len(row.cells)), "expected": str(_fields(header))}

    @property
    def proposed(self) -> Choices:
        """The choices that lead to this layout."""
        names = {column.at: column.header or letter(column.at) for column in self.columns}
        key = JOIN.join(names[at] for at in self.key_at)
        return Choices(sheet=self.grid.sheet, header_rows=self.header_rows, key_column=key)


def lay_out(grid: Grid, choices: Choices) -> Layout:
    """The layout of a grid as chosen by a person, completed by proposals."""
    first = _first_data(grid, choices)
    header = _header(grid, first, choices)
    columns = _columns(header, grid.width)
    fields = _fields(header) if header and not grid.sheet else grid.width
    below = [row for row in grid.rows[first:] if not row.has_beyond(fields)]
    data = tuple(row for row in below if len(row.filled) > 1)
    layout = Layout(
        grid,
        tuple(row.row for row in header),
        tuple(row for row in grid.rows[:first] if row not in header),
        data,
        tuple(row for row in below if len(row.filled) <= 1),
        columns,
        overlong=tuple(row for row in grid.rows[first:] if row.has_beyond(fields)),
    )
    layout = replace(layout, key_at=_key_positions(layout, choices))
    sample = data[:_SAMPLE]
    roles = tuple(replace(c, role=role_of(c, sample, layout.key_at)) for c in columns)
    return replace(layout, columns=roles, period=_period_of_titles(layout))


# -- where header and data begin -----------------------------------------------------------


def _first_data(grid: Grid, choices: Choices) -> int:
    """Position of the first data row."""
    if choices.header_rows:
        last = max(choices.header_rows)
        return next((at for at, row in enumerate(grid.rows) if row.row > last), len(grid.rows))
    below = _below_key_header(grid, choices.key_column)
    if below is not None:
        return below
    for test in (_begins_with_key, _begins_with_period, _begins_with_numbers):
        found = _first_where(grid, test)
        if found is not None:
            return found
    return 1


def _below_key_header(grid: Grid, chosen: str) -> int | None:
    """First row with a key below a header that names keys, or below the chosen column."""
    wanted = {name.strip().split(" | ")[0] for name in chosen.split(JOIN)} if chosen else set()
    for at, row in enumerate(grid.rows[:_SAMPLE]):
        texts = {position: row.text(position).strip() for position in row.filled}
        if all(any(map(part.fullmatch, texts.values())) for part in _PARTS):
            return at + 1
        found = [p for p, text in texts.items() if text in wanted or _is_key_cell(text)]
        if found and len(texts) > 1:
            return _first_key_below(grid, at, found[0])
    return None


def _is_key_cell(text: str) -> bool:
    """Whether a cell is a header of keys: such words, no sentence and no footnote."""
    return len(text) < 60 and is_key_header(text)


def _first_key_below(grid: Grid, header: int, column: int) -> int | None:
    following = list(enumerate(grid.rows[header + 1 : header + 12], start=header + 1))
    keyed = next((at for at, row in following if _is_keylike(row.text(column))), None)
    if keyed is None:
        return None
    return next(at for at, row in following if at == keyed or _has_figures(row, column))


def _has_figures(row: GridRow, key: int) -> bool:
    """Whether a row is one of data although its key is none: a total, or a damaged key."""
    others = [at for at in row.filled if at != key and not _is_year(row, at)]
    figures = [at for at in others if is_number(row.cells[at]) and re.search(r"\d", row.text(at))]
    return bool(row.text(key).strip() and figures) and 2 * len(figures) >= len(others)


def _is_keylike(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,12}|DG", text.strip()))


def _first_where(grid: Grid, test: Callable[[GridRow], bool]) -> int | None:
    """First row that passes a test and is followed by others that do, or is the last."""
    for at, row in enumerate(grid.rows[:_SAMPLE]):
        following = grid.rows[at + 1 : at + 6]
        if test(row) and (not following or sum(map(test, following)) * 2 >= len(following)):
            return at
    return None


def _begins_with_key(row: GridRow) -> bool:
    return len(row.filled) > 1 and any(is_whole_key(row.text(at)) for at in row.filled[:4])


def _begins_with_period(row: GridRow) -> bool:
    filled = row.filled
    is_dated = bool(filled) and bool(period_text(row.text(filled[0])))
    return is_dated and all(is_number(row.cells[at]) for at in filled[1:2])


def _begins_with_numbers(row: GridRow) -> bool:
    filled = row.filled
    numbers = [at for at in filled if is_number(row.cells[at]) and not _is_year(row, at)]
    return len(filled) > 1 and bool(numbers) and 2 * len(numbers) >= len(filled) - 1


def _is_year(row: GridRow, at: int) -> bool:
    return _YEAR_IN_TEXT.fullmatch(row.text(at)) is not None


def _header(grid: Grid, first: int, choices: Choices) -> tuple[GridRow, ...]:
    if choices.header_rows:
        return tuple(row for row in grid.rows if row.row in choices.header_rows)
    header: list[GridRow] = []
    for row in reversed(grid.rows[:first]):
        filled = row.filled
        if not (len(filled) > 1 or (header and filled and filled[0] > 0)):
            break
        header.insert(0, row)
    return tuple(header)


# -- columns -------------------------------------------------------------------------------


def _columns(header: tuple[GridRow, ...], width: int) -> tuple[LaidColumn, ...]:
    filled = [_spread(row, width, is_last=row is header[-1]) for row in header]
    columns = []
    for at in range(width):
        words = [" ".join(row[at].split()) for row in filled if row[at]]
        dates = [period for word in words if (period := period_text(word))]
        named = list(dict.fromkeys(word for word in words if not period_text(word)))
        label, period = " | ".join(named), dates[0] if dates else ""
        if not period and label:
            label, period = _without_period(label)
        is_headed = any(row.text(at) for row in header)
        text = " | ".join(dict.fromkeys(words))
        columns.append(LaidColumn(at, label, text, period, "empty", is_headed))
    return tuple(columns)


def _fields(header: Sequence[GridRow]) -> int:
    return max((len(row.cells) for row in header), default=0)


def _spread(row: GridRow, width: int, is_last: bool) -> list[str]:
    """Texts of a header row; a merged cell stands over all columns it covers."""
    texts = [row.text(at) for at in range(width)]
    if is_last:
        return texts
    for at in range(1, width):
        texts[at] = texts[at] or texts[at - 1]
    return texts


def _without_period(label: str) -> tuple[str, str]:
    """A label such as ``cars_2020`` or ``Ergebnis 2010`` parted into words and period."""
    if match := _DAY_IN_TEXT.search(label):
        found, period = match[0], read_period(match[0]) or ""
    else:
        years = set(_YEAR_IN_TEXT.findall(label.replace("_", " ")))
        if len(years) != 1 or re.search(r"\b(seit|since|ab|bis)\b", label):
            return label, ""
        found = years.pop()
        period, _ = period_in_words(label.replace("_", " "))
        label = without_month(label)
    rest = re.sub(
        rf"[\s_,(]*(\b(am|im|in|zum)\b)?[\s_,(]*{re.escape(found)}\)?", "", label, count=1
    )
    return rest.strip(" _,-"), period


def _period_of_titles(layout: Layout) -> str:
    """The one period that title rows or the name of the sheet state."""
    texts = [row.text(at) for row in layout.titles for at in row.filled]
    days = {day for text in texts for day in _DAY_IN_TEXT.findall(text)}
    if len(days) == 1:
        return read_period(days.pop()) or ""
    years = {year for text in (*texts, layout.grid.sheet) for year in _YEAR_IN_TEXT.findall(text)}
    return years.pop() if len(years) == 1 else ""


# -- keys ----------------------------------------------------------------------------------


def _key_positions(layout: Layout, choices: Choices) -> tuple[int, ...]:
    if choices.key_column:
        return _chosen_positions(layout, choices.key_column)
    parts = [_position(layout, pattern) for pattern in _PARTS]
    if all(at is not None for at in parts):
        return tuple(at for at in parts if at is not None)
    sample = layout.data[:_SAMPLE]
    shares = {column.at: key_share(column, sample) for column in layout.columns}
    best = max(shares, key=lambda at: shares[at], default=0)
    return (best,) if shares.get(best) else ()


def _position(layout: Layout, pattern: re.Pattern[str]) -> int | None:
    return next((c.at for c in layout.columns if pattern.fullmatch(c.header.strip())), None)


def _chosen_positions(layout: Layout, names: str) -> tuple[int, ...]:
    positions = []
    for name in names.split(JOIN):
        found = (
            column.at
            for column in layout.columns
            if name.strip() in (column.header, column.label, letter(column.at))
        )
        positions.append(next(found, -1))
    return tuple(positions) if min(positions) >= 0 else ()
