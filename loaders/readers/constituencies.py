"""Tables of constituencies: known, so that they can be refused with the right reason.

Constituencies cut through municipalities and districts; no official key belongs to them.
"""

from __future__ import annotations

import re

from loaders.readers.column_roles import is_key_header
from loaders.readers.grids import Grid, grids_of
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused

NAME = "constituencies"
_HEADER = re.compile(
    r"wahlkreis[\s-]*(nr\.?|nummer|key|id)|wkr[\s_-]*nr\.?|wahlkreis", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}")


def recognises(original: Original) -> bool:
    """Whether a header names numbers of constituencies and no official key."""
    try:
        return any(_head(grid) is not None for grid in grids_of(original))
    except UnreadableFile:
        return False


def _head(grid: Grid) -> tuple[int, int] | None:
    """Position of the header row and of the column of constituencies."""
    for at, row in enumerate(grid.rows[:40]):
        texts = [row.text(position).strip() for position in range(len(row.cells))]
        found = (position for position, text in enumerate(texts) if _HEADER.fullmatch(text))
        position = next(found, None)
        if position is not None and len(row.filled) > 2:
            return None if any(map(is_key_header, texts)) else (at, position)
    return None


def read(original: Original, choices: Choices) -> Reading:
    """A refusal that counts the rows of constituencies and of their totals."""
    for grid in grids_of(original):
        head = _head(grid)
        if head is not None:
            rows = [r for r in grid.rows[head[0] + 1 :] if _NUMBER.fullmatch(r.text(head[1]))]
            first = rows[0].row if rows else None
            return refused(original, NAME, "constituencies", rows=len(rows), at=first)
    return refused(original, NAME, "constituencies")
