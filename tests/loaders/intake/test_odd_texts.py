"""Valid texts as other systems write them."""

from pathlib import Path

import pytest

from loaders.findings import Finding
from loaders.numbers import GERMAN
from loaders.readers.choices import Choices
from tests.loaders.intake.conftest import HEADER, SOURCE

KEYS = ("01001000", "01002000", "15001000", "15002000")
FREE = "AGS;Jahr;PKW\n"


def free_rows(years: range) -> str:
    return "".join(f"{key};{year};{year}\n" for key in KEYS for year in years)


def with_ends(text: str, end: str) -> str:
    return text.replace("\n", end)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_text_is_read_whatever_ends_its_lines(examined, end: str) -> None:
    text = "Kraftwagen\n\n" + FREE + free_rows(range(2000, 2020))
    examination = examined(with_ends(text, end), source=SOURCE)
    assert (len(examination.accepted), examination.errors) == (80, 0)
    assert list(examination.reading.observations["row"][:2]) == [4, 5]


def test_lines_that_end_with_a_carriage_return_are_no_columns(examined) -> None:
    many = FREE + f"{KEYS[0]};2022;1\n" * 1_500
    examination = examined(with_ends(many, "\r"), source=SOURCE)
    assert {one.code for one in examination.findings} == {"row_twice"}
    assert examination.reading.rows_seen == 1_500


def test_our_own_tables_are_known_by_a_line_that_ends_with_a_carriage_return(
    examined, data_folder: Path
) -> None:
    long = HEADER + f"01001000;cars;2022;5;;;;{SOURCE}\n01001000;cars;2023;5x;;;;{SOURCE}\n"
    examination = examined(with_ends(long, "\r"))
    assert {(one.code, one.row) for one in examination.findings} == {("not_a_number", 3)}
    lessons = (data_folder / "lessons.csv").read_text("utf-8").splitlines()[:4]
    examination = examined("\r".join(lessons) + "\r")
    assert (examination.kind, len(examination.accepted)) == ("lessons", 3)


def test_a_row_with_more_fields_than_the_header_is_named_and_not_shifted(examined) -> None:
    rows = "01001000;Flensburg;1;2\n01002000;Kiel; Stadt;3;4\n15001000;Dessau;5;6;\n"
    examination = examined("AGS;Name;PKW 2021;PKW 2022\n" + rows, source=SOURCE)
    assert {(one.code, one.row) for one in examination.findings} == {("field_count", 3)}
    assert examination.reading.rows_refused == {"field_count": 1}
    assert list(examination.accepted["value"]) == [1, 2, 5, 6]


def test_decimal_commas_between_commas_are_no_whole_numbers(examined) -> None:
    rows = "".join(f"{key},Ort,2,5\n" for key in KEYS)
    examination = examined("AGS,Name,PKW 2022\n" + rows, source=SOURCE)
    assert examination.outcome == "refused"
    (found,) = examination.findings
    assert (found.code, found.row) == ("field_count", 2)
    assert dict(found.details) == {"found": "4", "expected": "3"}


def test_a_table_of_one_place_names_its_overlong_rows_too(examined) -> None:
    rows = "".join(f"{year};{year}\n" for year in range(2000, 2010)) + "2010;1;200\n"
    stated = Choices(place="01002000")
    examination = examined("Jahr;PKW\n" + rows, choices=stated, source=SOURCE)
    assert [(one.code, one.row) for one in examination.findings] == [("field_count", 12)]
    assert len(examination.accepted) == 10


def test_a_cell_that_is_no_number_does_not_say_that_nothing_was_reported(examined) -> None:
    text = "AGS;Name;PKW 2020\n01001;Flensburg;44556*\n01002;Kiel;111116\n15001;Dessau;/\n"
    examination = examined(text, source=SOURCE)
    assert {(one.code, one.row) for one in examination.findings if one.severity == "error"} == {
        ("not_a_number", 2)
    }
    assert list(examination.accepted["ags"]) == ["01002", "15001"]
    assert list(examination.accepted["missing"]) == ["", "unreliable"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("01001000;cars;2022;5;;;\n01002000;cars;2022;6;;;\n",
         [("field_count", 2), ("field_count", 3)]),
        ('01001000;cars;2022;5;;;"a\nb"\n', [("field_count", 2)]),
        ('01001000;cars;2022;5;;"left open;;\n01002000;cars;2022;6;;;;\n', [("quote_open", 2)]),
        (";;;;;;;\n\n", [("file_no_rows", 1)]),
        ("Stand: heute;;;;;;;\n", [("file_no_rows", 1), ("rows_beside_table", 2)]),
        ("", [("file_no_rows", 1)]),
    ],
    ids=["short rows", "short quoted row", "open quote", "blank rows", "remark", "header"],
)  # fmt: skip
def test_a_table_of_ours_without_a_usable_row_says_why(examined, rows: str, found) -> None:
    examination = examined(HEADER + rows)
    assert examination.outcome == "refused"
    assert [(one.code, one.row) for one in examination.findings] == found


