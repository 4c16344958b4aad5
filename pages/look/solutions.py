"""All solutions: search, filters, then cards or a table."""

from views import session
from views.widgets import solution_cards, solution_filters, solution_results

visit = session.current()

solution_cards.title(visit)
choice = solution_filters.show(visit)
found = solution_results.found(visit, choice)
solution_cards.show(visit, found, choice)
