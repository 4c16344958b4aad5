"""The profile page: values beside similar places, a composite only when asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loaders.store import open_store, publish, queries
from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
TOWN = {"ags": "07312000"}
SEED_SAID = {"de": "Startwert der Zufallszahlen", "en": "seed of the random numbers"}


def shown(page) -> str:
    kinds = ("title", "subheader", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(one.value) for kind in kinds for one in page.get(kind))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_composite_without_being_asked(lang, open_page) -> None:
    page = open_page("pages/compare/profile.py", lang, **TOWN)
    assert read_words(lang)("profile.ranks") not in shown(page)
    assert SEED_SAID[lang] not in shown(page)
    assert len(page.get("plotly_chart")) == 1
    table = page.dataframe[0].value
    assert table[read_words(lang)("profile.column_aim")].notna().all()
    # publisher and title, not an id
    assert table[read_words(lang)("profile.column_source")].str.match(r".+: .+").all()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_composite_names_a_rank_range_and_how_it_was_drawn(lang, open_page) -> None:
    page = open_page("pages/compare/profile.py", lang, composite="1", **TOWN)
    text = shown(page)
    joined = {"de": r"zwischen Rang (\d+) und (\d+)", "en": r"between rank (\d+) and (\d+)"}
    low, high = map(int, re.search(joined[lang], text).groups())
    assert 1 <= low <= high <= 8
    draws = {"de": "10.000", "en": "10,000"}[lang]
    assert read_words(lang)("fixed.rank", draws=draws) in text
    assert len(page.get("plotly_chart")) == 3
    assert SEED_SAID[lang] in text


def test_all_weights_zero_are_a_sentence(open_page) -> None:
    page = open_page("pages/compare/profile.py", "en", composite="1", **TOWN)
    for slider in page.slider:
        if str(slider.key).startswith("profile_points_"):
            slider.set_value(0)
    page.run()
    assert not page.exception
    assert read_words("en")("profile.all_zero") in [one.value for one in page.warning]


def test_without_a_town_an_example_is_shown_and_said(open_page) -> None:
    page = open_page("pages/compare/profile.py", "de")
    assert read_words("de")("profile.example", town="Mannheim") in shown(page)


def test_a_municipality_shows_its_own_values(open_page) -> None:
    page = open_page("pages/compare/profile.py", "de", ags="01059083")
    values = page.dataframe[0].value
    assert any("Steuer" in name for name in values["Indikator"])


def test_stopped_work_leaves_the_own_range_and_can_go_on(open_page) -> None:
    page = open_page("pages/compare/profile.py", "en", composite="1", group="state", **TOWN)
    asked = page.session_state["kept_profile_ranks_asked"]
    page.session_state["kept_profile_ranks_stopped"] = asked
    page.run()
    words = read_words("en")
    assert words("common.stopped") in shown(page)
    assert re.search(r"between rank \d+ and \d+", shown(page))
    assert len(page.get("plotly_chart")) == 1
    page.button("profile_ranks_go_on").click().run()
    assert words("common.stopped") not in shown(page)
    assert len(page.get("plotly_chart")) == 3


def test_similar_places_with_a_newer_value_are_compared_at_the_same_time(
    open_page, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def row_of_density():
        page = open_page("pages/compare/profile.py", "en", **TOWN)
        table = page.dataframe[0].value
        names = table[read_words("en")("profile.column_indicator")]
        return table[names.str.endswith(": Population density")].iloc[0]

    before = row_of_density()
    store = open_store(own_folder, ROOT / "data")
    rows = queries.values(store, "population_density", "2023-12-31", "district")
    newer = rows[rows["ags"] != TOWN["ags"][:5]].assign(
        indicator="population_density", level="district", period="2031-12-31", value=1.0
    )
    columns = [field.name for field in store.schema("observations").fields]
    told = {"name": "newer.csv", "person": "A", "note": "", "upload_id": "1"}
    publish(store, "observations", newer.reindex(columns=columns, fill_value=""), **told)
    store.close()
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    assert row_of_density().equals(before)
