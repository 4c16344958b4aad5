"""The how-tos hold: their rows, added to a copy of the data, give a town, a solution, an indicator.

The rows are taken from the pages themselves, so a page that goes out of date fails here.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from loaders.tables import DataFolder, read_data_folder

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"^ *```csv data/(\S+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path, data_folder: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(data_folder, target, ignore=shutil.ignore_patterns("boundaries"))
    return target


def _follow(page: str, data: Path) -> dict[str, list[str]]:
    """Adds the rows of a page to the copy and gives them by file."""
    blocks = BLOCK.findall((HOW_TO / page).read_text(encoding="utf-8"))
    rows = {file: [line.strip() for line in text.splitlines()] for file, text in blocks}
    for file, lines in rows.items():
        with (data / file).open("a", encoding="utf-8") as table:
            table.writelines(f"{line}\n" for line in lines)
    return rows


def _sentences(folder: DataFolder) -> list[str]:
    return [finding.sentence("en") for finding in folder.findings]


def test_add_a_town(copy: Path) -> None:
    before = read_data_folder(copy).tables
    rows = _follow("add-a-town.md", copy)
    folder = read_data_folder(copy)
    assert set(rows) == {"catalogue/municipalities.csv", "catalogue/participations.csv"}
    assert _sentences(folder) == []
    towns = folder.tables["municipalities"].set_index("ags")
    assert len(towns) == len(before["municipalities"]) + 1
    assert towns.loc["07335999", ["name", "district_ags", "population"]].tolist() == [
        "Beispielstadt",
        "07335",
        12345.0,
    ]
    taking_part = folder.tables["participations"]
    members = taking_part.loc[taking_part["project_id"] == "kaiserslautern", "ags"]
    assert "07335999" in set(members)


def test_add_a_solution(copy: Path) -> None:
    before = read_data_folder(copy).tables
    rows = _follow("add-a-solution.md", copy)
    folder = read_data_folder(copy)
    assert _sentences(folder) == []
    for kind in ("solutions", "phases", "adoptions", "evidence", "lessons", "contacts"):
        table = folder.tables[kind]
        added = next(lines for file, lines in rows.items() if Path(file).stem == kind)
        assert len(table) == len(before[kind]) + len(added)
        assert table["solution_id"].iloc[-1] == "beispiel-bank"
    evidence = folder.tables["evidence"].iloc[-1]
    assert (evidence["measure_id"], evidence["value"], evidence["grade"]) == ("C3.1", 0.5, "C")


def test_add_an_indicator(copy: Path) -> None:
    _follow("add-an-indicator.md", copy)
    not_listed = [one.code for one in read_data_folder(copy).findings]
    assert not_listed == ["table_not_listed"]
    package = copy / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    for resource in content["resources"]:
        if resource["name"] == "observations":
            resource["path"].append("observations/example_2026.csv")
    package.write_text(json.dumps(content), encoding="utf-8")
    folder = read_data_folder(copy)
    assert _sentences(folder) == []
    observations = folder.tables["observations"]
    added = observations[observations["indicator"] == "benches_per_1000"]
    assert added["missing"].tolist() == ["", "not_reported", ""]
    assert added["value"].dropna().tolist() == [12.5, 0.0]


def test_a_forgotten_word_is_named(copy: Path) -> None:
    rows = _follow("add-an-indicator.md", copy)
    english = copy / "names" / "en.csv"
    kept = english.read_text(encoding="utf-8").replace(rows["names/en.csv"][0] + "\n", "")
    english.write_text(kept, encoding="utf-8")
    found = [one for one in read_data_folder(copy).findings if one.code == "word_missing"]
    assert [(one.value, one.details["target"]) for one in found] == [
        ("benches_per_1000", "names/en.csv")
    ]


@pytest.mark.parametrize("page", ["add-a-town.md", "add-a-solution.md", "add-an-indicator.md"])
def test_each_how_to_fits_one_screen(page: str) -> None:
    assert len((HOW_TO / page).read_text(encoding="utf-8").splitlines()) <= 60
