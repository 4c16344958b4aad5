"""All formats we read, asked in order; a file is recognised by what it holds.

To add a format: one module with ``recognises`` and ``read``, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loaders.readers import (
    breitbandatlas,
    canonical,
    deutschlandatlas,
    genesis,
    incomes,
    inkar,
    market_register,
    register,
)
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused


@dataclass(frozen=True)
class Format:
    """One format: its id, how it is recognised and how it is read."""

    name: str
    recognises: Callable[[Original], bool]
    read: Callable[[Original, Choices], Reading]


FORMATS: tuple[Format, ...] = (
    Format(canonical.NAME, canonical.recognises, canonical.read),
    Format(genesis.NAME, genesis.recognises, genesis.read),
    Format(inkar.NAME_LONG, inkar.recognises_long, inkar.read_long),
    Format(breitbandatlas.NAME_CSV, breitbandatlas.recognises_csv, breitbandatlas.read_csv),
    Format(market_register.NAME, market_register.recognises, market_register.read),
    Format(inkar.NAME_WIDE, inkar.recognises_wide, inkar.read_wide),
    Format(
        breitbandatlas.NAME_WORKBOOK,
        breitbandatlas.recognises_workbook,
        breitbandatlas.read_workbook,
    ),
    Format(incomes.NAME, incomes.recognises, incomes.read),
    Format(
        register.NAME_MUNICIPALITIES,
        register.recognises_municipalities,
        register.read_municipalities,
    ),
    Format(register.NAME_DISTRICTS, register.recognises_districts, register.read_districts),
    Format(deutschlandatlas.NAME, deutschlandatlas.recognises, deutschlandatlas.read),
)


def recognise(original: Original) -> Format | None:
    """The format of a file, told from its content alone; ``None`` when no reader knows it."""
    return next((entry for entry in FORMATS if entry.recognises(original)), None)


def read_original(content: bytes, name: str, choices: Choices | None = None) -> Reading:
    """Reads any known format.

    Args:
        content: the bytes of the file.
        name: file name, for findings only.
        choices: what only a person can decide; proposals are used without it.

    Returns:
        A reading; an unknown, empty or unreadable file is a refused reading with the
        finding that says why, never an exception.
    """
    original = Original(name, content)
    if not content.strip():
        return refused(original, "", "file_empty")
    try:
        entry = recognise(original)
        if entry is None:
            original.open()
            return refused(original, "", "format_unknown")
        return entry.read(original, choices or Choices())
    except UnreadableFile as fault:
        return refused(original, "", "file_unreadable", fault=str(fault))
