"""The map part on a page: Leaflet served by the app, geometry fetched once by address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from views import session
from views.maps.description import MapDescription
from views.maps.wire import message
from views.widgets.served_part import served_part, version_of

PARTS = ("map.js", "map.css", "map/*.js")


def part_version() -> str:
    """Hash of the part's files, so that browsers fetch a changed part anew."""
    return version_of(*PARTS)


def _part() -> Callable[..., Any]:
    return served_part("map", *PARTS)


def show_map(description: MapDescription, *, key: str, height: int = 520) -> str | None:
    """Shows the map; gives the official key picked by the click that caused this run.

    Every other run gives ``None``: the chosen place itself is the page's to keep, and
    comes back in as ``description.selected``.

    Args:
        description: what to show.
        key: identity of the map on this page; the same key keeps view and focus.
        height: of the stage in pixels; legend and sentence stand outside of it.
    """
    result = _part()(key=key, data=message(description, height), on_picked_change=_noticed)
    picked: str | None = result.get("picked")
    return picked


def show_faces(
    description: MapDescription,
    *,
    key: str,
    on_pick: Callable[[str], None],
    on_step: Callable[[int], None],
    height: int = 520,
    answered: int = 0,
) -> None:
    """Shows map, list and sentence.

    Args:
        description: what to show, with ``faces``.
        key: identity of the map on this page.
        on_pick: called with the official key picked, before the run that follows.
        on_step: called with the number of the time that playing asks for.
        height: of the stage in pixels.
        answered: number of the last choice of a look that the description knows of.
    """

    def call(name: str, react: Callable[[Any], None]) -> Callable[[], None]:
        def callback() -> None:
            value = session.told(key, name)
            if value is not None:
                react(value)

        return callback

    _part()(
        key=key,
        data={**message(description, height), "answered": answered},
        on_picked_change=call("picked", on_pick),
        on_step_change=call("step", lambda number: on_step(int(number))),
    )


def _noticed() -> None:
    """Asks Streamlit for the trigger; the run that follows reads it from the result."""
