"""Tables of unknown make: CSV and workbooks with a key, a name or one place per row.

The layout is proposed (``layouts``) and may be changed by a person: sheet, header rows, key
column, place, period, number styles. Wide tables with a column per indicator or per year
are read here as well as long ones with further columns that tell the rows apart.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from loaders.findings import Finding
from loaders.keys import Level
from loaders.numbers import GERMAN, NumberStyle, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.column_roles import LaidColumn, period_of_cell
from loaders.readers.grids import Grid, GridRow, grids_of, is_number, letter
from loaders.readers.layouts import Layout, lay_out
from loaders.readers.one_place import read_one_place
from loaders.readers.original import Cell, Original, UnreadableFile, cell_text
from loaders.readers.place_keys import read_place_key
from loaders.readers.place_names import is_known_key, split_kind
from loaders.readers.reading import Choices, Reading, refused

NAME = "free_table"
_BELOW_CITY = re.compile(
    r"stadtteil|stadtgebiet|stadtbezirk|ortsteil|quartier|stadtviertel|statistische\w* bezirk",
    re.IGNORECASE,
)
_GENERIC = re.compile(r"wert|value|anzahl", re.IGNORECASE)
_UNIT = re.compile(r"\(([^()]{1,20})\)\s*$|\bin (%|€|EUR|km²?|qkm|ha|Prozent|Mio\. \S+)\s*$")
_PLACE_ROLES = frozenset({"name", "kind", "state"})
_COUNTS = frozenset({"anzahl", "stück", "personen"})


def recognises(original: Original) -> bool:
    """Whether a file holds rows with numbers below or beside words."""
    try:
        return any(_has_table(grid) for grid in grids_of(original))
    except UnreadableFile:
        return False


def _has_table(grid: Grid) -> bool:
    return any(
        sum(is_number(row.cells[at]) for at in row.filled) > 0 and len(row.filled) > 1
        for row in grid.rows
    )


def read(original: Original, choices: Choices) -> Reading:
    """The table as long observations, read as chosen or as proposed.

    Args:
        original: the file.
        choices: sheet, header rows, key column, place, period, indicator, number styles,
            and keys for names that do not tell one place.

    Returns:
        A reading whose ``proposed`` says how the file was understood; refused with the
        reason when no column of keys or names is there, when the rows lie below the level
        of towns, or when place or period have to be stated.
    """
    grids = [g for g in grids_of(original) if choices.sheet in ("", g.sheet)]
    if not grids:
        return refused(original, NAME, "sheet_unknown", proposed=choices, sheet=choices.sheet)
    layouts = [lay_out(grid, choices) for grid in grids]
    layout = max(layouts, key=_score)
    others = [other.grid.sheet for other in layouts if other is not layout and _score(other)[0]]
    proposed = _proposed(layout, choices)
    if layout.overlong and not layout.data:
        first = layout.overlong[0]
        return refused(original, NAME, "field_count", proposed=proposed, at=first.row,
                       rows=len(layout.overlong), **layout.lengths(first))  # fmt: skip
    names = layout.of_role("name")
    if not layout.key_at:
        reason = _reason_without_keys(layout, choices, bool(names))
        if reason:
            return refused(original, NAME, reason, proposed=proposed, rows=len(layout.data),
                           at=layout.data[0].row if layout.data else None)  # fmt: skip
        if choices.place:
            chosen = replace(proposed, place=choices.place)
            return _with_percents(read_one_place(original, layout, chosen, NAME), layout, original)
    table = _Table(layout, choices)
    if not table.values:
        reason = "period_missing" if table.undated else "table_without_values"
        return refused(original, NAME, reason, proposed=proposed,
                       rows=len(layout.data), sheet=layout.grid.sheet, column="")  # fmt: skip
    builder = ReadingBuilder(original, NAME, choices)
    builder.propose(**_fields(proposed))
    if others:
        builder.note("other_sheets", sheet=layout.grid.sheet, sheets=", ".join(others))
    return _with_percents(table.read(builder), layout, original)


def _with_percents(reading: Reading, layout: Layout, original: Original) -> Reading:
    """The reading, with a note on each column whose numbers the sheet shows as percentages."""
    notes = []
    for column in layout.of_role("value"):
        rows = [row.row for row in layout.data if (row.row, column.at) in layout.grid.percents]
        if rows:
            name, details = column.header or letter(column.at), {"count": str(len(rows))}
            where = (original.name, layout.grid.sheet, rows[0], name)
            notes.append(Finding("percent_cells", *where, details=details))
    found = sorted((*reading.findings, *notes), key=lambda one: (one.sheet, one.row or 0))
    return replace(reading, findings=tuple(found)) if notes else reading


def _fields(proposed: Choices) -> dict[str, object]:
    return {name: getattr(proposed, name) for name in Choices.__dataclass_fields__}


def _score(layout: Layout) -> tuple[int, int]:
    """How much of a sheet can be placed: rows with keys first, then names, then numbers."""
    values = len(layout.of_role("value"))
    if layout.key_at:
        keyed = sum(read_place_key(layout.key(row)).ags != "" for row in layout.data)
        return keyed, keyed * values
    return 0, len(layout.data) * values


def _proposed(layout: Layout, choices: Choices) -> Choices:
    found = layout.proposed
    return replace(
        choices,
        sheet=found.sheet,
        header_rows=found.header_rows or choices.header_rows,
        key_column=found.key_column or choices.key_column,
        period=choices.period or ("" if layout.of_role("period") else layout.period),
    )


def _reason_without_keys(layout: Layout, choices: Choices, has_names: bool) -> str:
    """Why a table without a column of keys cannot be read; empty when it can."""
    is_dated = bool(layout.of_role("period"))
    words = [row.text(at) for row in layout.titles for at in row.filled]
    words += [column.header for column in layout.columns if column.role in ("text", "name")]
    words += [layout.columns[0].header if layout.columns else ""]
    if not is_dated and any(_BELOW_CITY.search(text) for text in words):
        return "below_city_level"
    if has_names or choices.place:
        return ""
    has_dated_columns = any(column.period for column in layout.of_role("value"))
    return "place_missing" if is_dated or has_dated_columns else "table_without_keys"


@dataclass
class _Table:
    """One table with a key or a name in every row."""

    layout: Layout
    choices: Choices

    def __post_init__(self) -> None:
        values = self.layout.of_role("value")
        self.period_at = next((c.at for c in self.layout.of_role("period")), None)
        self.default_period = self.choices.period or self.layout.period
        by_row = self.period_at is not None or bool(self.default_period)
        self.values = [column for column in values if by_row or column.period]
        self.undated = [column for column in values if not (by_row or column.period)]
        self.indicator_at = next((c.at for c in self.layout.of_role("indicator")), None)
        self.level = _level(self.layout)
        self.labels = _labels(self.values)
        self.apart_at: tuple[int, ...] = ()
        self.apart_at = self._columns_apart()
        self.shared_keys = self._shared(()) if self.apart_at else set()

    def read(self, builder: ReadingBuilder) -> Reading:
        sheet = self.layout.grid.sheet
        styles = {column.at: self._style(column, builder) for column in self.values}
        self._note_labels(builder)
        for row in self.layout.data:
            self._read_row(row, styles, builder)
        for row in self.layout.overlong:
            builder.refuse("field_count", row.row, "", "", sheet, **self.layout.lengths(row))
        if self.layout.beside:
            first, count = self.layout.beside[0], len(self.layout.beside)
            value = first.text(first.filled[0])[:80] if first.filled else ""
            builder.note("rows_beside_table", first.row, "", value, sheet, count=str(count))
        return builder.finish()

    def _note_labels(self, builder: ReadingBuilder) -> None:
        at_row = max(self.layout.header_rows, default=None)
        for column in self.undated:
            builder.note("column_undated", at_row, column.header, "", self.layout.grid.sheet)
        unnamed = [column for column in self.values if not column.label]
        if unnamed and self.indicator_at is None and not self.choices.indicator:
            first = unnamed[0]
            builder.note("indicator_unnamed", at_row,
                         first.header or letter(first.at), "", self.layout.grid.sheet)  # fmt: skip

    def _style(self, column: LaidColumn, builder: ReadingBuilder) -> NumberStyle:
        cells = [row.cells[column.at] for row in self.layout.data if row.text(column.at)]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if not texts:
            return GERMAN
        name = column.header or letter(column.at)
        return builder.style(name, decide_style(texts), GERMAN, self.layout.grid.sheet)

    def _read_row(
        self, row: GridRow, styles: dict[int, NumberStyle], builder: ReadingBuilder
    ) -> None:
        sheet = self.layout.grid.sheet
        row_period = ""
        if self.period_at is not None:
            row_period = period_of_cell(row.text(self.period_at))
            if not row_period:
                header = self._header(self.period_at)
                text = row.text(self.period_at)
                builder.refuse("period_unreadable", row.row, header, text, sheet)
                return
        ags = self._place(row, builder)
        if ags is None:
            return
        exists = any(_is_something(row, column.at) for column in self.values)
        for column in self.values:
            cell: Cell = row.cells[column.at] if column.at < len(row.cells) else None
            name, unit = column.header or letter(column.at), _unit(column.header)
            nil_is_zero = exists and unit.lower() in _COUNTS
            meaning = builder.meaning(cell, styles[column.at], row.row, name, sheet, nil_is_zero)
            period = row_period or column.period or self.default_period
            indicator = self._indicator(row, column)
            builder.add(ags, indicator, period, meaning, row.row, name, unit, sheet=sheet)

    def _header(self, at: int) -> str:
        return self.layout.columns[at].header

    def _place(self, row: GridRow, builder: ReadingBuilder) -> str | None:
        sheet = self.layout.grid.sheet
        if self.layout.key_at:
            header = self._header(self.layout.key_at[0])
            return builder.place(self.layout.key(row), row.row, header, self.level, sheet)
        name = self.layout.of_role("name")[0]
        state = next((row.text(c.at) for c in self.layout.of_role("state")), "")
        kind = next((row.text(c.at) for c in self.layout.of_role("kind")), "")
        kind = split_kind(f"x, {kind}")[1] if kind else ""
        text = row.text(name.at)
        return builder.place_named(text, row.row, name.header, state=state, kind=kind, sheet=sheet)

    def _indicator(self, row: GridRow, column: LaidColumn) -> str:
        label = self.labels[column.at]
        parts = [label] if label else []
        if self.indicator_at is not None:
            is_generic = _GENERIC.fullmatch(label) is not None
            parts = [row.text(self.indicator_at), *([] if is_generic else parts)]
        if self._place_text(row) in self.shared_keys:
            parts += [row.text(at) for at in self.apart_at]
        return " | ".join(part for part in parts if part) or self.choices.indicator or "value"

    def _place_text(self, row: GridRow) -> str:
        if self.layout.key_at:
            return self.layout.key(row)
        return " ".join(row.text(c.at) for c in self.layout.columns if c.role in _PLACE_ROLES)

    def _columns_apart(self) -> tuple[int, ...]:
        """Columns of words without which several rows would share place and period."""
        found: tuple[int, ...] = ()
        roles = {"text", "kind", "name"} if self.layout.key_at else {"text"}
        words = [column for column in self.layout.columns if column.role in roles]
        words.sort(key=lambda column: is_number(self.layout.data[0].text(column.at) or "x"))
        fewest = len(self._groups(found))
        while fewest and len(found) < 3:
            trials = {(*found, c.at): len(self._groups((*found, c.at))) for c in words}
            best = min(trials, key=lambda at: trials[at], default=found)
            if not trials or trials[best] >= fewest:
                break
            found, fewest = best, trials[best]
        return found

    def _groups(self, positions: tuple[int, ...]) -> list[tuple[str, ...]]:
        """Place, period, indicator and words that more than one row shares."""
        counts = Counter(
            (
                self._place_text(row),
                row.text(self.period_at) if self.period_at is not None else "",
                row.text(self.indicator_at) if self.indicator_at is not None else "",
                *(row.text(at) for at in positions),
            )
            for row in self.layout.data
        )
        return [group for group, count in counts.items() if count > 1 and group[0]]

    def _shared(self, positions: tuple[int, ...]) -> set[str]:
        """Places of which several rows tell the same period and indicator."""
        return {group[0] for group in self._groups(positions)}


def _labels(columns: list[LaidColumn]) -> dict[int, str]:
    """Label per column; where label and period repeat, the letter of the column is added."""
    counts = Counter((column.label, column.period) for column in columns)
    return {
        column.at: column.label
        if counts[(column.label, column.period)] == 1
        else f"{column.label} | {letter(column.at)}".removeprefix(" | ")
        for column in columns
    }


def _unit(header: str) -> str:
    match = _UNIT.search(header)
    return (match[1] or match[2]).strip() if match else ""


def _is_something(row: GridRow, at: int) -> bool:
    text = cell_text(row.cells[at]) if at < len(row.cells) else ""
    return text not in ("", "-", "–", "—")


def _level(layout: Layout) -> Level | None:
    """``district`` where districts are written with eight digits ending in 000."""
    keys = {layout.key(row) for row in layout.data} if layout.key_at else set()
    long = {key.zfill(8) for key in keys if re.fullmatch(r"\d{7,8}", key)}
    if long and all(key.endswith("000") for key in long):
        is_rural = any(is_known_key(key[:5]) and not is_known_key(key) for key in long)
        return "district" if is_rural else None
    return None
