"""Tables of ours but the observations as a workbook or packed: as good as their CSV."""

import csv
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from loaders.intake import Ticked
from loaders.intake.annotate import annotated
from loaders.intake.catalogue import table_kinds
from loaders.intake.table_templates import table_template
from loaders.readers.choices import Choices
from loaders.store.queries import table


def rows_of(store, kind: str) -> list[list[object]]:
    """The template of a kind, row by row, as a spreadsheet opens it."""
    text = table_template(store, kind).decode("utf-8-sig")
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=";")]


def book(**sheets: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                value, form = cell if isinstance(cell, tuple) else (cell, None)
                page.cell(at, column, value)
                if form:
                    page.cell(at, column).number_format = form
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def packed(content: bytes, name: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(name, content)
    return kept.getvalue()


def changed(rows: list[list[object]], **cells: object) -> tuple[list[list[object]], int]:
    """The rows with some cells of the first example changed, and the row it stands in."""
    at = next(at for at, row in enumerate(rows) if not str(row[0]).startswith("#"))
    header, example = rows[at], list(rows[at + 1])
    for name, cell in cells.items():
        example[header.index(name)] = cell
    return [*rows[: at + 1], example, *rows[at + 2 :]], at + 2


def test_every_template_saved_as_workbook_or_packed_is_still_the_template(store, examined) -> None:
    for kind in table_kinds(store):
        content = table_template(store, kind)
        plain = examined(content, f"{kind}.csv")
        whole = book(Tabelle1=rows_of(store, kind))
        files = {
            "t.xlsx": whole,
            "t.zip": packed(content, "t.csv"),
            "b.zip": packed(whole, "t.xlsx"),
        }
        for name, file in files.items():
            found = examined(file, name)
            assert (found.kind, found.exit_code) == (kind, plain.exit_code), (name, found.findings)
            assert found.fingerprint == plain.fingerprint, (kind, name)


def test_dates_are_as_exact_as_the_sheet_shows_them(store, examined) -> None:
    shown = {
        "2024-05-01": (datetime(2024, 5, 1), "dd.mm.yyyy"),
        "2024-05": (datetime(2024, 5, 1), 'mmm\\ yy;"d"'),
        "2024": (datetime(2024, 1, 1), "[$-407]yyyy"),
    }
    for wanted, cell in shown.items():
        rows, _ = changed(rows_of(store, "lessons"), source_date=cell)
        examination = examined(book(Lehren=rows), "lessons.xlsx")
        assert not examination.errors
        assert examination.accepted["source_date"].iat[0] == wanted
    rows, row = changed(rows_of(store, "lessons"), source_date=datetime(2024, 5, 1, 10, 30))
    (fault,) = examined(book(Lehren=rows), "lessons.xlsx").findings
    assert (fault.code, fault.sheet, fault.row) == ("cell_no_date", "Lehren", row)


def test_a_zero_that_a_spreadsheet_took_comes_back_when_it_is_ticked(store, examined) -> None:
    rows, row = changed(rows_of(store, "milestones"), ags=5515000)
    for content, name, sheet in (
        (book(Stand=rows), "m.xlsx", "Stand"),
        ("\n".join(";".join(map(str, one)) for one in rows).encode(), "m.csv", ""),
    ):
        waits = examined(content, name)
        (proposed,) = waits.repairs.to_dict("records")
        assert (proposed["kind"], proposed["ticked"]) == ("lost_zero", False)
        assert (proposed["sheet"], proposed["row"], proposed["column"]) == (sheet, row, "ags")
        assert (proposed["value"], proposed["proposal"]) == ("5515000", "05515000")
        assert (waits.waiting, waits.outcome) == (1, "accepted")
        warned = [(one.row, one.value) for one in waits.findings if one.code == "key_repaired"]
        assert warned == [(row, "5515000")]
        for ticked in (Ticked.all(), Ticked(cells=frozenset({(row, "ags")}))):
            mended = examined(content, name, ticked=ticked)
            assert len(mended.accepted) == len(waits.accepted) + 1
            assert mended.accepted["ags"].iat[0] == "05515000"
            assert mended.waiting == 0


def test_numbers_come_out_as_they_were(store, examined) -> None:
    rows, _ = changed(rows_of(store, "external_scores"), score=0.5)
    scores = examined(book(Werte=rows), "scores.xlsx")
    assert scores.accepted["score"].iat[0] == 0.5


def test_a_wrong_cell_is_named_at_its_sheet_row_and_column(store, examined) -> None:
    rows, row = changed(rows_of(store, "lessons"), source_url="", lesson_de="#REF!")
    content = book(Deckblatt=[["Erfahrungen 2024"]], Lehren=rows)
    examination = examined(content, "lessons.xlsx")
    assert examination.kind == "lessons"
    assert examination.outcome == "partly_usable"
    assert {(one.code, one.sheet, one.row, one.column) for one in examination.findings} == {
        ("cell_empty", "Lehren", row, "source_url")
    }
    given_back = annotated(content, examination).decode("utf-8-sig")
    (line,) = [
        line
        for line in csv.reader(io.StringIO(given_back), delimiter=";")
        if line[:2] == ["Lehren", str(rows[row - 1][0])]
    ]
    assert "source_url" in line[-2]


@pytest.mark.parametrize("word", ["#REF!", "#N/A", "#BEZUG!", "#NV"])
def test_the_error_of_a_formula_is_no_text(store, examined, word: str) -> None:
    rows, row = changed(rows_of(store, "lessons"), lesson_de=word)
    examination = examined(book(Lehren=rows), "lessons.xlsx")
    (fault,) = examination.findings
    assert (fault.code, fault.sheet, fault.row, fault.column, fault.value) == (
        "cell_formula_error", "Lehren", row, "lesson_de", word,
    )  # fmt: skip
    assert len(examination.accepted) == 1
    assert examination.reading.rows_refused == {"row_faulty": 1}


def test_tables_on_two_sheets_are_asked_about(store, examined) -> None:
    content = book(Lehren=rows_of(store, "lessons"), Kopie=rows_of(store, "lessons"))
    examination = examined(content, "lessons.xlsx")
    (fault,) = examination.findings
    assert (fault.code, fault.details["sheets"]) == ("tables_on_sheets", "Lehren, Kopie")
    assert examination.outcome == "refused"
    chosen = examined(content, "lessons.xlsx", Choices(sheet="Kopie"))
    assert (chosen.kind, chosen.outcome) == ("lessons", "accepted")
    assert chosen.reading.proposed.sheet == "Kopie"


def test_the_reading_process_hands_the_table_over(store, examined, examined_apart) -> None:
    content = book(Lehren=rows_of(store, "lessons"))
    here, apart = examined(content, "l.xlsx"), examined_apart(content, "l.xlsx")
    assert (apart.kind, apart.outcome) == ("lessons", "accepted")
    assert (apart.fingerprint, apart.sha256) == (here.fingerprint, here.sha256)
    assert len(apart.accepted) == min(2, len(table(store, "lessons")))


def test_a_header_with_an_unknown_column_is_no_table_of_ours(store, examined) -> None:
    rows = rows_of(store, "lessons")
    at = next(at for at, row in enumerate(rows) if not str(row[0]).startswith("#"))
    rows[at] = [*rows[at], "unknown"]
    assert examined(book(Lehren=rows), "lessons.xlsx").outcome == "refused"


def test_sheets_of_ours_left_unread_are_named(store, examined) -> None:
    year = [["ags", "indicator", "period", "value", "source"]]
    row = ["07312", "disposable_income_pc", "2019", 20.5, "vgrdl_income"]
    other = rows_of(store, "lessons")
    content = book(A=[*year, row], Notiz=[["nur", "Text"]], B=[*year, row], Lehren=other)
    examination = examined(content, "years.xlsx")
    (left,) = [one for one in examination.findings if one.code == "sheets_not_read"]
    assert (left.sheet, left.details["sheets"]) == ("A", "B, Lehren")
    assert examination.reading.proposed.sheet == "A"
    chosen = examined(content, "years.xlsx", Choices(sheet="B"))
    assert chosen.reading.proposed.sheet == "B"
    assert "sheets_not_read" not in {one.code for one in chosen.findings}
