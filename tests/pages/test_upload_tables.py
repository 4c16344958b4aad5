"""Tables of other kinds through the upload page: template, findings, consequence, undo."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from loaders.intake.table_templates import table_template
from loaders.store import open_store
from loaders.store.queries import table
from views.exports.lesson_row import filled, lesson_row
from views.texts import read_words

from .test_upload import SCRIPT, check, labels, metrics, texts

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")
KINDS = ("solutions", "adoptions", "lessons", "milestones", "evidence", "phases", "gates",
         "prerequisites")  # fmt: skip


@pytest.fixture
def own_page(own_folder, monkeypatch, open_page):
    """The upload page over a store of this test alone, where everybody may publish."""
    monkeypatch.setenv("TRANSFERKOMPASS_PUBLISH", "open")

    def start(lang: str = "de", **parameters: str) -> AppTest:
        monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
        return open_page(SCRIPT, lang, **parameters)

    return start


@pytest.fixture
def own_store(own_folder):
    opened = open_store(own_folder, ROOT / "data")
    yield opened
    opened.close()


def lesson(store, kind: str = "lessons", **changed) -> bytes:
    """A new lesson, or row of another kind, as a spreadsheet saves the filled template."""
    lines = table_template(store, kind).decode("utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    header, example = (next(csv.reader([line], delimiter=";")) for line in lines[at : at + 2])
    row = dict(zip(header, example, strict=True)) | changed
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow(row.values())
    return "\r\n".join([*lines[: at + 1], written.getvalue()]).encode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_kind_offers_a_template_and_its_field_guide(open_page, lang) -> None:
    page, words = open_page(SCRIPT, lang), read_words(lang)
    for kind in KINDS:
        page.selectbox(key="template_kind").set_value(kind).run()
        assert not page.exception
        assert labels(page).count(words("upload.template_load")) == 1
    assert "`prerequisite_id`" in texts(page)


def test_a_link_names_the_kind(open_page) -> None:
    page = open_page(SCRIPT, "de", kind="lessons")
    assert page.selectbox(key="template_kind").value == "lessons"
    assert open_page(SCRIPT, "de", kind="nothing").selectbox(key="template_kind").value == (
        "observations"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_goes_out_and_comes_back(own_page, own_store, lang) -> None:
    words, held = read_words(lang), len(table(own_store, "lessons"))
    page = check(own_page(lang), lesson(own_store, lesson_id="a-lesson-of-ours"), "lessons.csv")
    assert metrics(page) == ["1", "0", "0", "1", "1", "0", "0", "0"]
    views = [words("frame.page.lessons"), words("upload.view.solution")]
    assert all(view in texts(page) for view in views)
    page.text_input(key="publish_person").set_value("A. Example")
    page.text_input(key="publish_note").set_value("from our town")
    send = words("upload.publish", count="1")
    next(one for one in page.button if one.label == send).click()
    page.run()
    assert not page.exception
    rows = table(own_store, "lessons")
    assert len(rows) == held + 1
    assert "a-lesson-of-ours" in set(rows["lesson_id"])
    next(one for one in page.button if one.label == words("versions.undo")).click()
    page.run()
    assert not page.exception
    assert len(table(own_store, "lessons")) == held


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_without_source_is_a_finding_and_stays_out(own_page, own_store, lang) -> None:
    content = lesson(own_store, lesson_id="a-lesson-of-ours", source_url="")
    page, words = check(own_page(lang), content, "lessons.csv"), read_words(lang)
    assert words("findings.in_column", column="source\\_url") in texts(page)
    assert words("upload.nothing_to_publish") in texts(page)


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_of_each_kind_changes_nothing(open_page, own_store, kind) -> None:
    page = check(open_page(SCRIPT), table_template(own_store, kind), f"{kind}.csv")
    assert metrics(page)[:4] == ["2", "0", "0", "2"]
    assert read_words("de")("upload.preview_nothing") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_replacement_removes_what_the_file_leaves_out(own_page, own_store, lang) -> None:
    words, held = read_words(lang), table(own_store, "adoptions")
    solution = held["solution_id"].value_counts().index[0]
    of_it = held[held["solution_id"] == solution]
    content = of_it.iloc[1:].to_csv(index=False).encode()
    page = check(own_page(lang), content, "adoptions.csv")
    assert metrics(page)[4:7] == ["0", "0", "0"]
    page.radio(key="upload_table_way").set_value("replace_same").run()
    assert metrics(page)[4:7] == ["0", "0", "1"]
    assert solution in texts(page)
    page.text_input(key="publish_person").set_value("A. Example")
    send = words("upload.publish", count="1")
    next(one for one in page.button if one.label == send).click()
    page.run()
    assert not page.exception
    left = table(own_store, "adoptions")
    assert len(left) == len(held) - 1
    assert (left["solution_id"] == solution).sum() == len(of_it) - 1


def test_a_row_others_point_to_is_not_removed(own_page, own_store) -> None:
    held = table(own_store, "solutions")
    page = check(own_page("de"), held.head(3).to_csv(index=False).encode(), "solutions.csv")
    page.radio(key="upload_table_way").set_value("replace_table").run()
    assert metrics(page)[6] == str(len(held) - 3)
    assert "zeigen noch andere Tabellen" in texts(page)
    assert not [one for one in page.button if one.label.startswith("Änderungen veröffentlichen")]


def test_a_lesson_of_the_form_is_accepted_as_it_is(own_page, own_store) -> None:
    texts_of = {"de": "LoRaWAN braucht Notstrom.", "en": "LoRaWAN needs backup power."}
    row = filled(texts_of, "", "", "worked", "https://example.org/a", dt.date(2026, 11, 25))
    page = check(own_page("de"), lesson_row(row), "lessons.csv")
    assert metrics(page)[:4] == ["1", "0", "0", "1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_with_two_such_tables_asks_for_the_sheet(own_page, own_store, lang) -> None:
    book, words = openpyxl.Workbook(), read_words(lang)
    rows = list(csv.reader(io.StringIO(lesson(own_store, lesson_id="new-one").decode()),
                           delimiter=";"))  # fmt: skip
    for page in (book.active, book.create_sheet("Copy")):
        for row in rows:
            page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    page = check(own_page(lang), kept.getvalue(), "lessons.xlsx")
    page.text_input(key=next(one.key for one in page.text_input if "choice_sheet" in str(one.key))
                    ).set_value("Copy")  # fmt: skip
    apply = words("upload.choices_apply")
    next(one for one in page.button if one.label == apply).click().run()
    assert metrics(page)[:4] == ["1", "0", "0", "1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_waits_until_the_zero_of_its_key_is_ticked(own_page, own_store, lang) -> None:
    page, words = own_page(lang), read_words(lang)
    check(page, lesson(own_store, "milestones", ags="5515000"), "milestones.csv")
    assert words("upload.metric_waiting_rows") in [one.label for one in page.metric]
    assert words("upload.nothing_to_publish") in texts(page)
    (tick,) = [one for one in page.checkbox if one.key.startswith("repair_lost_zero")]
    tick.check()
    apply = words("upload.repairs_apply")
    next(one for one in page.button if one.label == apply).click().run()
    assert words("upload.nothing_to_publish") not in texts(page)
    assert words("upload.metric_waiting_rows") not in [one.label for one in page.metric]
