"""Publishing from the page: what changes, who may, two at once, one press too many, undo."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import open_store, publish, queries
from tests.crash.harness import failing_at
from views import publishing
from views.publishing import rule_for
from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
HEADER = "ags;indicator;period;value;missing;flag;unit;source\n"
NEW = "07312000;population;2025-12-31;123456;;;persons;destatis_register_2023\n"
LOST_ZERO = "7311000;population;2025-12-31;49250;;;persons;destatis_register_2023\n"
DE = read_words("de")


@pytest.fixture
def store(own_folder, monkeypatch):
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    monkeypatch.setenv(publishing.SETTING, "open")
    opened = open_store(own_folder, ROOT / "data")
    yield opened
    opened.close()


def brought(content: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180)
    page.switch_page("pages/contribute/upload.py")
    page.run()
    page.file_uploader(key="upload_file").set_value(("figures.csv", content.encode(), "text/csv"))
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    page.run()
    assert not page.exception
    assert not page.error
    return page


def publish_as(page: AppTest, person: str, changes: str) -> AppTest:
    page.text_input(key="publish_person").set_value(person)
    return press(page, DE("upload.publish", count=changes))


def headings(page: AppTest) -> list[str]:
    return [one.value for one in page.header]


def held(store, ags: str) -> list[float]:
    return (
        queries.series(store, ["population"], [ags])
        .query("period == '2025-12-31'")["value"]
        .tolist()
    )


def test_repair_is_ticked_previewed_published_and_taken_back(store) -> None:
    page = brought(HEADER + NEW + LOST_ZERO)
    assert [one.value for one in page.metric][3:7] == ["1", "1", "1", "0"]
    page.checkbox[0].check()
    press(page, DE("upload.repairs_apply"))
    assert [one.value for one in page.metric][3:7] == ["0", "2", "2", "0"]
    assert held(store, "07311000") == []
    publish_as(page, "A. Example", "2")
    number = store.version()
    assert DE("upload.published", number=number) in headings(page)
    assert held(store, "07311000") == [49250]
    page.button(key=f"undo_{number}").click().run()
    assert DE("upload.taken_back", number=number) in headings(page)
    assert held(store, "07311000") == []


def test_without_a_name_nothing_is_published(store) -> None:
    page, before = brought(HEADER + NEW), store.version()
    publish_as(page, "  ", "1")
    assert DE("upload.person_needed") in [one.value for one in page.warning]
    assert store.version() == before


def test_somebody_else_was_faster(store) -> None:
    page = brought(HEADER + NEW)
    row = dict(zip(HEADER.strip().split(";"), NEW.strip().split(";"), strict=True))
    other = pd.DataFrame([{**row, "value": 7.0}])
    publish(store, "observations", other, name="other.csv", person="B. Example", note="",
            upload_id="other")  # fmt: skip
    publish_as(page, "A. Example", "1")
    said = " ".join(one.value for one in page.warning).replace("\\", "")
    assert "B. Example „other.csv“" in said
    assert held(store, "07312000") == [7]
    publish_as(page, "A. Example", "1")
    assert held(store, "07312000") == [123456]


def test_what_the_server_could_not_write_is_said_with_what_to_do(store) -> None:
    page, before = brought(HEADER + NEW), store.version()
    page.text_input(key="publish_person").set_value("A. Example")
    label = DE("upload.publish", count="1")
    full = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    with failing_at("open draft", full):
        next(one for one in page.button if one.label == label).click().run()
    assert "zu viele Dateien offen" in page.error[0].value
    assert "In einer Minute noch einmal versuchen" in page.error[0].value
    assert (store.version(), page.exception) == (before, [])
    publish_as(page, "A. Example", "1")
    number = store.version()
    with failing_at("begin", sqlite3.OperationalError("disk I/O error")):
        page.button(key=f"undo_{number}").click().run()
    said = page.error[0].value.replace("\\", "")
    assert f"Version {number}: Nicht gespeichert" in said
    assert held(store, "07312000") == [123456]
    page.button(key=f"undo_{number}").click().run()
    assert (len(page.error), held(store, "07312000")) == (0, [])


def test_operator_switched_publishing_off(store, monkeypatch) -> None:
    monkeypatch.setenv(publishing.SETTING, "off")
    page = brought(HEADER + NEW)
    assert f":material/lock: {DE('upload.only_checked')}" in [one.value for one in page.markdown]
    assert DE("upload.publish", count="1") not in [one.label for one in page.button]


@pytest.mark.parametrize(
    ("setting", "headers", "visitor", "rule"),
    [
        ("", {"Host": "localhost:8501"}, None, "local"),
        ("", {"Host": "127.0.0.1:8501"}, "127.0.0.1", "local"),
        ("", {"Host": "[::1]:8501"}, "::1", "local"),
        ("", {"Host": "city.example"}, None, "not_local"),
        ("", {"Host": "localhost"}, "192.0.2.1", "not_local"),
        ("", {"Host": "localhost", "X-Forwarded-For": "192.0.2.1"}, None, "not_local"),
        ("", {}, None, "not_local"),
        ("open", {"Host": "city.example"}, "192.0.2.1", "open"),
        ("off", {"Host": "localhost"}, None, "off"),
        ("yes", {"Host": "localhost"}, None, "off"),
    ],
)
def test_who_may_publish(setting, headers, visitor, rule) -> None:
    assert rule_for(setting, headers, visitor) == rule
