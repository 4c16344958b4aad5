"""Our own long CSV: every fault at its row and column, everything else placed."""

from pathlib import Path

import pytest

from loaders.findings import known_codes
from loaders.numbers import ENGLISH
from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

FILES = Path(__file__).parent / "files"
HEAD = "ags;indicator;period;value;missing;unit;source\n"


def read(rows: str, choices: Choices | None = None):
    return read_original((HEAD + rows).encode("cp1252"), "upload.csv", choices)


def faults(reading) -> list[tuple[str, int | None, str]]:
    return [(f.code, f.row, f.column) for f in reading.findings]


def test_a_clean_file_is_accepted_without_a_word() -> None:
    reading = read_original((FILES / "canonical.csv").read_bytes(), "x.csv")
    assert (reading.encoding, reading.delimiter) == ("utf-8-sig", "\t")
    assert (reading.outcome, reading.findings) == ("accepted", ())
    assert reading.observations["value"].tolist()[:2] == [53000.0, 53412.5]
    assert reading.observations["missing"].tolist() == ["", "", "suppressed"]
    assert reading.observations["row"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("XXX;cars;2020;1;;;", ("key_no_key", 2, "ags")),
        ("11001001;cars;2020;1;;;", ("key_borough", 2, "ags")),
        ("07312;;2020;1;;;", ("indicator_empty", 2, "indicator")),
        ("07312;cars;20;1;;;", ("period_unreadable", 2, "period")),
        ("07312;cars;31.02.2020;1;;;", ("period_unreadable", 2, "period")),
        ("07312;cars;2020;viele;;;", ("not_a_number", 2, "value")),
        ("07312;cars;2020;inf;;;", ("not_a_number", 2, "value")),
        ("07312;cars;2020;;later;;", ("missing_unknown", 2, "missing")),
        ("07312;cars;2020;1;suppressed;;", ("value_and_missing", 2, "missing")),
        ("07312;cars;2020;1", ("field_count", 2, "")),
    ],
)
def test_each_error_keeps_its_row_out(row: str, expected) -> None:
    reading = read(row + "\n07312;cars;2019;7;;;\n")
    assert faults(reading) == [expected]
    assert reading.rows_refused == {expected[0]: 1}
    assert reading.observations["period"].tolist() == ["2019"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("7312;cars;2020;1;;;", ("key_repaired", 2, "ags")),
        ("073120000000;cars;2020;1;;;", ("key_repaired", 2, "ags")),
        ("16056;cars;2020;1;;;", ("key_is_dissolved", 2, "ags")),
        ("07312;cars;2020;;;;", ("value_empty", 2, "value")),
    ],
)
def test_warnings_and_notes_keep_the_row(row: str, expected) -> None:
    reading = read(row + "\n")
    assert faults(reading) == [expected]
    assert (reading.outcome, reading.rows_placed) == ("accepted", 1)


def test_a_row_given_twice_names_the_first_one() -> None:
    reading = read("07312;cars;2020;1;;;\n07312;cars;2020;2;;;\n")
    assert faults(reading) == [("row_twice", 3, "ags")]
    assert reading.findings[0].details["earlier"] == "2"


def test_all_faults_of_one_row_are_named_at_once() -> None:
    reading = read("XXX;;20;abc;;;\n")
    codes = {f.code for f in reading.findings}
    assert codes == {
        "key_no_key", "indicator_empty", "period_unreadable", "not_a_number",
    }  # fmt: skip
    assert (reading.outcome, reading.rows_seen) == ("refused", 1)


def test_an_open_number_style_is_asked_about_and_can_be_chosen() -> None:
    row = "07312;cars;2020;8,380;;;\n"
    assert faults(read(row)) == [("number_style_open", None, "value")]
    chosen = read(row, choices=Choices(number_styles={"value": ENGLISH}))
    assert chosen.observations["value"].tolist() == [8380.0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    cells = ["flag", "ags", "value", "period", "indicator"]
    row = ["über 5 €", "07312", "4.5", "2020-05", "share"]
    text = "\n".join(delimiter.join(line) for line in (cells, row)) + "\n"
    reading = read_original(text.encode(encoding), "x")
    assert reading.delimiter == delimiter
    observation = reading.observations.iloc[0]
    assert (observation["value"], observation["flag"]) == (4.5, "über 5 €")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"),
        (b" \n \n", "file_empty"),
        (b"\x00\x01\x02ags;value\n", "file_unreadable"),
        (b"PK\x03\x04 xl/ broken", "file_unreadable"),
        (b"Hallo Welt\n", "format_unknown"),
        (b"ags;period;value\n07312;2020;1\n", "columns_missing"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_the_reason(content: bytes, reason) -> None:
    reading = read_original(content, "x.csv")
    assert (reading.outcome, reading.refusal) == ("refused", reason)
    assert [f.code for f in reading.findings] == [reason]
    assert "{" not in reading.findings[0].sentence("de") + reading.findings[0].advice("en")


def test_the_shipped_observations_are_clean(data_folder) -> None:
    path = data_folder / "observations" / "deutschlandatlas_krs1222.csv"
    reading = read_original(path.read_bytes(), path.name)
    assert (reading.outcome, reading.findings) == ("accepted", ())


def test_every_code_has_words() -> None:
    words = known_codes()
    assert {"key_repaired", "field_count", "row_twice", "unit_differs"} <= set(words)
