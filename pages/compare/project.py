"""One model project: answers first, then members, solutions, transfers, lessons, figures."""

from views import session
from views.widgets import project_head, project_indicators, project_parts

visit = session.current()

project = project_head.chosen(visit)
if project is not None:
    project_head.show(visit, project)
    project_head.members(visit, project)
    project_parts.solutions(visit, project)
    project_parts.transfers(visit, project)
    project_parts.lessons(visit, project)
    project_parts.figures(visit, project)
    project_indicators.show(visit, [project["project_id"]])
    project_parts.sources(visit, project)
