"""The compiled text of every shape, kept as small files so that a change is read by a person.

``RENEW_SQL=1 python -m pytest tests/loaders/store/test_expressions.py`` writes them anew.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import loaders.findings
from loaders.store.expressions import (
    OBSERVATION_SHAPES,
    compact_sql,
    known_sql,
    observation_sql,
    table_sql,
)

FOLDER = Path(__file__).parent / "sql"
COLUMNS = (("solution_id", "string"), ("office", "string"), ("cost", "float64"))


def compiled() -> dict[str, str]:
    """Text by name of its file."""
    key = ("solution_id", "office")
    texts = {"compact": compact_sql(COLUMNS, key), "known": known_sql(COLUMNS, key)}
    for with_uploads, ending in [(False, ""), (True, "_with_uploads")]:
        texts[f"table{ending}"] = table_sql(COLUMNS, ("solution_id", "office"), with_uploads)
        for shape in OBSERVATION_SHAPES:
            texts[f"{shape}{ending}"] = observation_sql(shape, with_uploads)
    return texts


@pytest.mark.parametrize("name", sorted(compiled()))
def test_text_of_a_shape_is_the_one_that_was_read(name):
    path = FOLDER / f"{name}.sql"
    if os.environ.get("RENEW_SQL"):
        path.write_text(compiled()[name], encoding="utf-8")
    assert compiled()[name] == path.read_text(encoding="utf-8")


def test_no_text_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == set(compiled())


def test_values_asked_for_are_parameters_never_text():
    for text in compiled().values():
        assert "'$" not in text


def test_importing_the_store_loads_no_engine():
    script = (
        "import sys; import loaders.store, loaders.store.queries;"
        "print(sorted({'ibis', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    )
    root = Path(loaders.findings.__file__).parents[1]
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True)
    assert ran.stdout.strip() == "[]"
