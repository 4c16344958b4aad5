"""The uploaded file comes back with its rows in order and the findings beside them."""

import csv
import io

from loaders.findings import Finding
from views.exports.annotated import annotated_file

TEXT = 'ags;value\n07312000;1,5\n\n7312000;abc\n09162000;"zwei\nZeilen"\n08421000;=1+1\n'


def rows_of(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_findings_stand_beside_their_row() -> None:
    found = [
        Finding("not_a_number", "t.csv", row=4, column="value", value="abc"),
        Finding("key_repaired", "t.csv", row=4, value="7312000", details={"proposal": "07312000"}),
    ]
    rows = rows_of(annotated_file(TEXT, found, "de", delimiter=";"))
    assert rows[0] == ["ags", "value", "fehler", "hinweis"]
    assert rows[1] == ["07312000", "1,5", "", ""]
    assert rows[3][:2] == ["7312000", "abc"]
    assert found[0].sentence("de") in rows[3][2]
    assert found[1].advice("de") in rows[3][3]


def test_rows_keep_their_order_and_quoted_line_breaks() -> None:
    rows = rows_of(annotated_file(TEXT, [], "en", delimiter=";"))
    assert [row[0] for row in rows if len(row) == 4] == [
        "ags", "07312000", "7312000", "09162000", "08421000",
    ]  # fmt: skip
    assert rows[4][1] == "zwei\nZeilen"


def test_formula_comes_back_harmless() -> None:
    assert rows_of(annotated_file(TEXT, [], "de", delimiter=";"))[5][1] == "'=1+1"


def test_finding_of_the_whole_file_is_not_lost() -> None:
    found = [Finding("number_style_open", "t.csv", column="value",
                     details={"evidence": "open: 2", "style": "1,234.5"})]  # fmt: skip
    rows = rows_of(annotated_file(TEXT, found, "de", delimiter=";"))
    assert rows[1][2].startswith(f"(ganze Datei) {found[0].sentence('de')}")


def test_umlauts_survive_a_spreadsheet() -> None:
    content = annotated_file("ags;value\nKöln;1\n", [], "de", delimiter=";")
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Köln".encode() in content


def test_finding_below_the_last_row_gets_a_row_of_its_own() -> None:
    found = [Finding("not_a_number", "t.csv", row=99, column="value", value="x")]
    assert (
        found[0].sentence("en") in rows_of(annotated_file(TEXT, found, "en", delimiter=";"))[-1][1]
    )
