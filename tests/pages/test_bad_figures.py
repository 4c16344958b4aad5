"""Every edge of the method that a visitor can meet is a sentence, not a traceback."""

from __future__ import annotations

import json
import logging
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis import rank_ranges, simplex
from analysis.errors import BadWeights, NotConverged, TooManyPlaces
from loaders.findings import Finding
from tests.pages.fresh import forget_all
from tests.wording import bare_ranks
from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
INCOME = "household_income_per_inhabitant"
SERIES = "observations/vgrdl_r2b3_2024.csv"
SHIPPED = [
    f"observations/{name}.csv"
    for name in ("destatis_districts_2023", "destatis_register_2023", "deutschlandatlas_krs1224")
]
OUTCOMES, PROFILE = "pages/compare/outcomes.py", "pages/compare/profile.py"
SHUTTLE = {"solution": "dorfshuttle-suederbrarup", "indicator": INCOME}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory):
    """Few shipped figures and one series: a constant course, a double key, an infinite value."""
    copy = tmp_path_factory.mktemp("spoilt") / "data"
    shutil.copytree(
        ROOT / "data", copy, ignore=shutil.ignore_patterns("boundaries", "observations")
    )
    (copy / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    (copy / "observations").mkdir()
    for path in SHIPPED:
        shutil.copy(ROOT / "data" / path, copy / path)
    _spoilt_series().to_csv(copy / SERIES, index=False)
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource["path"] = sorted([*SHIPPED, SERIES])
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    yield copy
    forget_all()


def _spoilt_series() -> pd.DataFrame:
    rows = pd.read_csv(ROOT / "data" / SERIES, dtype=str, keep_default_na=False)
    rows = rows[(rows["indicator"] == INCOME) & (rows["ags"].str.len() == 5)]
    year = rows["period"].astype(int)
    rows = rows[year >= 2012]
    constant = (rows["ags"] == "01059") & (rows["period"].astype(int) < 2022)
    rows.loc[constant, "value"] = "20000"
    first = rows["period"] == "2015"
    double = rows[first & (rows["ags"] == "01001")].assign(value="1")
    infinite = rows[first & (rows["ags"] == "01002")].assign(period="2011", value="inf")
    return pd.concat([rows, double, infinite])


@pytest.fixture
def spoilt_page(spoilt: Path, tmp_path_factory, monkeypatch, open_page):
    """``open_page`` on the spoilt figures."""
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(spoilt))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(spoilt.parent / "store"))
    return open_page


def shown(page) -> str:
    kinds = ("title", "subheader", "header", "markdown", "caption", "info", "warning")
    text = "\n".join(str(one.value) for kind in kinds for one in page.get(kind))
    return text.replace("\\", "")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_constant_double_and_infinite_figures_are_sentences(lang: str, spoilt_page) -> None:
    words = read_words(lang)
    text = shown(spoilt_page(OUTCOMES, lang, **SHUTTLE))
    constant = {"de": "Alle Werte sind gleich", "en": "All values are the same"}[lang]
    assert constant in text
    assert words("outcomes.plain_only") in text
    assert ": 01059" not in text
    assert words("outcomes.rung", rung=words("outcomes.rung_1")) in text
    assert words("frame.data_faults", n=2) in text
    findings = shown(spoilt_page("pages/contribute/data.py", lang))
    assert f"01001, {INCOME}, 2015" in findings
    assert "inf" in findings


def test_too_few_years_fall_to_the_rung_that_is_met_and_name_the_years(open_page) -> None:
    words = read_words("de")
    text = shown(open_page(OUTCOMES, "de", solution=SHUTTLE["solution"], indicator="cars_per_1000"))
    assert words("outcomes.rung", rung=words("outcomes.rung_1")) in text
    assert "fehlen die Jahre 2020, 2021, 2022, 2023 und 2025" in text


@pytest.mark.parametrize(
    ("ags", "key"),
    [("02000000", "profile.no_group"), ("04011000", "profile.composite_none")],
    ids=["single city", "two places"],
)
def test_one_or_two_places_get_no_rank(ags: str, key: str, open_page) -> None:
    page = open_page(PROFILE, "de", ags=ags, group="state", composite="1")
    town = {"02000000": "Hamburg", "04011000": "Bremen"}[ags]
    text = shown(page)
    assert read_words("de")(key, town=town) in text
    assert "Rang " not in text
    assert bare_ranks(text) == []
    assert len(page.get("plotly_chart")) == 1


