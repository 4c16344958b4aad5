"""A map as a picture: every place with its number, nothing run, everything said."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from tests.views.exports.conftest import HOSTILE
from views.exports import map_marks
from views.exports.caption import Caption, foot_lines
from views.exports.map_picture import map_svg
from views.exports.sheet import Sheet
from views.exports.svg_png import svg_png
from views.exports.svg_text import wrapped
from views.texts import Formats
from views.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption(
    title="Wo leben die Menschen dicht beieinander?",
    sentence="Von 35 bis 4.868 Einwohner je km²; für einen Kreis fehlt der Wert.",
    sources=("Statistische Ämter des Bundes und der Länder, 12411-01-01-4",),
    data_date="2026-11-22",
    data_version=7,
    method_version="1.0",
    address="https://beispiel.de/map?indicator=population_density&lang=de",
)


@pytest.fixture(scope="module")
def boundaries(data_folder: Path) -> Path:
    return data_folder / "boundaries"


@pytest.fixture(scope="module")
def svg(density_map, boundaries) -> str:
    return map_svg(density_map, CAPTION, boundaries)


@pytest.fixture(scope="module")
def tree(svg):
    return etree.fromstring(svg.encode())


def texts(tree) -> str:
    return " ".join(one.text for one in tree.iter(f"{SVG}text"))


def places(tree):
    return {one.get("data-place"): one for one in tree.iter(f"{SVG}path") if one.get("data-place")}


def test_every_place_is_drawn_once_with_its_number(tree, density_map, district_values) -> None:
    drawn = places(tree)
    assert tuple(drawn) == density_map.areas.keys
    known = district_values.dropna(subset=["value"]).set_index("ags")["value"]
    told = {key: path.find(f"{SVG}title").text for key, path in drawn.items()}
    for key, value in known.items():
        assert told[key].endswith(f": {Formats('de').number(value)} je km²")
    assert told["01001"].endswith(": kein Wert: suppressed")
    assert told["01002"].endswith(": kein Wert: no_row")


def test_missing_is_hatched_and_each_kind_has_a_pattern_of_its_own(tree) -> None:
    drawn = places(tree)
    fills = [drawn[key].get("fill") for key in ("01001", "01002")]
    assert fills == ["url(#g251)", "url(#g255)"]
    defined = {one.get("id") for one in tree.iter(f"{SVG}pattern")}
    assert defined == {"g251", "g255", "lg251", "lg255"}


def test_source_date_version_address_and_licence_are_burnt_in(tree) -> None:
    said = texts(tree)
    for words in (CAPTION.title, CAPTION.sources[0], "22. November 2026", "Datenversion 7"):
        assert words.replace("\u202f", " ") in said.replace("\u202f", " ")
    assert "Methode 1.0" in said
    assert CAPTION.address in said
    assert "GeoBasis-DE / BKG (2019)" in said


def test_legend_names_classes_missing_marks_lines_and_the_place_chosen(tree) -> None:
    said = texts(tree)
    for label in ("kein Wert: suppressed", "Modellprojekt", "Übernahme", "Kaiserslautern"):
        assert label in said


def test_english_words(density_map, boundaries) -> None:
    said = texts(
        etree.fromstring(map_svg(replace(density_map, lang="en"), CAPTION, boundaries).encode())
    )
    assert "Data as of 22 November 2026 · Data version 7 · Method 1.0" in said


def test_words_from_data_stay_words(density_map, boundaries) -> None:
    title = f"Titel {HOSTILE}"
    svg = map_svg(density_map, replace(CAPTION, title=title), boundaries)
    tree = etree.fromstring(svg.encode())
    assert not list(tree.iter(f"{SVG}script"))
    assert "\u202e" not in svg
    assert "<script>alert(1)</script> & '\"" in tree.find(f"{SVG}title").text
    assert [one.tag for one in tree.iter() if one.get("onload")] == []


def test_it_asks_nothing_of_any_host(svg) -> None:
    assert svg.replace("http://www.w3.org/2000/svg", "").count("://") == 1  # the address as text
    assert "href" not in svg


def test_nothing_unknown_is_said() -> None:
    assert foot_lines(replace(CAPTION, data_date="", method_version="", address=""), "de") == (
        "Quelle: Statistische Ämter des Bundes und der Länder, 12411-01-01-4",
        "Datenversion 7",
    )


def test_layer_of_another_build_is_refused(density_map, boundaries) -> None:
    other = replace(density_map.areas, url="app/static/boundaries/districts.000.topo.json")
    with pytest.raises(LookupError, match="published as"):
        map_svg(replace(density_map, areas=other), CAPTION, boundaries)


def test_several_pictures_may_stand_in_one_document(density_map, boundaries) -> None:
    ids = []
    for name in ("a-", "b-"):
        sheet = Sheet(ids=name, with_fonts=False)
        tree = etree.fromstring(map_svg(density_map, None, boundaries, sheet).encode())
        ids += [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_classes_can_be_told_apart_in_greyscale(density_map, scheme) -> None:
    levels = [map_marks.luminance(colour) for colour in getattr(density_map, scheme).classes]
    assert levels in (sorted(levels), sorted(levels, reverse=True))


def test_scheme_dark_at_both_ends_is_dotted_beyond_its_middle(density_map) -> None:
    both = replace(density_map.light, classes=LIGHT.diverging)
    fills = [map_marks.ground(both, code, "") for code in range(7)]
    assert [fill.startswith("url") for fill in fills] == [False] * 4 + [True] * 3


def test_picture_of_pixels_shows_the_map(svg, density_map) -> None:
    with Image.open(io.BytesIO(svg_png(svg, 800))) as picture:
        assert picture.size == (800, 600)
        shades = {colour for _, colour in picture.convert("RGB").getcolors(100_000)}
    wanted = {tuple(bytes.fromhex(colour[1:])) for colour in density_map.light.classes}
    assert wanted <= shades


def test_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="no width"):
        svg_png("<svg/>", 100)


def test_long_words_are_broken_and_long_texts_end_with_an_ellipsis() -> None:
    lines = wrapped("Donaudampfschifffahrtsgesellschaft " * 6, 20, 180, most=4)
    assert len(lines) == 4
    assert lines[-1].endswith("…")


@pytest.mark.parametrize("shape", ["circle", "square", "triangle", "star", "wedge"])
@pytest.mark.parametrize("mark", [{"dot": True}, {"cross": True}, {}])
def test_every_mark_stands_where_its_place_is(shape: str, mark: dict[str, bool]) -> None:
    drawn = map_marks.symbol(shape, 12.0, 310.0, 450.0, "#000000", "#FFFFFF", **mark)
    assert drawn.startswith('<g transform="translate(310.0 450.0)"')


@pytest.mark.parametrize("shape", ["circle", "square", "triangle", "diamond"])
def test_several_municipalities_together_carry_a_second_larger_outline(shape: str) -> None:
    alone = map_marks.symbol(shape, 12.0, 0.0, 0.0, "#000000", "#FFFFFF")
    larger = map_marks.symbol(shape, 1.6 * 12.0, 0.0, 0.0, "#000000", "#FFFFFF")
    together = map_marks.symbol(shape, 12.0, 0.0, 0.0, "#000000", "#FFFFFF", joint=True)
    outline = larger.partition('<path d="')[2].partition('"')[0]
    assert f'd="{outline}" fill="#FFFFFF" stroke="#000000"' in together
    assert together.endswith(alone.partition('round">')[2])


def test_sizes_of_circles_are_told_in_the_legend(density_map, boundaries, district_values) -> None:
    shown = replace(density_map, mode="symbols")
    tree = etree.fromstring(map_svg(shown, CAPTION, boundaries).encode())
    circles = [one for one in tree.iter(f"{SVG}circle") if one.get("data-size") is None]
    legend = [float(one.get("r")) for one in tree.iter(f"{SVG}circle") if "data-size" in one.attrib]
    largest = max(float(one.get("r")) for one in circles)
    assert legend == pytest.approx([largest, largest / 2, largest / 5], abs=0.02)
    most, said = district_values["value"].max(), texts(tree)
    for share in (1, 0.25, 0.04):
        assert f"{Formats('de').number(most * share)} je km²" in said
