"""Keeps reading quick: one file for many uploads, and files that nobody names swept away.

A compaction changes nothing that can be asked: it only stands for the uploads it covers as
long as these, in this order, are the first live ones. Undoing one of them brings the single
files back into use; they stay for ever.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from typing import TYPE_CHECKING

from loaders.store.files import REMOVED, write_table

if TYPE_CHECKING:
    from loaders.store.embedded import Store

MOST_LIVE_FILES = 200
GRACE_SECONDS = 24 * 3600
_LOG = logging.getLogger(__name__)


def compact_when_due(store: Store, kind: str) -> int:
    """Compacts a kind whose reading takes ``MOST_LIVE_FILES`` upload files; gives how many.

    Called after a publication that is durable already, so a failure is only noted.
    """
    try:
        return compact(store, kind) if _apart(store, kind) >= MOST_LIVE_FILES else 0
    except (OSError, sqlite3.DatabaseError):
        _LOG.exception("%s could not be compacted; reading stays slower", kind)
        return 0


def _apart(store: Store, kind: str) -> int:
    """Live uploads for which no common file stands."""
    uploads = [entry for entry in store.live(kind) if entry.layer == "upload"]
    short = store.ledger.compaction(kind, uploads)
    return len(uploads) - (len(short.covers) if short else 0)


def compact(store: Store, kind: str) -> int:
    """Writes one file for all live uploads of a kind; gives how many it covers.

    Every query at every version gives the same rows in the same order before and after.

    Raises:
        DamagedFile: an upload is not what was published.
    """
    from loaders.store.expressions import compact_sql
    from loaders.store.queries import column_types

    version = store.version()
    uploads = [entry for entry in store.live(kind, version) if entry.layer == "upload"]
    if len(uploads) < 2:
        return 0
    schema = store.schema(kind)
    relations = store.relations(kind, version)
    text = compact_sql(column_types(schema), schema.primary_key)
    rows = store.engine.run(text, relations, {})
    file = write_table(store.root, schema, rows.astype({REMOVED: bool}))
    with store.ledger.transaction() as writing:
        writing.record_compaction(kind, [entry.number for entry in uploads], file)
    return len(uploads)


def orphans(store: Store, grace: float = GRACE_SECONDS) -> list[str]:
    """Files below the store's root that no row of the ledger names and no writer is about to.

    Args:
        store: the opened store.
        grace: seconds a file must be old; a writer needs that long at most.
    """
    with store.ledger.transaction() as writing:
        return _unnamed(store, writing.named_files(), grace)


def sweep(store: Store, grace: float = GRACE_SECONDS) -> list[str]:
    """Deletes the orphans; gives their names.

    Writers look for their file again inside their transaction, and this is one as well: a
    file that is swept in between is written anew.
    """
    with store.ledger.transaction() as writing:
        found = _unnamed(store, writing.named_files(), grace)
        for name in found:
            (store.root / name).unlink(missing_ok=True)
        return found


def _unnamed(store: Store, named: set[str], grace: float) -> list[str]:
    latest = time.time() - grace
    files = sorted((store.root / "files").rglob("*"))
    there = {path.relative_to(store.root).as_posix(): path for path in files if path.is_file()}
    return [
        name for name, path in there.items() if name not in named and path.stat().st_mtime <= latest
    ]
