"""What all maps of the product share: words, colours, layers and the places of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from views import session, theme
from views.maps.choropleth import area_layer
from views.maps.description import (
    MISSING_CODES,
    AreaLayer,
    LegendEntry,
    MapWords,
    SchemeColours,
    Shape,
    Symbol,
)
from views.session import Visit
from views.widgets import programme

# Phase of a project by filling and dot; without a phase: a ring with a dot.
PHASE_MARKS: dict[str, tuple[bool, bool]] = {
    "strategy": (False, False),
    "implementation": (True, False),
    "completed": (True, True),
    "": (False, True),
}
COHORT_SHAPES: dict[str, Shape] = {"2019": "circle", "2020": "square", "2021": "triangle"}


def layer(name: str) -> AreaLayer:
    """A built layer of outlines, published for the browser."""
    session.publish_layers()
    return session.result(_layer, name)


def _layer(name: str) -> AreaLayer:
    return area_layer(session.boundaries_folder(), name)


def words(
    visit: Visit,
    label: str,
    legend: str,
    unit: str,
    without_outline: str = "",
    layers: Sequence[str] = ("states",),
) -> MapWords:
    """All words of a map.

    Args:
        visit: this run.
        label: name of the map for those who hear it.
        legend: title of the legend.
        unit: joined to each value; empty for maps without values.
        without_outline: finished sentence about places that stand in the list only.
        layers: layers of outlines it draws; their notice stands on it.
    """
    own = {
        name: visit.words(f"common.map.{name}")
        for name in ("help", "zoom_in", "zoom_out", "whole", "gesture", "loading", "failed")
    }
    return MapWords(
        **own,
        label=label,
        legend=legend,
        value=f"{{value}}\u202f{unit}" if unit else "{value}",
        missing=missing_words(visit),
        attribution=attribution(visit.lang, *layers),
        without_outline=without_outline,
    )


def missing_words(visit: Visit) -> dict[str, str]:
    """Words per kind of missing value."""
    named = {kind: visit.names("missing", kind) for kind in MISSING_CODES}
    own = ("no_row", "no_inhabitants")
    return named | {kind: visit.words(f"common.map.{kind}") for kind in own}


def attribution(lang: str, *layers: str) -> str:
    """Notice of the licence of some layers of outlines, in the reader's language."""
    return session.result(_attribution, lang, layers)


def _attribution(lang: str, names: tuple[str, ...]) -> str:
    from loaders.boundaries.layers import read_layers

    layers = read_layers(session.boundaries_folder())
    return " · ".join(sorted({layers[name].notice(lang) for name in names}))


def colours(scheme: theme.Scheme, classes: int, ramp: str = theme.DEFAULT_RAMP) -> SchemeColours:
    """Colours of one scheme for a number of classes, from little to much."""
    return scheme_colours(scheme, _spread(theme.RAMPS[ramp][scheme].sequential, classes))


def parted_colours(
    scheme: theme.Scheme,
    below: int,
    above: int,
    more_is_worse: bool = False,
    ramp: str = theme.DEFAULT_RAMP,
) -> SchemeColours:
    """Colours that part at a reference.

    Args:
        scheme: light or dark.
        below: number of classes below it.
        above: number of classes above it.
        more_is_worse: turns the colours round, so that the favourable side keeps its colour.
        ramp: name of the colours, one of ``theme.RAMPS``.
    """
    steps = theme.RAMPS[ramp][scheme].diverging
    steps = steps[::-1] if more_is_worse else steps
    half = len(steps) // 2
    low, high = steps[:half], steps[-half:]
    return scheme_colours(scheme, [*_inner(low, below), *reversed(_inner(high[::-1], above))])


