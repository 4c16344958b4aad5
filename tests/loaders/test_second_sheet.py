"""The blinded sheet hides what was scored; a scored one comes back as a checked table."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from _pytest.capture import CaptureFixture

from loaders.__main__ import main
from loaders.second_sheet import scored_rows
from loaders.tables import read_data_folder


@pytest.fixture
def copy(tmp_path: Path, data_folder: Path) -> Path:
    target = tmp_path / "data"
    left_out = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(data_folder, target, ignore=left_out)
    return target


def _sheet(data: Path, out: Path, *more: str) -> pd.DataFrame:
    assert main(["second-sheet", "--data", str(data), "--out", str(out), *more]) == 0
    return pd.read_csv(out / "sheet.csv", dtype=str, keep_default_na=False)


def test_sheet_holds_all_measures_of_the_drawn_solutions_and_no_score(
    copy: Path, tmp_path: Path
) -> None:
    sheet = _sheet(copy, tmp_path / "out")
    evidence = read_data_folder(copy).tables["evidence"]
    assert sheet["solution_id"].nunique() == 40
    assert set(sheet.groupby("solution_id")["measure_id"].nunique()) == {17}
    assert set(sheet["value"]) == set(sheet["note"]) == {""}
    assert "grade" not in sheet.columns
    drawn = evidence[evidence["solution_id"].isin(sheet["solution_id"])]
    assert sorted(drawn["statement_de"]) == sorted(t for t in sheet["statement_de"] if t)
    anchors = pd.read_csv(tmp_path / "out" / "anchors.csv")
    assert len(anchors) == 17 * 5
    assert anchors["measure_de"].notna().all()


def test_same_seed_draws_the_same_solutions(copy: Path, tmp_path: Path) -> None:
    one, again, other = (
        _sheet(copy, tmp_path / name, "--solutions", "20", "--seed", seed)["solution_id"].unique()
        for name, seed in (("a", "1"), ("b", "1"), ("c", "2"))
    )
    assert list(one) == list(again)
    assert len(one) == 20
    assert set(one) != set(other)


def test_scored_sheet_becomes_the_table(copy: Path, tmp_path: Path) -> None:
    sheet = _sheet(copy, tmp_path / "out", "--solutions", "20")
    sheet.loc[0, ["value", "note"]] = ["0,75", "close to 1"]
    sheet.to_csv(tmp_path / "scored.csv", index=False)
    before = read_data_folder(copy).tables["second_scores"]
    command = ["second-take", "--data", str(copy), str(tmp_path / "scored.csv")]
    assert main([*command, "--on", "2026-11-25"]) == 0
    taken = read_data_folder(copy).tables["second_scores"]
    assert len(taken) == 20 * 17
    assert taken.loc[0, ["value", "note", "scored_on"]].tolist() == [
        0.75,
        "close to 1",
        "2026-11-25",
    ]
    assert taken["value"].isna().sum() == len(taken) - 1
    assert not taken.equals(before)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("value", "0.6", "0.6"), ("solution_id", "nobody", "nobody"), ("measure_id", "C9.9", "C9.9")],
)
def test_faults_are_named_and_nothing_changes(
    copy: Path, tmp_path: Path, capsys: CaptureFixture[str], column: str, value: str, said: str
) -> None:
    sheet = _sheet(copy, tmp_path / "out", "--solutions", "20")
    sheet.loc[3, column] = value
    sheet.to_csv(tmp_path / "scored.csv", index=False)
    before = (copy / "second_scores.csv").read_bytes()
    command = ["second-take", "--data", str(copy), "--lang", "en", str(tmp_path / "scored.csv")]
    assert main([*command, "--on", "2026-11-25"]) == 1
    assert said in capsys.readouterr().out
    assert (copy / "second_scores.csv").read_bytes() == before


def test_a_sheet_without_its_columns_is_refused() -> None:
    with pytest.raises(KeyError):
        scored_rows(pd.DataFrame({"solution_id": ["a"]}), "2026-11-25")


def test_an_empty_table_is_no_finding(copy: Path) -> None:
    (copy / "second_scores.csv").write_text("solution_id,measure_id,value,note,scored_on\n")
    found = [one for one in read_data_folder(copy).findings if one.file == "second_scores.csv"]
    assert found == []
