"""Every fault a table can have is named with file, line, column; the rest is read."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytest import CaptureFixture

from loaders.__main__ import main
from loaders.findings import Finding
from loaders.schemas import read_schema
from loaders.tables import DataFolder, read_data_folder, read_rows

ROOT = Path(__file__).resolve().parents[2]
OBSERVATIONS_HEADER = "ags,indicator,period,value,missing,flag,unit,source\n"


@pytest.fixture
def copy(tmp_path: Path, data_folder: Path) -> Path:
    """A copy of the shipped tables without observations, free to be broken."""
    target = tmp_path / "data"
    skipped = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(data_folder, target, ignore=skipped)
    _list_observations(target, [])
    return target


def _shipped_rows(file: str) -> int:
    """How many rows a shipped table has, counted without the code under test."""
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as rows:
        return sum(1 for _ in csv.reader(rows)) - 1


def _list_observations(data: Path, files: list[str]) -> None:
    package = data / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    for resource in content["resources"]:
        if resource["name"] == "observations":
            resource["path"] = files
    package.write_text(json.dumps(content), encoding="utf-8")


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _replace_once(path: Path, old: str, new: str) -> int:
    """Changes the first occurrence and gives the line it stands in."""
    text = path.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found == old
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def _add(path: Path, line: str) -> int:
    """Adds a line at the end and gives its number."""
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return path.read_text(encoding="utf-8").count("\n")


def _named(folder: DataFolder, code: str) -> list[Finding]:
    return [finding for finding in folder.findings if finding.code == code]


def test_missing_file_is_named_and_the_rest_works(copy: Path) -> None:
    (copy / "lessons.csv").unlink()
    folder = read_data_folder(copy)
    assert [one.file for one in _named(folder, "table_missing")] == ["lessons.csv"]
    assert folder.tables["lessons"].empty
    assert "lesson_de" in folder.tables["lessons"].columns
    assert len(folder.tables["solutions"]) == _shipped_rows("catalogue/solutions.csv")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_empty_file(copy: Path, content: bytes) -> None:
    (copy / "gates.csv").write_bytes(content)
    folder = read_data_folder(copy)
    assert [(one.file, one.severity) for one in _named(folder, "table_empty")] == [
        ("gates.csv", "error")
    ]


def test_header_without_rows(copy: Path) -> None:
    _edit(copy / "gates.csv", lambda text: text.split("\n")[0] + "\n")
    assert [one.file for one in _named(read_data_folder(copy), "table_no_rows")] == ["gates.csv"]


def test_truncated_last_line_is_left_out(copy: Path) -> None:
    file = "catalogue/municipalities.csv"
    _edit(copy / file, lambda text: text[: text.rindex(",")][:-30])
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "table_truncated")
    assert (finding.file, finding.row) == (file, _shipped_rows(file) + 1)
    assert len(folder.tables["municipalities"]) == _shipped_rows(file) - 1


def test_file_cut_inside_quotation_marks(copy: Path) -> None:
    path = copy / "lessons.csv"
    text = path.read_text(encoding="utf-8")
    cut = text.rindex(',"') + 10
    path.write_text(text[:cut], encoding="utf-8")
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "table_quotes")
    assert finding.row == text[:cut].count("\n") + 1
    assert len(folder.tables["lessons"]) == finding.row - 2


def test_file_cut_inside_its_last_cell_is_suspected(copy: Path) -> None:
    path = copy / "phases.csv"
    _edit(path, lambda text: text.rstrip("\n"))
    (finding,) = _named(read_data_folder(copy), "table_end_open")
    assert (finding.file, finding.severity) == ("phases.csv", "warning")


def test_another_encoding_is_refused(copy: Path) -> None:
    path = copy / "catalogue" / "contacts.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "table_encoding")
    assert finding.row == 2
    assert folder.tables["contacts"].empty


def test_byte_order_mark_and_windows_line_ends_are_fine(copy: Path) -> None:
    path = copy / "catalogue" / "cohorts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    folder = read_data_folder(copy)
    assert [one for one in folder.findings if one.file == "catalogue/cohorts.csv"] == []
    assert folder.tables["cohorts"]["cohort"].tolist() == ["2019", "2020", "2021"]


def test_semicolons_are_named(copy: Path) -> None:
    _edit(copy / "catalogue" / "cohorts.csv", lambda text: text.replace(",", ";"))
    assert len(_named(read_data_folder(copy), "table_delimiter")) == 1


def test_missing_column_that_rows_need_makes_the_table_empty(copy: Path) -> None:
    _replace_once(copy / "evidence.csv", "grade", "note2")
    folder = read_data_folder(copy)
    assert [one.column for one in _named(folder, "column_missing")] == ["grade"]
    assert [one.column for one in _named(folder, "column_unknown")] == ["note2"]
    assert folder.tables["evidence"].empty


def test_missing_column_that_may_be_empty_is_filled(copy: Path) -> None:
    _replace_once(copy / "gates.csv", "note", "remark")
    folder = read_data_folder(copy)
    assert len(folder.tables["gates"]) == _shipped_rows("gates.csv")
    assert set(folder.tables["gates"]["note"]) == {""}


def test_column_twice(copy: Path) -> None:
    _replace_once(copy / "gates.csv", "note", "gate")
    assert [one.column for one in _named(read_data_folder(copy), "column_twice")] == ["gate"]


def test_row_with_too_many_cells_is_left_out(copy: Path) -> None:
    line = _replace_once(copy / "gates.csv", ",met,", ",met,met,")
    folder = read_data_folder(copy)
    assert [(one.row, one.details["found"]) for one in _named(folder, "row_length")] == [
        (line, "6")
    ]
    assert len(folder.tables["gates"]) == _shipped_rows("gates.csv") - 1


def test_word_outside_the_list(copy: Path) -> None:
    line = _replace_once(copy / "adoptions.csv", ",operation,", ",running,")
    (finding,) = _named(read_data_folder(copy), "cell_not_in_list")
    assert (finding.row, finding.column, finding.value) == (line, "status", "running")
    assert "announced" in finding.advice("en")


def test_a_number_outside_its_list_is_named_with_the_list(copy: Path) -> None:
    line = _replace_once(copy / "evidence.csv", ",0.25,C,", ",0.3,C,")
    (finding,) = _named(read_data_folder(copy), "cell_not_in_list")
    assert (finding.row, finding.column, finding.value) == (line, "value", "0.3")
    assert "0, 0.25, 0.5, 0.75, 1" in finding.advice("en") + finding.sentence("en")


def test_unknown_word_of_an_open_vocabulary_keeps_the_row(copy: Path) -> None:
    line = _replace_once(copy / "catalogue" / "solutions.csv", ",mobility,", ",mobilty,")
    folder = read_data_folder(copy)
    found = _named(folder, "word_missing")
    assert [(one.row, one.value, one.details["target"]) for one in found] == [
        (line, "mobilty", "names/de.csv"),
        (line, "mobilty", "names/en.csv"),
    ]
    assert len(folder.tables["solutions"]) == _shipped_rows("catalogue/solutions.csv")


def test_malformed_date_and_pattern(copy: Path) -> None:
    _replace_once(copy / "milestones.csv", ",2021-07,", ",July 2021,")
    _replace_once(copy / "milestones.csv", "https://", "www.")
    folder = read_data_folder(copy)
    assert [one.column for one in _named(folder, "cell_no_date")] == ["date"]
    assert [one.column for one in _named(folder, "cell_pattern")] == ["evidence_url"]


def test_blanks_around_a_cell_are_mended_and_said(copy: Path) -> None:
    line = _replace_once(copy / "catalogue" / "cohorts.csv", "2020,", " 2020,")
    folder = read_data_folder(copy)
    assert [one.row for one in _named(folder, "cell_blanks")] == [line]
    assert "2020" in set(folder.tables["cohorts"]["cohort"])


def test_duplicate_key_names_the_earlier_line(copy: Path) -> None:
    path = copy / "catalogue" / "cohorts.csv"
    line = _add(path, "2019,2019-07-11,https://example.org/")
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "row_duplicate")
    assert (finding.row, finding.details["first_row"]) == (line, "2")
    cohorts = folder.tables["cohorts"].set_index("cohort")
    assert cohorts.loc["2019", "selected_on"] == "2019-07-10"


def test_wrongly_keyed_rows_are_named_one_by_one(copy: Path) -> None:
    path = copy / "adoptions.csv"
    rest = "2024,operation,reuse,https://example.org,"
    lines = [
        _add(path, f"bakim,Nirgends,99999999,{rest}"),
        _add(path, f"bakim,Nirgends,09999999,{rest}"),
        _add(path, f"bakim,Bayern,09,{rest}"),
        _add(path, f"no-such-solution,Lemgo,05766044,{rest}"),
    ]
    folder = read_data_folder(copy)
    codes = ("cell_key_malformed", "cell_key_unknown", "cell_key_level", "reference_unknown")
    for code, line in zip(codes, lines, strict=True):
        assert [one.row for one in _named(folder, code)] == [line]
    assert len(folder.tables["adoptions"]) == _shipped_rows("adoptions.csv")


def test_leading_zero_lost_in_a_spreadsheet(copy: Path) -> None:
    line = _replace_once(copy / "adoptions.csv", "05766044", "5766044")
    (finding,) = _named(read_data_folder(copy), "cell_key_malformed")
    assert (finding.row, finding.value) == (line, "5766044")


def test_rows_that_depend_on_a_faulty_row_are_named_too(copy: Path) -> None:
    _replace_once(copy / "catalogue" / "solutions.csv", ",yes,MIT,", ",perhaps,MIT,")
    folder = read_data_folder(copy)
    lost = {one.value for one in _named(folder, "reference_unknown")}
    assert len(folder.tables["solutions"]) == _shipped_rows("catalogue/solutions.csv") - 1
    assert len(lost) == 1
    assert not lost & set(folder.tables["evidence"]["solution_id"])


def test_adoption_of_an_unknown_solution_is_named_and_the_rest_stands(copy: Path) -> None:
    line = _add(
        copy / "adoptions.csv", "moon-shuttle,Lemgo,05766044,2024,operation,reuse,https://e.org/a,"
    )
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "reference_unknown")
    assert (finding.file, finding.row, finding.value) == ("adoptions.csv", line, "moon-shuttle")
    assert len(folder.tables["adoptions"]) == _shipped_rows("adoptions.csv")


def test_lesson_without_source_is_named_and_the_rest_stands(copy: Path) -> None:
    line = _add(copy / "lessons.csv", "bakim-9,solution,bakim,bamberg,worked,Gut,Good,,2024-05")
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "cell_empty")
    assert (finding.file, finding.row, finding.column) == ("lessons.csv", line, "source_url")
    assert len(folder.tables["lessons"]) == _shipped_rows("lessons.csv")


def test_milestone_with_a_day_that_never_was_is_named_and_the_rest_stands(copy: Path) -> None:
    line = _add(copy / "milestones.csv", "bakim,Bamberg,09461000,M5,2024-02-30,https://e.org/a,")
    folder = read_data_folder(copy)
    assert [(one.row, one.column) for one in folder.findings] == [(line, "date")]
    assert len(folder.tables["milestones"]) == _shipped_rows("milestones.csv")


def test_unreadable_register_judges_nobody(copy: Path) -> None:
    (copy / "catalogue" / "solutions.csv").unlink()
    (copy / "catalogue" / "municipalities.csv").unlink()
    folder = read_data_folder(copy)
    assert len(folder.tables["adoptions"]) == _shipped_rows("adoptions.csv")
    assert len(folder.tables["evidence"]) == _shipped_rows("evidence.csv")
    unchecked = {(one.file, one.column) for one in _named(folder, "reference_unchecked")}
    assert {("adoptions.csv", "solution_id"), ("adoptions.csv", "adopter_ags")} <= unchecked


def test_file_that_is_not_listed(copy: Path) -> None:
    (copy / "observations").mkdir()
    (copy / "observations" / "new.csv").write_text(OBSERVATIONS_HEADER, encoding="utf-8")
    found = _named(read_data_folder(copy), "table_not_listed")
    assert [one.file for one in found] == ["observations/new.csv"]


def test_observations_of_several_files_are_one_table(copy: Path) -> None:
    _edit_catalogue(copy)
    (copy / "observations").mkdir()
    for name, rows in {
        "a.csv": "07312000,pop,2022,1,,,n,src\n07312000,pop,2023,,suppressed,,n,src\n",
        "b.csv": "07312000,pop,2022,2,,,n,src\n07312,pop,2022,0,,nil,n,src\n",
    }.items():
        path = copy / "observations" / name
        path.write_text(OBSERVATIONS_HEADER + rows, encoding="utf-8")
    _list_observations(copy, ["observations/a.csv", "observations/b.csv"])
    folder = read_data_folder(copy)
    (finding,) = _named(folder, "row_duplicate")
    assert (finding.file, finding.row) == ("observations/b.csv", 2)
    assert finding.details["first_file"] == "observations/a.csv"
    table = folder.tables["observations"]
    assert table["ags"].tolist() == ["07312000", "07312000", "07312"]
    np.testing.assert_array_equal(table["value"], [1.0, np.nan, 0.0])


def _edit_catalogue(data: Path) -> None:
    catalogue = data / "catalogue"
    (catalogue / "indicators.csv").write_text(
        "indicator_id,theme,unit,denominator,direction,kind,decimals,note\n"
        "pop,people,n,,0,structural,0,\n",
        encoding="utf-8",
    )
    (catalogue / "sources.csv").write_text(
        "source_id,publisher,title,edition,territorial_status,licence,attribution,url,note\n"
        "src,Office,Title,2023,2023-12-31,free,Office,,\n",
        encoding="utf-8",
    )


def test_typed_table_has_text_numbers_and_nan(data_folder: Path) -> None:
    schema = read_schema(data_folder / "schemas" / "solutions.json")
    content = (data_folder / "catalogue" / "solutions.csv").read_bytes()
    table = read_rows(content, "solutions.csv", schema)[0].table
    assert list(table.columns) == schema.columns
    assert table["published_cost_eur"].dtype == np.float64
    assert int(table["published_cost_eur"].notna().sum()) == 8
    assert not table["licence_spdx"].isna().any()
    assert list(table.index) == list(range(_shipped_rows("catalogue/solutions.csv")))


def test_command_line_names_findings_and_fails(copy: Path, capsys: CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(copy), "--lang", "en"]) == 0
    line = _replace_once(copy / "adoptions.csv", ",operation,", ",running,")
    assert main(["check", "--data", str(copy), "--lang", "de"]) == 1
    said = capsys.readouterr().out
    assert "0 errors" in said
    assert f"error: „running“ in Zeile {line}, Spalte „status“ von adoptions.csv" in said
