"""Puts a council paper together from the page's result, for one language."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.verdict import MODERATE_FROM, STRONG_FROM
from views.exports.council_paper import (
    ROOMS,
    Paper,
    Provenance,
    Room,
    Sources,
    Subject,
    Writer,
)
from views.exports.council_paper_parts import EVIDENCE, sections
from views.texts import Formats, Names, Words

BANDS = ("weak", "moderate", "strong")


def build_papers(
    words: Words, names: Names, formats: Formats, subject: Subject, provenance: Provenance
) -> Iterator[Paper]:
    """The same paper from roomy to tight; a file takes the first that fits."""
    for room in ROOMS:
        writer = Writer(words, names, formats, room, Sources())
        yield build_paper(writer, subject, provenance, room)


def build_paper(writer: Writer, subject: Subject, provenance: Provenance, room: Room) -> Paper:
    """The paper in words.

    Args:
        writer: words, names and formats of one language.
        subject: what the page showed.
        provenance: dates, versions and address.
        room: how much fits.
    """
    words = writer.words
    name = str(subject.solution["name"])
    written = sections(writer, subject)
    bands = tuple(words(f"adoption.band.{band}") for band in BANDS)
    ends = writer.formats.hundredths(subject.low, subject.high)
    return Paper(
        lang=writer.lang,
        title=words("paper.title", name=name),
        kicker=words("paper.kicker"),
        facts=_facts(writer, subject),
        answer=_answer(writer, subject),
        sections=written,
        low=subject.low,
        high=subject.high,
        assessable=subject.assessable,
        bands=(bands[0], bands[1], bands[2]),
        thresholds=(MODERATE_FROM, STRONG_FROM),
        range_alt=words("adoption.judgement.alt", name=name, range=ends, verdict=subject.verdict),
        criteria_head=tuple(
            words(f"adoption.detail.column_{column}")
            for column in ("criterion", "weight", "low", "high", "known")
        ),
        criteria=_criteria(writer, subject),
        criteria_after=EVIDENCE,
        notes=(words("fixed.score"), words("fixed.adoption"), words("paper.grades")),
        sources=tuple(writer.sources.urls),
        provenance=_provenance(writer, provenance),
        letterhead_office=words("paper.letterhead_office"),
        letterhead_number=words("paper.letterhead_number"),
        sources_heading=words("paper.sources"),
        provenance_heading=words("paper.provenance"),
        size=room.size,
    )


def _answer(writer: Writer, subject: Subject) -> str:
    ends = writer.formats.hundredths(subject.low, subject.high)
    coverage = writer.formats.percent(subject.judgement.score.coverage)
    if not subject.assessable:
        return writer.words("paper.answer_not", coverage=coverage)
    said = subject.verdict[:1].upper() + subject.verdict[1:]
    return writer.words("paper.answer", verdict=said, range=ends, coverage=coverage)


def _facts(writer: Writer, subject: Subject) -> tuple[tuple[str, str], ...]:
    words, solution = writer.words, subject.solution
    status = str(solution["status"])
    state = words("common.not_reported")
    if status:
        age = writer.formats.date(str(solution["status_as_of"])) or words("common.undated")
        state = f"{writer.names('solution_status', status)} ({age})"
    return (
        (words("paper.fact_place"), subject.town or words("paper.no_place")),
        (words("paper.fact_origin"), str(solution["origin_municipalities"])),
        (words("paper.fact_state"), state),
        (words("paper.fact_body"), words("paper.to_fill")),
        (words("paper.fact_office"), words("paper.to_fill")),
    )


def _criteria(writer: Writer, subject: Subject) -> tuple[tuple[str, ...], ...]:
    formats, criteria = writer.formats, subject.judgement.score.criteria
    weights = formats.shares([c.weight for c in criteria])
    return tuple(
        (
            writer.names("criterion", c.criterion),
            weight,
            formats.number(round(c.low * 100)),
            formats.number(round(c.high * 100)),
            formats.percent(c.coverage),
        )
        for c, weight in zip(criteria, weights, strict=True)
    )


def _provenance(writer: Writer, provenance: Provenance) -> tuple[tuple[str, str], ...]:
    words = writer.words
    address = provenance.address or words("common.not_reported")
    return (
        (words("paper.data_date"), provenance.data_date),
        (words("paper.data_version"), provenance.data_version),
        (words("paper.method_version"), provenance.method_version),
        (words("paper.weights"), provenance.weights),
        (words("paper.made_on"), provenance.made_on),
        (words("paper.address"), address),
    )
