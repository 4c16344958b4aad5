"""All 73 model projects as a table, and two to five of them side by side."""

from views import session
from views.widgets import project_compare, project_indicators, project_table

visit = session.current()

project_table.title(visit)
project_table.show(visit, project_table.choose(visit))
chosen = project_table.side_by_side(visit)
if chosen:
    project_compare.cards(visit, chosen)
    project_compare.solutions(visit, chosen)
    project_compare.transfers(visit, chosen)
    project_compare.lessons(visit, chosen)
    project_compare.figures(visit, chosen)
    project_indicators.show(visit, chosen)
