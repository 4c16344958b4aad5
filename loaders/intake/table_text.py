"""The text of one of our tables as its schema reads it, whatever program has written it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from loaders.findings import Finding
from loaders.intake.repairs import proposals
from loaders.schemas import TableSchema

if TYPE_CHECKING:
    import pyarrow as pa

_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_DIGITS = re.compile("[1-9][0-9]*")
_KEY_LENGTHS = {"municipality": 8, "district": 5, "state": 2}


@dataclass
class TableText:
    """A table with commas between its fields and decimal points.

    Attributes:
        text: the header first; lines that stood above it stand empty below it, so that
            every row keeps its line.
        rows_seen: rows with at least one filled cell.
        findings: keys that lost their zero to a spreadsheet; the text has it again.
    """

    text: str = ""
    rows_seen: int = 0
    findings: list[Finding] = field(default_factory=list)

    def repairs(self) -> list[pa.Table]:
        """The zeros as repairs to tick; until then the rows of these keys wait."""
        rows = np.array([one.row for one in self.findings], dtype=np.int64)
        names = [one.column for one in self.findings]
        values = np.array([one.value for one in self.findings], dtype=object)
        proposed = np.array([one.details["proposal"] for one in self.findings], dtype=object)
        return [
            proposals("lost_zero", rows[of], name, values[of], proposed[of])
            for name in dict.fromkeys(names)
            for of in [np.array([one == name for one in names], dtype=np.bool_)]
        ]


@dataclass(frozen=True)
class _Columns:
    """Positions of the columns whose cells are mended.

    Attributes:
        numbers: columns of numbers, where a comma may stand for the point.
        keys: name and lengths of keys of the columns that hold official keys.
    """

    numbers: Sequence[int]
    keys: Mapping[int, tuple[str, set[int]]]

    @classmethod
    def of(cls, header: Sequence[str], schema: TableSchema, delimiter: str) -> _Columns:
        known = {one.name for one in schema.fields if one.is_number and delimiter != ","}
        lengths = {
            one.name: {_KEY_LENGTHS[level] for level in one.place if level in _KEY_LENGTHS}
            for one in schema.fields
            if one.place
        }
        numbers = [at for at, name in enumerate(header) if name in known]
        keys = {at: (name, lengths[name]) for at, name in enumerate(header) if name in lengths}
        return cls(numbers, keys)

    def mend(self, row: list[str], line: int, file: str) -> list[Finding]:
        """Brings the cells of a row to their form; zeros given back are said, to be ticked."""
        for at in self.numbers:
            if at < len(row) and _DECIMAL_COMMA.fullmatch(row[at].strip()):
                row[at] = row[at].replace(",", ".")
        found = []
        for at, (name, lengths) in self.keys.items():
            key = row[at].strip() if at < len(row) else ""
            if _DIGITS.fullmatch(key) and len(key) not in lengths and len(key) + 1 in lengths:
                row[at] = f"0{key}"
                details = {"proposal": row[at]}
                found.append(Finding("key_repaired", file, "", line, name, key, details))
        return found


def table_text(
    text: str, delimiter: str, schema: TableSchema, file: str, above: int = 0
) -> TableText:
    """The table of a text that begins with its header.

    Args:
        text: header and rows.
        delimiter: sign between the fields; with another than the comma, a comma inside a
            number is a decimal comma.
        schema: what the table should look like.
        file: name for findings.
        above: number of lines that stood above the header.

    Raises:
        csv.Error: a field is longer than the csv module reads.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader, [])]
    columns = _Columns.of(header, schema, delimiter)
    written, found = io.StringIO(), TableText()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    written.write("\n" * above)
    line = above + reader.line_num + 1
    for row in reader:
        found.findings += columns.mend(row, line, file)
        is_filled = any(cell.strip() for cell in row)
        writer.writerow(row if is_filled else [])
        found.rows_seen += is_filled
        line = above + reader.line_num + 1
    found.text = written.getvalue()
    return found
