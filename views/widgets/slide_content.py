"""What a page gives to a slide: one message, one picture, its table and its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from views import results, session
from views.exports.slide import Picture
from views.session import Visit

Parameters = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Content:
    """A view as it goes onto a slide.

    Attributes:
        headline: the one message, made from the data.
        sentence: reading of the picture.
        picture: what is shown.
        twin: the table behind it.
        sources: publishers, one line each.
        date: day or period the numbers are stated to; the day of the evidence when empty.
        facts: numbers and names a story's own words may use, ``{places}``.
    """

    headline: str
    sentence: str
    picture: Picture
    twin: pd.DataFrame
    sources: tuple[str, ...]
    date: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


Maker = Callable[[Visit, Parameters], Content | None]


def published(visit: Visit) -> tuple[str, ...]:
    """The source line of what projects and towns published."""
    return (visit.words("stage.source_published"),)


def of_sources(visit: Visit, source_ids: Sequence[str]) -> tuple[str, ...]:
    """Publishers of official numbers, each once."""
    table = session.table("sources").set_index("source_id")["publisher"]
    known = [str(table[one]) for one in source_ids if one in table.index]
    return tuple(dict.fromkeys(known)) or published(visit)


def evidence_day(visit: Visit) -> str:
    """The day the evidence is stated to, in words."""
    return visit.formats.date(results.data_date().isoformat())


def counted(visit: Visit, facts: Mapping[str, float | int]) -> dict[str, str]:
    """Counts as texts of the language."""
    return {name: visit.formats.number(value) for name, value in facts.items()}
