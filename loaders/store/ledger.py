"""The ledger: which file became part of the store when, by whom, and what was undone.

Tables that only grow (SQLite, write-ahead log, ``synchronous=FULL``; see ``ledger_formats``).
An *entry* is one published table; an *event* publishes, undoes or redoes an entry, and its
number is the version of the store.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from loaders.store.files import StoredFile, make_folder, sync_folder
from loaders.store.ledger_formats import FORMAT, FORMATS

Layer = Literal["base", "upload"]
Mode = Literal["add", "replace"]
Action = Literal["publish", "undo", "redo"]
Scope = Mapping[str, Sequence[str]]
WAIT_SECONDS = 60
_LAST_EVENTS = """
SELECT entries.*, last.action AS action, last.number AS last_event
FROM entries JOIN (
    SELECT entry, action, MAX(number) AS number FROM events WHERE number <= ? GROUP BY entry
) AS last ON last.entry = entries.number
WHERE entries.kind = ? ORDER BY entries.number
"""
_NEW_EVENT = """
INSERT INTO events
SELECT next.number, COALESCE(?, next.number), ?, ?, ?, ?
FROM (SELECT COALESCE(MAX(number), 0) + 1 AS number FROM events) AS next
RETURNING number
"""
_HISTORY = """
SELECT entries.*, events.person, events.note, events.time,
    COALESCE(originals.sha256, '') AS original
