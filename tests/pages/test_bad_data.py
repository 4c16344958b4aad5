"""Faulty tables: named at start with file, row, column and what to do; the rest works on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.fresh import forget_all
from views import sitemap
from views.texts import read_words
from views.widgets.outcome_results import PLACEBO_TESTS

ROOT = Path(__file__).resolve().parents[2]
FEW = {
    f"observations/{name}.csv"
    for name in ("destatis_districts_2023", "destatis_register_2023", "deutschlandatlas_krs1224")
}


@pytest.fixture(scope="module")
def few_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped tables with a few observations only: quick to read again and again."""
    copy = tmp_path_factory.mktemp("few") / "data"
    left_out = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(ROOT / "data", copy, ignore=left_out)
    (copy / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    (copy / "observations").mkdir()
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource["path"] = sorted(FEW)
    for path in FEW:
        shutil.copy(ROOT / "data" / path, copy / path)
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return copy


@pytest.fixture
def bad_data(few_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy to spoil; pages opened afterwards read it into a store of its own."""
    copy = tmp_path / "data"
    shutil.copytree(few_data, copy, symlinks=True)
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(copy))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path / "store"))
    yield copy
    forget_all()


def open_page(page: str, lang: str = "de", titles: int = 1, **parameters: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    at.switch_page(sitemap.BY_NAME[page].script)
    at.query_params.update({"lang": lang, **parameters})
    at.run()
    assert not at.exception
    assert read_words(lang)("frame.went_wrong") not in [error.value for error in at.error]
    assert titles <= len(at.title) <= 1
    return at


def shown(at: AppTest) -> str:
    """The text of a page without the signs that keep Markdown harmless."""
    text = "\n".join(str(one.value) for kind in ("title", "markdown") for one in at.get(kind))
    return text.replace("\\", "")


def spoil(data: Path) -> int:
    """Four kinds of fault; gives the line of the wrong key."""
    (data / "lessons.csv").unlink()
    (data / "catalogue" / "contacts.csv").write_text("")
    adoptions = (data / "adoptions.csv").read_text(encoding="utf-8").splitlines()
    cut = adoptions[-1].split(",")[0] + ",hal"
    (data / "adoptions.csv").write_text("\n".join([*adoptions[:-1], cut]), encoding="utf-8")
    path = data / "catalogue" / "participations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "07312000" in text)
    lines[line - 1] = lines[line - 1].replace("07312000", "99999999")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return line


@pytest.mark.parametrize("lang", ["de", "en"])
def test_faults_are_named_at_start_and_every_page_works_on(lang: str, bad_data: Path) -> None:
    line = spoil(bad_data)
    last = len((bad_data / "adoptions.csv").read_text(encoding="utf-8").splitlines())
    data = shown(open_page("data", lang))
    said = {
        "de": [
            "Die Datei lessons.csv fehlt.",
            "Die Datei catalogue/contacts.csv ist leer.",
            f"Die letzte Zeile ({last}) von adoptions.csv ist unvollständig",
            "99999999",
            f"catalogue/participations.csv · Zeile {line} · Spalte ags",
            "Die Datei an diesen Ort legen",
        ],
        "en": [
            "The file lessons.csv is missing.",
            "The file catalogue/contacts.csv is empty.",
            f"The last line ({last}) of adoptions.csv is incomplete",
            "99999999",
            f"catalogue/participations.csv · row {line} · column ags",
            "Put the file in its place",
        ],
    }[lang]
    assert [sentence for sentence in said if sentence not in data] == []
    for page in sitemap.FRAMED:
        at = open_page(page, lang, ags="07312000")
        notice = read_words(lang)("frame.data_faults", n=4)
        assert notice in shown(at), page


@pytest.mark.parametrize("page", ["map", "compare", "adoption", "solutions", "data"])
@pytest.mark.parametrize("file", ["catalogue/indicators.csv", "catalogue/districts.csv"])
def test_a_page_says_when_the_table_it_needs_is_missing(
    file: str, page: str, bad_data: Path
) -> None:
    (bad_data / file).unlink()
    at = open_page(page, "de", ags="07312000")
    if page in ("map", "compare") and "indicators" in file:
        assert read_words("de")("frame.nothing_held") in [info.value for info in at.info]
    if page == "data":
        assert f"Die Datei {file} fehlt." in shown(at)


def test_without_any_indicator_to_choose_the_outcomes_say_so(bad_data: Path) -> None:
    effects = bad_data / "intended_effects.csv"
    effects.write_text(effects.read_text(encoding="utf-8").splitlines()[0] + "\n")
    for file in (bad_data / "observations").glob("*.csv"):
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
        rows[~rows["indicator"].isin(PLACEBO_TESTS)].to_csv(file, index=False)
    said = [info.value for info in open_page("outcomes", "de").info]
    assert read_words("de")("frame.nothing_held") in said


def test_without_solutions_nothing_is_invented(bad_data: Path) -> None:
    (bad_data / "catalogue" / "solutions.csv").unlink()
    for page in ("overview", "solutions", "solution", "lessons", "adoption"):
        text = shown(open_page(page, "de", ags="07312000"))
        assert "HAL-Plan" not in text
        assert "Urban Stack" not in text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_second_scoring_takes_the_place_of_scored_once(bad_data: Path, lang: str) -> None:
    evidence = pd.read_csv(bad_data / "evidence.csv", dtype=str, keep_default_na=False)
    rows = evidence[["solution_id", "measure_id", "value"]].assign(note="", scored_on="2026-11-25")
    rows.loc[rows["measure_id"] == "C1.3", "value"] = "1"
    rows.to_csv(bad_data / "second_scores.csv", index=False)
    words = read_words(lang)
    page = open_page("methods", lang, topic="criteria")
    heading = words("methods.second.column_kappa")
    tables = [table.value for table in page.table if heading in table.value]
    assert len(tables) == 1
    of_goals = tables[0][tables[0].iloc[:, 0].str.contains("C1.3")][heading].iloc[0]
    assert "(" in of_goals or of_goals == words("methods.second.no_kappa")
    text = "\n".join(part.value for part in page.markdown)
    assert words("methods.second.about") in text
    assert words("methods.grades.once", solutions="", rows="")[:18] not in text
    assert "C1.3" in text.split(words("methods.second.about"))[0].split("\n")[-2]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_spoilt_outlines_are_named_and_the_shipped_ones_shown(bad_data: Path, lang: str) -> None:
    (bad_data / "boundaries").unlink()
    shutil.copytree(ROOT / "data" / "boundaries", bad_data / "boundaries")
    outlines = bad_data / "boundaries" / "districts.topo.json"
    outlines.write_bytes(outlines.read_bytes()[:9000])
    data = shown(open_page("data", lang))
    said = {"de": "fehlt, ist leer oder abgeschnitten", "en": "is missing, empty or cut off"}[lang]
    assert f"districts.topo.json {said}" in data
    notice = read_words(lang)("frame.data_faults", n=1)
    project, solution = {"project": "cut"}, {"solution": "hal-plan"}
    for page, ids in {"map": {}, "transfer": {}, "project": project, "solution": solution}.items():
        assert notice in shown(open_page(page, lang, **ids)), page


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_broken_description_is_said_on_every_page_and_shown_on_one(
    bad_data: Path, lang: str
) -> None:
    (bad_data / "datapackage.json").write_text("{ broken", encoding="utf-8")
    words = read_words(lang)
    data = open_page("data", lang)
    assert data.title[0].value == words("data.headline_unreadable")
    mend = {"de": "Die Beschreibung berichtigen.", "en": "Mend the description."}[lang]
    assert mend in shown(data)
    assert "datapackage.json" in shown(data)
    for page in sitemap.FRAMED:
        at = open_page(page, lang, titles=0, ags="07312000")
        assert words("frame.data_faults_link") in [link.label for link in at.get("page_link")], page
