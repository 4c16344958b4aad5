"""Text files whose first column is a key and whose other columns are one indicator each.

Such files name no date; a person states it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.keys import Level
from loaders.numbers import ENGLISH, decide_style
from loaders.readers.building import ReadingBuilder
from loaders.readers.original import Original, Record
from loaders.readers.reading import Choices, Reading, refused

KeyAndLevel = Callable[[str], tuple[str, Level | None]]


def read_keyed_columns(
    original: Original,
    choices: Choices,
    name: str,
    unit: str,
    keys_of: Callable[[Sequence[Record]], KeyAndLevel],
) -> Reading:
    """The table as long observations; ``indicator`` is the name of the column.

    Args:
        original: its first record is the header.
        choices: ``period`` must be stated, else the file is refused.
        name: id of the format.
        unit: unit of all columns.
        keys_of: gives, from all rows, what the first cell of a row means: key and level.
    """
    if not choices.period:
        rows = len(original.records) - 1
        return refused(original, name, "period_missing", rows=rows, sheet="", column="")
    head, *data = original.records
    builder = ReadingBuilder(original, name, choices)
    styles = [
        builder.style(column, decide_style((r.cell(at) for r in data), ENGLISH), ENGLISH)
        for at, column in enumerate(head.cells)
        if at
    ]
    key_of = keys_of(data)
    for record in data:
        text, level = key_of(record.cell(0))
        ags = builder.place(text, record.row, "ags", level)
        if ags is None:
            continue
        for at, (column, style) in enumerate(zip(head.cells[1:], styles, strict=True), start=1):
            meaning = builder.meaning(record.cell(at), style, record.row, column)
            builder.add(ags, column, choices.period, meaning, record.row, column, unit)
    return builder.finish(name)