def test_an_indicator_without_a_value_is_named_and_never_zero(open_page) -> None:
    page = open_page(PROFILE, "de", ags="07312000")
    missing = next(line for line in shown(page).split("\n") if "nicht gemeldet" in line)
    table = page.dataframe[0].value
    names = {name.split(": ", 1)[1] for name in table["Indikator"]}
    listed = missing.split("nicht gemeldet: ")[1].rstrip(".")
    assert [name for name in names if f", {name}," in f", {listed},"] == []
    assert set(table["Wert"]) & {"", "–"} == set()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    ("script", "name", "code"),
    [
        ("pages/compare/compare.py", "likeness", "-2111111"),
        ("pages/compare/compare.py", "likeness", "00000000"),
        ("pages/compare/profile.py", "points", "digital.-4"),
        ("pages/compare/profile.py", "points", "digital.0"),
    ],
)
def test_weights_of_a_link_that_cannot_be_used_are_said(
    lang: str, script: str, name: str, code: str, open_page
) -> None:
    page = open_page(script, lang, ags="07312000", composite="1", **{name: code})
    said = [one.value for one in page.warning]
    assert said.count(BadWeights([code]).sentence(lang)) == 1
    assert name not in page.query_params


def test_negative_weights_of_the_criteria_are_said_and_the_agreed_ones_hold(open_page) -> None:
    page = open_page("pages/decide/adoption.py", "de", solution="masterportal", weights="-1345678")
    said = read_words("de")("weights.unknown", value="-1345678")
    assert said in [one.value for one in page.warning]
    assert page.segmented_control(key="weights_name").value == "agreed"


def test_points_of_a_link_reach_a_colleague(open_page) -> None:
    page = open_page(PROFILE, "de", ags="07312000", composite="1")
    slider = next(one for one in page.slider if str(one.key).startswith("profile_points_"))
    slider.set_value(7).run()
    link = page.query_params["points"]
    theirs = open_page(PROFILE, "de", ags="07312000", composite="1", points=link)
    assert theirs.slider(key=slider.key).value == 7
    # A slider moved back counts again.
    page.slider(key=slider.key).set_value(3).run()
    assert page.slider(key=slider.key).value == 3
    assert "points" not in page.query_params


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_file_of_mixed_units_is_named_at_the_upload(lang: str, open_page, monkeypatch) -> None:
    monkeypatch.setenv("TRANSFERKOMPASS_PUBLISH", "open")
    page = open_page("pages/contribute/upload.py", lang)
    head = "ags;indicator;period;value;missing;flag;unit;source\n"
    rows = [
        f"07312000;population;2025-12-31;{99000};;;persons;destatis_register_2023\n",
        f"07315000;population;2025-12-31;{99};;;per_1000;destatis_register_2023\n",
    ]
    content = (head + "".join(rows)).encode()
    page.file_uploader(key="upload_file").set_value(("mixed.csv", content, "text/csv"))
    page.run()
    assert not page.exception
    wrong = Finding("unit_differs", "mixed.csv", row=3, column="unit", value="per_1000",
                    details={"expected": "persons"})  # fmt: skip
    assert wrong.sentence(lang).split(":")[1][:30] in shown(page)


def test_a_solver_without_a_result_is_said_logged_and_lowers_the_rung(
    open_page, monkeypatch, caplog
) -> None:
    """No figures were found that bring it about: the last way is cut to two steps instead."""

    def gives_up(*_: object) -> None:
        raise RuntimeError("no result")

    forget_all()
    monkeypatch.setattr(simplex, "nnls", gives_up)
    monkeypatch.setattr(simplex, "_GRADIENT_STEPS", 2)
    with caplog.at_level(logging.WARNING):
        page = open_page(OUTCOMES, "de", **SHUTTLE)
    forget_all()
    words, text = read_words("de"), shown(page)
    said = NotConverged(["weights"]).sentence("de")
    assert said in text
    assert words("outcomes.rung", rung=words("outcomes.rung_1")) in text
    assert "no result for household_income_per_inhabitant" in caplog.text


def test_too_many_places_get_the_range_of_one_and_a_sentence(open_page, monkeypatch) -> None:
    """No register of 20,000 places in one group is at hand: the limit is lowered instead."""
    forget_all()
    monkeypatch.setattr(rank_ranges, "MOST_PLACES", 6)
    page = open_page(PROFILE, "de", ags="07312000", composite="1")
    forget_all()
    text = shown(page)
    assert TooManyPlaces([8]).sentence("de") in text
    assert re.search(r"zwischen Rang \d+ und \d+", text)
    assert bare_ranks(text) == []
    assert len(page.get("plotly_chart")) == 1
