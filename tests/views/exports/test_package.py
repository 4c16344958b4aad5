"""The archive of everything: complete, described, licensed, the same for the same version."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from loaders.schemas import read_package
from loaders.store import Store, queries
from views.exports.csv import neutral
from views.exports.package import build_package, file_name


@pytest.fixture(scope="module")
def content(shipped_store: Store) -> bytes:
    return build_package(shipped_store, shipped_store.version())


@pytest.fixture(scope="module")
def archive(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture(scope="module")
def description(archive: zipfile.ZipFile) -> dict:
    return json.loads(archive.read("datapackage.json"))


def test_every_table_is_there_with_all_its_rows(archive, description, shipped_store) -> None:
    kinds = set(read_package(shipped_store.data))
    assert {one["name"] for one in description["resources"]} == kinds
    for one in description["resources"]:
        text = archive.read(one["path"]).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert rows[0] == shipped_store.schema(one["name"]).columns
        assert len(rows) - 1 == one["rows"] == len(queries.table(shipped_store, one["name"]))


def test_sizes_and_hashes_fit_the_files(archive, description) -> None:
    for one in description["resources"]:
        table = archive.read(one["path"])
        assert one["bytes"] == len(table)
        assert one["hash"] == f"sha256:{hashlib.sha256(table).hexdigest()}"


def test_every_table_names_source_and_licence(description) -> None:
    for one in description["resources"]:
        assert all(source["title"] for source in one["sources"])
        assert [licence["name"] for licence in one["licenses"]] != []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_readme_names_version_tables_licences_boundaries_and_citation(
    archive, description, shipped_store, lang
) -> None:
    text = archive.read(f"README.{lang}.md").decode()
    assert f"Version {shipped_store.version()}" in text or (
        f"version {shipped_store.version()}" in text
    )
    for one in description["resources"]:
        assert f"| {one['path']} | {one['title'][lang]} |" in text
    assert "© GeoBasis-DE / BKG" in text
    assert {"de": "## Zitierweise", "en": "## Citation"}[lang] in text


def test_schemas_names_and_boundaries_go_along(archive) -> None:
    names = set(archive.namelist())
    expected = {"schemas/observations.json", "names/de.csv", "names/en.csv",
                "boundaries/layers.json", "boundaries/districts.topo.json"}  # fmt: skip
    assert expected <= names


def test_no_cell_is_run_as_a_formula(archive, description) -> None:
    for one in description["resources"]:
        text = archive.read(one["path"]).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            assert row == [neutral(cell) for cell in row]


def test_same_version_gives_the_same_bytes(content, shipped_store) -> None:
    assert build_package(shipped_store, shipped_store.version()) == content
    assert file_name(7) == "transferkompass-data-v7.zip"