def test_a_header_without_line_end_is_a_table_without_rows(examined) -> None:
    examination = examined(HEADER.strip())
    assert [(one.code, one.row) for one in examination.findings] == [("file_no_rows", 1)]


def test_decimal_commas_in_our_own_table_between_commas_are_named(examined) -> None:
    text = "ags,indicator,period,value\n01001000,cars,2022,1,5\n01002000,cars,2022,2,5\n"
    examination = examined(text, source=SOURCE)
    assert [(one.code, one.row) for one in examination.findings] == [
        ("field_count", 2), ("field_count", 3),
    ]  # fmt: skip


def test_german_sentences_write_our_numbers_with_a_comma(examined) -> None:
    rows = f"01001000;unemployment_rate;2022;-1,5;;;;{SOURCE}\n"
    (found,) = examined(HEADER + rows).findings
    assert found.code == "value_too_small"
    assert "-1,5 " in found.sentence("de") and "-1.5 " in found.sentence("en")
    jump = Finding("value_scale", "f.csv", "", 2, "x", "1.234",
                   {"factor": "0.01", "expected": "123.4"})  # fmt: skip
    assert "1,234 ist ungefähr das 0,01-Fache" in jump.sentence("de")
    assert "(123,4)" in jump.sentence("de") and "(123.4)" in jump.sentence("en")
    cell = Finding("not_a_number", "f.csv", "", 2, "x", "1.2.3")
    assert "„1.2.3“" in cell.sentence("de")


def test_a_column_that_is_not_read_is_named(examined) -> None:
    head = "ags;Name;indicator;period;value;source;Altersgruppe;fehler;hinweis;\n"
    examination = examined(head + f"01001000;Flensburg;cars;2022;5;{SOURCE};18-25;;;\n")
    assert [(one.code, one.row, one.column) for one in examination.findings] == [
        ("column_unknown", 1, "Altersgruppe")
    ]
    assert (examination.outcome, len(examination.accepted)) == ("accepted", 1)


def test_a_file_without_any_period_is_told_so_in_a_whole_sentence(examined) -> None:
    (found,) = examined("AGS;PKW\n01001000;5\n01002000;6\n", "pkw.csv").findings
    assert found.code == "period_missing"
    assert "pkw.csv nennt nirgends, für welchen Zeitpunkt" in found.sentence("de")


@pytest.mark.parametrize("first", ["1,001E+10;Flensburg", "Insgesamt;Deutschland"])
def test_a_first_row_without_a_key_is_no_part_of_the_header(examined, first: str) -> None:
    text = f"ARS;Name;PKW 2022\n{first};5\n010020000000;Kiel;6\n150010000000;Dessau;7\n"
    examination = examined(text, source=SOURCE)
    found = [(one.code, one.row, one.value) for one in examination.findings]
    assert ("key_no_key", 2, first.split(";")[0]) in found
    assert set(examination.reading.observations["indicator"]) == {"PKW"}
    assert examination.reading.rows_seen == 3


def test_a_second_row_of_the_header_stays_one(examined) -> None:
    text = "AGS;Name;PKW;PKW\nSchlüssel;Ort;2021;2022\n01001000;Flensburg;5;6\n"
    examination = examined(text, source=SOURCE)
    assert list(examination.reading.observations["period"]) == ["2021", "2022"]


def test_columns_of_months_are_one_series(examined) -> None:
    head = "AGS;PKW Jan 2022;PKW Feb. 2022;PKW März 2022;PKW Mrz 2023\n"
    found = examined(head + "01001000;1;2;3;4\n01002000;5;6;7;8\n").reading.observations
    assert list(found["period"][:4]) == ["2022-01", "2022-02", "2022-03", "2023-03"]
    assert set(found["indicator"]) == {"PKW"}


def test_a_column_nobody_can_read_stays_out_until_somebody_says_how(examined) -> None:
    table = "AGS;Jahr;PKW\n01001000;2022;111.116\n01002000;2022;222.117\n"
    asked = examined(table, source=SOURCE, choices=Choices(indicators={"PKW": "cars"}))
    assert "number_style_open" in {one.code for one in asked.findings}
    assert not len(asked.accepted)
    told = Choices(indicators={"PKW": "cars"}, number_styles={"PKW": GERMAN})
    assert examined(table, source=SOURCE, choices=told).accepted["value"].tolist() == [
        111116.0, 222117.0,
    ]  # fmt: skip
