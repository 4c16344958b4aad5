"""How the outcome comparison came about, as headings and texts: for the page and the export."""

from __future__ import annotations

from views import session
from views.session import Visit
from views.widgets import comparison_export
from views.widgets.outcome_choice import Asked


def notes(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """Question, formula, sources and limits."""
    words = visit.words
    names = session.table("solutions").set_index("solution_id")["name"]
    held = asked.indicator in set(session.table("indicators")["indicator_id"])
    sources = comparison_export.sources(visit, [asked.indicator]) if held else "–"
    where = f"{asked.start.place}, {asked.start.first_full_year}" if asked.start else "–"
    indicator = visit.names("indicator", asked.indicator) if held else asked.indicator
    return [
        (words("outcomes.notes_question"), f"{names[asked.solution]} · {indicator} · {where}"),
        (words("compare.notes_formula"), words("outcomes.notes_formula")),
        (words("compare.notes_sources"), sources),
        (words("compare.notes_limits"), f"{words('fixed.change')} {words('fixed.peers')}"),
    ]
