"""What a page will ask for, named in its head: scripts of controls, and what a map draws with.

The browser fetches it, and makes maps ready, while the dashboard itself still starts, instead of
step by step after the first run.
"""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from loaders import folders
from loaders.boundaries.layers import read_layers
from views import session, sitemap
from views.maps.choropleth import ADDRESS
from views.service import page_scripts
from views.widgets.map import part_version
from views.widgets.map_choice import LAYERS, LEVEL
from views.widgets.served_part import version_of

MODULES = ("vendor/leaflet/leaflet.js", "vendor/topojson/topojson-client.min.js")
EARLY, STEPS = "map/early.js", "steps.js"
STYLES = ("vendor/leaflet/leaflet.css", "map.css")
OUTLINES = "states"
MAP_CONTROLS = ("Selectbox", "Slider", "Checkbox", "DownloadButton")
MAP, OVERVIEW = sitemap.BY_NAME["map"].url_path, sitemap.BY_NAME["overview"].url_path


def links(path: str, query: str) -> str:
    """Elements of the head for the page at an address: steps, controls, map where one opens."""
    page = path.rstrip("/").rsplit("/", 1)[-1]
    controls = _steps() + _controls(page_scripts.FRAME + (MAP_CONTROLS if page == MAP else ()))
    if page not in (MAP, OVERVIEW):
        return controls
    asked = parse_qs(query).get(LEVEL, [""])[0]
    layers = [OUTLINES]
    if page == MAP:
        known = (layer for level, layer in LAYERS.items() if level == asked)
        layers.append(next(known, "districts"))
    return f"{controls}{_part()}{_outlines(layers)}"


def _steps() -> str:
    return f'<script src="app/static/{STEPS}?v={version_of(STEPS)}"></script>'


def _controls(names: tuple[str, ...]) -> str:
    kind = 'rel="modulepreload" crossorigin'
    return "".join(_link(kind, f"static/js/{one}") for one in page_scripts.needed(names))


def _part() -> str:
    version = f"?v={part_version()}"
    own = sorted(path.name for path in folders.STATIC.glob("map/*.js"))
    scripts = ("map.js", *(f"map/{name}" for name in own), *MODULES)
    modules = (_link('rel="modulepreload"', f"app/static/{one}{version}") for one in scripts)
    styles = (_link('rel="preload" as="style"', f"app/static/{one}{version}") for one in STYLES)
    early = f'<script type="module" src="app/static/{EARLY}{version}"></script>'
    return "".join((*modules, *styles, early))


def _outlines(layers: list[str]) -> str:
    """Only files that lie ready: they are laid out with the first map of the process."""
    built = read_layers(session.boundaries_folder())
    entries = [built[one] for one in layers if one in built]
    published = folders.STATIC / "boundaries"
    ready = [one for one in entries if (published / one.published_name).is_file()]
    kind = 'rel="preload" as="fetch" crossorigin="anonymous" data-outlines="{}"'
    return "".join(
        _link(kind.format(escape(one.object)), f"{ADDRESS}{one.published_name}") for one in ready
    )


def _link(kind: str, address: str) -> str:
    return f'<link {kind} fetchpriority="low" href="{address}">'
