"""Licences of the product, its data, its boundaries and the components it serves."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from loaders.boundaries.layers import read_layers
from views import session
from views.session import Visit
from views.texts import link, plain
from views.widgets import frame, holdings, holdings_tables

EUPL = "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12"


@dataclass(frozen=True)
class Component:
    """A third-party part that reaches the visitor's browser."""

    name: str
    licence: str
    role: str
    url: str


COMPONENTS = (
    Component("Streamlit", "Apache-2.0", "streamlit", "https://github.com/streamlit/streamlit"),
    Component("Plotly.js", "MIT", "plotly", "https://github.com/plotly/plotly.js"),
    Component("Leaflet 1.9.4", "BSD-2-Clause", "leaflet", "https://leafletjs.com"),
    Component(
        "topojson-client 3.1.0", "ISC", "topojson", "https://github.com/topojson/topojson-client"
    ),
    Component("IBM Plex Sans", "OFL-1.1", "plex", "https://github.com/IBM/plex"),
    Component(
        "Material Symbols",
        "Apache-2.0",
        "symbols",
        "https://github.com/google/material-design-icons",
    ),
)


def show(visit: Visit) -> None:
    """Everything the product owes to others, and under which terms it may be used."""
    words = visit.words
    st.header(words("legal.topics.licences"), anchor="licences")
    product_text = link(words("legal.licences.product_text"), EUPL)
    st.markdown(f"{words('legal.licences.product')} {product_text}")
    _tables(visit)
    _boundaries(visit)
    _components(visit)


def _tables(visit: Visit) -> None:
    words = visit.words
    st.subheader(words("legal.licences.tables"), anchor=False)
    st.markdown(words("legal.licences.tables_about"))
    for licence, titles in _titles_by_licence(visit).items():
        st.markdown(f"- {licence}: {visit.formats.listing([plain(one) for one in titles])}")
    frame.page_link(visit, "data", words("legal.licences.to_data"), icon=":material/table:")
    st.subheader(words("legal.licences.indicators"), anchor=False)
    holdings.source_entries(visit)


def _titles_by_licence(visit: Visit) -> dict[str, list[str]]:
    """Titles of the tables under each licence or pair of licences, as Markdown links."""
    found: dict[str, list[str]] = {}
    for one in holdings_tables.resources(visit):
        licence = "; ".join(
            link(holdings_tables.licence_name(visit, part), part.url) for part in one.licences
        )
        found.setdefault(licence, []).append(one.title_de if visit.lang == "de" else one.title_en)
    return found


def _boundaries(visit: Visit) -> None:
    words = visit.words
    st.subheader(words("legal.licences.boundaries"), anchor=False)
    layers = read_layers(session.boundaries_folder())
    lines = []
    for name, layer in layers.items():
        key = f"legal.layer.{name}"
        line = words(
            "legal.licences.boundary",
            layer=words(key) if words.has(key) else plain(name),
            attribution=plain(layer.notice(visit.lang)),
            licence=plain(layer.licence),
            status=visit.formats.date(layer.territorial_status),
        )
        lines.append(f"- {line}")
    st.markdown("\n".join(lines) or words("legal.licences.boundaries_none"))


def _components(visit: Visit) -> None:
    words = visit.words
    st.subheader(words("legal.licences.components"), anchor=False)
    st.markdown(words("legal.licences.components_about"))
    lines = [
        "- "
        + words(
            "legal.licences.component",
            name=link(one.name, one.url),
            licence=one.licence,
            role=words(f"legal.role.{one.role}"),
        )
        for one in COMPONENTS
    ]
    st.markdown("\n".join(lines))
