"""The embedded store: shipped tables and uploads behind one ledger, read in place."""

from __future__ import annotations

import json
import os
import threading
from functools import cached_property
from pathlib import Path
from sqlite3 import Row
from typing import TYPE_CHECKING

from loaders.findings import Finding
from loaders.folders import ROOT
from loaders.schemas import Resource, TableSchema, usable_package
from loaders.store.files import hash_file
from loaders.store.ledger import Compaction, Entry, Ledger

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store.engine import Engine


def store_location() -> Path:
    """Folder of the store: ``TRANSFERKOMPASS_STORE``, else ``var/store`` of the product."""
    stated = os.environ.get("TRANSFERKOMPASS_STORE", "").strip()
    return Path(stated).expanduser() if stated else ROOT / "var" / "store"


class UnknownKind(LookupError):
    """The data package lists no table of this kind; carries the kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the data package lists no table of kind {kind!r}")
        self.kind = kind


class DamagedFile(RuntimeError):
    """A file of the store is absent or no longer has the content the ledger names.

    Attributes:
        finding: the same in words: which upload, which file, what to do.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence("en"))
        self.finding = finding


class Store:
    """One opened store; made by ``open_store``, shared by all threads of a process.

    Attributes:
        root: folder of the ledger and the files.
        data: folder of the shipped tables and their schemas.
        ledger: who published what when.
    """

    def __init__(self, root: Path, data: Path) -> None:
        self.root = root
        self.data = data
        self.ledger = Ledger(root / "ledger.sqlite")
        self._checked: set[str] = set()
        self._lock = threading.Lock()

    def close(self) -> None:
        """Lets go of the ledger and the engine; the store cannot be used afterwards."""
        self.ledger.close()
        if "_started_engine" in self.__dict__:
            self._started_engine.close()

    def version(self) -> int:
        """Highest event number of the ledger; cheap enough to ask at every page run."""
        return self.ledger.version()

    def base_findings(self) -> list[Finding]:
        """What was found in the shipped tables when they were last read."""
        reading = self.ledger.last_reading()
        records = [] if reading is None else json.loads(reading["findings"])
        return [Finding.from_record(record) for record in records]

    def versions(self) -> pd.DataFrame:
        """The published tables, oldest first.

        Returns:
            One row per entry: ``number`` (version), ``kind`` (table kind), ``layer``
            (``base`` or ``upload``), ``mode``, ``name``, ``person``, ``note``, ``time`` (UTC,
            ISO), ``original`` (SHA-256 of the file a person brought, empty when unknown),
            ``sha256`` (of the stored rows), ``rows``, ``state`` (``live``, ``undone``, or
            ``superseded`` for shipped tables that a newer release replaced or left out).
        """
        import pandas as pd

        columns = [
            "number",
            "kind",
            "layer",
            "mode",
            "name",
            "person",
            "note",
            "time",
            "original",
            "sha256",
            "rows",
            "state",
        ]
        version = self.version()
        live = {e.number for kind in self.ledger.kinds() for e in self.ledger.live(kind, version)}
        history = [
            dict(row) | {"state": _state(row, row["number"] in live)}
            for row in self.ledger.history(version)
        ]
        return pd.DataFrame(history, columns=columns)

    def kinds(self) -> list[str]:
        """Kinds of tables the data package lists."""
        return list(self._resources)

    def schema(self, kind: str) -> TableSchema:
        """Columns and identity of a kind of table, as they stood when first asked for.

        Raises:
            UnknownKind: the data package does not list it.
        """
        try:
            return self._resources[kind].schema
        except KeyError:
            raise UnknownKind(kind) from None

    def live(self, kind: str, version: int | None = None) -> list[Entry]:
        """Entries of a kind that count at a version, lowest layer first."""
        return self.ledger.live(kind, self.version() if version is None else version)

    def relations(
        self, kind: str, version: int | None = None, *, one_by_one: bool = False
    ) -> dict[str, str]:
        """The names under which the engine knows the live rows of a kind.

        Args:
            kind: table kind.
            version: state to read.
            one_by_one: read each upload's own file, also where one file stands for many.

        Returns:
            Bound name of ``base`` and, only where there are live uploads, of ``uploads``.

        Raises:
            DamagedFile: a live file is absent or its bytes changed.
            UnknownKind: the data package does not list the kind.
        """
        schema = self.schema(kind)
        live = self.live(kind, version)
        for entry in live:
            self.check_once(entry)
        base = [self.root / entry.file for entry in live if entry.layer == "base"]
        uploads = [entry for entry in live if entry.layer == "upload"]
        names = {"base": self.engine.bind(schema, 0, base)}
        if not uploads:
            return names
        apart = [entry.file for entry in uploads] if one_by_one else self._files_of(kind, uploads)
        files = [self.root / name for name in apart]
        return names | {"uploads": self.engine.bind(schema, 1, files)}

    def _files_of(self, kind: str, uploads: list[Entry]) -> list[str]:
        """Files that hold some uploads, lowest first: one for many where it is whole."""
        short = self.ledger.compaction(kind, uploads)
        if short is None or not self._is_whole(short):
            return [entry.file for entry in uploads]
        return [short.file, *(entry.file for entry in uploads[len(short.covers) :])]

    def _is_whole(self, short: Compaction) -> bool:
        """Whether a file that only saves time is there unchanged; if not, it is not used."""
        if short.file not in self._checked:
            try:
                if hash_file(self.root / short.file) != short.sha256:
                    return False
            except FileNotFoundError:
                return False
            self._checked.add(short.file)
        return True

    def check_once(self, entry: Entry) -> None:
        """Compares a file with its hash the first time this process uses it.

        Raises:
            DamagedFile: the file is absent or its bytes changed.
        """
        if entry.file in self._checked:
            return
        finding = damage_of(self.root, entry)
        if finding:
            raise DamagedFile(finding)
        self._checked.add(entry.file)

    def damage(self) -> list[Finding]:
        """Every file of the ledger that is absent or changed, undone ones too."""
        version = self.version()
        entries = [e for kind in self.ledger.kinds() for e in self.ledger.entries(kind, version)]
        return [finding for e in entries if (finding := damage_of(self.root, e))]

    @cached_property
    def _resources(self) -> dict[str, Resource]:
        return usable_package(self.data)[0]

    @property
    def engine(self) -> Engine:
        """The query engine, started at the first query."""
        with self._lock:
            return self._started_engine

    @cached_property
    def _started_engine(self) -> Engine:
        from loaders.store.engine import Engine

        return Engine()


def _state(row: Row, is_live: bool) -> str:
    if is_live:
        return "live"
    return "undone" if row["layer"] == "upload" else "superseded"


def damage_of(root: Path, entry: Entry) -> Finding | None:
    """What is wrong with an entry's file, or ``None`` when its bytes are as published."""
    details = {"number": str(entry.number), "kind": entry.kind}
    try:
        found = hash_file(root / entry.file)
    except FileNotFoundError:
        return Finding("store_file_missing", entry.file, details=details)
    if found == entry.sha256:
        return None
    return Finding("store_file_changed", entry.file, value=found[:12], details=details)
