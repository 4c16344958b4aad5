"""A slide: what a step of a story shows, described before stage, PPTX, PDF or HTML draw it.

Everything is finished and in one language; the numbers come from the results the page
shows, so that screen and files cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from views.maps.description import MapDescription


@dataclass(frozen=True)
class Series:
    """One row of bars, one line, or one end of ranges.

    Attributes:
        name: words of the legend.
        values: one per category; ``None`` where nothing is known, never zero.
    """

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class ChartPicture:
    """A chart of a few numbers.

    Attributes:
        kind: ``ranges`` has exactly two series, low and high.
        categories: words of each place, time or solution, in the order shown.
        series: each as long as ``categories``.
        unit: words after a number, empty for counts.
        decimals: digits after the separator.

    Raises:
        ValueError: a series has another length, or ranges lack an end.
    """

    kind: Literal["bars", "lines", "ranges"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("one value per category")
        if self.kind == "ranges" and len(self.series) != 2:
            raise ValueError("ranges have two series, low and high")


@dataclass(frozen=True)
class MapPicture:
    """A map; its description carries the colours of both schemes."""

    description: MapDescription


@dataclass(frozen=True)
class FiguresPicture:
    """A few numbers, each as finished text with the words that say what it counts."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TablePicture:
    """A short table of finished texts.

    Raises:
        ValueError: a row has another number of cells than there are columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("one cell per column")


Picture = ChartPicture | MapPicture | FiguresPicture | TablePicture


@dataclass(frozen=True, eq=False)
class Slide:
    """One step.

    Attributes:
        number: place in the story, from 1.
        address: ``page?name=id`` of exactly this view, with language, town and version.
        headline: the one message.
        sentence: the reading of the picture, made from the data.
        picture: what is shown.
        twin: the whole table behind the picture, readable headings.
        sources: who published the numbers, one line each.
        data_date: day or period the numbers are stated to, finished words.
        data_version: state of the data.
        method_version: version of the calculation rules.
        notes: what the speaker says.
        published: address of this step in the published story, where its code leads; "" when
            the code opens the live view.
    """

    number: int
    address: str
    headline: str
    sentence: str
    picture: Picture
    twin: pd.DataFrame
    sources: tuple[str, ...]
    data_date: str
    data_version: int
    method_version: str
    notes: str
    published: str = ""


@dataclass(frozen=True, eq=False)
class Deck:
    """A story in one language, for one town where the story has one."""

    story_id: str
    title: str
    lang: str
    slides: tuple[Slide, ...]
