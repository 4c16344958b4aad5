"""The base layer: the shipped tables as the lowest layer of the store.

They are read only when a file, a schema or the reading code changed. A table whose rows
changed becomes a new entry below all uploads; one that came back to an earlier content is
that earlier entry again; one that is gone is taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from loaders.store.embedded import Store, damage_of
from loaders.store.files import StoredFile, hash_file, write_table
from loaders.store.ledger import Publication, Writing, current_base, one_at_a_time

_LOADERS = Path(__file__).resolve().parents[1]
_NOT_TABLES = "boundaries"


def open_store(root: Path, data: Path) -> Store:
    """The store in a folder, its base layer in step with the shipped tables.

    Creates what is missing and may be called by any number of processes at once. Costs
    milliseconds when nothing changed since the last time.

    Args:
        root: folder of the store; see ``store_location``.
        data: folder with ``datapackage.json``, ``schemas`` and the tables.

    Raises:
        LedgerTooNew: a later release wrote the store.
    """
    store = Store(root, data)
    if not _is_in_step(store):
        with one_at_a_time(root):
            if not _is_in_step(store):
                _read_base(store)
    return store


def fingerprint(data: Path) -> str:
    """One hash over all shipped tables, their schemas and words, and the code that reads them."""
    digest = hashlib.sha256(_code_fingerprint().encode())
    for path in sorted(data.rglob("*")):
        relative = path.relative_to(data)
        if path.suffix in {".csv", ".json"} and relative.parts[0] != _NOT_TABLES:
            digest.update(f"{relative.as_posix()}\0{hash_file(path)}\0".encode())
    # The layers of the map are no tables, but are checked along with them.
    for path in sorted((data / _NOT_TABLES).glob("*")):
        digest.update(f"{path.name}\0{hash_file(path)}\0".encode())
    return digest.hexdigest()


@cache
def _code_fingerprint() -> str:
    reading = sorted(_LOADERS.glob("*.py"))
    writing = [Path(__file__), _LOADERS / "store" / "files.py"]
    return "".join(hash_file(path) for path in [*reading, *writing])


def _is_in_step(store: Store) -> bool:
    reading = store.ledger.last_reading()
    if reading is None or reading["fingerprint"] != fingerprint(store.data):
        return False
    version = store.version()
    kinds = store.ledger.kinds()
    current = [current_base(store.ledger.entries(kind, version)) for kind in kinds]
    return not any(damage_of(store.root, entry) for entry in current if entry)


def _read_base(store: Store) -> None:
    from loaders.boundaries.start import check_layers
    from loaders.tables import read_data_folder

    # taken before reading: a file that changes meanwhile is read again at the next start
    read_at = fingerprint(store.data)
    folder = read_data_folder(store.data)
    files = {
        kind: write_table(store.root, store.schema(kind), table)
        for kind, table in folder.tables.items()
    }
    names = {kind: _name_of(resource.paths) for kind, resource in folder.resources.items()}
    found = [*folder.findings, *check_layers(store.data / _NOT_TABLES)]
    findings = [finding.as_record() for finding in found]
    with store.ledger.transaction() as writing:
        for kind in sorted({*files, *store.ledger.kinds()}):
            _bring_in(writing, kind, names.get(kind, kind), files.get(kind))
        writing.record_reading(read_at, findings)


def _name_of(paths: Sequence[str]) -> str:
    """The file of a table, or the folder its many files share."""
    return paths[0] if len(paths) == 1 else f"{Path(paths[0]).parent.as_posix()}/*.csv"


def _bring_in(writing: Writing, kind: str, name: str, file: StoredFile | None) -> None:
    entries = [entry for entry in writing.entries(kind) if entry.layer == "base"]
    current = current_base(entries)
    if file is None:
        if current:
            writing.act(current.number, "undo", note="no longer shipped")
        return
    if current and current.sha256 == file.sha256:
        return
    same = [entry for entry in entries if entry.sha256 == file.sha256]
    if same:
        writing.act(same[-1].number, "redo", note="shipped again")
    else:
        writing.publish(Publication(kind, "base", file, name=name))
