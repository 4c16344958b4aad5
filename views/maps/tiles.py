"""The picture map an operator may put behind the areas; none unless a setting names one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from views.maps.description import TileSource

SETTING: Final = "TRANSFERKOMPASS_TILES"
CREDIT: Final = "TRANSFERKOMPASS_TILES_CREDIT"
_PLACES: Final = ("{z}", "{x}", "{y}")


class BadTiles(ValueError):
    """The setting is no address of tiles; carries it as ``url``."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is no address of tiles")
        self.url = url


def tile_source(settings: Mapping[str, str]) -> TileSource | None:
    """The source an operator set, ``None`` when there is none.

    Args:
        settings: environment; ``TRANSFERKOMPASS_TILES`` holds an ``https`` address, or one
            below the app, with ``{z}``, ``{x}`` and ``{y}``.

    Raises:
        BadTiles: the setting is something else.
    """
    url = settings.get(SETTING, "").strip()
    if not url:
        return None
    parts = urlsplit(url)
    is_own = not parts.scheme and not parts.netloc
    is_plain = all(letter not in url for letter in " ;,'\"")
    if not is_plain or not all(place in url for place in _PLACES):
        raise BadTiles(url)
    if not is_own and (parts.scheme != "https" or not parts.hostname or "{" in parts.netloc):
        raise BadTiles(url)
    return TileSource(url, settings.get(CREDIT, "").strip())


def origin_of(source: TileSource | None) -> str:
    """The foreign origin browsers ask for tiles, ``https://tiles.example``; empty for none."""
    parts = urlsplit(source.url) if source else None
    return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else ""
