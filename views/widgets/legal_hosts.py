"""Self-test: every host a visitor's browser asks, named."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import streamlit as st

from views import session
from views.maps.tiles import SETTING, BadTiles, origin_of, tile_source
from views.session import Visit
from views.texts import plain


def show(visit: Visit) -> None:
    """The own host, and the host of the tiles where the operator chose one."""
    words = visit.words
    st.subheader(words("legal.hosts.title"), anchor=False)
    own = urlsplit(session.full_address("map")).netloc or words("legal.hosts.this")
    st.markdown(f"- {words('legal.hosts.own', host=plain(own))}")
    foreign = origin_of(session.tiles())
    if foreign:
        st.markdown(f"- {words('legal.hosts.tiles', host=plain(foreign))}")
    else:
        st.markdown(f"- {words('legal.hosts.none')}")
    try:
        tile_source(os.environ)
    except BadTiles as bad:
        st.warning(words("legal.hosts.bad", setting=SETTING, url=plain(bad.url)))


def line(visit: Visit) -> str:
    """On the map: which other host its pictures come from; empty when there is none."""
    foreign = origin_of(session.tiles())
    return visit.words("legal.hosts.on_map", host=plain(foreign)) if foreign else ""
