"""Lists of territorial changes (Destatis): known, so that nobody takes them for figures.

What they say stands in ``reforms.toml``: keys that ended, the day, and who took over.
"""

from __future__ import annotations

import re

from loaders.readers.original import Original, Sheet, UnreadableFile, cell_text
from loaders.readers.reading import Choices, Reading, refused

NAME = "territorial_changes"
_NUMBER = re.compile(r"\d{2}/\d{4}/\d+")


def recognises(original: Original) -> bool:
    """Whether a sheet names ceding and receiving municipalities."""
    try:
        return original.is_workbook and _sheet(original) is not None
    except UnreadableFile:
        return False


def _sheet(original: Original) -> Sheet | None:
    for sheet in original.sheets:
        texts = {cell_text(cell) for row in sheet.rows[:4] for cell in row[:12]}
        if "Kennziffer" in texts and any(text.startswith("Abgebende") for text in texts):
            return sheet
    return None


def read(original: Original, choices: Choices) -> Reading:
    """A refusal that counts the changes and says what the list is for."""
    sheet = _sheet(original)
    rows = sheet.rows if sheet else ()
    changes = [
        at for at, row in enumerate(rows, start=1) if row and _NUMBER.match(cell_text(row[0]))
    ]
    first = changes[0] if changes else None
    return refused(original, NAME, "territorial_changes", rows=len(changes), at=first)
