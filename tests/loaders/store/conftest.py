"""A small data folder and a store over it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from loaders.store import Store, open_store

OBSERVATION_COLUMNS = ["ags", "indicator", "period", "value", "missing", "flag", "unit", "source"]
LEVELS = ["nation", "state", "region", "district", "municipality"]


def _schema(fields: dict[str, str], key: list[str]) -> dict:
    described = [
        {"name": name, "type": type_, "title_de": name, "description": name}
        for name, type_ in fields.items()
    ]
    titles = {"title": "Rows", "title_de": "Zeilen", "description": "Rows for tests."}
    return {**titles, "fields": described, "missingValues": [""], "primaryKey": key}


SCHEMAS = {
    "observations": _schema(
        {name: "number" if name == "value" else "string" for name in OBSERVATION_COLUMNS},
        ["ags", "indicator", "period"],
    ),
    "solutions": _schema(
        {"solution_id": "string", "office": "string", "note": "string", "cost": "number"},
        ["solution_id", "office"],
    ),
}
SHIPPED = {
    "observations": (
        ",".join(OBSERVATION_COLUMNS) + "\n"
        "07312,cars,2022,10.5,,,percent,kba\n"
        "07312,cars,2023,11,,,percent,kba\n"
        "09162,cars,2023,,suppressed,,percent,kba\n"
        "07312000,trees,2021,0,,nil,count,city\n"
        "DG,cars,2023,12.25,,,percent,kba\n"
    ),
    "solutions": "solution_id,office,note,cost\nb,north,second letter,\na,south,,3\na,north,,1.5\n",
}


def write_data(folder: Path, **tables: str) -> Path:
    """A data folder with the given CSV texts; kinds not named are shipped as in SHIPPED."""
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    resources = []
    for kind, schema in SCHEMAS.items():
        (folder / "schemas" / f"{kind}.json").write_text(json.dumps(schema), encoding="utf-8")
        (folder / f"{kind}.csv").write_text({**SHIPPED, **tables}[kind], encoding="utf-8")
        resources.append(
            {
                "name": kind,
                "path": f"{kind}.csv",
                "schema": f"schemas/{kind}.json",
                "title": {"de": kind, "en": kind},
                "sources": [{"title": "made up"}],
                "licenses": [{"name": "CC0-1.0", "title": "CC0"}],
            }
        )
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data")


@pytest.fixture
def store(tmp_path: Path, data: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "store", data)
    yield opened
    opened.close()


def solution(solution_id: str, cost: float, office: str = "north", note: str = "") -> pd.DataFrame:
    """A table of kind solutions with one row."""
    row = {"solution_id": solution_id, "office": office, "note": note, "cost": cost}
    return pd.DataFrame([row])
