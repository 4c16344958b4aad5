"""Data: what we hold is said in one sentence and listed in full, with age and licence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loaders.store import publish, queries
from views import session
from views.texts import Formats, plain, read_names, read_words
from views.widgets import holdings_tables

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "pages/contribute/data.py"
LANGUAGES = ("de", "en")


@pytest.fixture(scope="module")
def observations() -> pd.DataFrame:
    files = sorted((ROOT / "data" / "observations").glob("*.csv"))
    parts = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
    return pd.concat(parts)


def texts(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


def shown(page: AppTest, heading: str) -> pd.DataFrame:
    """The table that has a column of that heading."""
    return next(one.value for one in page.dataframe if heading in one.value.columns)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_counts_what_the_files_hold(open_page, observations, lang) -> None:
    held = observations[observations["value"] != ""]
    title = open_page(SCRIPT, lang).title[0].value
    number = Formats(lang).number
    for count in (held["indicator"].nunique(), len(held), held["ags"].str.len().eq(8).sum() and
                  held.loc[held["ags"].str.len() == 8, "ags"].nunique()):  # fmt: skip
        assert number(count) in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_is_listed_with_source_and_licence(open_page, observations, lang) -> None:
    page, words = open_page(SCRIPT, lang), read_words(lang)
    table = shown(page, words("data.column.id"))
    held = observations[observations["value"] != ""]
    assert set(held["indicator"]) <= set(table[words("data.column.id")])
    for name in ("publisher", "licence", "link"):
        assert (table[words(f"data.column.{name}")] != "").all()


def test_terms_of_the_sources_are_read_in_english(open_page) -> None:
    page = open_page(SCRIPT, "en")
    everything = texts(page) + shown(page, "Id")["Licence"].str.cat(sep=" ")
    assert "Reproduction and distribution, also in parts" in everything
    assert "Vervielfältigung" not in everything
    assert "Freie Nutzung" not in everything


def test_one_time_point_is_said_as_such(open_page) -> None:
    table = shown(open_page(SCRIPT), "Kennung")
    wages = table[table["Kennung"] == "median_wage"]
    assert list(wages["Zeitraum"]) == ["ein Zeitpunkt: 2017"]
    population = table[(table["Kennung"] == "population") & (table["Orte"] == 400)]
    assert "25 Zeitpunkte" in population["Zeitraum"].iloc[0]


def test_missing_values_are_counted_by_reason(open_page, observations) -> None:
    table = shown(open_page(SCRIPT), "Kennung").set_index("Kennung")
    absent = observations[
        (observations["indicator"] == "household_income_per_inhabitant")
        & (observations["missing"] != "")
    ]
    number = Formats("de").number(len(absent))
    told = "; ".join(table.loc["household_income_per_inhabitant", "Ohne Wert, nach Grund"])
    assert number in told
    assert read_names(ROOT / "data" / "names", "de")("missing", absent["missing"].iloc[0]) in told


def test_direction_is_said_in_words(open_page) -> None:
    table = shown(open_page(SCRIPT, "en"), "Id").set_index("Id")
    assert set(table.loc["unemployment_rate", "Direction"]) == {"lower is better"}
    assert table.loc["area_with_5g", "Direction"] == "higher is better"
    assert set(table.loc["population", "Direction"]) == {"neither"}


def test_theme_narrows_the_table_and_stands_in_the_address(open_page) -> None:
    page = open_page(SCRIPT)
    everything = len(shown(page, "Kennung"))
    page = open_page(SCRIPT, theme="energy")
    energy = shown(page, "Kennung")
    assert set(energy["Thema"]) == {"Energie"}
    assert len(energy) < everything
    assert page.query_params["theme"] in ("energy", ["energy"])


def test_unknown_theme_is_said(open_page) -> None:
    page = open_page(SCRIPT, theme="astrology")
    assert set(shown(page, "Kennung")["Thema"]) != {"astrology"}
    assert any("astrology" in warning.value for warning in page.warning)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_shows_its_notice(open_page, lang) -> None:
    sources = pd.read_csv(ROOT / "data/catalogue/sources.csv", dtype=str, keep_default_na=False)
    text = texts(open_page(SCRIPT, lang))
    for notice in sources["attribution"]:
        assert plain(notice) in text
    for address in sources["url"]:
        assert f"]({address})" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_is_listed_with_its_rows(open_page, lang) -> None:
    words = read_words(lang)
    table = shown(open_page(SCRIPT, lang), words("data.column.rows"))
    rows = dict(
        zip(table[words("data.column.file")], table[words("data.column.rows")], strict=True)
    )
    assert rows["catalogue/municipalities.csv"] == 10775
    assert rows["catalogue/model_projects.csv"] == 73
    assert rows["adoptions.csv"] == 126
    assert (table[words("data.column.licence")] != "").all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_faults_of_shipped_tables_are_shown_in_full(tmp_path, monkeypatch, lang) -> None:
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy)
    (copy / "lessons.csv").unlink()
    progress = copy / "progress.csv"
    lines = progress.read_text(encoding="utf-8").splitlines(keepends=True)
    progress.write_text("".join([*lines, "too,short\n"]), encoding="utf-8")
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(copy))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path / "store"))
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
    page.switch_page(SCRIPT)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    words = read_words(lang)
    text = texts(page)
    error, place = words("findings.severity.error"), words("findings.in_row", row=len(lines) + 1)
    assert f"**{error}** · lessons.csv · {words('findings.whole_file')}" in text
    assert f"progress.csv · {place}" in text
    listed = shown(page, words("findings.column.code"))
    files = listed[words("findings.column.file")]
    assert {"lessons.csv", "progress.csv"} <= set(files)
    for name in ("sentence", "advice", "severity"):
        assert (listed[words(f"findings.column.{name}")] != "").all()


def test_everything_can_be_taken_but_is_not_built_by_a_visit(open_page, monkeypatch) -> None:
    from views.exports import package

    built = []
    monkeypatch.setattr(package, "build_package", lambda *given: built.append(given))
    page = open_page(SCRIPT)
    labels = [button.label for button in page.get("download_button")]
    assert any("ZIP" in label for label in labels)
    assert built == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_addresses_for_programs_and_portals_can_be_copied(open_page, lang: str) -> None:
    page = open_page(SCRIPT, lang=lang)
    archive, record = (one.value for one in page.code)
    number = archive.rsplit("/", 2)[-2]
    assert archive.endswith(f"/open/versions/{number}/package.zip")
    assert record.endswith("/open/catalog.jsonld")
    said = [one.value for one in page.markdown]
    assert read_words(lang)("opendata.address", version=number) in said
    assert read_words(lang)("opendata.record") in said


def test_a_row_published_again_is_one_row(own_folder: Path, monkeypatch) -> None:
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    before = holdings_tables.fact_rows()
    store = session.store()
    changed = queries.table(store, "lessons").head(3).assign(lesson_en="Other words")
    told = {"name": "lessons.csv", "person": "A", "note": "", "upload_id": "1"}
    publish(store, "lessons", changed, **told)
    assert holdings_tables.fact_rows() == before
    added = changed.head(1).assign(lesson_id="one-more")
    publish(store, "lessons", added, **{**told, "upload_id": "2"})
    assert holdings_tables.fact_rows() == before + 1
