"""How the comparison came about, as headings and texts: for the page and for the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from views.session import Visit
from views.widgets import comparison, comparison_export, comparison_likeness

if TYPE_CHECKING:
    from views.widgets.comparison import Question


def notes(visit: Visit, indicators: tuple[str, ...], question: Question) -> list[tuple[str, str]]:
    """Formula, group, weights, sources and limits of the view."""
    words = visit.words
    labels = comparison.district_labels(visit)
    members = visit.formats.listing([labels[ags] for ags in question.group[:30]])
    if len(question.group) > 30:
        members += f" … ({len(question.group)})"
    weights = comparison_likeness.weights_table(visit)
    listed = ", ".join(f"{name} {share}" for name, share in weights.itertuples(index=False))
    return [
        (words("compare.notes_formula"), words("compare.notes_formula_text")),
        (comparison.band_name(visit, question), members or "–"),
        (words("compare.weights"), listed),
        (words("compare.notes_sources"), comparison_export.sources(visit, indicators)),
        (words("compare.notes_limits"), f"{words('fixed.change')} {words('fixed.peers')}"),
    ]
