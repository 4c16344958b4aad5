"""One file from its bytes to its publication: examine, look, publish."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.findings import Finding, count_errors
from loaders.intake.catalogue import Catalogue, catalogue_of
from loaders.intake.change_preview import Consequence, Preview, preview_of
from loaders.intake.checks import Checked, check
from loaders.intake.labels import proposed_labels
from loaders.intake.limits import DEFAULT, Limits
from loaders.intake.plausibility import most_unlikely, unlikely_values
from loaders.intake.reading_process import read_limited
from loaders.intake.repairs import Ticked, reader_repairs, repair_table, waiting_rows
from loaders.intake.table_files import kind_of, no_rows, on_its_sheet, read_table_file
from loaders.intake.word_columns import Column, words_in
from loaders.readers.reading import Choices, Reading
from loaders.store import publish as publish_table
from loaders.store.commit import Refused
from loaders.store.ledger import Mode, Scope

if TYPE_CHECKING:
    from loaders.store import Store

Progress = Callable[[str, float], None]
Cancelled = Callable[[], bool]
CITY_STATES = {"02": "02000", "11": "11000"}
FROM_STATE = "from_state"
_MOMENT = ["indicator", "period"]
_COMPARED = ["ags", "indicator", "period", "value"]
_TEXTS = ("ags", "indicator", "period", "missing", "flag", "unit", "source")
_UNKNOWN_WORDS = frozenset({"place_unknown", "indicator_unknown", "source_unknown", "unit_differs"})
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
        placed: rows of ``reading.observations`` in which no check found an error.
        indicators: our indicator by label of the file, chosen or proposed.
        source: source id of rows that name none, chosen or proposed.
        accepted: rows that may be published, in the columns of the table kind.
        waiting: number of values (of other tables: rows) that wait for a repair to be ticked.
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
    placed: pd.DataFrame
    indicators: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    waiting: int = 0

    @property
    def outcome(self) -> Outcome:
        """Accepted as a whole, partly usable, or refused."""
        if self.reading.refusal or not (len(self.placed) or len(self.accepted) or self.waiting):
            return "refused"
        return "partly_usable" if self.reading.rows_refused or self.errors else "accepted"

    @property
    def errors(self) -> int:
        """Number of findings that are errors."""
        return count_errors(self.findings)

    @property
    def fingerprint(self) -> str:
        """Hash of the rows that may be published: equal rows, equal text."""
        digest = hashlib.sha256()
        for name in self.accepted:
            hashed = pd.util.hash_pandas_object(self.accepted[name].astype(object), index=False)
            digest.update(str(name).encode() + hashed.to_numpy().tobytes())
        return digest.hexdigest()[:16]

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
    # Longer than others: every step needs what most steps before it found, so a part of it would
    # take as many arguments as it has lines.
    told = progress or (lambda stage, part: None)
    version = store.version()
    chosen, applied = choices or Choices(), ticked or Ticked()
    kind = kind_of(content, name, store)
    if kind:
        return _examined_table(content, content, name, kind, store, version, applied)
    told("reading", 0.0)
    known = cache(partial(catalogue_of, store, version))
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_sha256, content)
        read = read_limited(
            content, name, chosen, lambda: known().spellings, limits, told, cancelled, applied
        )
    reading = read.reading
    if read.text:
        kind, proposed = reading.table, reading.proposed
        return _examined_table(content, read.text, name, kind, store, version, applied, proposed)
    catalogue = known()
    told("checking", 0.0)
    repairs = repair_table([*read.repairs, *reader_repairs(reading)], applied)
    proposal = proposed_labels(reading, catalogue)
    indicators = {**proposal.indicators, **chosen.indicators}
    origin = source or proposal.source
    checked = check(reading, name, catalogue, indicators, origin)
    told("checking", 0.5)
    refused = _of_refused(read.refused, reading, name, catalogue)
    unlikely = _unlikely(checked, reading, name, store, version)
    is_waiting = waiting_rows(repairs, reading.observations)
    told("checking", 1.0)
    return Examination(
        name=name,
        sha256=digest.result(),
        kind="observations",
        version=version,
        choices=chosen,
        reading=reading,
        findings=_in_order(reading.findings, checked.findings, refused, unlikely),
        repairs=repairs,
        accepted=_published(_chosen(checked.publishable, checked.usable & ~is_waiting)),
        placed=_chosen(reading.observations, checked.placed),
        indicators=indicators,
        source=origin,
        waiting=int(is_waiting.sum()),
    )


def _examined_table(
    content: bytes,
    text: bytes,
    name: str,
    kind: str,
    store: Store,
    version: int,
    ticked: Ticked,
    proposed: Choices | None = None,
) -> Examination:
    """A table of ours; its text is the content, or stood on a sheet or in an archive."""
    table = read_table_file(text, name, kind, store, version, ticked)
    if proposed is not None and proposed.sheet:
        table = on_its_sheet(table, proposed)
    reading, has_none = table.reading, table.rows.empty and not table.waiting
    return Examination(
        name=name,
        sha256=_sha256(content),
        kind=kind,
        version=version,
        choices=Choices(),
        reading=reading,
        findings=reading.findings or (no_rows(name, reading) if has_none else ()),
        repairs=table.repairs,
        accepted=table.rows,
        placed=reading.observations,
        waiting=table.waiting,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def not_read(name: str, reading: Reading) -> Examination:
    """The examination of a file that could not even be opened."""
    none = reading.observations
    repairs = repair_table([], Ticked())
    return Examination(
        name, "", "observations", 0, Choices(), reading, reading.findings, repairs, none, none
    )


def _of_refused(
    rows: pd.DataFrame | None,
    reading: Reading,
    file: str,
    catalogue: Catalogue,
) -> tuple[Finding, ...]:
    """What the catalogue finds wrong with rows the reader refused: all mistakes in one pass."""
    if rows is None or rows.empty:
        return ()
    found = check(replace(reading, observations=rows), file, catalogue, {}).findings
    return tuple(one for one in found if one.code in _UNKNOWN_WORDS and one.value)


def _unlikely(
    checked: Checked, reading: Reading, file: str, store: Store, version: int
) -> tuple[Finding, ...]:
    """Warnings about values that are possible but unlikely."""
    from loaders.store.queries import series

    rows = _chosen(checked.publishable, checked.placed)
    if not len(rows):
        return ()
    history = series(store, words_in(rows["indicator"]), words_in(rows["ags"]), version)
    if len(history):  # a place that the file leaves out at one of its own times is a gap
        history = history[~pd.MultiIndex.from_frame(history[_MOMENT]).isin(_moments(rows))]
    place = np.flatnonzero(checked.placed)
    where = reading.observations[["sheet", "row", "column"]]
    found = unlikely_values(rows[_COMPARED], history[_COMPARED])
    named = most_unlikely(found, rows["indicator"])
    findings = [
        Finding("value_jumps_more", file, value=indicator, details={"count": str(count)})
        for indicator, count in named.more.items()
    ]
    for one in named.values:
        at = int(place[one.position])
        sheet, row, column = where.iloc[at]
        value = f"{rows['value'].iat[one.position]:.10g}"
        findings.append(
            Finding(one.code, file, str(sheet), int(row), str(column), value, one.details)
        )
    return tuple(findings)


def _moments(rows: pd.DataFrame) -> pd.MultiIndex:
    """The indicators and times for which there are rows."""
    indicator, period = (Column.of(rows[name]) for name in _MOMENT)
    counts = np.bincount(indicator.codes * len(period.words) + period.codes)
    pairs = np.divmod(np.flatnonzero(counts), len(period.words))
    words = [np.array(one.words, dtype=object) for one in (indicator, period)]
    return pd.MultiIndex.from_arrays([words[0][pairs[0]], words[1][pairs[1]]], names=_MOMENT)


def _chosen(rows: pd.DataFrame, mask: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The rows of a mask; most files have no other."""
    return rows.copy(deep=False) if mask.all() else rows[mask]


