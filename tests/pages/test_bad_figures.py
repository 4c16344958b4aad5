"""Every edge of the method that a visitor can meet is a sentence, not a traceback.

Those nobody can bring about from a page (a solver that does not converge, more than 20,000
places, negative weights) are tested in ``tests/analysis``.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

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
    st.cache_resource.clear()


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
    names = {name.split(": ", 1)[1] for name in table["Kennzahl"]}
    listed = missing.split("nicht gemeldet: ")[1].rstrip(".")
    assert [name for name in names if f", {name}," in f", {listed},"] == []
    assert set(table["Wert"]) & {"", "–"} == set()
