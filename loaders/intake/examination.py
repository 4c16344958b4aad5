"""One file from its bytes to its publication: examine, look, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from loaders.findings import Finding, count_errors
from loaders.intake.catalogue import catalogue_of
from loaders.intake.checks import Checked, check
from loaders.intake.limits import DEFAULT, Limits
from loaders.intake.preview import Consequence, Preview, preview_of
from loaders.intake.reading_process import read_limited
from loaders.intake.repairs import Ticked, repair_table, waiting_rows
from loaders.readers.reading import Choices, Reading
from loaders.store import publish as publish_table
from loaders.store.commit import Refused
from loaders.store.ledger import Mode, Scope

if TYPE_CHECKING:
    from loaders.store import Store

Progress = Callable[[str, float], None]
Cancelled = Callable[[], bool]
Outcome = Literal["accepted", "partly_usable", "refused"]


@dataclass(frozen=True)
class Examination:
    """Everything that can be said about one file before it is published.

    Attributes:
        name: file name as it came; never a path.
        sha256: hash of the bytes of the original.
        kind: table kind the file belongs to (``observations``, ``solutions`` ...).
        version: version of the store it was checked against.
        choices: what a person had decided.
        reading: the file as read, see ``Reading``.
        findings: of reader and checks together, by sheet and row, all in one pass.
        repairs: proposals, columns ``repairs.COLUMNS``; ``ticked`` says which are applied.
        accepted: rows that may be published, in the columns of the table kind.
        waiting: number of rows that wait for a repair to be ticked.
    """

    name: str
    sha256: str
    kind: str
    version: int
    choices: Choices
    reading: Reading
    findings: tuple[Finding, ...]
    repairs: pd.DataFrame
    accepted: pd.DataFrame
    waiting: int = 0

    @property
    def outcome(self) -> Outcome:
        """Accepted as a whole, partly usable, or refused."""
        if self.reading.outcome == "refused":
            return "refused"
        partly = self.reading.outcome == "partly_usable" or self.errors
        return "partly_usable" if partly else "accepted"

    @property
    def errors(self) -> int:
        """Number of findings that are errors."""
        return count_errors(self.findings)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of severity error, 2 nothing could be placed."""
        if self.outcome == "refused":
            return 2
        return 1 if self.errors else 0


def examine(
    content: bytes,
    name: str,
    choices: Choices | None,
    store: Store,
    *,
    source: str = "",
    ticked: Ticked | None = None,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Examination:
    """Reads and checks one file; stores nothing.

    Args:
        content: the bytes as they came.
        name: file name, for findings only.
        choices: what a person decided about the file; ``None`` takes all proposals.
        store: the opened store, for the catalogue and the values it holds.
        source: source id of rows that name none; without it such rows stay out.
        ticked: repairs to apply; none are applied without being named here.
        limits: sizes, time and memory that reading may take.
        progress: told a stage (``reading``, ``checking``) and the part done, 0 to 1.
        cancelled: asked several times a second; ``True`` ends the reading process.

    Returns:
        An examination, also of files that are refused.

    Raises:
        Cancelled: the caller's ``cancelled`` said so.
    """
    told = progress or (lambda stage, part: None)
    version = store.version()
    catalogue = catalogue_of(store, version)
    told("reading", 0.0)
    read = read_limited(
        content, name, choices or Choices(), catalogue.spellings, limits, told, cancelled
    )
    told("checking", 0.0)
    repairs = repair_table(read.repairs, ticked or Ticked())
    checked = check(read.reading, catalogue, store, version, source)
    told("checking", 1.0)
    return _examination(content, name, version, choices, read.reading, checked, repairs)


def preview(
    examination: Examination,
    store: Store,
    *,
    mode: Mode = "add",
    scope: Scope | None = None,
    consequence: Consequence | None = None,
) -> Preview:
    """What publishing the accepted rows would change; see ``preview_of``."""
    return preview_of(
        store,
        examination.kind,
        examination.accepted,
        mode=mode,
        scope=scope,
        consequence=consequence,
    )


def publish(
    examination: Examination,
    store: Store,
    person: str,
    note: str,
    upload_id: str,
    *,
    mode: Mode = "add",
    scope: Scope | None = None,
) -> int:
    """Publishes the accepted rows of an examination; gives the version's number.

    Raises:
        Refused: nothing was accepted, or no name was given; otherwise as
            ``loaders.store.publish``.
    """
    if not person.strip():
        raise Refused("a publication needs the name of a person")
    if examination.accepted.empty:
        raise Refused("no row of the file can be published")
    return publish_table(
        store,
        examination.kind,
        examination.accepted,
        name=examination.name,
        person=person.strip(),
        note=note,
        upload_id=upload_id,
        mode=mode,
        scope=scope,
    )


def _examination(
    content: bytes,
    name: str,
    version: int,
    choices: Choices | None,
    reading: Reading,
    checked: Checked,
    repairs: pd.DataFrame,
) -> Examination:
    waiting = waiting_rows(repairs)
    usable = checked.usable & ~reading.observations["row"].isin(waiting).to_numpy(dtype=bool)
    findings = sorted(
        [*reading.findings, *checked.findings], key=lambda one: (one.sheet, one.row or 0)
    )
    return Examination(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        kind="observations",
        version=version,
        choices=choices or Choices(),
        reading=reading,
        findings=tuple(findings),
        repairs=repairs,
        accepted=checked.publishable[usable].reset_index(drop=True),
        waiting=len(waiting),
    )