def _in_order(*parts: tuple[Finding, ...]) -> tuple[Finding, ...]:
    together = [finding for part in parts for finding in part]
    return tuple(sorted(together, key=lambda one: (one.sheet, one.row or 0)))


def _published(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and Hamburg and Berlin also as districts where a table has them as states only."""
    keys = set(words_in(rows["ags"]))
    copies = [
        rows[rows["ags"] == state].assign(ags=district)
        for state, district in CITY_STATES.items()
        if state in keys and district not in keys
    ]
    if not copies:
        return rows.reset_index(drop=True)
    copied = pd.concat(copies)
    flag = copied["flag"].astype(object)
    copied = copied.assign(flag=flag.mask(flag == "", FROM_STATE))
    return pd.concat([rows.astype(dict.fromkeys(_TEXTS, object)), copied], ignore_index=True)


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
        Refused: nothing was accepted, no name was given, or other tables point to rows that
            a replacement would remove; otherwise as ``loaders.store.publish``.
    """
    if not person.strip():
        raise Refused("publish_no_person")
    if examination.accepted.empty:
        raise Refused("publish_no_rows")
    pointing: Mapping[str, int] = {}
    if mode == "replace":
        pointing = preview(examination, store, mode=mode, scope=scope).pointing
    if pointing:
        tables = ", ".join(f"{kind} ({count})" for kind, count in pointing.items())
        raise Refused("publish_pointed_at", tables)
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
        original=examination.sha256,
    )
