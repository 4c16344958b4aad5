"""Sliders for points in one piece.

Eight sliders of Streamlit are drawn anew at every press on the page and wait 200 ms before they
tell anybody; these are the browser's own and answer when they are let go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from views import session
from views.widgets.served_part import served_part


@dataclass(frozen=True)
class Row:
    """One slider.

    Attributes:
        name: what the points are for.
        share: the share of the whole they amount to, written out.
        points: where it stands.
    """

    name: str
    share: str
    points: int


def show(
    rows: Sequence[Row], most: int, *, key: str, on_move: Callable[[tuple[int, ...]], None]
) -> None:
    """Shows one slider per row.

    Args:
        rows: in the order shown.
        most: upper end of every slider; the lower one is 0.
        key: identity on the page.
        on_move: called with the points of all rows when one was moved, before the run that
            follows. Where it keeps other points, the sliders go back to them.
    """
    answered = f"{key}_answered"

    def moved() -> None:
        told = session.told(key, "moved")
        if told is None:
            return
        session.hold(answered, int(told["number"]))
        points = tuple(int(one) for one in told["points"])
        if len(points) == len(rows) and all(0 <= one <= most for one in points):
            on_move(points)

    data = {
        "answered": session.held(answered) or 0,
        "most": most,
        "rows": [asdict(row) for row in rows],
    }
    served_part("points", "points.js")(key=key, data=data, on_moved_change=moved)
