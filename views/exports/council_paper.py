"""A council paper on one solution: the result the page showed, in the order councils expect.

``Subject`` holds the result objects of the page; ``build_paper`` turns them into words once,
for PDF and DOCX alike. What is not known stands there as not reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.judgement import Judgement
from views.texts import Formats, Names, Words
from views.texts.plain import ADDRESS

URL_MARK = "\uffff"


@dataclass(frozen=True)
class TwinLine:
    """A place like mine where the solution runs: name, state, alike in, different in, page."""

    name: str
    state: str
    same: str
    other: str
    url: str


@dataclass(frozen=True)
class Alternative:
    """Another solution for the same purpose with its range and verdict in words."""

    name: str
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Subject:
    """What the page showed of one solution.

    Attributes:
        solution: row of the catalogue.
        judgement: range, verdict and what is missing.
        low, high, assessable, verdict, stability: what the page said, under its weights.
        measures: rows of the measure table of this solution.
        lessons, prerequisites, questions: its rows of these tables.
        answers: the town's checklist.
        twins: places like the town where it runs.
        without: places like the town without it.
        running: number of places with documented operation, the origin included.
        running_decisions: decisions behind them; a joint roll-out is one.
        alternatives: others in the same field of action, alphabetical.
        office, office_url: whom to call; "" when not published.
        documents: what would narrow the range most, in words.
        gates: open conditions in words; ``blocked`` those not met.
        town: name of the place, "" for none.
    """

    solution: Mapping[str, Any]
    judgement: Judgement
    low: float
    high: float
    assessable: bool
    verdict: str
    stability: str
    measures: pd.DataFrame
    lessons: pd.DataFrame
    prerequisites: pd.DataFrame
    questions: pd.DataFrame
    answers: Mapping[str, str]
    twins: tuple[TwinLine, ...]
    without: tuple[str, ...]
    running: int
    running_decisions: int
    alternatives: tuple[Alternative, ...]
    office: str
    office_url: str
    documents: tuple[str, ...]
    gates: tuple[str, ...]
    blocked: tuple[str, ...]
    town: str


@dataclass(frozen=True)
class Provenance:
    """Where the numbers come from: all as text ready to print.

    Attributes:
        data_date: day to which the evidence is stated.
        data_version: version of the store.
        method_version: version of the method.
        weights: which weights counted.
        address: address of the view; "" when unknown.
        made_on: day the file was made.
    """

    data_date: str
    data_version: str
    method_version: str
    weights: str
    address: str
    made_on: str


@dataclass(frozen=True)
class Room:
    """How much fits: characters of a quoted statement, lessons, twins, type size in points."""

    statement: int
    lessons: int
    twins: int
    size: float


ROOMS = (
    Room(360, 5, 3, 10.5),
    Room(260, 4, 3, 10.2),
    Room(200, 3, 3, 9.8),
    Room(150, 3, 2, 9.4),
    Room(110, 2, 1, 9.0),
)


@dataclass
class Sources:
    """Numbered web addresses, each once, in order of use."""

    urls: list[str] = field(default_factory=list)

    def mark(self, url: object) -> str:
        """`` [3]`` for an address, "" for none."""
        address = str(url or "")
        if not address.startswith("http"):
            return ""
        if address not in self.urls:
            self.urls.append(address)
        return f" [{self.urls.index(address) + 1}]"


@dataclass(frozen=True)
class Section:
    """A numbered heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """The paper as words, ready for any file format.

    Attributes:
        lang: ``de`` or ``en``.
        title, kicker: heading and the kind of paper above it.
        facts: label and value pairs under the heading.
        answer: the answer in one sentence.
        sections: the nine sections in the usual order.
        low, high, assessable: the range drawn in the section ``Belege``.
        bands: words for weak, moderate, strong.
        thresholds: where the bands meet.
        range_alt: the picture in words.
        criteria_head, criteria: table of the criteria.
        criteria_after: number of the section the table stands in (from 0).
        notes: fixed sentences.
        sources: numbered addresses.
        provenance: label and value pairs of the last lines.
        letterhead_office, letterhead_number: places to fill in the shipped letterhead.
        size: type size in points.
    """

    lang: str
    title: str
    kicker: str
    facts: tuple[tuple[str, str], ...]
    answer: str
    sections: tuple[Section, ...]
    low: float
    high: float
    assessable: bool
    bands: tuple[str, str, str]
    thresholds: tuple[float, float]
    range_alt: str
    criteria_head: tuple[str, ...]
    criteria: tuple[tuple[str, ...], ...]
    criteria_after: int
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]
    letterhead_office: str
    letterhead_number: str
    sources_heading: str
    provenance_heading: str
    size: float


@dataclass(frozen=True)
class Writer:
    """One language's words, names and formats, with the sources collected on the way."""

    words: Words
    names: Names
    formats: Formats
    room: Room
    sources: Sources

    @property
    def lang(self) -> str:
        """``de`` or ``en``."""
        return self.words.lang

    def unknown(self, label: str) -> str:
        """A labelled line that says "not reported"."""
        return self.labelled(label, self.words("common.not_reported"))

    def labelled(self, label: str, text: str) -> str:
        """``label: text``; a label that asks needs no colon."""
        if label.endswith("?"):
            return f"{label} {text}"
        return self.words("paper.labelled", label=label, text=text)

    def sourced(self, text: object) -> str:
        """A quoted statement cut as ``short`` does, its web addresses as numbers of sources."""
        urls: list[str] = []

        def held(found: re.Match[str]) -> str:
            urls.append(found.group())
            return f"[{URL_MARK}{len(urls) - 1}]"

        said = self.short(ADDRESS.sub(held, str(text)))
        return re.sub(
            rf"\[{URL_MARK}(\d+)\]",
            lambda found: self.sources.mark(urls[int(found.group(1))]).strip(),
            said,
        )

    def short(self, text: object) -> str:
        """A quoted statement cut at a word, the cut marked."""
        whole = " ".join(str(text).split())
        if len(whole) <= self.room.statement:
            return whole
        return whole[: self.room.statement].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
