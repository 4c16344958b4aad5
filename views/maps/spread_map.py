"""The spread of solutions as a folium map: from whom to whom, year by year.

Every year is a group of its own, shown up to the year chosen; what bears no year stands in
a group that no year shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from views.maps.description import AreaLayer
from views.maps.escape import coded
from views.maps.folium_map import (
    FoliumWords,
    LegendRow,
    Mark,
    base_map,
    begin,
    fit,
    marker,
    settings,
)
from views.maps.marks import TARGET
from views.theme import Palette

if TYPE_CHECKING:
    import folium

UNDATED = "undated"
SHIFT = TARGET - 7


@dataclass(frozen=True)
class Dated:
    """A mark with the year from which it is shown; without one only beside the years."""

    mark: Mark
    year: int | None


@dataclass(frozen=True)
class Arrow:
    """A line from one place to another, both as (lat, lon); dashed without a year."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str
    year: int | None


@dataclass(frozen=True)
class Step:
    """One position of the slider.

    Attributes:
        id: what the address keeps.
        label: the year in words.
        sentence: what is shown there.
        year: last year shown.
        undated: whether everything is shown, also what bears no year.
    """

    id: str
    label: str
    sentence: str
    year: int
    undated: bool


@dataclass(frozen=True, eq=False)
class SpreadMap:
    """What the map shows.

    Attributes:
        origins, takers: places; several marks of one place are set side by side.
        arrows: from origin to taker.
        steps: positions of the slider, at least one.
        start: id of the step to open with.
        ground: layer of the outlines behind everything.
    """

    origins: Sequence[Dated]
    takers: Sequence[Dated]
    arrows: Sequence[Arrow]
    steps: Sequence[Step]
    start: str
    ground: AreaLayer
    legend: Sequence[LegendRow]
    words: FoliumWords
    colours: Palette

    @property
    def empty(self) -> bool:
        """Whether no place of it can be drawn."""
        return not (self.origins or self.takers)


def spread_map(shown: SpreadMap) -> folium.Map:
    """The map, ready for its frame."""
    found = base_map(shown.colours)
    dated = _side_by_side([*shown.origins, *shown.takers])
    groups = _groups([*(one.year for one in dated), *(one.year for one in shown.arrows)])
    for arrow in shown.arrows:
        _line(arrow).add_to(groups[_group(arrow.year)])
    for one in reversed(dated):
        marker(one.mark, shown.colours).add_to(groups[_group(one.year)])
    for group in groups.values():
        group.add_to(found)
    fit(found, [(one.mark.lat, one.mark.lon) for one in dated])
    steps = [
        {**vars(step), "label": coded(step.label), "sentence": coded(step.sentence)}
        for step in shown.steps
    ]
    common = settings(shown.words, shown.legend, shown.ground, shown.colours)
    begin(found, {**common, "steps": steps, "start": shown.start}, groups)
    return found


def _group(year: int | None) -> str:
    return UNDATED if year is None else str(year)


def _groups(years: Sequence[int | None]) -> Mapping[str, folium.FeatureGroup]:
    import folium

    names = sorted({_group(year) for year in years})
    return {name: folium.FeatureGroup(name=name, show=False) for name in names}


def _side_by_side(dated: Sequence[Dated]) -> list[Dated]:
    """Marks of one place set beside each other, so that none covers another."""
    taken: Counter[tuple[float, float]] = Counter()
    found = []
    for one in dated:
        place = (one.mark.lat, one.mark.lon)
        found.append(replace(one, mark=replace(one.mark, shift=SHIFT * taken[place])))
        taken[place] += 1
    return found


def _line(arrow: Arrow) -> folium.PolyLine:
    import folium

    dash = "5 5" if arrow.year is None else None
    make: Any = folium.PolyLine
    line: folium.PolyLine = make(
        [arrow.start, arrow.end], color=arrow.colour, weight=1.5, opacity=0.75, dash_array=dash
    )
    return line
