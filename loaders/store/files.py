"""Immutable Parquet files, each named by the hash of its content.

A file is written beside its place, synced, renamed and its folder synced, so that a row of
the ledger can never name a file the disk does not hold. Equal content is the same file.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.schemas import TableSchema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

REMOVED = "_removed"
_ROWS_PER_GROUP = 65_536


class KeyTwice(ValueError):
    """Rows of one table share a primary key; carries the first such key."""

    def __init__(self, kind: str, key: tuple[object, ...]) -> None:
        super().__init__(f"two rows of a table of kind {kind!r} have the key {key}")
        self.kind = kind
        self.key = key


@dataclass(frozen=True)
class StoredFile:
    """One file on disk.

    Attributes:
        name: path below the store's root, with forward slashes.
        sha256: hash of the bytes, in hexadecimal digits.
        rows: rows it holds, removed ones not counted.
    """

    name: str
    sha256: str
    rows: int


def write_table(root: Path, schema: TableSchema, table: pd.DataFrame) -> StoredFile:
    """The table as a file on disk, safe against a crash at any moment.

    Args:
        root: folder of the store.
        schema: columns and identity; columns of ``table`` outside it are refused.
        table: rows to keep; a column that is absent becomes empty. A boolean column
            ``_removed`` marks keys that this table takes away from the layers below.

    Raises:
        KeyTwice: two rows share a primary key.
        ValueError: a column is unknown, a key is missing, a cell does not fit its type.
    """
    content = _to_arrow(schema, table)
    removed = int(table[REMOVED].sum()) if REMOVED in table else 0
    payload = _parquet_bytes(content)
    sha256 = hashlib.sha256(payload).hexdigest()
    name = f"files/{schema.kind}/{sha256}.parquet"
    _place_durably(root / name, payload)
    return StoredFile(name, sha256, len(table) - removed)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder survive a power cut, where the system can."""
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals its names itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Creates a folder and the missing ones above it, each name synced."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def _place_durably(path: Path, payload: bytes) -> None:
    make_folder(path.parent)
    draft = path.with_name(f".{uuid.uuid4().hex}.draft")
    try:
        with draft.open("xb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _to_arrow(schema: TableSchema, table: pd.DataFrame) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    _refuse_unfit(schema, table)
    columns: dict[str, pa.Array] = {}
    try:
        for field in schema.fields:
            if field.is_number:
                given = table.get(field.name, np.full(len(table), np.nan))
                columns[field.name] = pa.array(given, pa.float64(), from_pandas=True)
            elif field.name in table:
                columns[field.name] = _text_column(table[field.name])
            else:
                columns[field.name] = pa.repeat("", len(table))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as fault:
        raise ValueError(f"a table of kind {schema.kind!r} does not fit: {fault}") from fault
    removed = table.get(REMOVED, np.zeros(len(table), dtype=np.bool_))
    columns[REMOVED] = pa.array(removed, pa.bool_())
    return pa.table(columns)


def _text_column(column: pd.Series) -> pa.Array:
    import pandas as pd
    import pyarrow as pa

    if isinstance(column.dtype, pd.CategoricalDtype):
        words = pa.array(column.cat.categories.astype(object), pa.string())
        codes = pa.array(column.cat.codes.to_numpy(), mask=column.isna().to_numpy())
        return pa.DictionaryArray.from_arrays(codes, words).cast(pa.string()).fill_null("")
    return pa.array(column.astype(object).fillna(""), pa.string())


def _refuse_unfit(schema: TableSchema, table: pd.DataFrame) -> None:
    key = list(schema.primary_key)
    unknown = set(table.columns) - set(schema.columns) - {REMOVED}
    absent = set(key) - set(table.columns)
    if unknown or absent:
        raise ValueError(
            f"a table of kind {schema.kind!r} has unknown columns {sorted(unknown)}"
            f" and lacks key columns {sorted(absent)}"
        )
    twice = table.duplicated(key)
    if twice.any():
        raise KeyTwice(schema.kind, tuple(table.loc[twice, key].iloc[0]))


def _parquet_bytes(content: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    # pandas' own notes name its version: without them equal rows give equal bytes
    sink = pa.BufferOutputStream()
    pq.write_table(
        content.replace_schema_metadata(None),
        sink,
        compression="zstd",
        row_group_size=_ROWS_PER_GROUP,
    )
    payload: bytes = sink.getvalue().to_pybytes()
    return payload
