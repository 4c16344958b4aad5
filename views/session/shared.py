"""What all visitors share: the store, its folders and results computed once per data version."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from loaders import folders
from loaders.folders import data_folder
from loaders.rooms import Rooms
from loaders.store import Store, open_store, queries, store_location
from loaders.store.embedded import UnknownKind
from views.maps.description import TileSource
from views.maps.tiles import BadTiles, tile_source

Result = TypeVar("Result")
Report = Callable[[float], object]


class NothingHeld(LookupError):
    """The store holds nothing a page could show; the frame says so and names the way on."""


# A page that asks a table nobody lists has nothing to show either.
NOT_HELD = (NothingHeld, UnknownKind)


@st.cache_resource(show_spinner=False)
def _open(root: str, data: str) -> Store:
    store = open_store(Path(root), Path(data))
    gc.collect()
    gc.freeze()
    return store


def store() -> Store:
    """The one store of this process."""
    return _open(str(store_location()), str(data_folder()))


def boundaries_folder() -> Path:
    """The layers of the map; the shipped ones where those of the data folder were refused."""
    return Path(_boundaries_folder(str(data_folder() / "boundaries")))


@st.cache_resource(show_spinner=False)
def _boundaries_folder(folder: str) -> str:
    from loaders.boundaries.start import sound_folder

    return str(sound_folder(Path(folder), folders.DATA / "boundaries"))


def tiles() -> TileSource | None:
    """The picture map the operator put behind the areas, if any; a wrong setting counts as none."""
    try:
        return tile_source(os.environ)
    except BadTiles:
        return None


def publish_layers() -> None:
    """Lay the built outlines where the browser fetches them, once per process."""
    _publish_layers(str(boundaries_folder()))


@st.cache_resource(show_spinner=False)
def _publish_layers(folder: str) -> bool:
    from loaders.boundaries.layers import publish_layers as publish

    publish(Path(folder), folders.STATIC / "boundaries")
    return True


def first_version() -> int:
    """The oldest version that can be opened: the shipped tables as they were first read."""
    numbers = set(store().versions().query("layer == 'base'")["number"])
    first = 1
    while first + 1 in numbers:
        first += 1
    return first


def shown_version() -> int:
    """The version this run shows; the newest outside of a visit, for example at start-up."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return store().version()
    shown: int | None = st.session_state.get("_shown_version")
    return store().version() if shown is None else shown


def rooms() -> Rooms:
    """What the windows of presentations share; a file beside the ledger."""
    return _rooms(str(store_location()))


@st.cache_resource(show_spinner=False)
def _rooms(root: str) -> Rooms:
    return Rooms(Path(root) / "rooms.sqlite")


@st.cache_resource(max_entries=40, show_spinner=False)
def _compute_once(_compute: Callable[..., Result], name: str, version: int, options: Any) -> Result:
    return _compute(*options)


@lru_cache(maxsize=400, typed=True)
def _remember(compute: Callable[..., Result], name: str, version: int, *options: Any) -> Result:
    """In front of Streamlit's cache, which computes once for all who ask at the same time.

    A page asks a hundred times for what is there already; this answers a hundred times faster.
    """
    return _compute_once(_compute=compute, name=name, version=version, options=options)


def result(compute: Callable[..., Result], *options: Any) -> Result:
    """A result, computed once per data version and options and shared by all visitors.

    Args:
        compute: a module-level function; its full name is part of the cache key. What it
            asks the store it asks for ``shown_version()``.
        options: hashable arguments. The result must not be changed by the caller.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    name = f"{name}@{data_folder()}@{store_location()}"
    found: Result = _remember(compute, name, shown_version(), *options)
    return found


def lasting(compute: Callable[..., Result], stamp: str, *options: Any) -> Result:
    """A result that outlives a publication as long as what it is made from stays the same.

    Args:
        compute: a module-level function, as in ``result``.
        stamp: fingerprint of everything the result depends on, instead of the data version.
        options: hashable arguments.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    found: Result = _remember(compute, f"{name}#{stamp}", 0, *options)
    return found


@st.cache_resource(max_entries=400, show_spinner=False)
def _box(name: str, version: int, options: Any) -> dict[str, Any]:
    return {}


def long_result(compute: Callable[..., Result], *options: Any, report: Report) -> Result:
    """As ``result``, for work that says how far it is; stopped work leaves nothing behind.

    Args:
        compute: a module-level function that takes the options and ``report`` by name.
        options: hashable arguments.
        report: told the share done, 0 to 1; may raise to stop the work.
    """
    name = f"{compute.__module__}.{compute.__qualname__}"
    box = _box(f"{name}@{data_folder()}@{store_location()}", shown_version(), options)
    if "found" not in box:
        box["found"] = compute(*options, report=report)
    found: Result = box["found"]
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _keep_file(_build: Callable[..., bytes], name: str, version: int, options: Any) -> bytes:
    return _build(store(), version, *options)


def file_of(build: Callable[..., bytes], version: int, *options: Any) -> bytes:
    """A file of one data version for everybody; the last few are kept.

    Args:
        build: a module-level function of the store, the version and the options.
        version: data version.
        options: hashable arguments.
    """
    name = f"{build.__module__}.{build.__qualname__}"
    return _keep_file(build, f"{name}@{data_folder()}@{store_location()}", version, options)


def table(kind: str) -> pd.DataFrame:
    """The live rows of one table kind; shared, never changed by the caller."""
    return result(_read_table, kind)


def _read_table(kind: str) -> pd.DataFrame:
    try:
        return queries.table(store(), kind, shown_version())
    except UnknownKind as absent:
        raise NothingHeld(kind) from absent


def table_index(kind: str) -> Mapping[str, int]:
    """Row number by the first column of a table of places."""
    return result(_read_index, kind)


def _read_index(kind: str) -> Mapping[str, int]:
    keys = table(kind)["ags"]
    return dict(zip(keys, range(len(keys)), strict=True))
