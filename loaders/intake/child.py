"""The process that reads one file: ``python -m loaders.intake.child FOLDER``.

Takes ``content`` and ``request.json`` from the folder, leaves ``result.json`` and the table
beside them. It needs no store and opens no other file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.findings import Finding
from loaders.intake.byte_scan import Source
from loaders.intake.catalogue import Spellings
from loaders.intake.handover import Handover, on_sheet
from loaders.intake.limits import Limits, look
from loaders.intake.long_table import read_long
from loaders.intake.long_text import read_head
from loaders.intake.reading_process import (
    CONTENT,
    OUT_OF_MEMORY,
    PROGRESS,
    REQUEST,
    empty_observations,
    refused_reading,
)
from loaders.intake.repairs import NONE_TICKED, Ticked
from loaders.readers.choices import Choices
from loaders.readers.reading import TABLE_FORMAT, Reading

if TYPE_CHECKING:
    from loaders.intake.own_book import OwnText
    from loaders.intake.table_book import InnerTable


def main(folder: Path) -> int:
    """Reads what lies in the folder once standard input has ended; gives the exit code."""
    sys.stdin.buffer.read()
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    limits = Limits(**request["limits"])
    _limit(limits)
    try:
        choices = Choices.from_record(request["choices"])
        spellings = Spellings(**request["spellings"])
        _tell(folder, 0.1)
        kinds, cells = request["ticked"]
        ticked = Ticked(frozenset(kinds), frozenset((row, name) for row, name in cells))
        source = Source(request["name"], folder / CONTENT)
        read = read_source(source, choices, spellings, limits, ticked)
        _tell(folder, 0.9)
        read.leave(folder, peak=_peak())
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def read_source(
    source: Source,
    choices: Choices,
    spellings: Spellings,
    limits: Limits,
    ticked: Ticked = NONE_TICKED,
) -> Handover:
    """One file of any known format, in this very process; see ``read_limited``."""
    refusal, seen = look(source, limits)
    if refusal is not None:
        return Handover.of(refused_reading(refusal))
    head = read_head(source)
    if head is None:
        from loaders.intake.own_book import own_text
        from loaders.intake.table_book import inner_table, sheets_left
        from loaders.readers.registry import read_original  # all formats: half a second

        is_free = bool(choices.header_rows or choices.key_column)
        inside = None if is_free else own_text(source, choices.sheet)
        if inside is not None and read_head(inside.source) is not None:
            chosen = bool(choices.sheet) or not inside.sheet
            left = [] if chosen else sheets_left(source, spellings.tables, inside.sheet)
            return _read_inside(inside, left, choices, spellings, limits, ticked)
        table = None if is_free else inner_table(source, spellings.tables, choices.sheet)
        if isinstance(table, Finding):
            return Handover.of(refused_reading(table))
        if table is not None:
            return _table_text(table)
        return Handover.of(read_original(source.content, source.name, choices))
    if seen is None:  # UTF-16: looked at again as UTF-8
        source = Source(source.name, source.content.decode(head.encoding, "replace").encode())
        refusal, seen = look(source, limits)
        if refusal is not None or seen is None:
            return Handover.of(refused_reading(refusal or Finding("file_unreadable", "")))
        seen = replace(seen, encoding=head.encoding)
    return read_long(source, head, seen, choices, spellings, ticked)


def _read_inside(
    inside: OwnText,
    left: Sequence[str],
    choices: Choices,
    spellings: Spellings,
    limits: Limits,
    ticked: Ticked,
) -> Handover:
    """Our table out of a workbook or archive, its findings on the sheet it stands on.

    A finding names the sheets left unread.
    """
    styles = {**inside.styles, **choices.number_styles}
    chosen = replace(choices, number_styles=styles, sheet="")
    read = read_source(inside.source, chosen, spellings, limits, ticked)
    if not inside.sheet:
        return read
    proposed = replace(
        read.facts.get("proposed", Choices()), sheet=inside.sheet, header_rows=(inside.header_row,)
    )
    unread = Finding("sheets_not_read", inside.source.name, details={"sheets": ", ".join(left)})
    found = tuple(
        replace(one, sheet=inside.sheet)
        for one in (*([unread] if left else []), *read.facts.get("findings", ()))
    )
    facts = {**read.facts, "encoding": "", "delimiter": "", "proposed": proposed, "findings": found}
    observations, repairs, refused = (
        on_sheet(one, inside.sheet) for one in (read.observations, read.repairs, read.refused)
    )
    return Handover(observations, repairs, facts, refused)


def _table_text(table: InnerTable) -> Handover:
    """Another table of ours as text; whoever knows its schema judges it."""
    rows = (table.header_row,) if table.sheet else ()
    facts = {
        "format": TABLE_FORMAT + table.kind,
        "table": table.kind,
        "proposed": Choices(sheet=table.sheet, header_rows=rows),
    }
    return replace(Handover.of(Reading("", empty_observations())), facts=facts, text=table.content)


def _limit(limits: Limits) -> None:
    """Address space and processor time; Windows has no such limits, there the clock must do."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    seconds = int(limits.seconds) * 4 + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak() -> int:
    """Largest resident memory of this program in bytes; 0 where the system does not tell.

    Not from ``getrusage``: that also counts what the parent held when it started us.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _tell(folder: Path, part: float) -> None:
    (folder / PROGRESS).write_text(f"{part:.2f}")


if __name__ == "__main__":
    code = main(Path(sys.argv[1]))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # all is written; giving back memory piece by piece would take as long again
