"""A typed table together with the file and line each of its rows came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.findings import Finding
from loaders.schemas import TableSchema

Objects = npt.NDArray[np.object_]
Positions = npt.NDArray[np.int64]
MOST_NAMED = 200


@dataclass
class TableRows:
    """Rows of one kind; ``keep`` leaves rows out of the table and of their places at once.

    Attributes:
        schema: what the table should look like.
        table: typed rows, index 0..n-1.
        files: file of each row.
        lines: line of each row in its file.
        is_readable: ``False`` when a file of this table could not be used at all; other
            tables are then not judged by it.
    """

    schema: TableSchema
    table: pd.DataFrame
    files: Objects
    lines: Positions
    is_readable: bool = True

    @classmethod
    def empty(cls, schema: TableSchema, is_readable: bool) -> TableRows:
        """The columns of the schema without a row."""
        columns = {
            field.name: pd.Series([], dtype="float64" if field.is_number else "str")
            for field in schema.fields
        }
        none = np.empty(0, dtype=np.int64)
        return cls(schema, pd.DataFrame(columns), none.astype(object), none, is_readable)

    @classmethod
    def joined(cls, schema: TableSchema, parts: Sequence[TableRows]) -> TableRows:
        """Rows of several files of the same kind, in their order."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.empty(schema, is_readable=True)
        return cls(
            schema,
            pd.concat([part.table for part in parts], ignore_index=True),
            np.concatenate([part.files for part in parts]),
            np.concatenate([part.lines for part in parts]),
            all(part.is_readable for part in parts),
        )

    def keep(self, mask: npt.NDArray[np.bool_]) -> None:
        """Leaves out the rows where ``mask`` is false."""
        if mask.all():
            return
        self.table = self.table[mask].reset_index(drop=True)
        self.files = self.files[mask]
        self.lines = self.lines[mask]

    def findings_at(
        self,
        code: str,
        positions: Positions,
        column: str,
        values: Objects,
        details: Mapping[str, str] | None = None,
    ) -> list[Finding]:
        """The same fault at several rows, as findings."""
        files, lines = self.files[positions], self.lines[positions]
        return findings_for(code, files, lines, column, values, details or {})


def findings_for(
    code: str,
    files: Objects,
    lines: Positions,
    column: str,
    values: Objects,
    details: Mapping[str, str],
) -> list[Finding]:
    """One finding per cell; beyond ``MOST_NAMED`` one more that says how many there are."""
    found = [
        Finding(code, str(file), row=int(line), column=column, value=_shown(value), details=details)
        for file, line, value in zip(
            files[:MOST_NAMED], lines[:MOST_NAMED], values[:MOST_NAMED], strict=True
        )
    ]
    last = str(files[-1]) if len(files) else ""
    return found + more_of_the_same(code, last, column, len(values))


def more_of_the_same(code: str, file: str, column: str, count: int) -> list[Finding]:
    """What stands for the findings beyond the first ``MOST_NAMED`` of ``count`` equal ones."""
    if count <= MOST_NAMED:
        return []
    rest = {"count": str(count - MOST_NAMED), "same_as": code}
    return [Finding("more_of_the_same", file, column=column, details=rest)]


def _shown(value: object) -> str:
    """The cell as text; an empty number is an empty cell, long texts are cut."""
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:g}"
    return str(value)[:200]
