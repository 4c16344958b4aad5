"""What all folium maps of the house share, and the map of the members of one project.

No tiles, no foreign host, no jQuery: Leaflet and the TopoJSON reader come from
``static/vendor``, the outlines of the states by address, and popups are bound as plain
markup made by ``escape``. Years, keyboard and legend stand in ``static/folium.js``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from loaders import folders
from views.maps.description import AreaLayer
from views.maps.escape import coded, escaped
from views.maps.marks import TARGET, Filling, MarkShape, mark_svg
from views.maps.wire import GERMANY
from views.theme import FONT, Palette

if TYPE_CHECKING:
    import folium

# Seen from the frame the map stands in, so that it holds below any base address.
HOUSE = "../../"
VENDOR = f"{HOUSE}app/static/vendor/"
LEAFLET_JS = VENDOR + "leaflet/leaflet.js"
LEAFLET_CSS = VENDOR + "leaflet/leaflet.css"
TOPOJSON_JS = VENDOR + "topojson/topojson-client.min.js"
ROOM = 0.35
AREA_OPACITY = 0.25


@dataclass(frozen=True)
class LegendRow:
    """One row of a legend: words and, except for a heading, a drawing from ``marks``."""

    label: str
    svg: str = ""


@dataclass(frozen=True)
class FoliumWords:
    """Words of a frame: its language, the name of the map, its buttons."""

    lang: str
    label: str
    zoom_in: str
    zoom_out: str
    until: str = ""
    play: str = ""
    pause: str = ""


@dataclass(frozen=True)
class Mark:
    """A place as a mark with its popup.

    Attributes:
        ags: official key, given back when the popup opens.
        name: heading of the popup, plain text.
        lat, lon: middle in degrees.
        shape, filling, colour: see ``marks``.
        lines: further sentences of the popup, plain text.
        shift: pixels to the right, where several marks share a place.
    """

    ags: str
    name: str
    lat: float
    lon: float
    shape: MarkShape
    filling: Filling
    colour: str
    lines: tuple[str, ...] = ()
    shift: int = 0


@dataclass(frozen=True, eq=False)
class MemberMap:
    """The members of a project.

    Attributes:
        marks: places with coordinates, at least one.
        ground: layer of the outlines behind everything.
        areas: topologies to fill the members' outlines from.
        colours: palette of the scheme shown.
    """

    marks: Sequence[Mark]
    ground: AreaLayer
    areas: Sequence[Mapping[str, Any]]
    legend: Sequence[LegendRow]
    words: FoliumWords
    colours: Palette


def member_map(shown: MemberMap) -> folium.Map:
    """The map, ready for its frame."""
    import folium

    found = base_map(shown.colours)
    keys = {mark.ags for mark in shown.marks}
    for topology in shown.areas:
        part = part_of(topology, keys)
        if part["objects"]["places"]["geometries"]:
            _outlines(found, part, _area_style(shown.colours))
    # Leaflet would fetch its own icon for a mark on the map that has none yet.
    group = folium.FeatureGroup(name="members", show=False)
    for mark in shown.marks:
        marker(mark, shown.colours).add_to(group)
    group.add_to(found)
    fit(found, [(one.lat, one.lon) for one in shown.marks])
    setting = settings(shown.words, shown.legend, shown.ground, shown.colours)
    begin(found, setting, {"members": group})
    return found


def base_map(colours: Palette) -> folium.Map:
    """An empty map that asks no host but its own."""
    import folium

    found = folium.Map(
        tiles=None,
        zoom_control=False,
        scroll_wheel_zoom=False,
        attribution_control=False,
        zoom_snap=0.25,
        min_zoom=4,
        max_zoom=13,
    )
    found.default_js = [
        ("leaflet", LEAFLET_JS),
        ("topojson", TOPOJSON_JS),
        ("house", f"{HOUSE}app/static/folium.js?v={file_version('folium.js')}"),
    ]
    found.default_css = [
        ("leaflet_css", LEAFLET_CSS),
        ("house_css", f"{HOUSE}app/static/folium.css?v={file_version('folium.css')}"),
    ]
    _style(found, colours)
    return found


@cache
def file_version(name: str) -> str:
    """Hash of a file of the frame, so that browsers fetch a changed one anew."""
    return hashlib.sha256((folders.STATIC / name).read_bytes()).hexdigest()[:12]


def settings(
    words: FoliumWords, legend: Sequence[LegendRow], ground: AreaLayer, colours: Palette
) -> dict[str, Any]:
    """What ``begin`` of the frame's script takes; every text is read back as text there."""
    own = {name: coded(text) for name, text in vars(words).items()}
    rows = [{"label": coded(row.label), "svg": row.svg, "head": not row.svg} for row in legend]
    style = {"color": colours.line, "weight": 1, "fillColor": colours.no_value, "fillOpacity": 1}
    outlines = {"url": f"{HOUSE}{ground.url}", "object": ground.object, "style": style}
    return {"words": own, "legend": rows, "outlines": outlines}


