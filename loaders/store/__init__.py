"""The store: immutable Parquet files, a ledger that only grows, nine queries.

``open_store`` gives the store; ``loaders.store.queries`` asks it; ``publish``, ``undo`` and
``redo`` add to it. DuckDB and Ibis are loaded at the first query, not at import.
"""

from loaders.store.base import open_store
from loaders.store.commit import NotStored, NoTurn, Refused, UploadIdTaken, publish, redo, undo
from loaders.store.embedded import DamagedFile, Store, UnknownKind, store_location

__all__ = [
    "DamagedFile",
    "NoTurn",
    "NotStored",
    "Refused",
    "Store",
    "UnknownKind",
    "UploadIdTaken",
    "open_store",
    "publish",
    "redo",
    "store_location",
    "undo",
]
