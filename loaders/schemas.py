"""The Table Schemas of ``data/schemas`` and the list of tables in ``data/datapackage.json``.

They are the single truth for checks, upload template and data dictionary. Beyond the
standard, a field may name a ``vocabulary`` (its words are listed in ``data/names``), a
``place`` (levels of official keys the column may hold) and ``limits_by_unit`` (least and
greatest value of a row with that unit). A table with ``mayBeEmpty`` may have no rows yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from loaders.findings import Finding

TEXT_TYPES = frozenset({"string", "date"})
NUMBER_TYPES = frozenset({"number", "integer", "year"})


class BrokenPackage(ValueError):
    """The description of the data folder itself cannot be used; names the file and the fault."""


@dataclass(frozen=True)
class Field:
    """One column: its type, its limits and the words that explain it."""

    name: str
    type: str
    description: str
    title_de: str
    title_en: str
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    vocabulary: str = ""
    place: tuple[str, ...] = ()
    limits_by_unit: Mapping[str, tuple[float | None, float | None]] = field(
        default_factory=dict, hash=False
    )

    @property
    def is_number(self) -> bool:
        """Whether the typed column holds float64 (missing: NaN) instead of text (missing: "")."""
        return self.type in NUMBER_TYPES


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must stand in columns of another table; empty cells are free."""

    fields: tuple[str, ...]
    kind: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class TableSchema:
    """What one kind of table looks like."""

    kind: str
    title_de: str
    title_en: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    may_be_empty: bool = False

    @property
    def columns(self) -> list[str]:
        """Column names in their order."""
        return [one.name for one in self.fields]

    def field(self, name: str) -> Field:
        """The column of that name.

        Raises:
            KeyError: there is no such column.
        """
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def is_needed(self, name: str) -> bool:
        """Whether rows cannot be told apart or used without this column."""
        return name in self.primary_key or self.field(name).required


@dataclass(frozen=True)
class Source:
    """Who published what a table was made from."""

    title: str
    url: str


