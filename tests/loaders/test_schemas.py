"""The schemas and the package are readable, complete and refuse what is broken."""

import json
import shutil
from pathlib import Path

import pytest

import loaders.findings
from loaders.schemas import BrokenPackage, read_package, read_schema, usable_package
from loaders.store import open_store

KINDS = {
    "model_projects", "participations", "municipalities", "districts", "states", "cohorts",
    "solutions", "indicators", "sources", "contacts", "anchors", "adoptions", "lessons",
    "milestones", "evidence", "phases", "gates", "prerequisites", "programme_questions",
    "progress", "intended_effects", "external_scores", "second_scores", "observations",
    "names_de", "names_en",
}  # fmt: skip


def _schema(folder: Path, **changes: object) -> Path:
    field = {"name": "ags", "type": "string", "title_de": "Schlüssel", "description": "Key."}
    content = {
        "title": "Towns",
        "title_de": "Städte",
        "description": "One row is one town.",
        "fields": [field],
        "primaryKey": ["ags"],
    }
    path = folder / "towns.json"
    path.write_text(json.dumps(content | changes), encoding="utf-8")
    return path


def test_package_lists_every_kind_of_table_with_source_and_licence(data_folder: Path) -> None:
    resources = read_package(data_folder)
    assert set(resources) == KINDS
    assert [kind for kind, one in resources.items() if not one.sources or not one.licences] == []


def test_every_column_is_explained_in_both_languages(data_folder: Path) -> None:
    bare = [
        f"{kind}.{field.name}"
        for kind, resource in read_package(data_folder).items()
        for field in resource.schema.fields
        if not field.description.endswith(".") or not field.title_de
    ]
    assert bare == []


def test_foreign_keys_point_to_columns_of_listed_tables(data_folder: Path) -> None:
    resources = read_package(data_folder)
    for resource in resources.values():
        for key in resource.schema.foreign_keys:
            assert set(key.reference_fields) <= set(resources[key.kind].schema.columns)


def test_schema_gives_limits_words_and_keys(data_folder: Path) -> None:
    schema = read_schema(data_folder / "schemas" / "evidence.json")
    assert schema.primary_key == ("solution_id", "measure_id")
    assert schema.field("value").enum == ("0", "0.25", "0.5", "0.75", "1")
    assert schema.field("grade").enum == ("A", "B", "C", "D")
    assert schema.field("value").is_number
    assert not schema.field("grade").is_number
    assert schema.is_needed("grade")
    assert not schema.is_needed("note")


def test_unknown_column_name_raises(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        read_schema(_schema(tmp_path)).field("name")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"primaryKey": ["key"]}, "unknown column key"),
        ({"fields": [{"name": "ags"}]}, "part missing"),
        ({"fields": [{"name": "ags", "type": "any", "title_de": "", "description": ""}]}, "type"),
    ],
)
def test_broken_schema_names_file_and_fault(tmp_path: Path, changes: dict, said: str) -> None:
    with pytest.raises(BrokenPackage, match=rf"towns\.json.*{said}"):
        read_schema(_schema(tmp_path, **changes))


def test_package_that_is_no_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(BrokenPackage, match=r"datapackage\.json"):
        read_package(tmp_path)


def test_package_without_resources_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenPackage, match="resources"):
        read_package(tmp_path)


def _package(tmp_path: Path, *broken: str) -> Path:
    """A copy of the shipped descriptions in which the schemas of some kinds are no JSON."""
    copy = tmp_path / "data"
    shipped = Path(loaders.findings.__file__).parents[1] / "data"
    shutil.copytree(shipped / "schemas", copy / "schemas")
    shutil.copy(shipped / "datapackage.json", copy)
    for kind in broken:
        (copy / "schemas" / f"{kind}.json").write_text("{", encoding="utf-8")
    return copy


def test_one_broken_schema_is_a_finding_and_the_rest_is_given(tmp_path: Path) -> None:
    whole = read_package(_package(tmp_path / "whole"))
    given, findings = usable_package(_package(tmp_path / "broken", "solutions"))
    assert set(whole) - set(given) == {"solutions"}
    assert [(one.code, one.value, one.severity) for one in findings] == [
        ("package_broken", "solutions", "error")
    ]
    assert "solutions.json" in findings[0].sentence("de")
    assert not [key for one in given.values() for key in one.schema.foreign_keys
                if key.kind == "solutions"]  # fmt: skip


@pytest.mark.parametrize("content", ["{", "{}", "[]", '{"resources": 3}', '{"resources": [7]}'])
def test_a_broken_description_is_one_finding_and_stops_nothing(tmp_path: Path, content) -> None:
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    given, findings = usable_package(tmp_path)
    assert given == {}
    assert [one.code for one in findings] == ["package_broken"]
    store = open_store(tmp_path / "store", tmp_path)
    assert store.kinds() == []
    assert [one.code for one in store.base_findings()] == ["package_broken"]
    store.close()
