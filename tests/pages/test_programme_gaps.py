"""Progress, transfer and projects when a whole table is missing: a sentence, never a crash."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.pages.fresh import forget_all

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "progress": ({}, {"board": "milestones"}, {"board": "time"}),
    "transfer": ({}, {"picture": "network"}, {"picture": "matrix"}),
    "projects": ({"projects": "cut-halle"},),
    "project": ({"project": "cut"},),
}
TABLES = (
    "catalogue/solutions",
    "catalogue/model_projects",
    "catalogue/participations",
    "catalogue/cohorts",
    "catalogue/indicators",
    "catalogue/districts",
    "adoptions",
    "phases",
    "milestones",
    "evidence",
    "lessons",
    "progress",
)


@pytest.fixture(scope="module")
def few_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped tables with one file of observations."""
    copy = tmp_path_factory.mktemp("few") / "data"
    left_out = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(ROOT / "data", copy, ignore=left_out)
    (copy / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    (copy / "observations").mkdir()
    kept = "observations/deutschlandatlas_krs1224.csv"
    shutil.copy(ROOT / "data" / kept, copy / kept)
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource["path"] = [kept]
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return copy


@pytest.mark.parametrize("table", TABLES)
def test_every_view_opens_without(
    table: str, few_data: Path, tmp_path: Path, open_page, monkeypatch
) -> None:
    copy = tmp_path / "data"
    shutil.copytree(few_data, copy, symlinks=True)
    (copy / f"{table}.csv").unlink()
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(copy))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path / "store"))
    opened = 0
    try:
        for page, views in PAGES.items():
            for view in views:
                found = open_page(f"pages/compare/{page}.py", "de", **view)
                opened += len(found.title)
    finally:
        forget_all()
    assert opened == sum(len(views) for views in PAGES.values())


def test_a_new_round_and_unknown_states_need_no_code(
    few_data: Path, tmp_path: Path, open_page, monkeypatch
) -> None:
    copy = tmp_path / "data"
    shutil.copytree(few_data, copy, symlinks=True)
    with (copy / "catalogue" / "cohorts.csv").open("a", encoding="utf-8") as rounds:
        rounds.write("2027,2027-03-01,https://example.org/round-2027\n")
    projects = copy / "catalogue" / "model_projects.csv"
    text = projects.read_text(encoding="utf-8").replace(
        "\nulm,Ulm,city,2019,", "\nulm,Ulm,city,2027,"
    )
    projects.write_text(text, encoding="utf-8")
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(copy))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path / "store"))
    try:
        board = open_page("pages/compare/progress.py", "de", cohort="2027")
        shown = "\n".join(part.value for part in board.markdown)
        assert "Von 2 Entscheidungen" in shown
        page = open_page("pages/compare/project.py", "de", project="ulm")
        assert page.title[0].value == "Ulm"
    finally:
        forget_all()
