"""Our own long table as people save it from a spreadsheet: a workbook, or packed into a ZIP.

It is turned into delimited text with the same row numbers, so that one reader and the same
checks serve all three.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
import openpyxl

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.long_text import is_full_header, is_guide, is_long_header
from loaders.numbers import ENGLISH, NumberStyle
from loaders.readers.archives import unpacked
from loaders.readers.original import (
    Cell,
    Original,
    Sheet,
    UnreadableFile,
    cell_text,
    in_percent,
)

_LOOKED_AT = 60
_VALUE = "value"


@dataclass(frozen=True)
class OwnText:
    """The table of a workbook or archive as text.

    Attributes:
        source: the text under the name of the file a person has.
        sheet: sheet it stands on, empty for an archive.
        styles: number style of columns that hold numbers and no text.
        header_row: row of the header on that sheet.
    """

    source: Source
    sheet: str
    styles: dict[str, NumberStyle]
    header_row: int = 1


def own_text(source: Source, asked: str = "") -> OwnText | None:
    """The long table inside a workbook or an archive; ``None`` when there is none of ours.

    Args:
        source: the bytes.
        asked: sheet a person has chosen.
    """
    original = Original(source.name, source.content)
    if original.is_archive:
        inner = unpacked(original)
        if isinstance(inner, Finding):
            return None
        if not inner.is_workbook:
            return OwnText(Source(source.name, inner.content), "", {})
        original = inner
    if not original.is_workbook or not _begins_like_ours(original, asked):
        return None
    try:
        sheets = original.sheets
    except UnreadableFile:
        return None
    sheet = next((one for one in sheets if asked in ("", one.name) and _is_ours(one)), None)
    if sheet is None:
        return None
    sheet = original.as_shown(sheet)
    text = written(source.name, sheet)
    percents = original.percents.get(sheet.name)
    if percents:  # 0.125 stands there as 12.5 %: a person says what is meant
        text = replace(written(source.name, _with_signs(sheet, percents)), styles=text.styles)
    return text


def _with_signs(sheet: Sheet, percents: Set[tuple[int, int]]) -> Sheet:
    """The sheet with its percentages as texts, as they are shown."""
    shown = {
        (row, column): cell_text(in_percent(sheet.rows[row - 1][column - 1]))
        for row, column in percents
    }
    return sheet.with_cells({at: f"{text.replace('.', ',')} %" for at, text in shown.items()})


def _begins_like_ours(original: Original, asked: str) -> bool:
    """Whether a sheet begins with our header; a large workbook is not read for that."""
    if not zipfile.is_zipfile(io.BytesIO(original.content)):
        return True  # the old format is small, and opened as a whole anyway
    return any(_is_ours(one) for one in heads(original, asked))


def heads(original: Original, asked: str = "") -> list[Sheet]:
    """The first rows of the sheets of a workbook; none of a damaged one or one of old format."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(original.content), read_only=True)
            pages = [page for page in book.worksheets if asked in ("", page.title)]
            for page in pages:
                page.reset_dimensions()  # some programs state a wrong extent
            sheets = [
                Sheet(page.title, tuple(page.iter_rows(max_row=_LOOKED_AT, values_only=True)))
                for page in pages
            ]
            book.close()
    except Exception:  # whatever a damaged workbook raises: its own reader will say it
        return []
    return sheets


def _is_ours(sheet: Sheet) -> bool:
    return is_long_header(header_of_sheet(sheet))


def header_of_sheet(sheet: Sheet) -> list[str]:
    """The cells of the first row that is no remark, title of our long table or blank."""
    at = _header_at(sheet)
    return [] if at is None else _words(sheet.rows[at])


def _header_at(sheet: Sheet) -> int | None:
    """Position of the header: our full one below rows of titles, else the first row filled."""
    filled = [at for at, row in enumerate(sheet.rows[:_LOOKED_AT]) if not _is_guide(row)]
    full = (at for at in filled if is_full_header(_words(sheet.rows[at])))
    first = filled[0] if filled else None
    return (
        first if first is None or is_long_header(_words(sheet.rows[first])) else next(full, first)
    )


def _words(row: Sequence[Cell]) -> list[str]:
    return [cell_text(cell).strip() for cell in row]


def _is_guide(row: Sequence[Cell]) -> bool:
    return is_guide(";".join(cell_text(cell) for cell in row))


def written(name: str, sheet: Sheet) -> OwnText:
    """A sheet as delimited text, one line per row; remarks above the header stand blank."""
    header_at = _header_at(sheet) or 0
    names = [cell_text(cell) for cell in sheet.rows[header_at]]
    width = max((at + 1 for at, one in enumerate(names) if one), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    for at, row in enumerate(sheet.rows):
        if at < header_at or not any(cell_text(cell) for cell in row):
            text.write("\n")  # guide and blank rows keep their number
        else:
            writer.writerow([_plain(cell) for cell in row[: max(width, _filled(row))]])
    source = Source(name, text.getvalue().encode())
    return OwnText(source, sheet.name, _styles(sheet, header_at, names), header_at + 1)


def _filled(row: Sequence[Cell]) -> int:
    return max((at + 1 for at, cell in enumerate(row) if cell_text(cell)), default=0)


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(np.format_float_positional(cell, trim="-")) if np.isfinite(cell) else str(cell)
    return " ".join(cell_text(cell).splitlines())


def _styles(sheet: Sheet, header_at: int, names: Sequence[str]) -> dict[str, NumberStyle]:
    """A point is a decimal point where a spreadsheet kept numbers as numbers."""
    found = {}
    for at, name in enumerate(names):
        if name.strip().lower() != _VALUE:
            continue
        cells = [row[at] for row in sheet.rows[header_at + 1 :] if at < len(row)]
        written = [cell for cell in cells if isinstance(cell, str) and any(map(str.isdigit, cell))]
        if not written:
            found[name] = ENGLISH
    return found
