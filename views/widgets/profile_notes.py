"""How profile and composite came about, as headings and texts: for the page and the export."""

from __future__ import annotations

from views.session import Visit
from views.widgets import comparison_export, profile, profile_results
from views.widgets.profile_choice import Subject


def notes(visit: Visit, subject: Subject, has_composite: bool) -> list[tuple[str, str]]:
    """Formula, group, sources and limits."""
    words = visit.words
    indicators = list(profile_results.profile(subject.ags, subject.group).index)
    formula = words("profile.notes_profile")
    if has_composite:
        formula = f"{formula} {words('profile.notes_composite')}"
    draws = visit.formats.number(profile_results.DRAWS)
    limits = f"{words('fixed.rank', draws=draws)} {words('fixed.peers')} {words('fixed.change')}"
    return [
        (words("compare.notes_formula"), formula),
        (words("compare.group"), profile.group_line(visit, subject) or "–"),
        (words("compare.notes_sources"), comparison_export.sources(visit, indicators)),
        (words("compare.notes_limits"), limits),
    ]
