"""What a map shows, described before anything draws it; knows no colours and no screen.

The same description feeds the map part, the list beside it and, later, folium and files.
All words arrive finished and in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Shape = Literal["circle", "square", "triangle", "diamond", "wedge", "star"]
LegendKind = Literal["class", "plain", "missing", "symbol", "line"]
Mode = Literal["areas", "symbols"]

# Codes of one byte: classes count up from 0, the rest from the end.
MISSING_CODES: Mapping[str, int] = MappingProxyType(
    {
        "not_reported": 250,
        "suppressed": 251,
        "not_applicable": 252,
        "not_yet_available": 253,
        "unreliable": 254,
        "no_row": 255,
        "no_inhabitants": 249,
    }
)
PLAIN = 240


@dataclass(frozen=True)
class AreaLayer:
    """Outlines the browser fetches by address.

    Attributes:
        url: relative to the page, for example ``app/static/boundaries/districts.x.topo.json``.
        object: name of the object in the file.
        keys: official keys in the order of the file.
        bounds: west, south, east, north in degrees.
    """

    url: str
    object: str
    keys: tuple[str, ...]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class AreaValues:
    """One value per outline, in the order of the layer's keys.

    Attributes:
        codes: class from 0, or a code of ``MISSING_CODES``.
        numbers: the values; NaN exactly where the code is one of missing.
        decimals: digits the values are read with.
        without_outline: keys that have a value (or are missing one) but no outline here.
    """

    codes: NDArray[np.uint8]
    numbers: NDArray[np.float64]
    decimals: int
    without_outline: tuple[str, ...] = ()


@dataclass(frozen=True)
class Symbol:
    """A place as a mark; ``label`` is all a reader learns first, ``role`` names a colour.

    ``filled``, ``dot`` and ``cross`` (in the middle) tell a second thing apart without colour,
    ``joint`` (a second outline around it) a third.
    """

    ags: str
    lat: float
    lon: float
    shape: Shape
    role: str
    label: str
    size: float = 12.0
    filled: bool = True
    dot: bool = False
    cross: bool = False
    joint: bool = False


@dataclass(frozen=True)
class Line:
    """An arrow from one place to another, both as (lat, lon)."""

    start: tuple[float, float]
    end: tuple[float, float]
    role: str
    width: float = 1.6
    dashed: bool = False


@dataclass(frozen=True)
class LegendEntry:
    """One swatch and its words; which of the other fields count depends on ``kind``."""

    label: str
    kind: LegendKind
    index: int = 0
    missing: str = "no_row"
    shape: Shape = "circle"
    role: str = ""
    filled: bool = True
    dot: bool = False
    cross: bool = False
    joint: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class MapWords:
    """Every word of the part.

    Attributes:
        label: name of the map for those who hear it.
        help: how to use it by keyboard.
        legend: title of the legend: what is shown, in which unit.
        value: sentence with ``{value}`` for a place that has one.
        missing: sentence per kind of missing.
        gesture: how to move and zoom by wheel and fingers.
        without_outline: finished sentence, empty when every place has an outline.
        attribution: notice of the licence of the outlines.
    """

    label: str
    help: str
    legend: str
    value: str
    missing: Mapping[str, str]
    zoom_in: str
    zoom_out: str
    whole: str
    gesture: str
    loading: str
    failed: str
    attribution: str
    without_outline: str = ""


@dataclass(frozen=True)
class FaceWords:
    """Words of the list and of the sentence.

    Attributes:
        list, find, none: names of the list and of its search field; what no match says.
        order, order_high, order_low, order_name: the button that turns the order round.
        standing: sentence with ``{low}`` and ``{high}``: in how many of 100 places the value
            is lower; always a range.
        absent: finished sentence about places without a value, empty when there are none.
        source, period: where the values come from and for when they hold.
        idle: what the sentence says before a place is pointed at.
        play, pause: the button that plays the times.
    """

    list: str
    find: str
    none: str
    order: str
    order_high: str
    order_low: str
    order_name: str
    standing: str
    absent: str
    source: str
    period: str
    idle: str
    play: str
    pause: str


@dataclass(frozen=True)
class ListedPlace:
    """A place without outline: it stands in the list only.

    Attributes:
        ags, name, detail: key, name and kind of the place.
        number: its value, NaN where missing.
        missing: kind of missing, empty where there is a value.
    """

    ags: str
    name: str
    detail: str
    number: float
    missing: str


@dataclass(frozen=True)
class Faces:
    """List and sentence beside the map.

    Attributes:
        words: their words.
        limits: limits of the classes in words, one more than there are classes.
        interval: words of a class with ``{low}`` and ``{high}``.
        places: places without outline.
        period, periods: number of the time shown, from 0, and how many there are to play.
        kinds: what the outlines call the kind of a place, and its words.
    """

    words: FaceWords
    limits: tuple[str, ...] = ()
    interval: str = ""
    places: tuple[ListedPlace, ...] = ()
    period: int = 0
    periods: int = 1
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """Other classes and colours for the values already on a map.

    Attributes:
        breaks: inner class breaks, ascending; each belongs to the class above it.
        limits: limits of the classes in words, one more than there are classes.
        light, dark: colour per class.
    """

    breaks: tuple[float, ...]
    limits: tuple[str, ...]
    light: tuple[str, ...]
    dark: tuple[str, ...]


@dataclass(frozen=True)
class TileSource:
    """A picture map behind the areas, from a server the operator chose.

    Attributes:
        url: address with ``{z}``, ``{x}`` and ``{y}``.
        credit: notice its licence asks for.
    """

    url: str
    credit: str


@dataclass(frozen=True)
class SchemeColours:
    """Hex colours of one scheme by role.

    Attributes:
        classes: one per class, in the order of the codes.
        no_value, hatch: ground and lines of places without a value.
        ground: places the map says nothing about.
        border, outline: thin lines between areas, stronger ones of the layers above.
        selected: ring of the chosen place.
        marks: colours of symbols and lines by role.
    """

    classes: tuple[str, ...]
    no_value: str
    hatch: str
    ground: str
    border: str
    outline: str
    ink: str
    muted: str
    paper: str
    selected: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MapDescription:
    """One map.

    Attributes:
        lang: language of the page, for the numbers.
        words: every visible word.
        light, dark: colours of both schemes; the part follows the page.
        areas: outlines to paint; ``None`` for symbols alone.
        values: value per outline; ``None`` leaves them plain and not to be pointed at.
        outlines: further layers of which only the lines are drawn.
        symbols, lines: drawn above the areas.
        notes: further sentence per key, read after the value.
        legend: rows of the legend.
        selected: official key of the chosen place, empty when none.
        bounds: west, south, east, north to open with; the area layer's when ``None``.
        mode: ``areas`` fills outlines, ``symbols`` draws circles as large as the value.
        faces: list and sentence; ``None`` for a map alone. Needs values.
        tiles: picture map behind everything; ``None`` for none.
    """

    lang: str
    words: MapWords
    light: SchemeColours
    dark: SchemeColours
    areas: AreaLayer | None = None
    values: AreaValues | None = None
    outlines: tuple[AreaLayer, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    legend: tuple[LegendEntry, ...] = ()
    selected: str = ""
    bounds: tuple[float, float, float, float] | None = None
    mode: Mode = "areas"
    faces: Faces | None = None
    tiles: TileSource | None = None
