"""Places by key and name."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from analysis.places import Place, PlaceIndex, place_index
from views import session

Level = Literal["district", "municipality"]


def places() -> PlaceIndex:
    """All municipalities and districts, searchable."""
    return session.result(_places)


def _places() -> PlaceIndex:
    return place_index(session.table("municipalities"), session.table("districts"))


def place(ags: str) -> Place:
    """The record of one place.

    Raises:
        UnknownPlace: no such key.
    """
    return places().place(ags)


def name_of(ags: str) -> str:
    """Name of a place; the bare key when no register lists it."""
    index = places()
    return index.place(ags).name if ags in index else ags


def search_places(text: str, limit: int) -> pd.DataFrame:
    """Places for a text, best first; see ``PlaceIndex.search``."""
    return places().search(text, limit)


def level_of(ags: str) -> Level:
    """The level of a key: five digits are a district, eight a municipality."""
    return "district" if len(ags) == 5 else "municipality"