def begin(found: folium.Map, setting: Mapping[str, Any], groups: Mapping[str, Any]) -> None:
    """Has the frame's script take over when everything stands on the map.

    Args:
        found: the map.
        setting: see ``settings``.
        groups: groups of marks and lines by name, hidden until then; where the setting has
            steps, the names are the years that play.
    """
    call = (
        "house.begin({{ this._parent.get_name() }}, {{ this.content|tojson }}, "
        "{ {% for name, group in this.groups.items() %}"
        "{{ name|tojson }}: {{ group.get_name() }}, {% endfor %} });"
    )
    element = script_element("begin", call, setting)
    element.groups = groups
    found.add_child(element)


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


def marker(mark: Mark, colours: Palette) -> folium.Marker:
    """The mark with its tooltip and its popup, to be reached by finger and by keyboard."""
    import folium

    half = TARGET // 2
    icon = folium.DivIcon(
        html=mark_svg(mark.shape, mark.filling, mark.colour, colours.card),
        icon_size=(TARGET, TARGET),
        icon_anchor=(half - mark.shift, half),
        popup_anchor=(mark.shift, -half + 3),
        class_name="tk-mark",
    )
    place: Any = folium.Marker(
        (mark.lat, mark.lon),
        icon=icon,
        label=coded(": ".join((mark.name, *mark.lines[:2]))),
        ags=coded(mark.ags),
        shift=mark.shift,
        rise_on_hover=True,
    )
    place.add_child(_markup("bindTooltip", escaped(mark.name)))
    place.add_child(_markup("bindPopup", popup(mark)))
    found: folium.Marker = place
    return found


def popup(mark: Mark) -> str:
    """Markup of a popup; every letter of the data is escaped."""
    lines = "".join(f"<br>{escaped(line)}" for line in mark.lines)
    return f"<strong>{escaped(mark.name)}</strong>{lines}"


def _markup(method: str, content: str) -> Any:
    """Binds markup to a mark without jQuery, which folium's own popups need."""
    call = "{{ this._parent.get_name() }}.{{ this.method }}({{ this.content|tojson }});"
    element = script_element("markup", call, content)
    element.method = method
    return element


def script_element(name: str, script: str, content: object) -> Any:
    """A part of the map that is nothing but a line of script with its content as JSON."""
    from branca.element import MacroElement

    make: Any = MacroElement
    element = make()
    element._name = name
    element._template = _template(script)
    element.content = content
    return element


@cache
def _template(script: str) -> Any:
    """A few lines of script in all; compiling each for every mark took half of the page's time."""
    from folium.template import Template

    return Template(f"{{% macro script(this, kwargs) %}}{script}{{% endmacro %}}")


def fit(found: folium.Map, points: Sequence[tuple[float, float]]) -> None:
    """Open with all points (lat, lon) in sight and room around them.

    Points across half of the country open with the whole of it: no coast is cut off.
    """
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    box = [[min(lats) - ROOM, min(lons) - ROOM], [max(lats) + ROOM, max(lons) + ROOM]]
    west, south, east, north = GERMANY
    if max(lats) - min(lats) > (north - south) / 2:
        box = [
            [min(box[0][0], south), min(box[0][1], west)],
            [max(box[1][0], north), max(box[1][1], east)],
        ]
    found.fit_bounds(box, padding=(14, 14))


def _style(found: folium.Map, colours: Palette) -> None:
    """Ground, letters and controls in the colours of the scheme."""
    from branca.element import Element

    faces = "".join(
        f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};"
        f"src:url({VENDOR}fonts/ibm-plex-sans-latin-{weight}-normal.woff2)}}"
        for weight in (400, 700)
    )
    names = ("ink", "muted", "paper", "card", "line", "primary", "mine")
    values = "".join(f"--{name}:{getattr(colours, name)};" for name in names)
    root: Any = found.get_root()
    root.header.add_child(Element(f"<style>{faces}:root{{{values}--font:{FONT}}}</style>"))
