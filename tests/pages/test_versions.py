"""Versions: the list, undo and redo, an older state on every page with the way back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import open_store, publish, queries
from views import publishing
from views.texts import read_names, read_words

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "pages/contribute/versions.py"
LANGUAGES = ("de", "en")
ROW = {
    "ags": "07312", "indicator": "population", "period": "2023-12-31", "value": 123456.0,
    "missing": "", "flag": "", "unit": "persons", "source": "destatis_register_2023",
}  # fmt: skip

ORIGINAL = "0123456789abcdef" * 4


@pytest.fixture
def published(own_folder, monkeypatch) -> int:
    """The number of one upload in a store of its own."""
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    monkeypatch.setenv(publishing.SETTING, "open")
    store = open_store(own_folder, ROOT / "data")
    number = publish(store, "observations", pd.DataFrame([ROW]), name="figures.csv",
                     person="A. Example", note="late figures", upload_id="one",
                     original=ORIGINAL)  # fmt: skip
    store.close()
    return number


def open_at(script: str, lang: str = "de", **parameters: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    page.switch_page(script)
    page.query_params.update({"lang": lang, **parameters})
    page.run()
    assert not page.exception
    assert not page.error
    return page


def texts(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


def keys(page: AppTest) -> list[str]:
    return [button.key for button in page.button if button.key]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_names_person_note_time_rows_and_hash(published, lang) -> None:
    page, words = open_at(SCRIPT, lang), read_words(lang)
    assert page.title[0].value == words("versions.headline", n=1, version=published)
    assert words("versions.card", number=published, name="figures.csv") in [
        one.value.replace("\\", "") for one in page.subheader
    ]
    text = texts(page).replace("\\", "")
    for part in ("A. Example", "late figures", words("versions.state.live")):
        assert part in text
    heading = words("versions.column.sha256")
    table = next(one.value for one in page.dataframe if heading in one.value)
    newest = table.iloc[0]
    assert newest[words("versions.column.number")] == published
    assert len(newest[words("versions.column.sha256")]) == 64
    assert newest[words("versions.column.sha256")][:12] in text
    assert newest[words("versions.column.original")] == ORIGINAL
    assert ORIGINAL in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rise_in_grade_stands_with_its_version(published, tmp_path, lang) -> None:
    store = open_store(tmp_path / "store", ROOT / "data")
    rows = queries.table(store, "evidence")
    row = rows[(rows["solution_id"] == "masterportal") & (rows["measure_id"] == "C1.3")]
    assert row["grade"].tolist() == ["C"]
    publish(store, "evidence", row.assign(grade="A"), name="evidence.csv", person="A. Example",
            note="", upload_id="two")  # fmt: skip
    store.close()
    page, words = open_at(SCRIPT, lang), read_words(lang)
    measure = read_names(ROOT / "data" / "names", lang)("measure", "C1.3")
    said = words("evidence.changed_raised", name="Masterportal", measure=measure,
                 before="C", after="A")  # fmt: skip
    assert said in texts(page)


def test_an_older_state_names_its_own_address(published) -> None:
    page = open_at(SCRIPT, version=str(published - 1))
    assert page.code[-1].value.endswith(f"/open/versions/{published - 1}/package.zip")


def test_undo_is_one_press_and_redo_another(published) -> None:
    page = open_at(SCRIPT)
    page.text_input(key="versions_person").set_value("B. Example").run()
    page.button(key=f"undo_{published}").click().run()
    assert not page.exception
    assert page.title[0].value == read_words("de")(
        "versions.headline_all_undone", version=published + 1
    )
    assert "zurückgenommen von B. Example" in texts(page).replace("\\", "")
    page.button(key=f"redo_{published}").click().run()
    assert page.title[0].value == read_words("de")("versions.headline", n=1, version=published + 2)
    assert f"undo_{published}" in keys(page)


def test_two_people_take_the_same_version_back(published) -> None:
    first, second = open_at(SCRIPT), open_at(SCRIPT)
    first.button(key=f"undo_{published}").click().run()
    second.button(key=f"undo_{published}").click().run()
    assert not second.exception
    assert [one.value.split(":")[0] for one in second.warning] == [
        "Nichts geändert, denn jemand war schneller"
    ]


def test_without_the_right_to_publish_the_list_can_only_be_read(published, monkeypatch) -> None:
    monkeypatch.setenv(publishing.SETTING, "off")
    page = open_at(SCRIPT)
    assert f"undo_{published}" not in keys(page)
    assert f"open_{published}" in keys(page)
    assert read_words("de")("upload.rule.off") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_older_state_is_shown_on_all_pages_and_said(published, lang) -> None:
    words = read_words(lang)
    asked = {"version": str(published - 1), "ags": "07312000"}
    page = open_at("pages/contribute/data.py", lang, **asked)
    said = words("frame.past", version=published - 1, newest=published)
    assert f":material/history: {said}" in texts(page)
    page.button(key="show_newest").click().run()
    assert said not in texts(page)
    assert "version" not in page.query_params


def shows(page: AppTest, value: str) -> bool:
    """Whether a table of the page holds the value."""
    return any(value in frame.value.to_csv() for frame in page.dataframe)


def as_table(page: AppTest) -> AppTest:
    """The page with the table of its map opened."""
    page.session_state["map_fold"] = True
    return page.run()


def test_published_value_is_on_the_map_and_absent_in_the_state_before(published) -> None:
    asked = {"indicator": "population", "period": "2023-12-31"}
    assert shows(as_table(open_at("pages/look/map.py", **asked)), "123456")
    before = as_table(open_at("pages/look/map.py", **asked, version=str(published - 1)))
    assert shows(before, "Kaiserslautern")
    assert not shows(before, "123456")


@pytest.mark.parametrize("wrong", ["0", "1", "99999", "newest", "-3"])
def test_unknown_version_is_said_and_the_newest_shown(published, wrong) -> None:
    page = open_at("pages/look/solutions.py", version=wrong)
    said = read_words("de")("frame.unknown_version", value=wrong)
    assert said in [one.value.replace("\\", "") for one in page.warning]
    assert f"Version {published}" in "\n".join(one.value for one in page.caption)


def test_state_is_opened_by_its_number(published) -> None:
    page = open_at(SCRIPT)
    page.number_input(key="version_number").set_value(published - 1)
    opening = read_words("de")("versions.open_this")
    next(one for one in page.button if one.label == opening).click().run()
    assert not page.exception
    assert page.query_params["version"] in (str(published - 1), [str(published - 1)])
