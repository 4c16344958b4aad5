"""Where programs and data portals find the same data: stable addresses to copy."""

from __future__ import annotations

import streamlit as st

from views import session
from views.session import Visit


def archive_address(visit: Visit) -> None:
    """The address of the shown version's archive, for good."""
    st.markdown(visit.words("opendata.address", version=visit.version))
    st.code(_address(f"open/versions/{visit.version}/package.zip"), language=None, wrap_lines=True)


def record_address(visit: Visit) -> None:
    """The address of the record for data portals."""
    st.markdown(visit.words("opendata.record"))
    st.code(_address("open/catalog.jsonld"), language=None, wrap_lines=True)


def _address(path: str) -> str:
    return session.absolute(path) or f"/{path}"
