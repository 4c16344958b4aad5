"""Valid workbooks whose inside is not what most programs write."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace

import openpyxl
import pytest

from loaders.readers.choices import Choices
from tests.loaders.intake.conftest import HEADER, SOURCE

FREE = [
    ["AGS", "Name", "PKW 2022"],
    ["01001000", "Flensburg", 5],
    ["01002000", "Kiel", 6],
    ["15002000", "Halle", 7],
]
OWN = [
    HEADER.strip().split(";"),
    *([key, "cars", "2022", 5, "", "", "", SOURCE] for key in ("01001000", "01002000", "15002000")),
]


def book(rows: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_parts(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its sheets changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name.startswith("xl/worksheets/") else part)
    return stream.getvalue()


def with_extent(content: bytes, stated: str) -> bytes:
    told = f'<dimension ref="{stated}" />'.encode()
    return with_parts(content, lambda part: re.sub(rb"<dimension [^>]*>", told, part))


@pytest.mark.parametrize("stated", ["A1", "A1:C2", "A1:B4"])
@pytest.mark.parametrize("rows", [FREE, OWN], ids=["free", "own"])
def test_no_row_is_lost_where_a_sheet_states_a_wrong_extent(examined, rows, stated) -> None:
    content = with_extent(book(rows), stated)
    examination = examined(content, "book.xlsx", source=SOURCE)
    found = examination.reading.observations
    assert list(found["row"]) == [2, 3, 4]
    assert list(found["value"]) == [row[rows[0].index("value" if rows is OWN else "PKW 2022")]
                                    for row in rows[1:]]  # fmt: skip


def percents(rows: Sequence[Sequence[object]], *places: str, form: str = "0.0%") -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for place in places:
        made.active[place].number_format = form
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


SHARES = [
    ["AGS", "Name", "Anteil 2022"],
    ["01001000", "Flensburg", 0.07],
    ["01002000", "Kiel", 0.125],
    ["15002000", "Halle", 7.5],
]


def test_percentages_of_a_workbook_are_read_as_the_sheet_shows_them(examined) -> None:
    examination = examined(percents(SHARES, "C2", "C3"), "book.xlsx", source=SOURCE)
    assert list(examination.reading.observations["value"]) == [7, 12.5, 7.5]
    (note,) = [one for one in examination.findings if one.code == "percent_cells"]
    assert (note.sheet, note.row, note.column) == ("Sheet", 2, "Anteil 2022")
    assert note.details["count"] == "2"


@pytest.mark.parametrize("form", ['0.0" %"', r"0.0\%", "0.00"])
def test_a_percent_sign_that_only_stands_beside_a_number_changes_nothing(examined, form) -> None:
    examination = examined(percents(SHARES, "C2", "C3", form=form), "book.xlsx", source=SOURCE)
    assert list(examination.reading.observations["value"]) == [0.07, 0.125, 7.5]


def test_a_percentage_in_our_own_table_is_asked_about(examined) -> None:
    shares = [OWN[0], [*OWN[1][:3], 0.125, *OWN[1][4:]], *OWN[2:]]
    examination = examined(percents(shares, "D2"), "book.xlsx")
    assert [(one.code, one.row, one.value) for one in examination.findings] == [
        ("not_a_number", 2, "12,5 %")
    ]
    assert list(examination.accepted["value"]) == [5, 5]


ATLAS = [
    ["Titel"],
    ["zur Inhaltsübersicht"],
    ["Gebietsstand"],
    ["KRS1222", "Name", "Indikatorkürzel: alq\n\nArbeitslosenquote in %"],
    ["01001", "Flensburg", 7.9],
    ["01002", "Kiel", 7.8],
]


def test_values_without_a_period_are_not_published_without_one(examined) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Deutschlandatlas_KRS1222"
    for row in ATLAS:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    chosen = Choices(indicators={"alq": "unemployment_rate"})
    asked = examined(stream.getvalue(), "a.xlsx", choices=chosen, source=SOURCE)
    assert asked.accepted.empty
    (found,) = [one for one in asked.findings if one.code == "column_undated"]
    assert (
        found.sentence("de") == "Spalte „alq“ nennt keinen Zeitpunkt; ihre Werte bleiben draußen."
    )
    stated = replace(chosen, period="2023")
    told = examined(stream.getvalue(), "a.xlsx", choices=stated, source=SOURCE)
    assert list(told.accepted["period"]) == ["2023", "2023"]
    assert told.errors == 0


@pytest.mark.parametrize("rows", [FREE, OWN], ids=["free", "own"])
def test_a_formula_without_a_stored_result_is_no_missing_value(examined, rows) -> None:
    at = rows[0].index("value" if rows is OWN else "PKW 2022")
    calculated = [rows[0], [*rows[1][:at], '=IF(2<3,"5&6",1)', *rows[1][at + 1 :]], *rows[2:]]
    examination = examined(book(calculated), "book.xlsx", source=SOURCE)
    assert [(one.code, one.row, one.value) for one in examination.findings] == [
        ("not_a_number", 2, '=IF(2<3,"5&6",1)')
    ]
    assert list(examination.accepted["ags"]) == ["01002000", "15002000"]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(examined) -> None:
    calculated = [FREE[0], [*FREE[1][:2], "=1"], *FREE[2:]]
    text = b'r="C2" t="str"'
    content = with_parts(book(calculated), lambda part: part.replace(b'r="C2"', text))
    examination = examined(content, "book.xlsx", source=SOURCE)
    assert examination.errors == 0
    assert list(examination.accepted["missing"]) == ["not_reported", "", ""]
