"""Shows a folium map on a page; loaded only where one is shown."""

from __future__ import annotations

from views.maps.folium_map import MemberMap, member_map


def show(shown: MemberMap, *, key: str, height: int = 360) -> None:
    """The map in its frame; moving it starts no run.

    Args:
        shown: members and outlines.
        key: identity of the map on this page.
        height: pixels.
    """
    from streamlit_folium import st_folium

    st_folium(
        member_map(shown),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
    )
