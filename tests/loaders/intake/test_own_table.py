"""Our own long table: as text in every encoding, as a workbook, packed; one reader, same checks."""

import csv
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from loaders.intake.annotate import annotated
from loaders.intake.templates import template
from loaders.numbers import ENGLISH
from loaders.readers.choices import Choices

from .conftest import HEADER, SOURCE, places

INCOME = "household_income_per_inhabitant"
COLUMNS = HEADER.strip().split(";")
ROW = ["07312", INCOME, "2019", "20000", "", "", "eur", SOURCE]


def book(*rows, before=()) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Hinweise"
    made.active.append(["Bitte die Tabelle ausfüllen"])
    sheet = made.create_sheet("Werte")
    for row in [*before, COLUMNS, *rows]:
        sheet.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def packed(content: bytes, name: str = "table.csv") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(examined, delimiter, encoding) -> None:
    cells = ["flag", "ags", "value", "period", "indicator", "source"]
    row = ["über 5 €", "07312", "4.5", "2020-05", INCOME, SOURCE]
    text = "\n".join(delimiter.join(line) for line in (cells, row)) + "\n"
    reading = examined(text.encode(encoding)).reading
    assert reading.delimiter == delimiter
    observation = reading.observations.iloc[0]
    assert (observation["value"], observation["flag"]) == (4.5, "über 5 €")


def test_all_faults_of_one_row_are_named_at_once(examined, examined_apart) -> None:
    content = HEADER + "07399;trams;20;abc;;;;village\nXXX;;2020;;;;;\n"
    for examine_it in (examined, examined_apart):
        examination = examine_it(content)
        assert {(code, row) for code, row, _ in places(examination)} == {
            ("place_unknown", 2), ("indicator_unknown", 2), ("period_unreadable", 2),
            ("not_a_number", 2), ("source_unknown", 2),
            ("key_no_key", 3), ("indicator_empty", 3), ("value_empty", 3),
        }  # fmt: skip
        assert (examination.outcome, examination.reading.rows_seen) == ("refused", 2)


def test_a_dissolved_key_keeps_its_row_with_a_note(examined) -> None:
    examination = examined(HEADER + ";".join(["16056", *ROW[1:]]) + "\n")
    assert ("key_is_dissolved", 2, "ags") in places(examination)
    assert len(examination.accepted) == 1


def test_an_open_number_style_can_be_chosen(examined) -> None:
    content = HEADER + ";".join([*ROW[:3], "8,380", *ROW[4:]]) + "\n"
    asked = examined(content)
    assert places(asked) == {("number_style_open", None, "value")}
    assert "ob „8,380“ als 8380 zu lesen ist oder als 8 mit" in asked.findings[0].sentence("de")
    chosen = examined(content, choices=Choices(number_styles={"value": ENGLISH}))
    assert chosen.reading.observations["value"].tolist() == [8380.0]


def test_the_template_saved_as_a_workbook_or_packed_is_still_the_template(examined, store) -> None:
    content = template(store, "population", "de")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    guide = [line for line in lines if line[0].startswith("#")]
    rows = [[*row[:3], float(row[3]), *row[4:]] for row in lines[len(guide) + 1 :]]
    for saved, name in ((book(*rows, before=guide), "t.xlsx"), (packed(content), "t.zip")):
        examination = examined(saved, name)
        assert (examination.reading.format, examination.findings) == ("canonical_long", ())
        assert examination.accepted["value"].tolist() == [row[3] for row in rows]
        assert examination.accepted["unit"].tolist() == ["persons", "persons"]
        assert examination.placed["row"].tolist() == [len(guide) + 2, len(guide) + 3]


def test_a_workbook_keeps_its_sheet_rows_numbers_and_faults(examined) -> None:
    rows = [
        [7312, INCOME, 2019, 20.234, None, None, "eur", SOURCE],
        [],
        ["07312", INCOME, datetime(2018, 12, 31), 19_500.5, None, "two\nlines", "eur", SOURCE],
        ["07313", "trams", 2018, 1, None, None, "eur", SOURCE],
    ]
    content = book(*rows)
    examination = examined(content, "figures.xlsx")
    found = {(one.code, one.sheet, one.row) for one in examination.findings}
    assert {("key_repaired", "Werte", 2), ("indicator_unknown", "Werte", 5)} <= found
    assert examination.repairs[["sheet", "row", "proposal"]].values.tolist() == [
        ["Werte", 2, "07312"]
    ]
    seen = examination.reading.observations
    assert seen["value"].tolist()[:2] == [20.234, 19500.5]
    assert seen["period"].tolist()[:2] == ["2019", "2018-12-31"]
    given = annotated(content, examination).decode("utf-8-sig").splitlines()
    marked = next(line for line in given if "trams" in line)
    assert marked.startswith("Werte;07313;trams;2018;1")
    assert "trams" in marked.split(SOURCE)[1]


def test_titles_above_and_footnotes_below_do_not_hide_the_template(examined) -> None:
    titles = ["Einkommen der Städte;;;;;;;", "Stand: 12.03.2026;;;;;;;", ";;;;;;;"]
    table = [HEADER.strip(), ";".join(ROW), "09999;;;;;;;", ";;;;;;;", "* vorläufige Werte;;;;;;;"]
    content = "\r\n".join([*titles, *table]).encode("cp1252")
    as_text = examined(content)
    as_book = examined(
        book(ROW, ["09999"], [], ["* vorläufige Werte"], before=[["Einkommen der Städte"], []]),
        "table.xlsx",
    )
    for examination, header in ((as_text, 4), (as_book, 3)):
        assert examination.reading.format == "canonical_long"
        assert examination.reading.observations["source"].tolist() == [SOURCE]
        noted = {(code, row) for code, row, _ in places(examination)}
        assert ("rows_beside_table", header + 4) in noted
        assert ("place_unknown", header + 2) in noted, "a key alone stays a fault"
    given_back = annotated(content, as_text).decode("utf-8-sig")
    assert given_back.splitlines()[3].endswith(";fehler;hinweis")


def test_an_incomplete_header_names_the_missing_columns(examined) -> None:
    examination = examined("ags;period;value\n07312;2020;1\n")
    assert [one.code for one in examination.findings] == ["columns_missing"]
    assert examined(packed(b"ags;period;value\n07312;2020;1\n")).exit_code == 2
