"""The file given back with what was found written beside each row."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.examination import Examination
from loaders.intake.long_text import BESIDE, read_head
from loaders.languages import of_tables
from loaders.readers.archives import unpacked
from loaders.readers.original import Original, UnreadableFile, cell_text

_WHOLE_FILE = {"de": "ganze Datei", "en": "whole file"}
_BOM = "\ufeff"
_FORMULA_START = re.compile(r"[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_HARMLESS = re.compile(r"[+\-−–]?\d+([.,  ]\d+)*|-+")
_Row = tuple[str, int | None, Sequence[str]]


def annotated(content: bytes, examination: Examination, lang: str = "de") -> bytes:
    """The rows of a file in their order, with two columns more: errors, and remarks.

    Args:
        content: the bytes that were examined.
        examination: what was found in them.
        lang: language of the sentences and of the two headings.

    Returns:
        CSV in UTF-8 with byte order mark and the delimiter of the file (``;`` for
        workbooks, whose sheets follow one another with their name in front). Findings of
        the whole file stand beside the first row below the header. Cells that a
        spreadsheet would run as a formula get an apostrophe. A file that cannot be opened
        gives its findings alone.
    """
    lang = of_tables(lang)
    original = _table_of(Original(examination.name, content))
    header = _header_row(original.content, examination)
    notes = _notes(examination.findings, lang, header)
    rows: list[Sequence[str]] = []
    for sheet, line, cells in _rows(original, examination.reading.delimiter):
        beside = BESIDE[lang] if line == header else notes.pop((sheet, line), ("", ""))
        rows.append([*([sheet] if sheet else []), *cells, *beside])
    for (sheet, _), beside in sorted(notes.items(), key=lambda item: item[0][1] or 0):
        rows.append([sheet, *beside] if sheet else ["", *beside])
    return _written(rows, examination.reading.delimiter or ";")


def neutral(cell: str) -> str:
    """The cell, with an apostrophe before text that a spreadsheet would run as a formula."""
    if not _FORMULA_START.match(cell) or _HARMLESS.fullmatch(cell.strip()):
        return cell
    return f"'{cell}"


def _table_of(original: Original) -> Original:
    """The table itself where it came packed."""
    inner = unpacked(original) if original.is_archive else original
    return original if isinstance(inner, Finding) else inner


def _header_row(content: bytes, examination: Examination) -> int:
    head = read_head(Source(examination.name, content))
    if head is not None:
        return head.lines
    return max(examination.reading.proposed.header_rows, default=1)


def _rows(original: Original, delimiter: str) -> Iterable[_Row]:
    """Sheet, line and cells of every row, blank ones included."""
    try:
        if original.is_workbook:
            for sheet in original.sheets:
                for line, row in enumerate(sheet.rows, start=1):
                    yield sheet.name, line, [cell_text(cell) for cell in row]
        elif not original.is_archive:
            reader = csv.reader(
                io.StringIO(original.text, newline=""), delimiter=delimiter or original.delimiter
            )
            line = 1
            for cells in reader:
                yield "", line, cells
                line = reader.line_num + 1
    except (UnreadableFile, csv.Error):
        return


def _notes(
    findings: Iterable[Finding], lang: str, header: int
) -> dict[tuple[str, int | None], tuple[str, str]]:
    kept: Mapping[tuple[str, int | None], tuple[list[str], list[str]]]
    kept = defaultdict(lambda: ([], []))
    for finding in findings:
        row, words = finding.row, f"{finding.sentence(lang)} {finding.advice(lang)}"
        if row is None or row <= header:
            row, words = header + 1, f"({_WHOLE_FILE[lang]}) {words}"
        kept[finding.sheet, row][0 if finding.severity == "error" else 1].append(words)
    return {at: (" | ".join(errors), " | ".join(rest)) for at, (errors, rest) in kept.items()}


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()
