"""Shows folium maps on a page; the libraries load only where one is shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from views.maps.folium_map import FoliumWords, MemberMap, member_map
from views.maps.spread_map import SpreadMap, spread_map
from views.session import Visit

if TYPE_CHECKING:
    import folium


def words(visit: Visit, label: str) -> FoliumWords:
    """Words of a frame; ``label`` is its name for those who hear it."""
    own = {name: visit.words(f"common.map.{name}") for name in ("zoom_in", "zoom_out")}
    playing = {name: visit.words(f"transfer.{name}") for name in ("until", "play", "pause")}
    return FoliumWords(visit.lang, label, **own, **playing)


def show(shown: MemberMap, *, key: str, height: int = 360) -> None:
    """Members in their frame; moving the map starts no run.

    Args:
        shown: members and outlines.
        key: identity of the map on this page.
        height: pixels of the map without its legend.
    """
    content = repr((shown.marks, shown.legend, shown.words, shown.colours))
    _frame(member_map(shown), f"{key}_{_stamp(content)}", height)


def show_spread(shown: SpreadMap, *, key: str, height: int) -> dict[str, str]:
    """The spread in its frame.

    Args:
        shown: what to show.
        key: identity of the map on this page.
        height: pixels of the map without slider and legend.

    Returns:
        ``until`` (id of the step chosen) and ``place`` (official key of the popup opened
        last), each only once the reader has chosen it.
    """
    return _frame(spread_map(shown), f"{key}_{_stamp(repr(shown))}", height)


def _stamp(content: str) -> str:
    """The bridge draws anew only for another key, not for every other word."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _frame(found: folium.Map, key: str, height: int) -> dict[str, str]:
    """The bridge renders the map itself; its ``render`` would only do so a second time."""
    from streamlit_folium import st_folium

    said: dict[str, Any] | None = st_folium(
        found, key=key, height=height, use_container_width=True, returned_objects=[], render=False
    )
    return {name: str(value) for name, value in (said or {}).items() if value is not None}
