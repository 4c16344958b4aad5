"""Everything we hold as one ZIP: tables, schemas, licences, README and citation."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from loaders.boundaries.layers import read_layers
from loaders.boundaries.start import check_layers
from loaders.findings import count_errors
from loaders.languages import of_tables
from loaders.schemas import Resource, read_package
from loaders.store import Store, queries
from views.exports.csv import canonical_csv
from views.texts import LANGUAGES, Formats, read_words

MIME: Final = "application/zip"
# A fixed time stamp: the same data version gives the same bytes and the same hash.
_STAMP: Final = (2026, 1, 1, 0, 0, 0)


def file_name(version: int) -> str:
    """Name of the ZIP of one data version."""
    return f"transferkompass-data-v{version}.zip"


def build_package(store: Store, version: int) -> bytes:
    """The ZIP of one data version.

    Args:
        store: the opened store.
        version: event number of the ledger.

    Returns:
        ``tables/<kind>.csv`` with all live rows, ``schemas/``, ``names/``, ``boundaries/``,
        ``datapackage.json`` (rows, bytes and hash per table), ``README.de.md`` and
        ``README.en.md`` with licences and citation. The same version gives the same bytes.

    Raises:
        BrokenPackage: the description of the data folder cannot be used.
        DamagedFile: a file of the store is not what was published.
    """
    resources = list(read_package(store.data).values())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        described = [_add_table(archive, store, resource, version) for resource in resources]
        for name, content in _files_beside(store):
            _add(archive, name, content)
        _add(archive, "datapackage.json", _description(described, version))
        for lang in LANGUAGES:
            _add(archive, f"README.{lang}.md", _readme(store, described, version, lang))
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _add_table(
    archive: zipfile.ZipFile, store: Store, resource: Resource, version: int
) -> dict[str, Any]:
    rows = queries.table(store, resource.kind, version)
    content = canonical_csv(rows)
    path = f"tables/{resource.kind}.csv"
    _add(archive, path, content)
    return {
        "name": resource.kind,
        "path": path,
        "title": {"de": resource.title_de, "en": resource.title_en},
        "schema": f"schemas/{resource.kind}.json",
        "encoding": "utf-8",
        "rows": len(rows),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "sources": [{"title": one.title, "path": one.url} for one in resource.sources],
        "licenses": [
            {"name": one.name, "title": one.title, "path": one.url} for one in resource.licences
        ],
    }


def _files_beside(store: Store) -> Iterator[tuple[str, bytes]]:
    for folder in ("schemas", "names", "boundaries"):
        for path in sorted((store.data / folder).glob("*.*")):
            yield f"{folder}/{path.name}", path.read_bytes()


def _description(resources: Sequence[Mapping[str, Any]], version: int) -> bytes:
    content = {
        "profile": "data-package",
        "name": "transferkompass",
        "title": {"de": "Daten des Transferkompass", "en": "Data of Transferkompass"},
        "version": str(version),
        "resources": list(resources),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _readme(store: Store, described: Sequence[Mapping[str, Any]], version: int, lang: str) -> bytes:
    tables = [_table_line(record, lang) for record in described]
    folder = store.data / "boundaries"
    layers = () if count_errors(check_layers(folder)) else read_layers(folder).values()
    boundaries = [f"- `{one.file}`: {one.notice(lang)} ({one.licence})" for one in layers]
    text = read_words(lang).long("package_readme")
    return text.format(
        version=version, tables="\n".join(tables), boundaries="\n".join(boundaries)
    ).encode()


def _table_line(record: Mapping[str, Any], lang: str) -> str:
    sources = "; ".join(one["title"] for one in record["sources"])
    licences = "; ".join(one["title"] for one in record["licenses"])
    cells = [
        record["path"],
        record["title"][of_tables(lang)],
        Formats(lang).number(record["rows"]),
        sources,
        licences,
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
