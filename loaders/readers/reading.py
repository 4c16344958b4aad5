"""What every reader returns: one long table, all findings, and counts that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from loaders.findings import Finding
from loaders.readers.choices import Choices
from loaders.readers.original import Original

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "ags", "level", "indicator", "period", "value", "missing", "flag",
    "unit", "source", "sheet", "row", "column",
)  # fmt: skip

# before the kind of another table of ours, where ``Reading.format`` names a reader
TABLE_FORMAT = "table_"


class Restored(NamedTuple):
    """A key that was brought to its official form, at the first row where it stands.

    Attributes:
        kind: ``lost_zero`` or ``regional_key``.
        sheet, row, column: where it stands.
        text: as it stands there.
        ags: as it was read.
    """

    kind: Literal["lost_zero", "regional_key"]
    sheet: str
    row: int
    column: str
    text: str
    ags: str


@dataclass(frozen=True)
class Reading:
    """One file as understood.

    Attributes:
        format: id of the reader that understood it.
        table: the publisher's own name of the table (``12411-0015``), empty when unknown.
        edition: day the publisher states the figures were as of (ISO), empty when unknown.
        encoding, delimiter: as detected; empty for workbooks.
        number_styles: style per column.
        observations: columns ``COLUMNS``; ``ags`` as text, ``value`` NaN when missing,
            ``missing`` a missing kind or empty, ``row`` and ``column`` of the original.
        findings: everything that was noticed, in the order of the rows.
        rows_seen: data rows of the original.
        rows_refused: how many of them could not be placed, by reason.
        refusal: reason why the file was refused as a whole; empty otherwise.
        proposed: the choices the file was read with, given or found by the reader; a
            person changes them and reads again.
        meanings: what a label of ``indicator`` means, where a description came along.
        restored: keys that were brought to their official form, each once per sheet.
    """

    format: str
    observations: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    table: str = ""
    edition: str = ""
    encoding: str = ""
    delimiter: str = ""
    number_styles: Mapping[str, str] = field(default_factory=dict)
    rows_seen: int = 0
    rows_refused: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""
    proposed: Choices = field(default_factory=Choices)
    meanings: Mapping[str, str] = field(default_factory=dict)
    restored: tuple[Restored, ...] = ()

    @property
    def rows_placed(self) -> int:
        """Data rows that were placed: seen minus refused."""
        return self.rows_seen - sum(self.rows_refused.values())

    @property
    def outcome(self) -> Literal["accepted", "partly_usable", "refused"]:
        """Whether the file can be used as a whole, in part or not at all."""
        if self.refusal or not len(self.observations):
            return "refused"
        return "partly_usable" if self.rows_refused else "accepted"


def refused(
    original: Original,
    reader: str,
    code: str,
    *,
    proposed: Choices | None = None,
    rows: int = 0,
    at: int | None = None,
    **details: str,
) -> Reading:
    """A reading that places nothing, with the one finding that says why.

    Args:
        original: the file.
        reader: the format that recognised it, empty when none did.
        code: code of the finding.
        proposed: how far the file was understood.
        rows: data rows of the original; all of them count as refused for this reason.
        at: row of the original that shows the reason.
        details: words of the finding.
    """
    finding = Finding(code, original.name, row=at, details=details)
    return refused_for(original, reader, finding, proposed=proposed, rows=rows)


def refused_for(original: Original, reader: str, finding: Finding, *,
                proposed: Choices | None = None, rows: int = 0) -> Reading:  # fmt: skip
    """A reading that places nothing because of a finding; see ``refused``."""
    import pandas as pd

    is_text = bool(reader) and not original.is_workbook and not original.is_archive
    return Reading(
        reader,
        pd.DataFrame(columns=list(COLUMNS)),
        (finding,),
        encoding=original.encoding if is_text else "",
        delimiter=original.delimiter if is_text else "",
        rows_seen=rows,
        rows_refused={finding.code: rows} if rows else {},
        refusal=finding.code,
        proposed=proposed or Choices(),
    )


__all__ = ["COLUMNS", "Choices", "Reading", "Restored", "refused", "refused_for"]
