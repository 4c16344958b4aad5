"""What was learnt, failures as visible as successes; and the way to send one's own."""

from views import session
from views.widgets import lesson_cards, lesson_filters, lesson_own, solution_results

visit = session.current()

lesson_cards.title(visit)
choice = lesson_filters.show(visit)
lesson_cards.show(visit, solution_results.found_lessons(visit, choice))
lesson_own.show(visit)
