"""Bad input and bombs: each case with the answer it must get, and none takes long."""

import io
import time
import zipfile

import openpyxl
import pytest

from loaders.intake import Limits
from loaders.intake.annotate import annotated

from .conftest import HEADER, SOURCE, places

INCOME = "household_income_per_inhabitant"


def line(ags="07312", indicator=INCOME, period="2019", value="20000", missing="", unit="eur"):
    return f"{ags};{indicator};{period};{value};{missing};;{unit};{SOURCE}\n"


def values(examination):
    return examination.reading.observations["value"].tolist()


def reasons(examination):
    return [one.code for one in examination.findings]


def test_key_keeps_its_leading_zero(examined):
    examination = examined(HEADER + line("01001000"))
    assert examination.reading.observations["ags"].tolist() == ["01001000"]


def test_key_na_is_no_missing_value(examined):
    assert places(examined(HEADER + line("NA") + line())) == {("key_no_key", 2, "ags")}


@pytest.mark.parametrize("text", ["Infinity", "-inf", "nan", "1e400"])
def test_value_that_is_not_finite_is_refused(examined, text):
    examination = examined(HEADER + line(value=text) + line(period="2018"))
    assert places(examination) == {("not_finite", 2, "value")}
    assert len(examination.accepted) == 1


@pytest.mark.parametrize("text", [str(2**63 + 1), "123456789012345678901234567890"])
def test_number_longer_than_a_float_can_hold_is_refused(examined, text):
    examination = examined(HEADER + line(value=text))
    assert places(examination) == {("value_too_large", 2, "value")}
    assert examination.accepted.empty


@pytest.mark.parametrize("text", ["0x1F", "1_000", "１２", "1.2.3", "12,3,4", "--5"])
def test_text_that_only_looks_like_a_number_is_refused(examined, text):
    examination = examined(HEADER + line(value=text) + line(period="2018", value="19500,5"))
    assert places(examination) == {("not_a_number", 2, "value")}


def test_number_that_may_mean_thousands_is_asked_about(examined):
    examination = examined(HEADER + line(value="20,234") + line(period="2018", value="19900"))
    assert places(examination) == {("number_style_open", None, "value")}
    assert (examination.exit_code, values(examination)) == (1, [19900.0])


def test_decimal_comma_with_thousands_points_is_read(examined):
    rows = line(value="1.234,5") + line(period="2018", value="12,25")
    assert values(examined(HEADER + rows)) == [1234.5, 12.25]


def test_ragged_rows_never_shift(examined):
    rows = line() + "07312;x\n" + line(period="2018", value="19800").strip() + ";more\n"
    examination = examined(HEADER + rows + line(period="2017", value="19600"))
    assert places(examination) == {("field_count", 3, ""), ("field_count", 4, "")}
    assert values(examination) == [20000.0, 19600.0]
    assert examination.reading.observations["row"].tolist() == [2, 5]


def test_unclosed_quote_is_named_where_it_opens(examined):
    examination = examined(HEADER + line() + line('"07312') + line(period="2018"))
    assert ("quote_open", 3, "") in places(examination)
    assert values(examination) == [20000.0]


def test_quoted_line_end_keeps_the_rows_counted(examined):
    rows = f'07312;{INCOME};2019;20000;;"two\nlines";eur;{SOURCE}\n' + line("XXX")
    examination = examined(HEADER + rows)
    assert places(examination) == {("key_no_key", 4, "ags")}
    assert examination.reading.observations["flag"].tolist() == ["two\nlines"]


def test_heading_given_twice_is_refused(examined):
    examination = examined("ags;indicator;period;value;value\n07312;x;2019;1;2\n")
    assert (reasons(examination), examination.exit_code) == (["heading_twice"], 2)


def test_mixed_line_ends_keep_the_rows_counted(examined):
    rows = line().replace("\n", "\r\n") + line(period="2018") + line("XXX").replace("\n", "\r")
    examination = examined(HEADER + rows + line(period="2017"))
    assert places(examination) == {("key_no_key", 4, "ags")}
    assert len(examination.accepted) == 3


def test_nul_byte_is_refused_with_its_row(examined):
    examination = examined(HEADER + line() + line("07\x00312"))
    assert places(examination) == {("byte_nul", 3, "")}
    assert examination.exit_code == 2


@pytest.mark.parametrize(
    ("ags", "shown"),
    [
        ("07\u200f312", "RIGHT-TO-LEFT MARK"),
        ("07\u200b312", "ZERO WIDTH SPACE"),
        ("0731\u0662", "ARABIC-INDIC DIGIT TWO"),
        ("0731２", "FULLWIDTH DIGIT TWO"),
    ],
)
def test_sign_nobody_sees_in_a_key_is_named(examined, ags, shown):
    examination = examined(HEADER + line(ags))
    assert places(examination) == {("cell_hidden_characters", 2, "ags")}
    assert shown in examination.findings[0].sentence("en")


def test_cyrillic_look_alike_in_an_id_is_named(examined):
    examination = examined(HEADER + line(indicator=INCOME.replace("o", "\u043e", 1)))
    assert places(examination) == {("cell_hidden_characters", 2, "indicator")}


def test_bytes_that_are_no_utf8_are_read_as_windows_1252(examined):
    content = (HEADER + line().replace(f";;eur;{SOURCE}", f";größer \x80;eur;{SOURCE}")).encode(
        "latin-1"
    )
    examination = examined(content)
    assert examination.reading.encoding == "cp1252"
    assert examination.reading.observations["flag"].tolist() == ["größer €"]


