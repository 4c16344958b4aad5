"""A council paper as tagged PDF (PDF/UA-1), set by Typst from a template file."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from views.exports.council_paper import Paper
from views.texts import read_words

LOGGER = logging.getLogger(__name__)
TEMPLATES: Final = Path(__file__).parent / "templates"
LETTERHEAD: Final = "letterhead.typ"
PICTURES: Final = ("*.svg", "*.png", "*.jpg", "*.jpeg")
MOST_PAGES = 2
AUTHOR = "Transferkompass"
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")


def paper_pdf(papers: Iterable[Paper], operator: Path | None = None) -> bytes:
    """The first of the papers that fits on two pages, else the last one.

    Args:
        papers: the same paper from roomy to tight.
        operator: folder with the office's own ``letterhead.typ`` and its pictures; the shipped
            letterhead with places to fill in where there is none or Typst cannot set it (logged).

    Returns:
        PDF 1.7, tagged, PDF/UA-1, language and title set, fonts embedded.
    """
    import typst

    papers = list(papers)
    try:
        return _first_that_fits(papers, _files(operator))
    except typst.TypstError:
        if operator is None:
            raise
        LOGGER.exception("the letterhead in %s cannot be set; the shipped one is used", operator)
        return _first_that_fits(papers, _files(None))


def _first_that_fits(papers: Iterable[Paper], files: dict[str, bytes]) -> bytes:
    for paper in papers:
        pdf, pages = _set(paper, files)
        if pages <= MOST_PAGES:
            break
    return pdf


def _set(paper: Paper, files: dict[str, bytes]) -> tuple[bytes, int]:
    import typst

    pdf: bytes = typst.compile(
        files,
        format="pdf",
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_values(paper), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return pdf, page_count(pdf)


def page_count(pdf: bytes) -> int:
    """Number of pages as Typst writes it into the document's metadata.

    Raises:
        ValueError: the file has no such entry.
    """
    found = _PAGES.search(pdf)
    if found is None:
        raise ValueError("no page count in the metadata")
    return int(found.group(1))


def _values(paper: Paper) -> dict[str, object]:
    words = read_words(paper.lang)
    ends = {name: words(f"paper.{name}") for name in ("page_word", "of_word")}
    return {**asdict(paper), **ends, "author": AUTHOR}


def _files(operator: Path | None) -> dict[str, bytes]:
    """The template, the letterhead and the letterhead's pictures, by name."""
    files = {
        "main.typ": (TEMPLATES / "council_paper.typ").read_bytes(),
        LETTERHEAD: (TEMPLATES / LETTERHEAD).read_bytes(),
    }
    if operator is not None and (operator / LETTERHEAD).is_file():
        files[LETTERHEAD] = (operator / LETTERHEAD).read_bytes()
        for pattern in PICTURES:
            files.update({path.name: path.read_bytes() for path in operator.glob(pattern)})
    return files
