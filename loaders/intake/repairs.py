"""Repairs a person may tick: what stands in a cell, what is proposed instead.

Nothing here is applied unseen. A row that needs a repair is shown with the proposal, but it
is published only after the repair was ticked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from loaders.readers.reading import Reading

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

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
COLUMNS = ("kind", "row", "column", "value", "proposal", "ticked", "sheet", "whole")


@dataclass(frozen=True)
class Ticked:
    """Which repairs a person has ticked.

    Attributes:
        kinds: every repair of these kinds.
        cells: single repairs, as row and column of the original file.
    """

    kinds: frozenset[str] = frozenset()
    cells: frozenset[tuple[int, str]] = frozenset()

    def mask(
        self, kind: str, rows: npt.NDArray[np.integer[Any]], column: str
    ) -> npt.NDArray[np.bool_]:
        """Which rows of a column have this kind of repair ticked."""
        if kind in self.kinds:
            return np.ones(len(rows), dtype=np.bool_)
        single = [row for row, named in self.cells if named == column]
        return np.isin(rows, single)

    @classmethod
    def all(cls) -> Ticked:
        """Every repair there is."""
        return cls(frozenset(KINDS))


NONE_TICKED = Ticked()


def repair_table(parts: Iterable[pd.DataFrame], ticked: Ticked) -> pd.DataFrame:
    """All proposals of a file with the columns ``COLUMNS``, in the order of its rows."""
    import pandas as pd

    given = [part for part in parts if len(part)]
    if not given:
        empty = pd.DataFrame({name: [] for name in COLUMNS})
        return empty.astype({"row": "int64", "ticked": bool, "whole": bool})
    table = pd.concat(given, ignore_index=True).sort_values(["row", "column"], kind="stable")
    is_kind = table["kind"].isin(ticked.kinds)
    cells = pd.MultiIndex.from_frame(table[["row", "column"]])
    is_cell = cells.isin(list(ticked.cells)) if ticked.cells else False
    return table.assign(ticked=is_kind | is_cell)[list(COLUMNS)].reset_index(drop=True)


def proposals(
    kind: RepairKind,
    rows: npt.NDArray[np.integer[Any]],
    column: str,
    values: npt.NDArray[np.object_],
    proposed: npt.NDArray[np.object_],
) -> pa.Table:
    """Proposals of one kind in one column, as Arrow."""
    import pyarrow as pa

    count = len(rows)
    return pa.table(
        {
            "kind": pa.repeat(kind, count),
            "row": pa.array(rows, pa.int64()),
            "column": pa.repeat(column, count),
            "value": pa.array(values, pa.string()),
            "proposal": pa.array(proposed, pa.string()),
            "sheet": pa.repeat("", count),
            "whole": pa.repeat(False, count),
        }
    )


def reader_repairs(reading: Reading) -> list[pd.DataFrame]:
    """Proposals for keys and names that the reader of an official file read as a place.

    They stand at the first row concerned; ``proposal`` is the key.
    """
    import pandas as pd

    found: list[tuple[RepairKind, str, int, str, str, str]] = [*reading.restored]
    found += [
        ("known_name", one.sheet, one.row or 0, one.column, one.value, one.details["ags"])
        for one in reading.findings
        if one.code == "name_matched"
    ]
    names = ["kind", "sheet", "row", "column", "value", "proposal"]
    return [pd.DataFrame(found, columns=names).assign(whole=True)] if found else []


def waiting_rows(repairs: pd.DataFrame, observations: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which observations wait for a repair to be ticked.

    A repair of a single cell holds its row; that of a key or name every row of its place in
    the same sheet.
    """
    import pandas as pd

    waiting = repairs[~repairs["ticked"].astype(bool)]
    is_whole = waiting["whole"].astype(bool)
    held: npt.NDArray[np.bool_] = (
        observations["row"].isin(waiting.loc[~is_whole, "row"]).to_numpy(dtype=bool)
    )
    if not is_whole.any():
        return held
    places = pd.MultiIndex.from_frame(waiting.loc[is_whole, ["sheet", "proposal"]].astype(object))
    here = pd.MultiIndex.from_frame(observations[["sheet", "ags"]].astype(object))
    together: npt.NDArray[np.bool_] = held | here.isin(places)
    return together
