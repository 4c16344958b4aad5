"""The uploaded file given back with what was found written beside each row."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from loaders.findings import Finding
from views.exports.csv import csv_of_rows

COLUMNS: Final = {"de": ("fehler", "hinweis"), "en": ("error", "remark")}
_WHOLE_FILE: Final = {"de": "ganze Datei", "en": "whole file"}
_DELIMITER = ","


def annotated_file(
    text: str, findings: Iterable[Finding], lang: str, *, delimiter: str = "", header_row: int = 1
) -> bytes:
    """The rows of a file in their order, with two columns more: errors, and remarks.

    Args:
        text: the decoded file.
        findings: what was found; findings of the whole file go to the first row below the
            header, so that none is lost.
        lang: language of the sentences and of the two headings.
        delimiter: as detected; comma when it is not known.
        header_row: line of the header.

    Returns:
        CSV with byte order mark and the delimiter of the file.
    """
    mark = delimiter or _DELIMITER
    notes = _notes(findings, lang, header_row)
    rows = [
        [*cells, *_beside(line, header_row, notes, lang)] for line, cells in _records(text, mark)
    ]
    for line in sorted(set(notes) - {line for line, _ in _records(text, mark)}):
        rows.append(["", *notes[line]])
    return csv_of_rows(rows, mark)


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with the line each begins in, blank lines included."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records, line = [], 1
    for cells in reader:
        records.append((line, cells))
        line = reader.line_num + 1
    return records


def _notes(
    findings: Iterable[Finding], lang: str, header_row: int
) -> Mapping[int, tuple[str, str]]:
    collected: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for finding in findings:
        row, words = finding.row, f"{finding.sentence(lang)} {finding.advice(lang)}"
        if row is None or row <= header_row:
            row, words = header_row + 1, f"({_WHOLE_FILE[lang]}) {words}"
        collected[row][0 if finding.severity == "error" else 1].append(words)
    return {row: (" | ".join(errors), " | ".join(notes)) for row, (errors, notes) in
            collected.items()}  # fmt: skip


def _beside(
    line: int, header_row: int, notes: Mapping[int, tuple[str, str]], lang: str
) -> Sequence[str]:
    return COLUMNS[lang] if line == header_row else notes.get(line, ("", ""))
