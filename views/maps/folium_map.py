"""A small map of the members of one project, drawn by folium from files of this house.

No tiles, no foreign host, no jQuery: outlines come with the map, Leaflet and the TopoJSON
reader from ``static/vendor``, and popups are bound as plain markup made by ``escape``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from views.maps.escape import escaped
from views.theme import FONT, Palette

if TYPE_CHECKING:
    import folium

# Seen from the frame the map stands in, so that it holds below any base address.
VENDOR = "../../app/static/vendor/"
LEAFLET_JS = VENDOR + "leaflet/leaflet.js"
LEAFLET_CSS = VENDOR + "leaflet/leaflet.css"
TOPOJSON_JS = VENDOR + "topojson/topojson-client.min.js"
ROOM = 0.35
AREA_OPACITY = 0.25


@dataclass(frozen=True)
class Member:
    """One place of a project.

    Attributes:
        ags: official key; its outline is filled where the layers hold it.
        name: heading of the popup.
        lat, lon: middle in degrees.
        lines: further sentences of the popup, plain text.
    """

    ags: str
    name: str
    lat: float
    lon: float
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class MemberMap:
    """What the map shows.

    Attributes:
        members: places with coordinates, at least one.
        ground: topology of the outlines behind everything.
        areas: topologies to fill the members' outlines from.
        colours: palette of the scheme shown.
    """

    members: Sequence[Member]
    ground: Mapping[str, Any]
    areas: Sequence[Mapping[str, Any]]
    colours: Palette


def part_of(topology: Mapping[str, Any], keys: Collection[str] | None = None) -> dict[str, Any]:
    """The outlines of some places with only the arcs they need and no properties.

    Args:
        topology: TopoJSON with one object.
        keys: ids wanted; ``None`` for all.
    """
    (source,) = topology["objects"].values()
    wanted = [one for one in source["geometries"] if keys is None or one["id"] in keys]
    used: dict[int, int] = {}
    geometries = [
        {"type": one["type"], "id": one["id"], "arcs": _renumbered(one["arcs"], used)}
        for one in wanted
    ]
    return {
        "type": "Topology",
        "objects": {"places": {"type": "GeometryCollection", "geometries": geometries}},
        "transform": topology["transform"],
        "arcs": [topology["arcs"][number] for number in used],
    }


def _renumbered(arcs: Any, used: dict[int, int]) -> Any:
    """The same nested arcs with numbers counted anew; reversed arcs stay reversed."""
    if isinstance(arcs, list):
        return [_renumbered(part, used) for part in arcs]
    number = used.setdefault(arcs if arcs >= 0 else ~arcs, len(used))
    return number if arcs >= 0 else ~number


def member_map(shown: MemberMap) -> folium.Map:
    """The map, ready for its frame."""
    import folium

    found = folium.Map(
        tiles=None,
        zoom_control=True,
        scroll_wheel_zoom=False,
        attribution_control=False,
        zoom_snap=0.25,
    )
    found.default_js = [("leaflet", LEAFLET_JS)]
    found.default_css = [("leaflet_css", LEAFLET_CSS)]
    keys = {member.ags for member in shown.members}
    _outlines(found, part_of(shown.ground), _ground_style(shown.colours))
    for topology in shown.areas:
        part = part_of(topology, keys)
        if part["objects"]["places"]["geometries"]:
            _outlines(found, part, _area_style(shown.colours))
    for member in shown.members:
        _mark(found, member, shown.colours)
    found.fit_bounds(_bounds(shown.members))
    _style(found, shown.colours)
    return found


def _ground_style(colours: Palette) -> dict[str, object]:
    return {
        "color": colours.line,
        "weight": 1,
        "fillColor": colours.no_value,
        "fillOpacity": 1,
    }


def _area_style(colours: Palette) -> dict[str, object]:
    return {
        "color": colours.primary,
        "weight": 1.5,
        "fillColor": colours.primary,
        "fillOpacity": AREA_OPACITY,
    }


def _outlines(found: folium.Map, topology: dict[str, Any], style: dict[str, object]) -> None:
    import folium

    layer = folium.TopoJson(topology, "objects.places", style_function=lambda _: style)
    layer.default_js = [("topojson", TOPOJSON_JS)]
    layer.add_to(found)


def _mark(found: folium.Map, member: Member, colours: Palette) -> None:
    import folium

    mark: Any = folium.CircleMarker(
        (member.lat, member.lon),
        radius=8,
        color=colours.card,
        weight=2,
        fill=True,
        fill_color=colours.primary,
        fill_opacity=1,
    )
    mark.add_child(_markup("bindTooltip", escaped(member.name)))
    mark.add_child(_markup("bindPopup", popup(member)))
    mark.add_to(found)


def popup(member: Member) -> str:
    """Markup of a popup; every letter of the data is escaped."""
    lines = "".join(f"<br>{escaped(line)}" for line in member.lines)
    return f"<strong>{escaped(member.name)}</strong>{lines}"


def _markup(method: str, content: str) -> Any:
    """Binds markup to a mark without jQuery, which folium's own popups need."""
    call = "{{ this._parent.get_name() }}.{{ this.method }}({{ this.content|tojson }});"
    element = _script_element("markup", call)
    element.method, element.content = method, content
    return element


def _script_element(name: str, script: str) -> Any:
    """A part of the map that is nothing but a line of script."""
    from branca.element import MacroElement
    from folium.template import Template

    make: Any = MacroElement
    element = make()
    element._name = name
    element._template = Template(f"{{% macro script(this, kwargs) %}}{script}{{% endmacro %}}")
    return element


def _bounds(members: Sequence[Member]) -> list[list[float]]:
    """Box of the members with room around it."""
    lats, lons = [one.lat for one in members], [one.lon for one in members]
    return [[min(lats) - ROOM, min(lons) - ROOM], [max(lats) + ROOM, max(lons) + ROOM]]


def _style(found: folium.Map, colours: Palette) -> None:
    """Ground and letters of the scheme; one finger scrolls the page, not the map."""
    from branca.element import Element

    faces = "".join(
        f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};"
        f"src:url({VENDOR}fonts/ibm-plex-sans-latin-{weight}-normal.woff2)}}"
        for weight in (400, 700)
    )
    css = (
        f"{faces}"
        f".leaflet-container{{background:{colours.paper};font-family:{FONT};font-size:14px}}"
        f".leaflet-popup-content-wrapper,.leaflet-popup-tip,.leaflet-tooltip,"
        f".leaflet-bar a{{background:{colours.card};color:{colours.ink}}}"
        # Outlines are ground; only the marks answer to a click.
        f"path[fill-opacity='{AREA_OPACITY}'],path[fill='{colours.no_value}']"
        "{pointer-events:none}"
    )
    root: Any = found.get_root()
    root.header.add_child(Element(f"<style>{css}</style>"))
    quiet = "if (L.Browser.mobile) {{ this._parent.get_name() }}.dragging.disable();"
    found.add_child(_script_element("quiet", quiet))