@dataclass(frozen=True)
class Licence:
    """Under which terms a table may be used."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Resource:
    """One table of the data folder: kind, files (relative to the folder), schema, origin."""

    kind: str
    paths: tuple[str, ...]
    schema: TableSchema
    title_de: str
    title_en: str
    sources: tuple[Source, ...]
    licences: tuple[Licence, ...]


def read_schema(path: Path) -> TableSchema:
    """The Table Schema in a JSON file; its kind is the stem of the file name.

    Raises:
        BrokenPackage: no file, no JSON, a part is missing or a key names an unknown column.
    """
    return _schema_from(path.stem, _read_json(path), path.name)


def read_package(data: Path) -> dict[str, Resource]:
    """All tables that ``datapackage.json`` of a data folder lists, by kind.

    Raises:
        BrokenPackage: the description or one of its schemas cannot be used.
    """
    path = data / "datapackage.json"
    content = _read_json(path)
    try:
        resources = [_resource_from(data, record) for record in content["resources"]]
    except (KeyError, TypeError) as fault:
        raise BrokenPackage(f"{path.name}: part missing or of the wrong form: {fault}") from fault
    return {resource.kind: resource for resource in resources}


def usable_package(data: Path) -> tuple[dict[str, Resource], list[Finding]]:
    """The same as ``read_package``, but what is broken becomes a finding and the rest is given.

    A description that cannot be read at all gives no table and one finding.
    """
    path = data / "datapackage.json"
    try:
        records = _read_json(path)["resources"]
        listed = list(records)
    except (BrokenPackage, KeyError, TypeError) as fault:
        return {}, [_broken(path.name, fault)]
    resources: dict[str, Resource] = {}
    findings = []
    for record in listed:
        try:
            resource = _resource_from(data, record)
            resources[resource.kind] = resource
        except (BrokenPackage, KeyError, TypeError, AttributeError) as fault:
            findings.append(_broken(path.name, fault, record))
    return _pointing(resources) if findings else resources, findings


def _pointing(resources: dict[str, Resource]) -> dict[str, Resource]:
    """The resources; a key into a table that is not among them is no longer asked about."""
    kept = {}
    for kind, resource in resources.items():
        keys = tuple(key for key in resource.schema.foreign_keys if key.kind in resources)
        kept[kind] = replace(resource, schema=replace(resource.schema, foreign_keys=keys))
    return kept


def _broken(file: str, fault: Exception, record: object = None) -> Finding:
    kind = str(record.get("name", "")) if isinstance(record, Mapping) else ""
    said = f"{fault}" if isinstance(fault, BrokenPackage) else f"{type(fault).__name__}: {fault}"
    return Finding("package_broken", file, value=kind, details={"fault": said})


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BrokenPackage(f"{path.name}: {fault}") from fault
    if not isinstance(content, dict):
        raise BrokenPackage(f"{path.name}: an object is expected at the top")
    return content


def _resource_from(data: Path, record: Mapping[str, Any]) -> Resource:
    path = record["path"]
    return Resource(
        kind=record["name"],
        paths=tuple([path] if isinstance(path, str) else path),
        schema=read_schema(data / record["schema"]),
        title_de=record["title"]["de"],
        title_en=record["title"]["en"],
        sources=tuple(Source(one["title"], one.get("path", "")) for one in record["sources"]),
        licences=tuple(
            Licence(one["name"], one["title"], one.get("path", "")) for one in record["licenses"]
        ),
    )


def _schema_from(kind: str, content: Mapping[str, Any], file: str) -> TableSchema:
    try:
        schema = TableSchema(
            kind=kind,
            title_de=content["title_de"],
            title_en=content["title"],
            description=content["description"],
            fields=tuple(_field_from(record) for record in content["fields"]),
            primary_key=tuple(content["primaryKey"]),
            foreign_keys=tuple(_foreign_key_from(one) for one in content.get("foreignKeys", [])),
            may_be_empty=bool(content.get("mayBeEmpty", False)),
        )
    except (KeyError, TypeError) as fault:
        raise BrokenPackage(f"{file}: part missing or of the wrong form: {fault}") from fault
    _check_schema(schema, file)
    return schema


def _field_from(record: Mapping[str, Any]) -> Field:
    limits: Mapping[str, Any] = record.get("constraints", {})
    return Field(
        name=record["name"],
        type=record["type"],
        description=record["description"],
        title_de=record["title_de"],
        title_en=record.get("title_en") or record["name"].replace("_", " ").capitalize(),
        required=limits.get("required", False),
        enum=tuple(_word(entry) for entry in limits.get("enum", ())),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        pattern=limits.get("pattern", ""),
        vocabulary=record.get("vocabulary", ""),
        place=tuple(record.get("place", ())),
        limits_by_unit={
            unit: (limit.get("minimum"), limit.get("maximum"))
            for unit, limit in record.get("limits_by_unit", {}).items()
        },
    )


def _word(entry: object) -> str:
    """An entry of a list as a table writes it: ``0.25`` for the number."""
    return f"{entry:g}" if isinstance(entry, int | float) else str(entry)


def _foreign_key_from(record: Mapping[str, Any]) -> ForeignKey:
    reference = record["reference"]
    return ForeignKey(tuple(record["fields"]), reference["resource"], tuple(reference["fields"]))


def _check_schema(schema: TableSchema, file: str) -> None:
    types = TEXT_TYPES | NUMBER_TYPES
    wrong = [field.name for field in schema.fields if field.type not in types]
    named = [*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields)]
    unknown = sorted(set(named) - set(schema.columns))
    if wrong:
        raise BrokenPackage(f"{file}: unknown type in {', '.join(wrong)}")
    if unknown:
        raise BrokenPackage(f"{file}: a key names the unknown column {', '.join(unknown)}")