FROM entries JOIN events ON events.number = entries.number
LEFT JOIN originals ON originals.number = entries.number
WHERE entries.number <= ? ORDER BY entries.number
"""


class LedgerTooNew(RuntimeError):
    """The store was written by a later release; this one does not touch it."""


@dataclass(frozen=True)
class Entry:
    """One published table.

    Attributes:
        number: event that published it; among uploads the higher number wins.
        kind: table kind.
        layer: ``base`` for shipped tables, ``upload`` for what people published.
        file: the Parquet file below the store's root.
        sha256: hash of that file.
        rows: rows in it, removed ones not counted.
        action: its last event: ``undo`` means that it is not live.
        last_event: number of that event.
    """

    number: int
    kind: str
    layer: Layer
    file: str
    sha256: str
    rows: int
    action: Action
    last_event: int


@dataclass(frozen=True)
class Compaction:
    """One file that holds what several uploads together say.

    Attributes:
        kind: table kind.
        covers: numbers of the uploads, in the order in which they count.
        file: the Parquet file below the store's root.
        sha256: hash of that file.
        rows: rows in it, removed ones not counted.
    """

    kind: str
    covers: tuple[int, ...]
    file: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Publication:
    """What a person (or the shipped data) wants to become part of the store."""

    kind: str
    layer: Layer
    file: StoredFile
    name: str
    person: str = ""
    note: str = ""
    mode: Mode = "add"
    scope: Scope | None = None
    upload_id: str | None = None
    original: str = ""


class Ledger:
    """The ledger file of one store; safe for many threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        _create(path)
        self._reading = _connect(path)

    def close(self) -> None:
        """Closes the reading connection."""
        with self._lock:
            self._reading.close()

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """What a query over the ledger gives."""
        with self._lock:
            return self._reading.execute(query, values).fetchall()

    def version(self) -> int:
        """Highest event number, 0 for an empty ledger."""
        return int(self.rows("SELECT COALESCE(MAX(number), 0) FROM events")[0][0])

    def entries(self, kind: str, version: int) -> list[Entry]:
        """All entries of a kind that existed at a version, oldest first, undone ones too."""
        return [_entry(row) for row in self.rows(_LAST_EVENTS, version, kind)]

    def live(self, kind: str, version: int) -> list[Entry]:
        """Entries that count at a version, lowest layer first: the base, then uploads."""
        return live_of(self.entries(kind, version))

    def kinds(self) -> list[str]:
        """Kinds of which anything was ever published."""
        return [row[0] for row in self.rows("SELECT DISTINCT kind FROM entries ORDER BY kind")]

    def history(self, version: int) -> list[sqlite3.Row]:
        """Every entry up to a version with who published it and when, oldest first."""
        return self.rows(_HISTORY, version)

    def compaction(self, kind: str, uploads: Sequence[Entry]) -> Compaction | None:
        """The file that stands for most of the first of these uploads, if there is one."""
        numbers = tuple(entry.number for entry in uploads)
        found = self.rows("SELECT * FROM compactions WHERE kind = ? ORDER BY number DESC", kind)
        kept = [_compaction(row) for row in found]
        fitting = [one for one in kept if one.covers == numbers[: len(one.covers)]]
        return max(fitting, key=lambda one: len(one.covers), default=None)

    def last_reading(self) -> sqlite3.Row | None:
        """Fingerprint and findings of the newest reading of the shipped tables."""
        found = self.rows("SELECT * FROM readings ORDER BY number DESC LIMIT 1")
        return found[0] if found else None

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """One write transaction: all of it becomes durable at its end, or none of it."""
        with closing(_connect(self.path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writing(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


class Writing:
    """What may be written inside one transaction: new rows only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        """Highest event number as it stands inside this transaction."""
        found = self._connection.execute("SELECT COALESCE(MAX(number), 0) FROM events")
        return int(found.fetchone()[0])

    def find_upload(self, upload_id: str) -> sqlite3.Row | None:
        """The entry an earlier try with this upload id left, if any."""
        query = "SELECT * FROM entries WHERE upload_id = ?"
        row: sqlite3.Row | None = self._connection.execute(query, (upload_id,)).fetchone()
        return row

    def entry(self, number: int) -> Entry | None:
        """One entry with its last event, or ``None``."""
        found = self._connection.execute("SELECT kind FROM entries WHERE number = ?", (number,))
        row = found.fetchone()
        if row is None:
            return None
        return next(entry for entry in self.entries(row["kind"]) if entry.number == number)

    def entries(self, kind: str) -> list[Entry]:
        """All entries of a kind as they stand inside this transaction."""
        return [_entry(row) for row in self._connection.execute(_LAST_EVENTS, (2**62, kind))]

    def publish(self, publication: Publication) -> int:
        """Adds an entry; gives its number, which is the store's new version."""
        number = self.act(None, "publish", publication.person, publication.note)
        scope = None if publication.scope is None else scope_text(publication.scope)
        self._connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                publication.kind,
                publication.layer,
                publication.file.name,
                publication.file.sha256,
                publication.file.rows,
                publication.mode,
                scope,
                publication.name,
                publication.upload_id,
            ),
        )
        if publication.original:
            row = (number, publication.original)
            self._connection.execute("INSERT INTO originals VALUES (?, ?)", row)
        return number

    def act(self, entry: int | None, action: Action, person: str = "", note: str = "") -> int:
        """Adds an event about an entry, or about a new one; gives the event's number."""
        event = self._connection.execute(_NEW_EVENT, (entry, action, person, note, _now()))
        return int(event.fetchone()[0])

    def record_compaction(self, kind: str, covers: Sequence[int], file: StoredFile) -> None:
        """Keeps that a file stands for some uploads; no version, for nothing changes."""
        self._connection.execute(
            "INSERT INTO compactions (kind, covers, file, sha256, rows, time)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (kind, json.dumps(list(covers)), file.name, file.sha256, file.rows, _now()),
        )

    def named_files(self) -> set[str]:
        """Every file the ledger names, of entries and compactions."""
        query = "SELECT file FROM entries UNION SELECT file FROM compactions"
        return {str(row[0]) for row in self._connection.execute(query)}

    def record_reading(self, fingerprint: str, findings: list[dict[str, Any]]) -> None:
        """Keeps what was found when the shipped tables with this fingerprint were read."""
        self._connection.execute(
            "INSERT INTO readings (fingerprint, findings, time) VALUES (?, ?, ?)",
            (fingerprint, json.dumps(findings, ensure_ascii=False), _now()),
        )


def scope_text(scope: Scope) -> str:
    """A scope as the ledger keeps it: equal scopes give equal text."""
    return json.dumps({column: sorted(scope[column]) for column in sorted(scope)})


def current_base(entries: Sequence[Entry]) -> Entry | None:
    """The shipped table that counts, told by the newest event of the base layer."""
    base = [entry for entry in entries if entry.layer == "base"]
    newest = max(base, key=lambda entry: entry.last_event, default=None)
    return None if newest is None or newest.action == "undo" else newest


def live_of(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that count, lowest layer first: at most one base, then live uploads."""
    base = current_base(entries)
    uploads = [e for e in entries if e.layer == "upload" and e.action != "undo"]
    return ([] if base is None else [base]) + uploads


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Keeps other processes out while one brings the base layer up to date.

    The lock is a transaction on a small file of its own, so uploads are not held up; the
    system gives it back when the process dies.
    """
    make_folder(root)
    with closing(_connect(root / "opening.sqlite")) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def _compaction(row: sqlite3.Row) -> Compaction:
    covers = tuple(int(number) for number in json.loads(row["covers"]))
    return Compaction(row["kind"], covers, row["file"], row["sha256"], row["rows"])


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__dataclass_fields__})


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _create(path: Path) -> None:
    make_folder(path.parent)
    with closing(_connect(path)) as connection:
        if _format_of(connection, path) == FORMAT:
            return
    with one_at_a_time(path.parent), closing(_connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(_format_of(connection, path) + 1, FORMAT + 1):
            for statement in _statements(FORMATS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    sync_folder(path.parent)


def _format_of(connection: sqlite3.Connection, path: Path) -> int:
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > FORMAT:
        raise LedgerTooNew(f"{path.name} has format {found}, this release knows {FORMAT}")
    return found


def _statements(script: str) -> Iterator[str]:
    pending = ""
    for part in script.split(";"):
        pending += part + ";"
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
