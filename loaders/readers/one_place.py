"""Tables about one town that do not name its key: a person states it.

Either the periods stand in a column and the figures beside them, or the figures are named in
the first column and the periods in the header. A description beside the file tells meaning
and unit, and which column belongs to the state or to Germany instead.
"""

from __future__ import annotations

import re

from loaders.keys import NATION
from loaders.numbers import GERMAN, NumberStyle, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.column_roles import LaidColumn, period_of_cell
from loaders.readers.companions import Companion, read_companion
from loaders.readers.grids import GridRow, letter
from loaders.readers.layouts import Layout
from loaders.readers.original import Cell, Original
from loaders.readers.place_names import state_key
from loaders.readers.reading import Choices, Reading

_NATION_WORDS = re.compile(r"(bundesrepublik )?deutschland|bund", re.IGNORECASE)
_STATE_WORDS = re.compile(r"(?:bundes)?land (.+)", re.IGNORECASE)
_TOWN_WORDS = re.compile(r"(?:stadt|gemeinde) .+", re.IGNORECASE)


def read_one_place(original: Original, layout: Layout, choices: Choices, reader: str) -> Reading:
    """The table of one town; ``indicator`` is the name of the column or of the row.

    Args:
        original: the file, with its description when there is one.
        layout: its layout, without a key column.
        choices: as proposed, with the key of the place.
        reader: id of the format, for the reading.

    Returns:
        A reading; ``meanings`` holds what the description says about a column.
    """
    builder = ReadingBuilder(original, reader, choices)
    companion = read_companion(original.companion)
    periods = layout.of_role("period")
    values = layout.of_role("value")
    styles = {column.at: _style(column, layout, builder) for column in values}
    for row in layout.overlong:
        builder.refuse("field_count", row.row, "", "", layout.grid.sheet, **layout.lengths(row))
    if periods:
        places = {column.at: _place_of(column, companion, choices.place) for column in values}
        for row in layout.data:
            _read_dated_row(row, layout, companion, places, styles, builder)
        meanings = {c.label: text for c in values if (text := companion.meaning(c.header))}
        if companion.title and any(place != choices.place for place in places.values()):
            meanings[companion.title] = companion.title
        return builder.finish(meanings=meanings)
    for row in layout.data:
        _read_named_row(row, layout, styles, builder)
    return builder.finish()


def _style(column: LaidColumn, layout: Layout, builder: ReadingBuilder) -> NumberStyle:
    cells = [row.cells[column.at] for row in layout.data if row.text(column.at)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts:
        return GERMAN
    name = column.header or letter(column.at)
    return builder.style(name, decide_style(texts), GERMAN, layout.grid.sheet)


def _place_of(column: LaidColumn, companion: Companion, place: str) -> str:
    """The place a column is about: the town, or the state or nation its description names."""
    meaning = companion.meaning(column.header)
    if _NATION_WORDS.fullmatch(meaning):
        return NATION
    if match := _STATE_WORDS.fullmatch(meaning):
        return state_key(match[1]) or place
    return place


def _read_dated_row(row: GridRow, layout: Layout, companion: Companion, places: dict[int, str],
                    styles: dict[int, NumberStyle], builder: ReadingBuilder) -> None:  # fmt: skip
    """One row of a period; columns about other places take the title as their indicator."""
    period_column, sheet = layout.of_role("period")[0], layout.grid.sheet
    text = row.text(period_column.at)
    period = period_of_cell(text)
    if not period:
        builder.refuse("period_unreadable", row.row, period_column.header, text, sheet)
        return
    if builder.place(builder.choices.place, row.row, "", sheet=sheet) is None:
        return
    is_comparison = len(set(places.values())) > 1
    for column in layout.of_role("value"):
        name = column.header or letter(column.at)
        meaning = builder.meaning(_cell(row, column), styles[column.at], row.row, name, sheet)
        about_place = _TOWN_WORDS.fullmatch(companion.meaning(column.header))
        is_place = places[column.at] != builder.choices.place or bool(about_place)
        label = companion.title if is_comparison and is_place else column.label or name
        unit = companion.unit(column.header)
        ags = places[column.at]
        builder.add(ags, label, column.period or period, meaning, row.row, name, unit, sheet=sheet)


def _read_named_row(row: GridRow, layout: Layout, styles: dict[int, NumberStyle],
                    builder: ReadingBuilder) -> None:  # fmt: skip
    """One row of a figure, its periods in the header (``Ergebnis 2010``, ``Plan 2011``)."""
    sheet, choices = layout.grid.sheet, builder.choices
    if builder.place(choices.place, row.row, "", sheet=sheet) is None:
        return
    words = [row.text(column.at) for column in layout.columns if column.role in ("text", "name")]
    for column in layout.of_role("value"):
        name = column.header or letter(column.at)
        meaning = builder.meaning(_cell(row, column), styles[column.at], row.row, name, sheet)
        parts = [*words, column.label]
        label = " | ".join(part for part in parts if part) or choices.indicator or "value"
        period = column.period or choices.period
        if period:
            builder.add(choices.place, label, period, meaning, row.row, name, sheet=sheet)
        else:
            builder.note("column_undated", row.row, name, sheet=sheet)


def _cell(row: GridRow, column: LaidColumn) -> Cell:
    return row.cells[column.at] if column.at < len(row.cells) else None