def test_mark_of_utf8_before_other_bytes_is_refused(examined):
    assert reasons(examined(b"\xef\xbb\xbf" + HEADER.encode() + b"\xff\xfe;;;\n")) == [
        "file_unreadable"
    ]


def test_utf16_is_read_by_its_mark(examined_apart):
    examination = examined_apart((HEADER + line()).encode("utf-16"))
    assert (examination.reading.encoding, values(examination)) == ("utf-16", [20000.0])


def test_mark_of_utf8_is_no_part_of_the_header(examined):
    examination = examined("\ufeff" + HEADER + line())
    assert (examination.reading.encoding, values(examination)) == ("utf-8-sig", [20000.0])


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
def test_empty_file_is_refused(examined, content):
    examination = examined(content)
    assert (reasons(examination), examination.exit_code) == (["file_empty"], 2)


def test_header_without_rows_is_refused(examined):
    examination = examined(HEADER)
    assert (reasons(examination), examination.exit_code) == (["file_no_rows"], 2)


def test_a_million_columns_are_refused_at_once(examined_apart):
    begun = time.monotonic()
    examination = examined_apart(";".join(f"c{n}" for n in range(1_000_000)) + "\n1;2\n")
    assert reasons(examination) in (["columns_too_many"], ["line_too_long"])
    assert time.monotonic() - begun < 20


def test_cell_of_fifty_megabytes_is_refused_at_once(examined_apart):
    begun = time.monotonic()
    examination = examined_apart(HEADER + line() + line(value="9" * 50_000_000))
    assert places(examination) == {("line_too_long", 3, "")}
    assert time.monotonic() - begun < 20


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def test_archive_that_grows_too_much_is_refused_unopened(examined_apart):
    bomb = zipped("table.csv", HEADER.encode() + b"0" * 520_000_000)
    examination = examined_apart(bomb, "table.zip")
    assert len(bomb) < 1_000_000
    assert (reasons(examination), examination.exit_code) == (["archive_too_large"], 2)


def test_archive_inside_an_archive_is_refused(examined):
    nested = zipped("inner.zip", zipped("table.csv", b"ags;value\n"))
    assert reasons(examined(nested)) == ["archive_in_archive"]


def workbook(rows: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    for number in range(rows):
        sheet.append([number, "text", number / 7])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_workbook_that_takes_too_long_is_ended_and_said(examined_apart):
    begun = time.monotonic()
    examination = examined_apart(workbook(60_000), "book.xlsx", limits=Limits(seconds=0.3))
    assert reasons(examination) == ["reading_too_long"]
    assert time.monotonic() - begun < 30


def test_workbook_that_takes_too_much_memory_is_ended_and_said(examined_apart):
    limits = Limits(memory=200 * 1024**2)
    examination = examined_apart(workbook(60_000), "book.xlsx", limits=limits)
    assert reasons(examination) == ["reading_too_much_memory"]


def test_workbook_with_an_entity_bomb_is_refused(examined_apart):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    xml = f"{head}<worksheet>&e9;</worksheet>"
    with zipfile.ZipFile(io.BytesIO(workbook(3))) as original:
        parts = {name: original.read(name) for name in original.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, xml.encode() if "sheet1" in name else content)
    assert reasons(examined_apart(packed.getvalue(), "book.xlsx")) == ["file_unreadable"]


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [(b"MZ\x90", "EXE"), (b"PAR1", "Parquet"), (b"%PDF-1.7", "PDF"), (b"\x7fELF", "ELF")],
)
def test_programs_and_other_files_are_no_tables(examined, beginning, kind):
    examination = examined(beginning + b"\x01" * 100, "table.csv")
    assert reasons(examination) == ["file_no_table"]
    assert examination.findings[0].value == kind


def test_text_made_to_stall_patterns_does_not(examined_apart):
    begun = time.monotonic()
    rows = "".join(line(period=str(y), value="1 " * 20_000 + "!") for y in range(1990, 2000))
    examination = examined_apart(HEADER + rows)
    assert reasons(examination) == ["not_a_number"] * 10
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("start", ["=cmd()", "+1+cmd()", "-1+cmd()", "@SUM(A1)", "\tcmd"])
def test_annotated_file_starts_no_formula(examined, start):
    content = f"ags;indicator;period;value;flag\n07312;{INCOME};2019;x;{start}\n".encode()
    given = annotated(content, examined(content)).decode("utf-8-sig")
    assert f";'{start};" in given


def test_name_with_a_path_is_only_a_name(examined_apart):
    examination = examined_apart(HEADER + line(), "../../etc/x.csv")
    assert (examination.name, examination.outcome) == ("../../etc/x.csv", "accepted")


def test_file_above_the_limit_is_refused_with_the_limit(examined_apart):
    examination = examined_apart(HEADER + line() * 9, limits=Limits(size=200))
    assert (reasons(examination), examination.exit_code) == (["file_too_large"], 2)


def test_more_rows_than_allowed_are_refused(examined):
    examination = examined(HEADER + line() * 9, limits=Limits(rows=5))
    assert reasons(examination) == ["rows_too_many"]


def test_every_refusal_reads_in_both_languages(examined):
    for content in (b"", b"PAR1", HEADER.encode(), b"a;b\n1\x00;2\n"):
        for one in examined(content).findings:
            for lang in ("de", "en"):
                assert "{" not in one.sentence(lang) + one.advice(lang)
