"""The fixed sentences of the method, and the glossary in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from loaders import folders
from views.session import Visit

GLOSSARY = folders.DOCS / "glossary.md"
SENTENCES = (
    "score", "rank", "change", "placebo", "peers", "adoption", "missing", "stopped",
    "provenance",
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One word pair of the glossary with its meaning in both languages."""

    de: str
    en: str
    code: str
    meaning_de: str
    meaning_en: str


def show_sentences(visit: Visit) -> None:
    """All nine fixed sentences with the place they belong to."""
    words = visit.words
    st.header(words("methods.sentences.title"), anchor="sentences")
    st.markdown(words("methods.sentences.about"))
    with st.grid(3, min_column_width=260):
        for name in SENTENCES:
            with st.container(border=True, key=f"card_sentence_{name}", height="stretch"):
                st.markdown(f"**{words(f'methods.sentences.{name}')}**  \n{fixed(visit, name)}")


def fixed(visit: Visit, name: str) -> str:
    """A fixed sentence with letters or words where a view puts its numbers."""
    words = visit.words
    stated = words("methods.sentences.stated")
    places = {
        "rank": {"draws": words("methods.sentences.draws")},
        "placebo": {
            "extreme": words("methods.sentences.symbol_some"),
            "controls": words("methods.sentences.symbol_all"),
            "smallest": words("methods.sentences.symbol_smallest"),
        },
        "provenance": dict.fromkeys(("date", "method", "seed", "comparisons"), stated),
    }
    sentence = words(f"fixed.{name}", **places.get(name, {}))
    if name == "missing":
        return f"{sentence} … {words('methods.sentences.example_documents')}"
    return sentence


def show_glossary(visit: Visit) -> None:
    """Every term in both languages, explained in the reader's own."""
    words = visit.words
    st.header(words("methods.topics.glossary"), anchor="glossary")
    st.markdown(words("methods.glossary.about"))
    terms = sorted(read_terms(), key=lambda term: getattr(term, visit.lang).casefold())
    half = (len(terms) + 1) // 2
    for column, part in zip(st.columns(2, gap="large"), (terms[:half], terms[half:]), strict=True):
        column.markdown("\n".join(_term_entry(term, visit.lang) for term in part))


def _term_entry(term: Term, lang: str) -> str:
    own, other, meaning = (
        (term.de, term.en, term.meaning_de) if lang == "de" else (term.en, term.de, term.meaning_en)
    )
    return f"- **{own}** · {other}  \n  {meaning}"


def read_terms() -> tuple[Term, ...]:
    """The rows of ``docs/glossary.md``."""
    return _terms(GLOSSARY, GLOSSARY.stat().st_mtime_ns)


@cache
def _terms(path: Path, stamp: int) -> tuple[Term, ...]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return tuple(Term(*row) for row in cells)
