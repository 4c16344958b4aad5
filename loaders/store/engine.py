"""DuckDB in memory over the files of a store: binds live files to a name and runs text.

One database per store object, one cursor per query: a cursor is DuckDB's own way to let
several threads ask at once. No extension is ever fetched.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from loaders.schemas import TableSchema
from loaders.store.files import REMOVED

if TYPE_CHECKING:
    import pandas as pd

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_LINES = 2**40  # more lines than a file can have: the upload outweighs the line


class Engine:
    """Runs compiled expressions over files that never change."""

    def __init__(self) -> None:
        self._database = duckdb.connect(":memory:", config=_SETTINGS)
        self._database.execute("SET parquet_metadata_cache = true")
        self._bound: set[str] = set()
        self._lock = threading.Lock()

    def close(self) -> None:
        """Closes the database; nothing on disk depends on it."""
        with self._lock:
            self._database.close()

    def bind(self, schema: TableSchema, layer: int, files: Sequence[Path]) -> str:
        """The name under which the rows of the files can be asked for.

        Args:
            schema: columns to give; one that no file has is empty.
            layer: 0 for shipped tables, 1 for uploads; rows of the higher one stand above.
            files: lowest first. The rows of a file named twice (an upload that says what an
                earlier one said) stand at its first place and above all at its last.
        """
        ordered = [str(path) for path in files]
        text = repr((schema.kind, schema.columns, layer, ordered))
        name = f"entries_{hashlib.sha256(text.encode()).hexdigest()[:24]}"
        with self._lock:
            if name not in self._bound:
                self._database.execute(
                    f'CREATE VIEW "{name}" AS {self._view(schema, layer, ordered)}'
                )
                self._bound.add(name)
        return name

    def run(
        self, text: str, relations: Mapping[str, str], values: Mapping[str, Any]
    ) -> pd.DataFrame:
        """What a compiled expression gives.

        Args:
            text: the compiled expression.
            relations: bound name by the name the expression uses.
            values: what its placeholders stand for.
        """
        bound = text
        for name, relation in relations.items():
            bound = bound.replace(f'FROM "{name}"', f'FROM "{relation}"')
        with self._database.cursor() as cursor:
            found = cursor.execute(bound, dict(values)).to_arrow_table()
        frame: pd.DataFrame = found.to_pandas()
        return frame if len(frame) else _joinable(frame)

    def _view(self, schema: TableSchema, layer: int, files: Sequence[str]) -> str:
        columns = [(field.name, field.is_number) for field in schema.fields]
        if not files:
            return f"SELECT {_empty(columns)} WHERE false"
        last = {path: place for place, path in enumerate(files, 1)}
        first = {path: place for place, path in reversed(list(enumerate(files, 1)))}
        again = {path: place for path, place in first.items() if place < last[path]}
        parts = [self._part(schema, layer, places) for places in (last, again) if places]
        return " UNION ALL ".join(parts)

    def _part(self, schema: TableSchema, layer: int, places: Mapping[str, int]) -> str:
        """The rows of each file once, placed by its number."""
        source = _source(list(places))
        described = self._database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        held = {row[0] for row in described}
        chosen = ", ".join(
            _column(
                field.name, field.is_number, field.name in held, field.name in schema.primary_key
            )
            for field in schema.fields
        )
        position = _position(places, layer)
        return f'SELECT {chosen}, "{REMOVED}", {position} AS "_position" FROM {source}'


def _source(files: Sequence[str]) -> str:
    return (
        f"read_parquet({_list_of(files)}, union_by_name = true, filename = true, "
        "file_row_number = true)"
    )


def _position(places: Mapping[str, int], layer: int) -> str:
    """Rises with the place of the file and the line in it."""
    ranks = f"{list(places.values())}[list_position({_list_of(list(places))}, filename)]"
    return f"({ranks} + {layer - 1}) * {_LINES} + file_row_number"


def _joinable(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without rows whose text columns pandas can join: Arrow gives them no chunk."""
    import pandas as pd

    columns = {name: pd.Series([], dtype=frame[name].dtype) for name in frame}
    return pd.DataFrame(columns, columns=frame.columns)


def _empty(columns: Sequence[tuple[str, bool]]) -> str:
    chosen = ", ".join(_column(name, is_number, False, False) for name, is_number in columns)
    return f'{chosen}, false AS "{REMOVED}", CAST(0 AS BIGINT) AS "_position"'


def _column(name: str, is_number: bool, held: bool, is_key: bool) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if not held:
        return f"CAST(NULL AS DOUBLE) AS {quoted}" if is_number else f"'' AS {quoted}"
    if is_number or is_key:  # keys are never empty by schema; bare, they let DuckDB skip blocks
        return quoted
    return f"coalesce({quoted}, '') AS {quoted}"


def _list_of(files: Sequence[str]) -> str:
    return "[" + ", ".join("'" + file.replace("'", "''") + "'" for file in files) + "]"
