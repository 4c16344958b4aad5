"""A data folder with one small table, for stores that are killed, starved and raced."""

from __future__ import annotations

import json
from pathlib import Path

SCHEMA = {
    "title": "Amounts",
    "title_de": "Beträge",
    "description": "Rows for tests.",
    "fields": [
        {"name": "place", "type": "string", "title_de": "Ort", "description": "Key."},
        {"name": "amount", "type": "number", "title_de": "Betrag", "description": "Number."},
    ],
    "primaryKey": ["place"],
}


def write_data(folder: Path) -> Path:
    """Writes the folder; gives it."""
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    (folder / "schemas" / "amounts.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    (folder / "amounts.csv").write_text("place,amount\n", encoding="utf-8")
    resource = {
        "name": "amounts",
        "path": "amounts.csv",
        "schema": "schemas/amounts.json",
        "title": {"de": "Beträge", "en": "Amounts"},
        "sources": [{"title": "made up"}],
        "licenses": [{"name": "CC0-1.0", "title": "CC0"}],
    }
    package = json.dumps({"resources": [resource]})
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    return folder
