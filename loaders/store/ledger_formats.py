"""The tables of the ledger, and what each format of it added.

Entries and events; what was found when the shipped tables were read; which file stands for
many uploads together; the hash of the file a person brought. All of them only grow.
"""

from __future__ import annotations

FORMAT = 3
_TABLES = """
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
    entry  INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('publish', 'undo', 'redo')),
    person TEXT NOT NULL,
    note   TEXT NOT NULL,
    time   TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_entry ON events (entry, number);
CREATE TABLE entries (
    number    INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    layer     TEXT NOT NULL CHECK (layer IN ('base', 'upload')),
    file      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    rows      INTEGER NOT NULL CHECK (rows >= 0),
    mode      TEXT NOT NULL CHECK (mode IN ('add', 'replace')),
    scope     TEXT,
    name      TEXT NOT NULL,
    upload_id TEXT UNIQUE
) STRICT;
CREATE TABLE readings (
    number      INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    findings    TEXT NOT NULL,
    time        TEXT NOT NULL
) STRICT;
"""
# since format 2: several uploads as one file, so that reading stays quick
_COMPACTIONS = """
CREATE TABLE compactions (
    number INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    covers TEXT NOT NULL,
    file   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows   INTEGER NOT NULL CHECK (rows >= 0),
    time   TEXT NOT NULL
) STRICT;
CREATE INDEX compactions_by_kind ON compactions (kind, number);
"""
# since format 3: hash of the bytes a person brought, for those published from a file
_ORIGINALS = """
CREATE TABLE originals (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL
) STRICT;
"""


def _only_grows(*tables: str) -> str:
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;"
        for table in tables
        for verb in ("update", "delete")
    )


# what each format added to the one before
FORMATS = {
    1: _TABLES + _only_grows("events", "entries", "readings"),
    2: _COMPACTIONS + _only_grows("compactions"),
    3: _ORIGINALS + _only_grows("originals"),
}
