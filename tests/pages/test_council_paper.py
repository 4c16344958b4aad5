"""The council paper: tagged and two pages as PDF, real headings and lists as DOCX."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pdfua
import pikepdf
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from analysis.method import VERSION
from views.exports.council_paper import Paper
from views.exports.council_paper_docx import paper_docx
from views.exports.council_paper_pdf import page_count, paper_pdf
from views.texts import read_words

SECTIONS = (
    "aim",
    "alternatives",
    "costs",
    "follow_up",
    "staff",
    "evidence",
    "risks",
    "privacy",
    "next_step",
)
BEST_DOCUMENTED = ("smart-village-app", "leezenflow", "dipas", "masterportal", "urban-stack")
LEAST_DOCUMENTED = "konstanz-youtopia"


def _ask_for_papers() -> None:
    """A page that makes the papers of one solution and leaves them in the session."""
    import streamlit as st

    from analysis.judgement import find_judgement
    from views import results, session
    from views.exports.council_paper_build import build_papers
    from views.widgets import checklist, paper_offer, weights_choice

    visit = session.begin()
    weighting = weights_choice.current()
    solution = st.query_params["solution"]
    judged = results.judgements_as(visit.ags, weighting, checklist.answers())
    judgement = find_judgement(judged, solution)
    made = build_papers(
        visit.words,
        visit.names,
        visit.formats,
        paper_offer.subject(visit, judgement, weighting),
        paper_offer.provenance(visit, weighting, solution),
    )
    st.session_state["papers"] = tuple(made)


@pytest.fixture
def papers(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """``papers("de", solution="dipas")`` as the adoption page would make them."""
    store = tmp_path_factory.getbasetemp() / "store_of_pages"
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(store))

    def make(lang: str = "de", **parameters: str) -> tuple[Paper, ...]:
        page = AppTest.from_function(_ask_for_papers, default_timeout=120)
        page.query_params.update({"lang": lang, "ags": "07312000", **parameters})
        page.run()
        assert not page.exception
        made: tuple[Paper, ...] = page.session_state["papers"]
        return made

    return make


def tags(element: pikepdf.Object) -> list[str]:
    """Structure types of a tagged PDF in reading order."""
    found = []
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                found.append(str(child.S))
            found += tags(child)
    return found


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


@pytest.mark.parametrize("solution", BEST_DOCUMENTED)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pdf_is_tagged_in_its_language_and_two_pages_long(papers, lang, solution) -> None:
    made = papers(lang, solution=solution)
    content = paper_pdf(made)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == page_count(content) == 2
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == lang
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == made[0].title
        kinds = tags(pdf.Root.StructTreeRoot)
        assert (kinds.count("/H1"), kinds.count("/H2")) == (1, len(SECTIONS))
        assert {"/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(kinds)
        for page in pdf.pages:
            assert "/StructParents" in page
            assert str(page.get("/Tabs")) == "/S"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_checker_of_pdf_ua_finds_nothing(papers, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper_pdf(papers(lang, solution="dipas")))
    report = pdfua.validate(str(path))
    assert [finding.rule_id for finding in report.findings] == []
    assert len(report.outcomes) >= 11


def test_every_figure_has_words_and_every_font_is_embedded(papers) -> None:
    with pikepdf.open(io.BytesIO(paper_pdf(papers("de", solution="dipas")))) as pdf:
        figures = [o for o in pdf.objects if _is(o, "/S", "/Figure")]
        assert [str(figure.Alt)[:5] for figure in figures] == ["DIPAS"]
        descriptors = [o for o in pdf.objects if _is(o, "/Type", "/FontDescriptor")]
        assert len(descriptors) == 2
        for one in descriptors:
            assert "IBMPlexSans" in str(one.FontName)
            assert "/FontFile2" in one or "/FontFile3" in one


def _is(item: pikepdf.Object, key: str, value: str) -> bool:
    return isinstance(item, pikepdf.Dictionary) and str(item.get(key, "")) == value


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sections_stand_in_the_usual_order_and_unknowns_are_said(papers, lang: str) -> None:
    words = read_words(lang)
    paper = papers(lang, solution=LEAST_DOCUMENTED)[0]
    headings = [section.heading for section in paper.sections]
    assert headings == [
        f"{n}. {words(f'paper.section_{name}')}" for n, name in enumerate(SECTIONS, start=1)
    ]
    unknown = words("common.not_reported")
    for number in (0, 2, 4, 6, 7):
        assert any(line.endswith(unknown) for line in paper.sections[number].lines)
    nothing = {"de": "0\u00a0EUR", "en": "EUR\u00a00"}[lang]
    assert any(nothing in line for line in paper.sections[1].lines)
    assert any(nothing in line for line in paper.sections[8].lines)


def test_the_paper_says_what_the_page_says(papers) -> None:
    agreed = papers("de", solution="masterportal")[0]
    own = papers("de", solution="masterportal", weights="03000000")[0]
    assert (round(own.low, 6), round(own.high, 6)) == (1.0, 1.0)
    assert agreed.low < own.low
    origin = dict(own.provenance)
    words = read_words("de")
    assert origin[words("paper.weights")] == "eigene (03000000)"
    assert origin[words("paper.method_version")] == VERSION
    assert origin[words("paper.data_date")].endswith("2026")
    assert "100–100" in own.answer
    assert [row[1] for row in own.criteria] == ["100\u202f%"]
    equal = papers("de", solution="masterportal", weights="equal")[0]
    assert {row[1] for row in equal.criteria} == {"12,5\u202f%"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_addresses_inside_a_cost_note_stand_in_the_list_of_sources(papers, lang: str) -> None:
    paper = papers(lang, solution="leezenflow")[0]
    costs = "\n".join(paper.sections[2].lines)
    assert "http" not in costs
    assert re.search(r"\(Quelle: \[\d\]\)", costs)
    assert any("de.digital" in url for url in paper.sources)


def test_a_joint_roll_out_is_one_decision_in_the_paper(papers) -> None:
    evidence = papers("de", solution="urban-stack")[0].sections[5]
    assert any("in 10 Orten aus 2 Entscheidungen" in line for line in evidence.lines)


def test_ticks_stand_in_the_paper(papers) -> None:
    paper = papers("de", solution="masterportal", unmet="mp-geodienste")[0]
    risks = " ".join(paper.sections[6].lines)
    assert "Hier: nicht erfüllt" in risks
    assert "Nicht erfüllt und nicht aufzuwiegen" in risks
    assert paper.answer.startswith("Blockiert")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_docx_can_be_edited_and_has_the_same_words(papers, lang: str) -> None:
    paper = papers(lang, solution="smart-village-app")[0]
    document = Document(io.BytesIO(paper_docx(paper)))
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles[paper.title] == "Heading 1"
    for section in paper.sections:
        assert styles[section.heading] == "Heading 2"
        assert all(styles[line.strip()] == "List Bullet" for line in section.lines)
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(paper.criteria_head)
    assert len(table.rows) == 1 + len(paper.criteria)
    assert document.core_properties.title == paper.title
    assert document.core_properties.language == {"de": "de-DE", "en": "en-GB"}[lang]
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == paper.range_alt
    text = "\n".join(p.text for p in document.paragraphs)
    assert "{{" not in text and "{%" not in text
    assert all(url in text for url in paper.sources)


def test_signs_of_the_data_stay_text_in_both_files(papers) -> None:
    from dataclasses import replace

    paper = papers("de", solution="dipas")[0]
    evil = '<b>&"{{ 7*7 }} #set text(red) \\*'
    marked = replace(paper, answer=evil, title=evil)
    document = Document(io.BytesIO(paper_docx(marked)))
    assert evil in [p.text for p in document.paragraphs]
    with pikepdf.open(io.BytesIO(paper_pdf([marked]))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == evil


def test_the_operators_letterhead_is_used_and_a_broken_one_does_not_stop_it(
    papers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = papers("de", solution="dipas")
    shipped = paper_pdf(made, tmp_path)
    letterhead = tmp_path / "letterhead.typ"
    letterhead.write_text("#let letterhead(lang) = [Stadt Musterstadt]", encoding="utf-8")
    assert paper_pdf(made, tmp_path) != shipped
    letterhead.write_text("#let letterhead(lang) = [", encoding="utf-8")
    assert page_count(paper_pdf(made, tmp_path)) == 2
    assert str(tmp_path) in caplog.text
    own = tmp_path / "council_paper.docx"
    own.write_bytes(_template_with(b"Stadt Musterstadt"))
    assert b"Stadt Musterstadt" in _part(paper_docx(made[0], tmp_path), "word/header1.xml")


def _template_with(words: bytes) -> bytes:
    """The shipped template with other words in its header."""
    from views.exports.council_paper_docx import TEMPLATE, TEMPLATES

    written = io.BytesIO()
    with zipfile.ZipFile(TEMPLATES / TEMPLATE) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/header1.xml":
                content = content.replace(b"{{ letterhead_office }}", words)
            new.writestr(name, content)
    return written.getvalue()


def _part(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return parts.read(name)


def test_long_answers_and_addresses_do_not_stop_the_docx(papers) -> None:
    from dataclasses import replace

    paper = papers("de", solution="masterportal", unmet="mp-geodienste")[0]
    address = "https://kompass.beispielstadt.example/adoption?ags=09679170&" + "met=abc&" * 25
    origin = (*paper.provenance[:-1], (paper.provenance[-1][0], address))
    long = replace(paper, title="Ort " * 90, answer="vorbehaltlich " * 40, provenance=origin)
    document = Document(io.BytesIO(paper_docx(long)))
    assert any(address in paragraph.text for paragraph in document.paragraphs)
    said = document.core_properties
    assert all(0 < len(text) <= 255 for text in (said.title, said.subject, said.comments))
    assert "https" not in said.comments
