"""A letter to the office that runs a solution, asking for the documents that settle most."""

from __future__ import annotations

from dataclasses import dataclass

from views.texts import Words


@dataclass(frozen=True)
class Letter:
    """What the letter says.

    Attributes:
        solution: name of the solution.
        town: name of the asking place, "" when none is chosen.
        office: office written to, "" when none is published.
        documents: what is asked for, most telling first.
        known: how many measures have a published source.
        measures: how many measures apply.
        data_date: day to which the evidence is stated, in words.
    """

    solution: str
    town: str
    office: str
    documents: tuple[str, ...]
    known: int
    measures: int
    data_date: str


def letter_text(words: Words, letter: Letter) -> str:
    """The letter as plain text, ready to copy; places to fill stand in square brackets."""
    town = letter.town or words("whatif.letter.town_open")
    listed = "\n".join(f"{n}. {document}" for n, document in enumerate(letter.documents, start=1))
    parts = (
        letter.office or words("whatif.letter.office_open"),
        words("whatif.letter.subject", solution=letter.solution),
        words("whatif.letter.greeting"),
        words("whatif.letter.reason", town=town, solution=letter.solution),
        words(
            "whatif.letter.known",
            known=letter.known,
            measures=letter.measures,
            date=letter.data_date,
        ),
        words("whatif.letter.asked"),
        listed,
        words("whatif.letter.call"),
        words("whatif.letter.close"),
    )
    return "\n\n".join(parts)
