"""The map to take along: picture, drawing, outlines with values, table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from views import session
from views.exports.caption import Caption
from views.exports.csv import csv_of_view
from views.exports.map_geojson import map_geojson
from views.exports.map_picture import map_svg
from views.exports.svg_png import svg_png
from views.maps.description import MapDescription
from views.session import Visit
from views.texts import bare
from views.widgets.indicator_map import IndicatorView
from views.widgets.map_choice import view_ids
from views.widgets.map_place import place_names, twin_table
from views.widgets.slide_content import of_sources

PIXELS = 2400
FORMATS = {
    "png": ("image/png", ":material/image:"),
    "svg": ("image/svg+xml", ":material/polyline:"),
    "geojson": ("application/geo+json", ":material/map:"),
    "csv": ("text/csv", ":material/table:"),
}


@dataclass
class Taken:
    """What stands on the map at this moment: files are made of it when they are asked for.

    Attributes:
        drawn: the description.
        said: what is burnt in.
    """

    drawn: MapDescription | None = None
    said: Caption | None = None

    def keep(self, drawn: MapDescription, said: Caption) -> None:
        """The map was drawn anew."""
        self.drawn, self.said = drawn, said

    def both(self) -> tuple[MapDescription, Caption]:
        """Description and words; the buttons stand below a map, so both are there."""
        if self.drawn is None or self.said is None:
            raise RuntimeError("no map was drawn")
        return self.drawn, self.said


def show(visit: Visit, shown: IndicatorView, taken: Taken) -> None:
    """One button per format; a file is made when its button is pressed.

    Making it knows nothing of the visit any more: what it needs is gathered here or in
    ``taken``, which follows the colours while the buttons stay as they are.
    """
    stem = f"karte-{shown.choice.indicator}-{shown.choice.period}"
    folder = session.boundaries_folder()
    makers = {
        "png": partial(picture, taken, folder),
        "svg": partial(drawing, taken, folder),
        "geojson": partial(outlines, taken, shown.unit, folder),
        "csv": partial(table, visit, shown, place_names(visit, shown.choice.level)),
    }
    with st.container(key="map_files", horizontal=True, vertical_alignment="center"):
        st.markdown(visit.words("map.take"))
        for name, (mime, icon) in FORMATS.items():
            st.download_button(
                visit.words(f"map.take_{name}"),
                data=makers[name],
                file_name=f"{stem}.{name}",
                mime=mime,
                key=f"map_take_{name}",
                icon=icon,
                on_click="ignore",
            )


def picture(taken: Taken, folder: Path) -> bytes:
    """The map as PNG."""
    return svg_png(map_svg(*taken.both(), folder), PIXELS)


def drawing(taken: Taken, folder: Path) -> bytes:
    """The map as SVG."""
    return map_svg(*taken.both(), folder).encode()


def outlines(taken: Taken, unit: str, folder: Path) -> bytes:
    """Outlines with values as GeoJSON."""
    return map_geojson(*taken.both(), unit, folder)


def table(visit: Visit, shown: IndicatorView, names: Mapping[str, str]) -> bytes:
    """The values as CSV."""
    return csv_of_view(twin_table(visit, shown, names), visit.lang)


def caption(visit: Visit, shown: IndicatorView, sentence: str, picked: str) -> Caption:
    """What is burnt in: title, sentence, sources, date, version and address."""
    choice = shown.choice
    name = visit.names("indicator", choice.indicator)
    return Caption(
        title=f"{name}, {visit.formats.date(choice.period)} ({shown.unit})",
        sentence=bare(sentence),
        sources=of_sources(visit, sorted(shown.rows["source"].unique())),
        data_date=choice.period,
        data_version=visit.version,
        address=session.full_address("map", **view_ids(choice), place=picked),
    )
