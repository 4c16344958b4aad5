"""Upload: one file is checked, mended, previewed, published and taken back."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loaders.intake.templates import template
from loaders.schemas import read_schema
from loaders.store import open_store
from views.texts import Formats, read_names, read_words

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "pages/contribute/upload.py"
LANGUAGES = ("de", "en")
HEADER = "ags;indicator;period;value;missing;flag;unit;source\n"
GOOD = "07312000;population;2023-12-31;101228;;;persons;destatis_register_2023\n"
BAD = (
    "99999000;population;2023-12-31;1;;;persons;destatis_register_2023\n"
    "07312000;poplation;2023-12-31;5;;;persons;destatis_register_2023\n"
    "07312000;population;2021-12-31;many;;;persons;destatis_register_2023\n"
    "07312000;population;2017-12-31;5;;;number;destatis_register_2023\n"
    "07312000;population;2023-12-31;7;;;persons;destatis_register_2023\n"
)


def texts(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


def check(page: AppTest, content: str | bytes, name: str = "figures.csv") -> AppTest:
    raw = content if isinstance(content, bytes) else content.encode()
    page.file_uploader(key="upload_file").set_value((name, raw, "text/csv"))
    page.run()
    assert not page.exception
    assert not page.error
    return page


def metrics(page: AppTest) -> list[str]:
    return [metric.value for metric in page.metric]


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.get("download_button")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_says_that_nothing_is_stored_and_who_may_publish(open_page, lang) -> None:
    page, words = open_page(SCRIPT, lang), read_words(lang)
    assert page.title[0].value == words("upload.headline")
    assert words("upload.lead") in texts(page)
    assert words("upload.template_load") in labels(page)
    assert f":material/key: {words('upload.rule.not_local')}" in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_clean_file_is_accepted(open_page, lang) -> None:
    page, words = check(open_page(SCRIPT, lang), HEADER + GOOD), read_words(lang)
    headings = [heading.value for heading in page.header]
    assert words("upload.accepted", file="figures.csv", seen="1", placed="1") in headings
    assert metrics(page)[:5] == ["1", "0", "0", "0", "1"]
    assert words("findings.none") in texts(page)
    assert words("upload.stays_here") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_faults_are_shown_at_once_with_row_column_value_and_advice(open_page, lang) -> None:
    page, words = check(open_page(SCRIPT, lang), HEADER + GOOD + BAD), read_words(lang)
    assert metrics(page)[:5] == ["6", "5", "5", "0", "1"]
    text = texts(page)
    for row, column, value in (
        (3, "ags", "99999000"),
        (4, "indicator", "poplation"),
        (5, "value", "many"),
        (6, "unit", "number"),
        (7, "ags", "07312000"),
    ):
        place = " · ".join((
            words("findings.in_row", row=row),
            words("findings.in_column", column=column),
            words("findings.cell", value=value),
        ))  # fmt: skip
        assert place in text
    assert text.count(words("findings.do")) == 5
    listed = next(
        one.value for one in page.dataframe if words("findings.column.code") in one.value.columns
    )
    assert list(listed[words("findings.column.row")]) == [3, 4, 5, 6, 7]
    assert (listed[words("findings.column.advice")] != "").all()


def test_refused_rows_are_counted_by_reason(open_page) -> None:
    text = texts(check(open_page(SCRIPT), HEADER + GOOD + BAD))
    line = next(one for one in text.splitlines() if "Abgewiesen, nach Grund" in one)
    for reason in ("unbekannter Indikator 1", "keine Zahl 1", "andere Einheit 1", "doppelt 1"):
        assert reason in line


def test_what_was_recognised_is_shown(open_page) -> None:
    content = (HEADER + GOOD.replace("101228", "101.228,5")).encode("cp1252") + b"\n;;;;;\xdf;;\n"
    text = texts(check(open_page(SCRIPT), content))
    assert "Windows-1252" in text
    assert "**Semikolon**" in text
    assert "1.234,5" in text


def test_number_style_can_be_changed(open_page) -> None:
    page = check(open_page(SCRIPT), HEADER + GOOD.replace("101228", "101.228"))

    def read_as(style: str) -> float:
        control = next(one for one in page.get("button_group") if "value" in one.label)
        control.set_value(style)
        again = read_words("de")("upload.choices_apply")
        next(one for one in page.button if one.label == again).click()
        page.run()
        table = next(one.value for one in page.dataframe if "Ort" in one.value.columns)
        return float(table["Wert"].iloc[0])

    assert read_as("german") == 101228
    assert read_as("english") == 101.228


def test_preview_names_place_indicator_and_missing_reason(open_page) -> None:
    row = "07312000;population;2021-12-31;;suppressed;;persons;destatis_register_2021\n"
    page = check(open_page(SCRIPT), HEADER + GOOD + row)
    table = next(one.value for one in page.dataframe if "Ort" in one.value.columns)
    assert list(table["Ort"]) == ["Kaiserslautern"] * 2
    assert table["Grund des Fehlens"].iloc[1] == "unbekannt oder geheim"
    assert pd.isna(table["Wert"].iloc[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_template_put_back_gives_no_error(open_page, lang) -> None:
    page = open_page(SCRIPT, lang)
    store = open_store(Path(os.environ["TRANSFERKOMPASS_STORE"]), ROOT / "data")
    check(page, template(store, "unemployment_rate", lang), "template.csv")
    assert metrics(page)[:5] == ["2", "0", "0", "0", "2"]
    assert read_words(lang)("upload.preview_nothing") in texts(page)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  \n\n", "file_empty"),
        (b"\x00\x01\x02\x03", ""),
        (b"hello, world\n", "format_unknown"),
        (b"%PDF-1.7 \xff\xfe", ""),
        (b"PK\x03\x04broken", ""),
        (b"ags,indicator,value\n07312000,population,1\n", "columns_missing"),
    ],
)
def test_unusable_file_is_refused_with_a_reason(open_page, content: bytes, code: str) -> None:
    page = check(open_page(SCRIPT), content)
    headings = [heading.value for heading in page.header]
    assert "„figures.csv“ kann so nicht gelesen werden" in headings
    listed = next(one.value for one in page.dataframe if "Regel" in one.value.columns)
    assert len(listed) == 1
    assert listed["Regel"].iloc[0] == code or (not code and listed["Was tun"].iloc[0] != "")


def test_file_with_a_header_alone_is_said_to_be_empty(open_page) -> None:
    headings = [one.value for one in check(open_page(SCRIPT), HEADER).header]
    assert read_words("de")("upload.no_rows", file="figures.csv") in headings


def test_many_findings_stay_readable_and_none_is_lost(open_page) -> None:
    bad = "".join(f"07312000;nothing;{1900 + i % 100};{i};;;persons;x\n" for i in range(3000))
    page, words = check(open_page(SCRIPT), HEADER + bad), read_words("de")
    text = texts(page)
    # unknown indicator and source 3,000 times each, and 2,900 keys named twice
    assert words("findings.errors", n="8.900") in text
    for count in ("3.000", "2.900"):
        alike = words("findings.alike", count=words("findings.errors", n=count))
        assert alike in text
        assert words("findings.all_alike", n=count) in [one.label for one in page.expander]
    assert words("findings.in_row", row=2) in text
    assert text.count(words("findings.do")) <= 6
    assert words("findings.table_some", shown="2.000") in text


def test_findings_without_a_row_are_told_apart_by_what_they_name(open_page) -> None:
    named = [f"Thema {letter}" for letter in "ABCDEFG"]
    values = ";".join("12,5" for _ in named)
    table = f"AGS;Jahr;{';'.join(named)}\n07312000;2022;{values}\n01001000;2022;{values}\n"
    text = texts(check(open_page(SCRIPT), table))
    assert "Thema A; Thema B; Thema C" in text


def test_hostile_text_is_shown_and_never_run(open_page) -> None:
    evil = "![x](https://example.org/x.png)"
    row = f"07312000;{evil};2023-12-31;1;;;persons;destatis_register_2023\n"
    page = check(open_page(SCRIPT), HEADER + row, "<b>figures</b>.csv")
    assert evil not in texts(page)
    assert "\\!\\[x\\]" in texts(page)
    assert any("\\<b\\>" in heading.value for heading in page.header)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_field_guide_explains_every_column_of_the_schema(open_page, lang) -> None:
    schema = read_schema(ROOT / "data" / "schemas" / "observations.json")
    text, words = texts(open_page(SCRIPT, lang)), read_words(lang)
    for name in schema.columns:
        needed = words("upload.required" if schema.is_needed(name) else "upload.optional")
        entry = next(one for one in text.split("- `") if one.startswith(f"{name}`"))
        assert needed in entry.splitlines()[0]
        assert words(f"upload.field.{name}") in entry


def test_file_with_remarks_is_offered_only_when_there_is_something_to_remark(open_page) -> None:
    words = read_words("de")
    assert words("upload.annotated") not in labels(check(open_page(SCRIPT), HEADER + GOOD))
    assert words("upload.annotated") in labels(check(open_page(SCRIPT), HEADER + GOOD + BAD))


def test_removed_file_leaves_nothing_behind(open_page) -> None:
    page = check(open_page(SCRIPT), HEADER + GOOD + BAD)
    page.file_uploader(key="upload_file").clear()
    page.run()
    assert "_draft_upload" not in page.session_state
    assert read_words("de")("upload.check_nothing") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_values_that_move_a_range_are_shown_before_publishing(open_page, lang) -> None:
    content = HEADER + GOOD.replace("101228", "9900000")
    page, words = check(open_page(SCRIPT, lang), content), read_words(lang)
    assert words("upload.moved_spreads", n=1) in texts(page)
    greatest = f"{words('upload.column.high')}, {words('upload.column.after')}"
    moved = next(one.value for one in page.dataframe if greatest in one.value.columns)
    assert moved[greatest].tolist() == [Formats(lang).number(9900000)]
    assert moved[words("upload.column.level")].tolist() == [
        read_names(ROOT / "data" / "names", lang)("level", "municipality")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_evidence_names_the_verdicts_it_would_move(open_page, lang) -> None:
    evidence = pd.read_csv(ROOT / "data" / "evidence.csv", dtype=str, keep_default_na=False)
    row = evidence[evidence["value"] == "0.5"].iloc[[0]].assign(value="1", grade="A")
    page, words = check(open_page(SCRIPT, lang), row.to_csv(index=False)), read_words(lang)
    assert words("upload.moved_verdicts", n=1) in texts(page)
    solutions = pd.read_csv(ROOT / "data" / "catalogue" / "solutions.csv", dtype=str)
    name = solutions.set_index("solution_id").at[row["solution_id"].iloc[0], "name"]
    sentence = next(one for one in texts(page).splitlines() if one.startswith(f"- **{name}**"))
    before, after = re.findall(r"\d+\D{1,5}\d+|\d+", sentence)[:2]
    assert before != after
