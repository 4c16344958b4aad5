"""Repairs a person may tick: what stands in a cell, what is proposed instead.

Nothing here is applied unseen. A row that needs a repair is shown with the proposal, but it
is published only after the repair was ticked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

RepairKind = Literal[
    "decimal_comma", "blanks", "lost_zero", "known_name", "known_spelling", "regional_key"
]
KINDS: tuple[RepairKind, ...] = (
    "decimal_comma",
    "blanks",
    "lost_zero",
    "known_name",
    "known_spelling",
    "regional_key",
)
COLUMNS = ("kind", "row", "column", "value", "proposal", "ticked")


@dataclass(frozen=True)
class Ticked:
    """Which repairs a person has ticked.

    Attributes:
        kinds: every repair of these kinds.
        cells: single repairs, as row and column of the original file.
    """

    kinds: frozenset[str] = frozenset()
    cells: frozenset[tuple[int, str]] = frozenset()

    @classmethod
    def all(cls) -> Ticked:
        """Every repair there is."""
        return cls(frozenset(KINDS))


def repair_table(parts: Iterable[pd.DataFrame], ticked: Ticked) -> pd.DataFrame:
    """All proposals of a file with the columns ``COLUMNS``, in the order of its rows."""
    given = [part for part in parts if len(part)]
    if not given:
        return pd.DataFrame({name: [] for name in COLUMNS}).astype({"row": "int64"})
    table = pd.concat(given, ignore_index=True).sort_values(["row", "column"], kind="stable")
    is_kind = table["kind"].isin(ticked.kinds)
    cells = pd.MultiIndex.from_frame(table[["row", "column"]])
    is_cell = cells.isin(list(ticked.cells)) if ticked.cells else False
    return table.assign(ticked=is_kind | is_cell)[list(COLUMNS)].reset_index(drop=True)


def proposals(
    kind: RepairKind,
    rows: npt.NDArray[np.int64],
    column: str,
    values: npt.NDArray[np.object_],
    proposed: npt.NDArray[np.object_],
) -> pd.DataFrame:
    """Proposals of one kind in one column."""
    return pd.DataFrame(
        {"kind": kind, "row": rows, "column": column, "value": values, "proposal": proposed}
    )


def waiting_rows(repairs: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Rows of the original that wait for a repair to be ticked, sorted, each once."""
    return np.unique(repairs.loc[~repairs["ticked"].astype(bool), "row"].to_numpy(dtype=np.int64))
