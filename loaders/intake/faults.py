"""The same fault in many rows, kept as arrays until somebody wants to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from loaders.findings import Finding

MOST_NAMED = 5_000
Rows = npt.NDArray[np.integer[Any]]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Fault:
    """One code at some rows of one column.

    Attributes:
        code: code of the finding.
        rows: lines of the original.
        column: heading of the column, empty for the whole row.
        values: the cells.
        details: further words; a text for all rows or one text per row.
        sheets: sheet of each row, empty for text files.
    """

    code: str
    rows: Rows
    column: str
    values: Texts
    details: Mapping[str, str | Texts] = field(default_factory=dict)
    sheets: Texts | None = None


@dataclass
class Faults:
    """All faults of a file, in the order in which they were noticed."""

    file: str
    kept: list[Fault] = field(default_factory=list)

    def add(
        self,
        code: str,
        rows: Rows,
        column: str = "",
        values: Texts | Sequence[object] | str = "",
        *,
        sheets: Texts | None = None,
        details: Mapping[str, str | Texts] = MappingProxyType({}),
    ) -> None:
        """Keeps a fault; nothing happens without rows."""
        if not len(rows):
            return
        if isinstance(values, str):
            values = np.full(len(rows), values, dtype=object)
        self.kept.append(
            Fault(code, rows, column, np.asarray(values, dtype=object), details, sheets)
        )

    def findings(self) -> list[Finding]:
        """One finding per cell; beyond ``MOST_NAMED`` of one fault one more says how many."""
        found = [one for fault in self.kept for one in self._named(fault)]
        return sorted(found, key=lambda one: (one.sheet, one.row or 0))

    def _named(self, fault: Fault) -> list[Finding]:
        named = [self._finding(fault, at) for at in range(min(len(fault.rows), MOST_NAMED))]
        rest = len(fault.rows) - len(named)
        if rest:
            details = {"count": str(rest), "same_as": fault.code}
            named.append(
                Finding("more_of_the_same", self.file, column=fault.column, details=details)
            )
        return named

    def _finding(self, fault: Fault, at: int) -> Finding:
        details = {
            name: given if isinstance(given, str) else str(given[at])
            for name, given in fault.details.items()
        }
        sheet = "" if fault.sheets is None else str(fault.sheets[at])
        value = str(fault.values[at])[:200]
        return Finding(
            fault.code, self.file, sheet, int(fault.rows[at]), fault.column, value, details
        )
