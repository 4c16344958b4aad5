"""Who took which solution from whom: map, network or matrix; how it grew; no forecast."""

from views import session
from views.widgets import (
    transfer_curve,
    transfer_head,
    transfer_map,
    transfer_pictures,
    transfer_results,
)

visit = session.current()

transfer_head.title(visit)
solution, picture = transfer_head.choose(visit)
rows = transfer_results.of_solution(solution)
if rows.empty:
    transfer_head.nothing(visit)
elif picture == "map":
    transfer_map.show(visit, rows)
elif picture == "network":
    transfer_pictures.network(visit, rows)
else:
    transfer_pictures.matrix(visit, rows)
if not rows.empty:
    transfer_curve.show(visit, solution)
