"""What the reading process hands over: its tables as Arrow, everything else as it is.

Words of a column are kept once. pandas is needed only by whoever looks at the tables, so
that the reading process can begin without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from loaders.findings import Finding
from loaders.intake.arrow_columns import constant
from loaders.readers.choices import Choices
from loaders.readers.reading import Reading, Restored

if TYPE_CHECKING:
    import pandas as pd

_OBSERVATIONS, _REPAIRS, _FACTS = "observations.arrow", "repairs.arrow", "result.json"
_REFUSED, _TEXT = "refused.arrow", "table.txt"
_RECORDS = ("findings", "proposed", "restored")


@dataclass(frozen=True)
class Handover:
    """One file as read.

    Attributes:
        observations: the table of ``Reading.observations``.
        repairs: proposals, see ``repairs.proposals``; no column where there are none.
        facts: the other fields of ``Reading``.
        refused: rows kept out of the observations, in the same columns, so that what the
            catalogue finds wrong with them is said in the same pass; no column without any.
        text: another table of ours as delimited text, where a workbook or archive held one.
    """

    observations: pa.Table
    repairs: pa.Table
    facts: Mapping[str, Any]
    refused: pa.Table = field(default_factory=lambda: pa.table({}))
    text: bytes = b""

    @classmethod
    def of(cls, reading: Reading) -> Handover:
        """A reading that has no proposals of its own."""
        names = {one.name for one in fields(Reading)} - {"observations"}
        facts = {name: getattr(reading, name) for name in names}
        table = pa.Table.from_pandas(reading.observations, preserve_index=False)
        return cls(table, pa.table({}), facts)

    @property
    def reading(self) -> Reading:
        """The file as read, its table in pandas."""
        return Reading(observations=_frame(self.observations), **self.facts)

    @property
    def proposals(self) -> tuple[pd.DataFrame, ...]:
        """The proposals, in no or one table."""
        return (_frame(self.repairs),) if self.repairs.num_rows else ()

    @property
    def refused_rows(self) -> pd.DataFrame | None:
        """The refused rows in pandas, ``None`` without any."""
        return _frame(self.refused) if self.refused.num_rows else None

    def leave(self, folder: Path, **further: int) -> None:
        """Writes everything into a folder.

        Args:
            folder: where ``taken`` finds it.
            further: numbers to go with it.
        """
        tables = {_OBSERVATIONS: self.observations, _REPAIRS: self.repairs, _REFUSED: self.refused}
        for name, table in tables.items():
            _write(table, folder / name)
        (folder / _TEXT).write_bytes(self.text)
        record = {name: fact for name, fact in self.facts.items() if name not in _RECORDS}
        record["findings"] = [vars(finding) for finding in self.facts.get("findings", ())]
        record["proposed"] = self.facts.get("proposed", Choices()).as_record()
        record["restored"] = self.facts.get("restored", ())
        text = json.dumps({"facts": record, "further": further}, default=dict)
        (folder / _FACTS).write_text(text, encoding="utf-8")


def taken(folder: Path) -> tuple[Handover, dict[str, int]]:
    """What ``Handover.leave`` left in a folder, and the numbers that went with it."""
    record = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    facts: dict[str, Any] = record["facts"]
    facts["findings"] = tuple(Finding.from_record(one) for one in facts["findings"])
    facts["proposed"] = Choices.from_record(facts["proposed"])
    facts["restored"] = tuple(Restored(*one) for one in facts["restored"])
    observations, repairs, refused = (
        _read(folder / name) for name in (_OBSERVATIONS, _REPAIRS, _REFUSED)
    )
    text = (folder / _TEXT).read_bytes()
    return Handover(observations, repairs, facts, refused, text), record["further"]


def _write(table: pa.Table, path: Path) -> None:
    # the file form of Arrow itself: its feather module would load pandas
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _read(path: Path) -> pa.Table:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as reader:
        return reader.read_all()


def on_sheet(table: pa.Table, sheet: str) -> pa.Table:
    """The table with its rows on a sheet."""
    if not table.num_rows:
        return table
    names = [name for name in table.column_names if name != "sheet"]
    return table.select(names).append_column("sheet", constant(sheet, table.num_rows))


def _frame(table: pa.Table) -> pd.DataFrame:
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas()
    for name, column in frame.items():
        if isinstance(column.dtype, pd.CategoricalDtype):  # plain words are quicker to look at
            words = column.cat.categories.astype(object)
            frame[name] = pd.Categorical.from_codes(column.cat.codes, categories=words)
    return frame
