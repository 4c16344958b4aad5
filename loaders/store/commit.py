"""Makes a checked table part of the store, takes it back and brings it again.

One way for shipped tables and uploads: write the file, sync it, rename it, sync the folder,
then one transaction of the ledger. Nothing that was published is ever changed.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Row
from typing import TYPE_CHECKING

from loaders.findings import Finding
from loaders.store.compaction import compact_when_due
from loaders.store.files import REMOVED, write_table
from loaders.store.ledger import Action, Mode, Publication, Scope, Writing, scope_text

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store.embedded import Store


_ERRNO_CODES = {
    errno.ENOSPC: "store_full",
    errno.EDQUOT: "store_full",
    errno.EACCES: "store_forbidden",
    errno.EPERM: "store_forbidden",
    errno.EROFS: "store_forbidden",
    errno.EMFILE: "store_too_many_files",
    errno.ENFILE: "store_too_many_files",
}
_SQLITE_CODES = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_forbidden",
    sqlite3.SQLITE_BUSY: "store_busy",
}


class Refused(ValueError):
    """The ledger does not take this event.

    Attributes:
        finding: why, and what to do, in words.
    """

    def __init__(self, code: str, value: str = "") -> None:
        self.finding = Finding(code, "", value=value)
        super().__init__(self.finding.sentence("en"))


class UploadIdTaken(Refused):
    """Another content was published under the same upload id."""


class NoTurn(Refused):
    """A version cannot be undone or redone."""


class NotStored(RuntimeError):
    """The system refused to write; the store is as it was, or holds the upload whole.

    Publishing again under the same upload id is harmless in both cases.

    Attributes:
        finding: the same in words.
    """

    def __init__(self, kind: str, name: str, fault: Exception) -> None:
        reason = getattr(fault, "strerror", None) or str(fault)
        details = {"reason": str(reason), "kind": kind}
        self.finding = Finding(_code_of(fault), name, details=details)
        super().__init__(self.finding.sentence("en"))


def _code_of(fault: Exception) -> str:
    """The finding for an error of the system or, by its primary code, of SQLite."""
    if isinstance(fault, OSError):
        return _ERRNO_CODES.get(fault.errno or 0, "store_not_written")
    return _SQLITE_CODES.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF, "store_not_written")


def publish(
    store: Store,
    kind: str,
    table: pd.DataFrame,
    *,
    name: str,
    person: str,
    note: str,
    upload_id: str,
    mode: Mode = "add",
    scope: Scope | None = None,
    original: str = "",
) -> int:
    """Makes a checked table part of the store; gives its number.

    The number is durable when it is returned. A second call with the same upload id gives
    the first number again and changes nothing, so a retry is harmless.

    Args:
        store: the opened store.
        kind: table kind; its schema gives columns and identity.
        table: rows that passed all checks; every key at most once.
        name: what the upload is called, for example the name of its file.
        person: who publishes.
        note: why.
        upload_id: given by the caller, once per intended publication.
        mode: ``add`` leaves rows that the table does not name as they are; ``replace`` also
            removes the rows inside ``scope`` that the table does not name.
        scope: allowed values by column, for example ``{"source": ["bka"], "period": ["2023"]}``;
            a row lies inside when all its named columns have one of the values.
        original: SHA-256 of the file the rows come from, in hexadecimal digits; empty when there
            is none.

    Raises:
        UploadIdTaken: the upload id belongs to another content.
        Refused: the upload id is empty, the scope does not fit the mode or names an unknown column.
        NotStored: no space, no permission, too many open files, a failing disk.
        ValueError: the table does not fit its schema (see ``write_table``).
        UnknownKind: the data package does not list the kind.
    """
    if not upload_id:
        raise Refused("publish_no_id")
    _check_scope(store, kind, mode, scope)
    number: int | None = None
    while number is None:
        with _said(kind, name):
            version = store.version()
            rows = table if scope is None else _with_removals(store, kind, table, scope, version)
            file = write_table(store.root, store.schema(kind), rows)
            publication = Publication(
                kind, "upload", file, name, person, note, mode, scope, upload_id, original
            )
            number = _record(store, publication, version)
    compact_when_due(store, kind)
    return number


def undo(store: Store, number: int, *, person: str = "", note: str = "") -> int:
    """Takes an upload back; what it covered is visible again. Gives the new version.

    Raises:
        NoTurn: there is no such upload, or it is undone already.
    """
    return _turn(store, number, "undo", person, note)


def redo(store: Store, number: int, *, person: str = "", note: str = "") -> int:
    """Brings an undone upload back to its old place in the order. Gives the new version.

    Raises:
        NoTurn: there is no such upload, or it is live.
    """
    return _turn(store, number, "redo", person, note)


def _record(store: Store, publication: Publication, version: int) -> int | None:
    """The number, or ``None`` when the file must be reckoned or written again."""
    with store.ledger.transaction() as writing:
        earlier = _earlier_try(writing, publication)
        if earlier is not None:
            return earlier
        if publication.scope is not None and writing.version() != version:
            return None
        if not (store.root / publication.file.name).is_file():
            return None  # swept away as an orphan between writing and naming it
        return writing.publish(publication)


def _earlier_try(writing: Writing, publication: Publication) -> int | None:
    earlier = writing.find_upload(publication.upload_id or "")
    if earlier is None:
        return None
    if not _same_content(earlier, publication):
        raise UploadIdTaken("publish_id_taken", str(earlier["number"]))
    return int(earlier["number"])


def _same_content(earlier: Row, publication: Publication) -> bool:
    if (earlier["kind"], earlier["mode"]) != (publication.kind, publication.mode):
        return False
    if publication.scope is None:
        return bool(earlier["sha256"] == publication.file.sha256)
    # what a replacement removes depends on when it was reckoned, so its file may differ
    same_scope = earlier["scope"] == scope_text(publication.scope)
    return bool(same_scope and earlier["rows"] == publication.file.rows)


def _turn(store: Store, number: int, action: Action, person: str, note: str) -> int:
    with _said("", f"Version {number}"), store.ledger.transaction() as writing:
        entry = writing.entry(number)
        if entry is None or entry.layer != "upload":
            raise NoTurn("version_shipped" if entry else "version_none", str(number))
        if (entry.action == "undo") == (action == "undo"):
            raise NoTurn("version_undone" if action == "undo" else "version_live", str(number))
        return writing.act(number, action, person, note)


@contextmanager
def _said(kind: str, name: str) -> Iterator[None]:
    """What the system refuses becomes ``NotStored``; faults of ours stay what they are."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as fault:
        raise NotStored(kind, name, fault) from fault
    except sqlite3.DatabaseError as fault:
        # a page that cannot be read has no class of its own: SQLite says "malformed"
        if type(fault) is not sqlite3.DatabaseError:
            raise
        raise NotStored(kind, name, fault) from fault


def _check_scope(store: Store, kind: str, mode: Mode, scope: Scope | None) -> None:
    if (mode == "replace") != (scope is not None):
        raise Refused("publish_scope_missing" if scope is None else "publish_scope_unasked")
    unknown = set(scope or ()) - set(store.schema(kind).columns)
    if unknown or scope == {}:
        raise Refused("publish_scope_unknown", ", ".join(sorted(unknown)) or "–")


def _with_removals(
    store: Store, kind: str, table: pd.DataFrame, scope: Scope, version: int
) -> pd.DataFrame:
    """The rows, and a removal of every other key inside the scope.

    Keys that an earlier upload removed are removed here as well: undoing that one must not
    bring back what this one replaces.
    """
    import pandas as pd

    from loaders.store.queries import known_rows

    key = list(store.schema(kind).primary_key)
    inside = known_rows(store, kind, version)
    for column, values in scope.items():
        inside = inside[inside[column].isin(list(values))]
    named = pd.MultiIndex.from_frame(table[key])
    gone = inside.loc[~pd.MultiIndex.from_frame(inside[key]).isin(named), key]
    return pd.concat(
        [table.assign(**{REMOVED: False}), gone.assign(**{REMOVED: True})], ignore_index=True
    )
