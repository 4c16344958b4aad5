"""One solution: four answers first, then everything published about it, with sources."""

from views import session
from views.widgets import (
    solution_facts,
    solution_head,
    solution_progress,
    solution_use,
    solution_words,
)

visit = session.current()

solution = solution_head.chosen(visit)
if solution is not None:
    solution_head.show(visit, solution)
    solution_progress.stage(visit, solution)
    solution_progress.spread(visit, solution)
    solution_words.learnt(visit, solution)
    solution_words.questions(visit, solution)
    solution_facts.cost(visit, solution)
    solution_use.show(visit, solution)
    solution_words.needs(visit, solution)
    solution_facts.parts(visit, solution)
    solution_words.evidence(visit, solution)
    solution_words.relatives(visit, solution)
