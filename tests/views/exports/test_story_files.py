"""A story as PowerPoint, PDF and web page: the same numbers, nothing run, nothing lost."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from lxml import etree, html
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from tests.views.exports import decks
from tests.views.exports.conftest import HOSTILE, described_map
from views.exports import slide_words
from views.exports.chart_scale import round_steps, spread
from views.exports.chart_svg import chart_svg
from views.exports.council_paper_pdf import page_count
from views.exports.sheet import Sheet
from views.exports.slide import ChartPicture, Series, TablePicture
from views.exports.story_exports import EXPORTS
from views.exports.story_html import story_html, story_zip
from views.exports.story_pdf import story_pdf
from views.exports.story_pptx import MOST_ROWS, story_pptx
from views.exports.story_source import StorySource
from views.maps.escape import plain

BASE = "https://transferkompass.musterstadt.de/"


@pytest.fixture(scope="module")
def source(district_values, data_folder) -> StorySource:
    told = {
        lang: decks.deck(described_map(district_values, data_folder, lang), lang)
        for lang in ("de", "en")
    }
    return StorySource(told, "de", BASE, data_folder / "boundaries", "2026-11-25")


@pytest.fixture(scope="module")
def presentation(source):
    return Presentation(io.BytesIO(story_pptx(source)))


@pytest.fixture(scope="module")
def page(source) -> str:
    return story_html(source).decode()


def charts_of(presentation) -> dict[int, object]:
    return {
        number: shape.chart
        for number, slide in enumerate(presentation.slides, start=1)
        for shape in slide.shapes
        if shape.has_chart
    }


def test_charts_are_native_and_hold_the_numbers_of_the_deck(presentation, source) -> None:
    wanted = {
        one.number: one.picture
        for one in source.deck.slides
        if isinstance(one.picture, ChartPicture) and one.picture.categories
    }
    found = charts_of(presentation)
    assert set(found) == set(wanted)
    for number, picture in wanted.items():
        told = {one.name: tuple(one.values) for one in found[number].plots[0].series}
        names = {plain(one.name, 80): one.values for one in picture.series}
        assert told == names
        shown = [str(name) for name in found[number].plots[0].categories]
        assert shown == [plain(name, 80) for name in picture.categories]


def test_chart_can_be_edited_and_its_workbook_runs_nothing() -> None:
    picture = ChartPicture("bars", ("=1+1", "B"), (Series("@x", (1.0, None)),), "", 0)
    told = replace(decks.deck(None), slides=(decks.slide(1, picture),))  # type: ignore[arg-type]
    file = story_pptx(StorySource({"de": told}, "de", "", Path(), "2026-11-25"))
    (chart,) = charts_of(Presentation(io.BytesIO(file))).values()
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "'@x"],
        ["'=1+1", 1],
        ["B", None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_tables_are_native_and_say_how_many_rows_are_left_out(presentation, source) -> None:
    picture = source.deck.slides[6].picture
    assert isinstance(picture, TablePicture)
    slide = presentation.slides[6]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows == [picture.columns, *picture.rows[:MOST_ROWS]]
    assert any(
        "6 weitere Zeilen" in one.text_frame.text for one in slide.shapes if one.has_text_frame
    )


def test_every_slide_names_source_state_and_notes_and_has_a_code(presentation, source) -> None:
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, rel=0.001)
    for told, slide in zip(source.deck.slides, presentation.slides, strict=True):
        said = "\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
        assert slide_words.state_of(told, "de") in said
        assert slide_words.source_line(told, "de") in said
        notes = slide.notes_slide.notes_text_frame.text
        assert plain(told.notes) in notes
        assert f"{BASE}map?indicator=playgrounds&lang=de&v=3" in notes
        codes = [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert codes[-1].height >= 0.15 * presentation.slide_height
        assert slide.shapes.title.text_frame.text


def test_every_picture_has_words_and_no_type_is_too_small(presentation) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 20
        sizes = [int(size) for size in slide._element.xpath(".//a:rPr/@sz")]
        assert min(sizes) >= 1200
        assert set(slide._element.xpath(".//a:rPr/@lang")) == {"de-DE"}


def test_nothing_lies_outside_a_slide(presentation) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_operators_template_is_taken_and_a_broken_one_is_not(source, tmp_path, caplog) -> None:
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0])
    own.save(tmp_path / "story.pptx")
    made = Presentation(io.BytesIO(story_pptx(replace(source, operator=tmp_path))))
    assert (made.slide_width, len(made.slides)) == (own.slide_width, len(source.deck.slides))
    assert made.slides[0].slide_layout.name == "Title Only"
    (tmp_path / "story.pptx").write_bytes(b"no slides")
    made = Presentation(io.BytesIO(story_pptx(replace(source, operator=tmp_path))))
    assert made.slides[0].slide_layout.name == "Transferkompass"
    assert "cannot be used" in caplog.text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_pdf_is_tagged_and_has_a_page_per_step(source, lang: str) -> None:
    content = story_pdf(replace(source, lang=lang))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == lang
        assert len(pdf.pages) == page_count(content) == len(source.deck.slides)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert source.decks[lang].title in str(metadata["dc:title"])
        figures = [one for one in pdf.objects if _is_figure(one)]
    assert len(figures) >= 16
    assert all(str(one.get("/Alt", "")) for one in figures)


def _read_code(picture: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return found.text


def _is_figure(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"


def test_page_carries_everything_and_allows_nothing_else(page) -> None:
    tree = html.fromstring(page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert tree.xpath("//@style | //@onclick | //@onload") == []
    assert tree.xpath("//script/@src | //link/@href | //img/@src | //iframe") == []
    assert len(tree.xpath("//script")) == 1


def test_page_holds_both_languages_with_all_steps_tables_and_the_frozen_state(page, source) -> None:
    tree = html.fromstring(page)
    for lang, words in (("de", "aus Datenversion 3"), ("en", "from data version 3")):
        (story,) = tree.xpath(f"//div[@data-lang='{lang}']")
        assert story.get("lang") == lang
        assert words in story.text_content()
        heads = [one.text for one in story.xpath(".//h2")]
        told = source.decks[lang]
        assert heads == [slide_words.headline(one) or told.title for one in told.slides]
        with_twin = [one for one in told.slides if len(one.twin)]
        assert len(story.xpath(".//details//table")) == len(with_twin)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_words_from_data_stay_words_in_the_page(page) -> None:
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "alert(1)" in html.fromstring(page).text_content()


def test_numbers_of_the_page_are_those_of_the_deck(page, source) -> None:
    tree = html.fromstring(page)
    for told in source.deck.slides:
        picture = told.picture
        if not isinstance(picture, ChartPicture) or not picture.categories:
            continue
        (section,) = tree.xpath(f"//section[@id='de-{told.number}']")
        drawn = section.xpath(".//figure[contains(@class,'wide')]//*[@data-value]/@data-value")
        places = range(len(picture.categories))
        if picture.kind == "ranges":
            wanted = [slide_words.range_text(picture, place, "de") for place in places]
        else:
            values = [value for one in picture.series for value in one.values]
            wanted = [slide_words.value_text(picture, value, "de") for value in values]
        known = sorted(plain(one) for one in wanted if one != "kein Wert")
        assert sorted(one for one in drawn if one) == known


def test_folder_holds_page_fonts_and_tables(source) -> None:
    with zipfile.ZipFile(io.BytesIO(story_zip(source))) as archive:
        names = set(archive.namelist())
        index = archive.read("index.html").decode()
        nasty = archive.read("tables/de-9.csv").decode("utf-8-sig")
    assert {"index.html", "story.css", "story.js", "tables/de-1.csv", "tables/en-9.csv"} <= names
    linked = set(re.findall(r'(?:href|src)="([^"#:]+)"', index))
    assert linked <= names
    assert "'=1+1" in nasty


def test_every_kind_of_file_is_registered_with_words() -> None:
    assert [one.name for one in EXPORTS] == ["pptx", "pdf", "html", "zip"]
    for lang in ("de", "en"):
        words = slide_words.read_words(lang)
        assert all(words.has(f"story_files.load.{one.name}") for one in EXPORTS)


def test_alternative_text_says_kind_numbers_and_what_is_missing() -> None:
    told = slide_words.alternative(decks.slide(1, decks.bars()), "de")
    assert told.startswith("Balkendiagramm.")
    assert "Jena: kein Wert" in told
    assert "Kaiserslautern: 12,5" in told
    assert "44 bis 73" in slide_words.alternative(decks.slide(1, decks.ranges()), "de")


def test_lines_with_gaps_are_named() -> None:
    said = slide_words.missing_note(decks.lines(), "de")
    assert said == "Keine Werte: Kaiserslautern (2021); Zwönitz."


def test_a_gap_all_lines_share_is_said_once_and_years_in_a_row_are_a_span() -> None:
    years = tuple(str(year) for year in range(2010, 2018))
    values = (1.0, None, None, None, 2.0, 2.0, None, 3.0)
    picture = ChartPicture("lines", years, (Series("Jena", values), Series("Hof", values)), "", 0)
    said = slide_words.missing_note(picture, "de")
    assert said == "Für 2011 bis 2013 und 2016 liegen keine Werte vor."
    apart = replace(picture, series=(Series("Jena", values), Series("Hof", (1.0,) * 8)))
    assert slide_words.missing_note(apart, "en") == "No values: Jena (2011 to 2013 and 2016)."


def test_the_code_for_crowds_opens_the_published_story(source) -> None:
    published = replace(
        source,
        decks={
            lang: replace(
                deck,
                slides=tuple(
                    replace(one, published=f"https://example.org/s/#{lang}-{one.number}")
                    for one in deck.slides
                ),
            )
            for lang, deck in source.decks.items()
        },
    )
    slides = Presentation(io.BytesIO(story_pptx(published))).slides
    links = [
        run.hyperlink.address
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    steps = len(source.deck.slides)
    wanted = [f"https://example.org/s/#de-{n}" for n in range(1, steps + 1)]
    assert links == wanted
    pictures = [
        [one.image.blob for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE][-1]
        for slide in slides
    ]
    assert [_read_code(one) for one in pictures] == wanted
    # Inside the published story itself, codes lead to the live view.
    assert b"example.org/s/" not in story_html(published)


def test_without_an_address_there_is_no_code(source) -> None:
    made = story_html(replace(source, base="")).decode()
    assert 'class="code"' not in made
    slides = Presentation(io.BytesIO(story_pptx(replace(source, base="")))).slides
    pictures = [
        one for slide in slides for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    assert len(pictures) == 1


@pytest.mark.parametrize(
    "picture",
    [
        ChartPicture("bars", ("a", "b"), (Series("s", (-3.0, 2.0)),), "%", 0),
        ChartPicture("ranges", ("a",), (Series("l", (-3.0,)), Series("h", (2.0,))), "", 0),
        ChartPicture("lines", ("2020",), (Series("s", (1.0,)),), "", 0),
        ChartPicture("lines", ("2020", "2021"), (Series("s", (None, None)),), "", 0),
        ChartPicture("ranges", ("a",), (Series("l", (None,)), Series("h", (None,))), "", 0),
    ],
)
def test_odd_charts_are_drawn_and_written(picture: ChartPicture) -> None:
    drawn = etree.fromstring(
        chart_svg(picture, "de", Sheet(with_fonts=False), "t", HOSTILE).encode()
    )
    wanted = [value for one in picture.series for value in one.values if value is not None]
    values = [one.get("data-value") for one in drawn.iter() if one.get("data-value")]
    assert len(values) == (len(wanted) // 2 if picture.kind == "ranges" else len(wanted))
    told = replace(decks.deck(None), slides=(decks.slide(1, picture),))  # type: ignore[arg-type]
    file = story_pptx(StorySource({"de": told}, "de", "", Path(), "2026-11-25"))
    (chart,) = charts_of(Presentation(io.BytesIO(file))).values()
    found = [value for one in chart.plots[0].series for value in one.values if value is not None]
    assert sorted(found) == sorted(wanted)


def test_steps_are_round_and_enclose_the_values() -> None:
    assert round_steps(8.3, 15.5) == [8.0, 10.0, 12.0, 14.0, 16.0]
    assert round_steps(0.0, 1.0)[0] == 0.0


def test_names_at_line_ends_keep_their_distance_and_order() -> None:
    placed = spread([10.0, 11.0, 50.0], 8.0, 0.0, 60.0)
    assert placed == [10.0, 18.0, 50.0]
    assert spread([59.0, 60.0], 8.0, 0.0, 60.0) == [52.0, 60.0]
