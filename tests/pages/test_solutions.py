"""The catalogue as a visitor sees it, in both languages, from search to page link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from views.texts import plain, read_words

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def solutions() -> pd.DataFrame:
    path = ROOT / "data" / "catalogue" / "solutions.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture
def opened(open_page: Open) -> Open:
    return partial(open_page, "pages/look/solutions.py")


def texts(at: AppTest) -> str:
    pieces = [part.value for part in at.get("html") if "<style" not in part.value]
    return "\n".join([*(part.value for part in at.markdown), *pieces])


def cards(at: AppTest) -> list[str]:
    """Ids of the solutions whose cards are shown, in order."""
    grid = [link for link in at.get("page_link") if "solution=" in link.proto.query_string]
    return [link.proto.query_string.split("solution=")[1].split("&")[0] for link in grid]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_count_and_first_page(opened: Open, solutions: pd.DataFrame, lang: str) -> None:
    at = opened(lang)
    assert at.title[0].value.startswith(str(len(solutions)))
    words = read_words(lang)
    order = words("solutions.sorted_name")
    count = words("solutions.count", n=len(solutions), total=len(solutions), order=order)
    assert count in texts(at)
    assert len(cards(at)) == 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_say_phase_and_spread_in_the_page_language(opened: Open, lang: str) -> None:
    at = opened(lang, find="Masterportal")
    shown = texts(at)
    assert cards(at)[0] == "masterportal"
    assert {"de": "Übernahme anderswo", "en": "Adoption elsewhere"}[lang] in shown
    assert {"de": "Eigener Betrieb anderswo: 4 Übernahmen aus 4", "en": "elsewhere: 4 adoptions"}[
        lang
    ] in shown


def test_joint_roll_out_shows_as_one_adoption(opened: Open) -> None:
    at = opened(find="Starkregenfrühalarmsystem")
    assert cards(at) == ["eichenzell-starkregen"]
    assert "Eigener Betrieb anderswo: 22 Übernahmen aus einer Entscheidung" in texts(at)


def test_typing_error_is_forgiven_and_said(opened: Open) -> None:
    at = opened()
    at.text_input(key="choice_find").set_value("Dorfschuttle").run()
    assert cards(at) == ["dorfshuttle-suederbrarup"]
    assert "Für „Dorfschuttle“ gibt es keinen wörtlichen Treffer" in texts(at)
    assert at.query_params["find"] == "Dorfschuttle"


def test_filters_stand_as_ids_in_the_address(opened: Open, solutions: pd.DataFrame) -> None:
    at = opened("en")
    at.selectbox(key="choice_field").select("mobility").run()
    at.selectbox(key="choice_phase").select("P4").run()
    assert (at.query_params["field"], at.query_params["phase"]) == ("mobility", "P4")
    mobility = set(solutions.loc[solutions["action_field"] == "mobility", "solution_id"])
    assert set(cards(at)) < mobility
    pieces = [part.value for part in at.get("html")]
    phases = [one for one in pieces if one.startswith('<div class="solution-card">')]
    assert len(phases) == len(cards(at))
    assert all("Regular operation" in phase for phase in phases)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_the_same_choice_in_both_languages(opened: Open, lang: str) -> None:
    at = opened(lang, only="stopped", order="newest")
    assert set(cards(at)) == {
        "heidenheim-frequenztest",
        "iserlohn-a-bus",
        "konstanz-leihautomaten",
        "konstanz-pendlerverkehr",
        "konstanz-vorhabenkarte",
        "konstanz-youtopia",
    }
    assert at.selectbox(key="choice_order").value == "newest"


def test_reset_shows_everything_again(opened: Open, solutions: pd.DataFrame) -> None:
    at = opened(field="mobility", only="open", find="bus")
    at.button(key="solutions_reset").click().run()
    assert f"**{len(solutions)} von {len(solutions)} Lösungen**" in texts(at)
    assert not {"field", "only", "find"} & set(at.query_params)


def test_second_page_follows_the_first(opened: Open) -> None:
    first, second = cards(opened()), cards(opened(page="2"))
    assert len(second) == 12
    assert not set(first) & set(second)


def test_table_twin_holds_every_solution_found(opened: Open, solutions: pd.DataFrame) -> None:
    at = opened(view="table", field="water_disaster")
    twin = at.dataframe[0].value
    expected = solutions.loc[solutions["action_field"] == "water_disaster", "name"]
    assert sorted(twin["Lösung"]) == sorted(expected)
    assert list(twin.columns)[:4] == ["Lösung", "Herkunft", "Feld", "Phase"]
    counts = twin.set_index("Lösung")[["Entscheidungen, eigener Betrieb", "Erfahrungen"]]
    assert counts.loc["Starkregenfrühalarmsystem"].tolist() == [1, 1]
    assert counts.min().tolist() == [1, 1]
    assert counts.isna().any().tolist() == [True, True]


@pytest.mark.parametrize(("name", "value"), [("field", "xyz"), ("phase", "P9"), ("only", "best")])
def test_unknown_filter_is_said_and_left_out(opened: Open, name: str, value: str) -> None:
    at = opened(**{name: value})
    assert any(value in warning.value for warning in at.warning)
    assert len(cards(at)) == 12


def test_an_unknown_filter_that_is_a_link_is_said_as_text(opened: Open) -> None:
    (said,) = [one.value for one in opened(field="[x](http://a.example)").warning]
    assert plain("[x](http://a.example)") in said


def test_nothing_found_says_so_and_leads_back(opened: Open) -> None:
    at = opened(find="Quantencomputer")
    assert "Keine Lösung passt zu dieser Auswahl" in texts(at)
    at.button(key="solutions_all").click().run()
    assert len(cards(at)) == 12


def test_search_text_is_shown_never_run(opened: Open) -> None:
    at = opened(find="![x](https://example.org/x.png)")
    assert "![x](" not in texts(at)
