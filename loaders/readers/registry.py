"""All formats we read, asked in order; a file is recognised by what it holds.

To add a format: one module with ``recognises`` and ``read``, and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.findings import Finding
from loaders.readers import (
    breitbandatlas,
    census,
    charging,
    constituencies,
    deutschlandatlas,
    eurostat,
    flat_files,
    free_table,
    genesis,
    incomes,
    inkar,
    market_register,
    register,
    register_csv,
    territorial_changes,
)
from loaders.readers.archives import DESCRIPTIONS, unpacked
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused, refused_for


@dataclass(frozen=True)
class Format:
    """One format: its id, how it is recognised and how it is read."""

    name: str
    recognises: Callable[[Original], bool]
    read: Callable[[Original, Choices], Reading]


FREE = Format(free_table.NAME, free_table.recognises, free_table.read)
FORMATS: tuple[Format, ...] = (
    Format(flat_files.NAME_NEW, flat_files.recognises_new, flat_files.read_new),
    Format(flat_files.NAME_OLD, flat_files.recognises_old, flat_files.read_old),
    Format(eurostat.NAME_SDMX, eurostat.recognises_sdmx, eurostat.read_sdmx),
    Format(eurostat.NAME_TSV, eurostat.recognises_tsv, eurostat.read_tsv),
    Format(eurostat.NAME_TABLE, eurostat.recognises_table, eurostat.read_table),
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
    Format(charging.NAME, charging.recognises, charging.read),
    Format(census.NAME, census.recognises, census.read),
    Format(territorial_changes.NAME, territorial_changes.recognises, territorial_changes.read),
    Format(register_csv.NAME, register_csv.recognises, register_csv.read),
    Format(constituencies.NAME, constituencies.recognises, constituencies.read),
    FREE,
)


def recognise(original: Original) -> Format | None:
    """The format of a file, told from its content alone; ``None`` when no reader knows it."""
    return next((entry for entry in FORMATS if entry.recognises(original)), None)


def read_original(
    content: bytes, name: str, choices: Choices | None = None, companion: str = ""
) -> Reading:
    """Reads any known format, also inside a ZIP archive that holds one table.

    Args:
        content: the bytes of the file.
        name: file name, for findings only.
        choices: what only a person can decide; proposals are used without it.
        companion: text of the description that came beside the file (``.md``); without it
            the one of the choices is taken.

    Returns:
        A reading; an unknown, empty or unreadable file is a refused reading with the
        finding that says why, never an exception.
    """
    chosen = choices or Choices()
    original = Original(name, content, companion or chosen.description)
    if not content.strip():
        return refused(original, "", "file_empty")
    try:
        if original.is_archive:
            inner = unpacked(original)
            if isinstance(inner, Finding):
                return refused_for(original, "", inner)
            original = inner
        # Whoever has chosen header rows or a key column wants the table read that way.
        is_free = bool(chosen.header_rows or chosen.key_column)
        entry = FREE if is_free else recognise(original)
        if entry is None:
            original.open()
            is_told = Path(name).suffix.lower() in DESCRIPTIONS
            return refused(original, "", "file_describes" if is_told else "format_unknown")
        return _named(entry.read(original, chosen), chosen)
    except UnreadableFile as fault:
        return refused(original, "", "file_unreadable", fault=str(fault))


def _named(reading: Reading, choices: Choices) -> Reading:
    """The reading with the labels of the file replaced by the indicators a person chose."""
    if reading.proposed == Choices():
        reading = replace(reading, proposed=choices)
    if not choices.indicators or reading.observations.empty:
        return reading
    names = reading.observations["indicator"]
    table = reading.observations.assign(indicator=names.replace(dict(choices.indicators)))
    return replace(reading, observations=table)


def companion_of(path: Path) -> str:
    """The description beside a file (same name, ending ``.md``), empty when there is none."""
    beside = path.with_suffix(".md")
    is_beside = beside != path and beside.is_file()
    return beside.read_text(encoding="utf-8", errors="replace") if is_beside else ""
