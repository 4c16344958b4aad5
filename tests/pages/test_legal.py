"""Legal: the operator's words from files, the product's own facts, licences and notices."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.boundaries.layers import read_layers
from loaders.schemas import read_package
from views.texts import plain, read_words
from views.widgets.legal_licences import COMPONENTS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "pages/about/legal.py"
LANGUAGES = ("de", "en")


@pytest.fixture
def operator(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "operator"
    folder.mkdir()
    monkeypatch.setenv("TRANSFERKOMPASS_OPERATOR", str(folder))
    return folder


def texts(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_missing_texts_of_the_operator_are_said(open_page, operator, lang) -> None:
    page, words = open_page(SCRIPT, lang), read_words(lang)
    assert texts(page).count(words("legal.not_provided")) == 3
    assert texts(page).count(words("legal.not_provided_how")) == 1
    assert words.long("legal_privacy") in texts(page)
    assert words.long("legal_accessibility") in texts(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_of_the_operator_is_shown(open_page, operator, lang) -> None:
    (operator / f"imprint.{lang}.md").write_text("Stadt Beispielstadt, Rathaus", "utf-8")
    text, words = texts(open_page(SCRIPT, lang, topic="imprint")), read_words(lang)
    assert "Stadt Beispielstadt, Rathaus" in text
    assert words("legal.not_provided") not in text
    assert words("legal.only_other_language") not in text


def test_text_in_one_language_is_shown_in_both_and_said(open_page, operator) -> None:
    (operator / "privacy.de.md").write_text("Verantwortlich ist die Stadt.", "utf-8")
    text = texts(open_page(SCRIPT, "en", topic="privacy"))
    assert "Verantwortlich ist die Stadt." in text
    assert read_words("en")("legal.only_other_language") in text


def test_empty_file_counts_as_missing(open_page, operator) -> None:
    (operator / "imprint.de.md").write_bytes(b"\xef\xbb\xbf \n")
    text, words = texts(open_page(SCRIPT, topic="imprint")), read_words("de")
    assert words("legal.not_provided") in text
    assert words("legal.not_provided_how") in text


def test_how_a_text_is_added_stands_at_the_first_one_missing(open_page, operator) -> None:
    (operator / "imprint.de.md").write_text("Stadt Beispielstadt", "utf-8")
    text, words = texts(open_page(SCRIPT)), read_words("de")
    how = text.index(words("legal.not_provided_how"))
    assert text.index("Stadt Beispielstadt") < how < text.index(words.long("legal_privacy"))


def test_html_of_an_operator_text_is_not_run(open_page, operator) -> None:
    (operator / "imprint.de.md").write_text("<script>alert(1)</script>", "utf-8")
    page = open_page(SCRIPT, topic="imprint")
    assert not [part for part in page.markdown if part.allow_html]


@pytest.mark.parametrize(
    ("topic", "other"), [("imprint", "privacy"), ("accessibility", "licences")]
)
def test_topic_of_the_address_shows_that_section_alone(open_page, operator, topic, other) -> None:
    words = read_words("de")
    headings = [one.value for one in open_page(SCRIPT, topic=topic).header]
    assert words(f"legal.topics.{topic}") in headings
    assert words(f"legal.topics.{other}") not in headings


def test_unknown_topic_is_said_and_everything_shown(open_page, operator) -> None:
    page = open_page(SCRIPT, topic="secrets")
    assert len(page.header) == 4
    assert any("secrets" in warning.value for warning in page.warning)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_stands_under_its_licence(open_page, operator, lang) -> None:
    text = texts(open_page(SCRIPT, lang, topic="licences"))
    for one in read_package(ROOT / "data").values():
        assert plain(one.title_de if lang == "de" else one.title_en) in text
    for address in ("https://creativecommons.org/licenses/by/4.0/", "govdata.de/dl-de/by-2-0"):
        assert address in text
    assert "EUPL-1.2" in text


def test_every_boundary_layer_carries_its_notice(open_page, operator) -> None:
    text = texts(open_page(SCRIPT, topic="licences"))
    layers = read_layers(ROOT / "data" / "boundaries")
    assert set(layers) == {"districts", "states", "municipalities_participating"}
    for layer in layers.values():
        assert plain(layer.attribution) in text
        assert plain(layer.licence) in text


def test_every_component_names_its_licence(open_page, operator) -> None:
    text = texts(open_page(SCRIPT, topic="licences"))
    for one in COMPONENTS:
        assert f"]({one.url}), {one.licence}" in text


def test_shipped_components_are_listed_in_their_version() -> None:
    listed = " ".join(one.name for one in COMPONENTS)
    vendor = ROOT / "static" / "vendor"
    leaflet = (vendor / "leaflet" / "leaflet.js").read_text("utf-8")[:200]
    topojson = (vendor / "topojson" / "topojson-client.min.js").read_text("utf-8")[:200]
    assert "Leaflet 1.9.4" in leaflet and "Leaflet 1.9.4" in listed
    assert "topojson-client v3.1.0" in topojson and "topojson-client 3.1.0" in listed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_self_test_names_every_host_browsers_ask(lang, monkeypatch, open_page) -> None:
    def said() -> str:
        page = open_page("pages/about/legal.py", lang, topic="privacy")
        return "\n".join(part.value for part in [*page.markdown, *page.warning])

    words = read_words(lang)
    assert words("legal.hosts.none") in said()
    monkeypatch.setenv("TRANSFERKOMPASS_TILES", "https://tiles.example/{z}/{x}/{y}.png")
    assert plain("https://tiles.example") in said()
    assert words("legal.hosts.none") not in said()
    monkeypatch.setenv("TRANSFERKOMPASS_TILES", "https://tiles.example/picture.png")
    assert "TRANSFERKOMPASS_TILES" in said()