def _inner(side: tuple[str, ...], count: int) -> list[str]:
    """Colours of one side, strong to faint; few classes go without the strongest ones."""
    if count == 1:
        return [side[len(side) // 2]]
    return list(side[-count:]) if count <= len(side) else theme.blend(side, count)


def scheme_colours(scheme: theme.Scheme, classes: Sequence[str]) -> SchemeColours:
    """Colours of a map in light or dark: those given for its classes, the rest of the house."""
    palette = theme.palette(scheme)
    return SchemeColours(
        classes=tuple(classes),
        no_value=palette.no_value,
        hatch=palette.muted,
        ground=palette.no_value,
        border=palette.paper,
        outline=palette.muted,
        ink=palette.ink,
        muted=palette.muted,
        paper=palette.card,
        selected=palette.mine,
        marks={
            "2019": palette.marks[0],
            "2020": palette.marks[1],
            "2021": palette.marks[3],
            "mine": palette.mine,
            "phase": palette.muted,
        },
    )


def _spread(ramp: tuple[str, ...], count: int) -> list[str]:
    if count <= 1:
        return [ramp[len(ramp) // 2]] * count
    last = len(ramp) - 1
    return [ramp[round(index * last / (count - 1))] for index in range(count)]


def programme_symbols(visit: Visit, size: float = 11.0) -> tuple[Symbol, ...]:
    """One mark per place that takes part: selection round by shape and colour, phase by filling.

    Several municipalities of one project carry a second outline.
    My town is added as a mark of its own when it does not take part.
    """
    rows = programme.participants().dropna(subset=["lat", "lon"])
    rows = rows[(rows["ags"] != "") & (rows["ags"] != visit.ags)].drop_duplicates("ags")
    marks = [
        Symbol(
            ags=row.ags,
            lat=row.lat,
            lon=row.lon,
            shape=COHORT_SHAPES.get(row.cohort, "diamond"),
            role=row.cohort,
            label=f"{row.name}: {row.project} ({_facts(visit, row)})",
            size=size,
            filled=PHASE_MARKS.get(row.phase, PHASE_MARKS[""])[0],
            dot=PHASE_MARKS.get(row.phase, PHASE_MARKS[""])[1],
            joint=row.joint,
        )
        for row in rows.itertuples(index=False)
    ]
    return (*marks, *_my_symbol(visit, size + 5))


def _facts(visit: Visit, row: Any) -> str:
    """Round, phase and, where several take part, that they do so together."""
    together = [visit.words("map.joint")] if row.joint else []
    return ", ".join((row.cohort, _phase_words(visit, row.phase), *together))


def _phase_words(visit: Visit, phase: str) -> str:
    return visit.names("project_phase", phase) if phase else visit.words("map.no_phase")


def _my_symbol(visit: Visit, size: float) -> tuple[Symbol, ...]:
    if not visit.ags:
        return ()
    kind = "districts" if len(visit.ags) == 5 else "municipalities"
    place = session.table(kind).iloc[session.table_index(kind)[visit.ags]]
    part = programme.participants()
    own = part[part["ags"] == visit.ags]
    label = f"{place['name']}: {own['project'].iloc[0]}" if len(own) else str(place["name"])
    mine = Symbol(
        visit.ags,
        place["lat"],
        place["lon"],
        _my_shape(visit),
        "mine",
        label,
        size=size,
        joint=bool(own["joint"].any()),
    )
    return (mine,)


def _my_shape(visit: Visit) -> Shape:
    """The shape of my town's selection round; a diamond outside the programme."""
    rows = programme.participants()
    own = rows[rows["ags"] == visit.ags]
    return COHORT_SHAPES.get(own["cohort"].iloc[0], "diamond") if len(own) else "diamond"


def cohort_legend(visit: Visit) -> tuple[LegendEntry, ...]:
    """One row per selection round and one per phase that occurs."""
    rounds = tuple(
        LegendEntry(
            visit.words("overview.legend_cohort", year=year), "symbol", shape=shape, role=year
        )
        for year, shape in COHORT_SHAPES.items()
    )
    occurring = set(programme.participants()["phase"])
    phases = tuple(
        LegendEntry(_phase_words(visit, phase), "symbol", role="phase", filled=full, dot=dot)
        for phase, (full, dot) in PHASE_MARKS.items()
        if phase in occurring
    )
    together = LegendEntry(visit.words("map.joint"), "symbol", role="phase", joint=True)
    if not visit.ags:
        return (*rounds, *phases, together)
    mine = LegendEntry(visit.words("frame.my_town"), "symbol", shape=_my_shape(visit), role="mine")
    return (*rounds, *phases, together, mine)
