"""How far the solutions are: by phase, by milestone, in time; what ended and why."""

from views import session
from views.widgets import (
    progress_board,
    progress_ends,
    progress_head,
    progress_milestones,
    progress_time,
)

visit = session.current()

progress_head.title(visit)
picture, field, cohort = progress_head.choose(visit)
if picture == "phases":
    progress_board.phases(visit, field, cohort)
elif picture == "milestones":
    progress_milestones.show(visit, field, cohort)
else:
    progress_time.show(visit, field, cohort)
progress_ends.stopped(visit, field, cohort)
progress_ends.time_to_operation(visit)
progress_ends.undated_places(visit)
