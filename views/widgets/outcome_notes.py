"""How the outcome comparison came about, as headings and texts: for the page and the export."""

from __future__ import annotations

from views import results, session
from views.session import Visit
from views.texts import plain
from views.widgets import comparison_export, comparison_likeness, outcome_results
from views.widgets.outcome_choice import Asked


def notes(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """Question, formula, sources and limits."""
    words = visit.words
    names = session.table("solutions").set_index("solution_id")["name"]
    held = asked.indicator in set(session.table("indicators")["indicator_id"])
    sources = comparison_export.sources(visit, [asked.indicator]) if held else "–"
    where = f"{asked.start.place}, {asked.start.first_full_year}" if asked.start else "–"
    indicator = visit.names("indicator", asked.indicator) if held else asked.indicator
    weights = comparison_likeness.agreed_table(visit)
    listed = ", ".join(f"{name} {share}" for name, share in weights.itertuples(index=False))
    return [
        (words("outcomes.notes_question"), f"{names[asked.solution]} · {indicator} · {where}"),
        (words("compare.notes_formula"), words("outcomes.notes_formula")),
        (words("outcomes.peers"), _peers(visit, asked) if held else "–"),
        (words("compare.weights"), listed),
        (words("compare.notes_sources"), sources),
        (words("compare.notes_limits"), f"{words('fixed.change')} {words('fixed.peers')}"),
    ]


def _peers(visit: Visit, asked: Asked) -> str:
    """The comparison places by name."""
    start = asked.start
    if start is None:
        return "–"
    unfunded = session.asked("unfunded") == "1"
    panel = outcome_results.panel_of(asked.solution, asked.indicator, start.place, unfunded)
    names = [plain(results.place(str(key)).name) for key in panel.index if key != start.place]
    return visit.formats.listing(names) or "–"
