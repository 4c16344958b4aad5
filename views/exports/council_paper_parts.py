"""The nine sections of a council paper, each from the result the page showed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from views.exports.council_paper import Section, Subject, Writer

KNOWN = ("observed", "derived")


def sections(writer: Writer, subject: Subject) -> tuple[Section, ...]:
    """All sections in the usual order; none is left out when nothing is known."""
    parts = (
        ("aim", _aim(writer, subject)),
        ("alternatives", _alternatives(writer, subject)),
        ("costs", _costs(writer, subject)),
        ("follow_up", _follow_up(writer, subject)),
        ("staff", _staff(writer, subject)),
        ("evidence", _evidence(writer, subject)),
        ("risks", _risks(writer, subject)),
        ("privacy", _privacy(writer, subject)),
        ("next_step", _next_step(writer, subject)),
    )
    return tuple(
        Section(f"{number}. {writer.words(f'paper.section_{name}')}", tuple(lines))
        for number, (name, lines) in enumerate(parts, start=1)
    )


EVIDENCE = 5


def _aim(writer: Writer, subject: Subject) -> Iterator[str]:
    solution = subject.solution
    yield str(solution[f"summary_{writer.lang}"]) + writer.sources.mark(solution["source_url"])
    yield from _question(writer, subject, "benefit_for_residents")
    for measure in ("C1.1", "C1.2", "C1.3"):
        yield measure_line(writer, subject, measure)


def _alternatives(writer: Writer, subject: Subject) -> Iterator[str]:
    yield writer.words("paper.do_nothing")
    if not subject.alternatives:
        yield writer.words("paper.no_alternative")
        return
    listed = [
        writer.words(
            "paper.alternative",
            name=other.name,
            range=writer.formats.hundredths(other.low, other.high),
            verdict=other.verdict,
        )
        for other in subject.alternatives
    ]
    yield writer.words("paper.alternatives", listed="; ".join(listed))


def _costs(writer: Writer, subject: Subject) -> Iterator[str]:
    solution, words = subject.solution, writer.words
    amount = solution["published_cost_eur"]
    note = writer.sourced(solution["published_effort_note"])
    if pd.isna(amount):
        yield writer.unknown(words("paper.published_cost"))
    else:
        said = writer.formats.value(float(amount), "EUR")
        yield writer.labelled(words("paper.published_cost"), said)
    if note:
        source = writer.sources.mark(solution["source_url"])
        yield words("paper.cost_note", note=note) + source
    licence = str(solution["licence_spdx"])
    if solution["open_source"] == "yes" and licence and not licence.startswith("LicenseRef-"):
        yield words("paper.licence_free", licence=licence) + writer.sources.mark(
            solution["repository_url"]
        )
    else:
        yield writer.unknown(words("paper.licence_fee"))
    yield words("paper.own_cost")


def _follow_up(writer: Writer, subject: Subject) -> Iterator[str]:
    yield measure_line(writer, subject, "C3.2")
    yield from _question(writer, subject, "operator_and_funding_after")
    yield writer.words("paper.own_follow_up")


def _staff(writer: Writer, subject: Subject) -> Iterator[str]:
    yield measure_line(writer, subject, "C3.1")
    needs = subject.prerequisites
    for text in needs.loc[needs["kind"] == "organisational", f"text_{writer.lang}"]:
        yield writer.labelled(writer.words("paper.needed"), str(text))
    yield writer.unknown(writer.words("paper.staff"))
    yield writer.words("paper.own_staff")


def _evidence(writer: Writer, subject: Subject) -> Iterator[str]:
    words = writer.words
    ends = writer.formats.hundredths(subject.low, subject.high)
    coverage = writer.formats.percent(subject.judgement.score.coverage)
    yield words("paper.range", range=ends, coverage=coverage, stability=subject.stability)
    decisions = words("transfer.from_decisions", n=subject.running_decisions)
    yield (
        words("paper.running", n=subject.running, decisions=decisions)
        if subject.running
        else words("paper.not_running")
    )
    for twin in subject.twins[: writer.room.twins]:
        place = twin.name if twin.name == twin.state else f"{twin.name} ({twin.state})"
        line = words("paper.twin", place=place, same=twin.same, other=twin.other)
        yield line + writer.sources.mark(twin.url)
    if subject.town and not subject.twins:
        yield words("paper.no_twin", town=subject.town)


def _risks(writer: Writer, subject: Subject) -> Iterator[str]:
    words = writer.words
    rank = {"did_not_work": 0, "cost": 1, "technical": 2}
    order = subject.lessons["kind"].map(lambda kind: rank.get(kind, 9))
    rows = subject.lessons.assign(order=order).sort_values("order", kind="stable")
    for lesson in rows.head(writer.room.lessons).to_dict("records"):
        kind = writer.names("lesson_kind", lesson["kind"])
        text = writer.short(lesson[f"lesson_{writer.lang}"])
        yield writer.labelled(kind, text) + writer.sources.mark(lesson["source_url"])
    if rows.empty:
        yield writer.unknown(words("paper.lessons"))
    for gate in subject.blocked:
        yield words("paper.gate_not_met", gate=gate)
    if subject.gates:
        yield words("paper.gates_open", gates=writer.formats.listing(subject.gates))
    yield from _needs(writer, subject)


def _needs(writer: Writer, subject: Subject) -> Iterator[str]:
    words, needs = writer.words, subject.prerequisites
    if needs.empty:
        yield writer.unknown(words("paper.prerequisites"))
        return
    for need in needs.to_dict("records"):
        answer = subject.answers.get(str(need["prerequisite_id"]), "unknown")
        must = words(f"solution.mandatory_{need['mandatory']}")
        yield words(
            "paper.prerequisite",
            text=str(need[f"text_{writer.lang}"]).rstrip("."),
            must=must,
            answer=words(f"paper.answer_{answer}"),
        )


def _privacy(writer: Writer, subject: Subject) -> Iterator[str]:
    kind = str(subject.solution["data_sensitivity"])
    label = writer.words("paper.data_kind")
    if kind:
        yield writer.labelled(label, writer.names("data_sensitivity", kind))
    else:
        yield writer.unknown(label)
    for measure in ("C4.1", "C4.2"):
        yield measure_line(writer, subject, measure)


def _next_step(writer: Writer, subject: Subject) -> Iterator[str]:
    words = writer.words
    mark = writer.sources.mark(subject.office_url)
    yield (
        words("paper.call", office=subject.office) + mark
        if subject.office
        else words("paper.call_unknown")
    )
    if subject.documents:
        yield words("paper.ask", documents="; ".join(subject.documents))
    if subject.gates or subject.blocked:
        gates = writer.formats.listing([*subject.blocked, *subject.gates])
        yield words("paper.settle", gates=gates)
    yield words("paper.decide_again")
    yield words("paper.step_cost")


def measure_line(writer: Writer, subject: Subject, measure: str) -> str:
    """One measure with statement, grade and date, or "not reported"."""
    row = subject.measures.set_index("measure_id").loc[measure]
    name = writer.names("measure", measure)
    if row["origin"] == "not_applicable":
        return writer.labelled(name, writer.words("paper.not_applicable"))
    if row["origin"] not in KNOWN:
        return writer.unknown(name)
    statement = row[f"statement_{writer.lang}"] or writer.words("adoption.detail.derived")
    date = writer.formats.date(str(row["date"])) or writer.words("common.undated")
    said = writer.words(
        "paper.statement", text=writer.short(statement).rstrip("."), grade=row["grade"], date=date
    )
    return writer.labelled(name, said) + writer.sources.mark(row["url"])


def _question(writer: Writer, subject: Subject, question: str) -> Iterator[str]:
    """The programme's question, unless its answer repeats the statement of a measure."""
    label = writer.names("question", question)
    rows = subject.questions[subject.questions["question"] == question]
    if rows.empty:
        yield writer.unknown(label)
        return
    row, column = rows.iloc[0], f"statement_{writer.lang}"
    if row[f"answer_{writer.lang}"] not in set(subject.measures[column]):
        text = writer.short(row[f"answer_{writer.lang}"])
        yield writer.labelled(label, text) + writer.sources.mark(row["source_url"])
