"""The shipped tables as the lowest layer."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import loaders.tables
from loaders.store import UnknownKind, open_store, publish, store_location
from loaders.store.queries import table

from .conftest import SHIPPED, solution, write_data

CHANGED = "solution_id,office,note,cost\na,north,changed,9\nc,east,new,4\n"


def entries(store, kind):
    shown = store.versions()
    return shown[shown["kind"] == kind][["layer", "state", "rows"]].values.tolist()


def costs(store, version=None):
    rows = table(store, "solutions", version)
    return dict(zip(rows["solution_id"] + "/" + rows["office"], rows["cost"], strict=True))


def test_shipped_tables_are_readable_in_their_order_and_types(store):
    rows = table(store, "solutions")
    assert rows["solution_id"].tolist() == ["b", "a", "a"]
    assert rows["note"].tolist() == ["second letter", "", ""]
    assert rows["cost"].isna().tolist() == [True, False, False]
    assert rows["cost"].dtype == "float64"
    assert list(rows.columns) == ["solution_id", "office", "note", "cost"]


def test_equals_what_the_reader_of_the_data_folder_gives(store, data):
    for kind, shipped in loaders.tables.read_data_folder(data).tables.items():
        read = table(store, kind)
        assert read.columns.tolist() == shipped.columns.tolist()
        assert read.dtypes.tolist() == shipped.dtypes.tolist()
        assert read.equals(shipped.reset_index(drop=True))


def test_unchanged_data_are_not_read_again(store, data, monkeypatch):
    def refuse(folder):
        raise AssertionError("the shipped tables were read although nothing changed")

    monkeypatch.setattr(loaders.tables, "read_data_folder", refuse)
    again = open_store(store.root, data)
    assert again.version() == store.version() == 2
    assert table(again, "solutions").equals(table(store, "solutions"))


def test_findings_survive_a_restart_without_reading(tmp_path, monkeypatch):
    data = write_data(tmp_path / "data", solutions=SHIPPED["solutions"] + "d,west,,many\n")
    before = open_store(tmp_path / "store", data).base_findings()
    monkeypatch.setattr(loaders.tables, "read_data_folder", None)
    after = open_store(tmp_path / "store", data).base_findings()
    assert [(found.file, found.row, found.column, found.value) for found in after] == [
        ("solutions.csv", 5, "cost", "many")
    ]
    assert after == before


def test_changed_base_goes_below_an_upload(store, data):
    number = publish(
        store, "solutions", solution("a", 100.0), name="x", person="p", note="", upload_id="1"
    )
    write_data(data, solutions=CHANGED)
    later = open_store(store.root, data)
    assert costs(later) == {"a/north": 100.0, "c/east": 4.0}
    assert costs(later, number)["a/south"] == 3.0
    assert entries(later, "solutions") == [
        ["base", "superseded", 3],
        ["upload", "live", 1],
        ["base", "live", 2],
    ]
    assert entries(later, "observations") == [["base", "live", 5]]


def test_base_that_returns_is_its_earlier_entry_again(store, data):
    before = table(store, "solutions")
    write_data(data, solutions=CHANGED)
    changed_at = open_store(store.root, data).version()
    write_data(data)
    later = open_store(store.root, data)
    assert table(later, "solutions").equals(before)
    assert entries(later, "solutions") == [["base", "live", 3], ["base", "superseded", 2]]
    assert costs(later, changed_at) == {"a/north": 9.0, "c/east": 4.0}


def test_table_that_is_no_longer_there_is_empty_and_named(store, data):
    version = store.version()
    (data / "solutions.csv").unlink()
    later = open_store(store.root, data)
    assert table(later, "solutions").empty
    assert [(found.file, found.severity) for found in later.base_findings()] == [
        ("solutions.csv", "error")
    ]
    assert costs(later, version)["a/south"] == 3.0


def test_kind_without_schema_is_refused_by_name(store):
    with pytest.raises(UnknownKind, match="secrets"):
        table(store, "secrets")


def test_damaged_shipped_file_is_mended_at_the_next_start(store, data):
    for path in (store.root / "files" / "solutions").iterdir():
        path.write_bytes(b"nothing")
    assert costs(open_store(store.root, data))["a/south"] == 3.0


def test_lost_store_is_built_again_from_the_shipped_tables(store, data):
    store.close()
    shutil.rmtree(store.root)
    assert costs(open_store(store.root, data))["a/south"] == 3.0


def test_four_processes_may_open_a_new_store_at_once(tmp_path, data):
    script = (
        "import sys; from pathlib import Path; from loaders.store import open_store;"
        "sys.stdin.readline(); store = open_store(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(store.version())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "store"), str(data)]
    root = Path(loaders.tables.__file__).parents[1]
    starts = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )
        for _ in range(4)
    ]
    for start in starts:
        start.stdin.write("go\n")
        start.stdin.flush()
    assert [start.communicate(timeout=120)[0].strip() for start in starts] == ["2"] * 4
    store = open_store(tmp_path / "store", data)
    assert entries(store, "solutions") == [["base", "live", 3]]
    assert len(store.ledger.rows("SELECT * FROM readings")) == 1


def test_location_is_told_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path))
    assert store_location() == tmp_path
    monkeypatch.delenv("TRANSFERKOMPASS_STORE")
    assert store_location().parts[-2:] == ("var", "store")
