"""One indicator on the map of all places: map, list and sentence from the same values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.per_inhabitant import per_1000
from views import results, session
from views.maps.choropleth import (
    breaks_of,
    chosen_breaks,
    coloured,
    limits_of,
    parted_breaks,
    readings,
    value_legend,
)
from views.maps.description import (
    AreaValues,
    Faces,
    FaceWords,
    ListedPlace,
    Look,
    MapDescription,
    SchemeColours,
)
from views.results import Level
from views.session import Visit
from views.texts import plain
from views.theme import Scheme
from views.widgets import choices_part, indicator_choice, map_parts
from views.widgets.comparison_series import POPULATION
from views.widgets.map import show_faces
from views.widgets.map_choice import COLOURING, LAYERS, MapChoice, population_period, step_to

Asked = tuple[str, str, Level]
PICKED = "place"
STEPPED = "map_step"
KEY = "indicator_map"
MAP_HEIGHT = 560
MUNICIPAL_DIGITS = 8
FACE_WORDS = ("find", "none", "order", "order_high", "order_low", "order_name", "idle")
KINDS = ("Kreisfreie Stadt", "Stadtkreis", "Landkreis", "Kreis")


@dataclass(frozen=True)
class IndicatorView:
    """One indicator at one time in all places of a level.

    Attributes:
        choice: what was asked for.
        rows: ``ags, value, missing, flag, unit, source``; one row per place.
        digits, unit: how values are read.
    """

    choice: MapChoice
    rows: pd.DataFrame
    digits: int
    unit: str


def view(visit: Visit, choice: MapChoice) -> IndicatorView:
    """Values of one indicator at one time, divided by the inhabitants where asked for."""
    unit = indicator_choice.unit(visit, choice.indicator)
    asked = (choice.indicator, choice.period, choice.level)
    if choice.per_inhabitant:
        rows = session.result(_divided, *asked)
        return IndicatorView(choice, rows, 2, visit.words("compare.unit_per_1000", unit=unit))
    digits = indicator_choice.decimals(choice.indicator)
    return IndicatorView(choice, results.values(*asked), digits, unit)


def _divided(indicator: str, period: str, level: Level) -> pd.DataFrame:
    people = results.values(POPULATION, population_period(period, level), level)
    return per_1000(results.values(indicator, period, level), people)


def amount(visit: Visit, shown: IndicatorView, value: float) -> str:
    """A value with its unit."""
    return visit.formats.value(value, shown.unit, shown.digits)


def all_places(level: Level) -> int:
    """How many places of a level the register knows."""
    return len(session.table("districts" if level == "district" else "municipalities"))


def reading(visit: Visit, shown: IndicatorView) -> str:
    """Lowest, highest, middle and how many are missing, in one sentence."""
    known = shown.rows[shown.rows["value"].notna()]
    if known.empty:
        return visit.words("map.nothing")
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    return visit.words(
        "map.reading",
        name=visit.names("indicator", shown.choice.indicator),
        period=visit.formats.date(shown.choice.period),
        low=amount(visit, shown, low["value"]),
        low_place=plain(results.name_of(low["ags"])),
        high=amount(visit, shown, high["value"]),
        high_place=plain(results.name_of(high["ags"])),
        median=amount(visit, shown, known["value"].median()),
        missing=_absent(visit, shown) or _complete(visit, shown),
    )


def _absent(visit: Visit, shown: IndicatorView) -> str:
    """How many places have no value; empty when all have one."""
    level = shown.choice.level
    total = all_places(level)
    absent = total - int(shown.rows["value"].notna().sum())
    if absent <= 0:
        return ""
    written = visit.formats.number(total)
    return visit.words(f"map.missing_{level}", n=absent, places=written)


def _complete(visit: Visit, shown: IndicatorView) -> str:
    level = shown.choice.level
    return visit.words(f"map.complete_{level}", places=visit.formats.number(all_places(level)))


def draw(visit: Visit, shown: IndicatorView) -> MapDescription:
    """Draw map, list and sentence; gives what was drawn, with the place picked.

    A step of the time changes more than the map: it asks for a run of the whole page.
    """
    drawn = description(visit, shown, _picked(visit, shown.choice.level))
    step = step_to(shown.choice)

    def step_whole_page(number: int) -> None:
        step(number)
        session.hold(STEPPED, True)

    show_faces(
        drawn,
        key=KEY,
        height=MAP_HEIGHT,
        answered=choices_part.answered(COLOURING),
        on_pick=lambda ags: session.keep(PICKED, ags),
        on_step=step_whole_page,
    )
    return drawn


def _picked(visit: Visit, level: Level) -> str:
    """The place chosen, else my own; one the address invents is said, then my own."""
    own = key_at(level, visit.ags)
    asked = session.kept(PICKED, own)
    if asked and asked not in results.places():
        session.say_unknown(PICKED, asked)
        session.keep(PICKED, own)
        return own
    return key_at(level, asked) or own


def key_at(level: Level, ags: str) -> str:
    """The district of a municipality; the municipality itself, "" for a district."""
    if level == "district":
        return ags[:5]
    return ags if len(ags) == MUNICIPAL_DIGITS else ""


def take_step() -> bool:
    """Whether playing asked for another time; true once per step."""
    asked = bool(session.held(STEPPED))
    session.hold(STEPPED, None)
    return asked


def description(visit: Visit, shown: IndicatorView, picked: str) -> MapDescription:
    """The map as it is shown, and as it is written into files."""
    choice = shown.choice
    layer = map_parts.layer(LAYERS[choice.level])
    breaks = _breaks(shown)
    values = coloured(session.result(_readings, *_numbers(shown)), breaks)
    title = f"{visit.names('indicator', choice.indicator)}, {visit.formats.date(choice.period)}"
    without = len(values.without_outline)
    symbols = map_parts.programme_symbols(visit, size=9.0) if choice.with_places else ()
    legend = value_legend(
        values,
        breaks,
        lambda low, high, _: _class_words(visit, shown, low, high),
        map_parts.missing_words(visit),
    )
    return MapDescription(
        lang=visit.lang,
        words=map_parts.words(
            visit,
            visit.words("map.label", name=title),
            f"{title} ({shown.unit})",
            shown.unit,
            visit.words("map.no_outline", n=without) if without else "",
            (LAYERS[choice.level], "states"),
        ),
        light=_colours("light", shown, breaks),
        dark=_colours("dark", shown, breaks),
        areas=layer,
        values=values,
        outlines=(map_parts.layer("states"),),
        symbols=symbols,
        legend=(*legend, *(map_parts.cohort_legend(visit) if choice.with_places else ())),
        selected=picked,
        mode=choice.mode,
        faces=_faces(visit, shown, values, breaks),
        tiles=session.tiles(),
    )


def _breaks(shown: IndicatorView) -> NDArray[np.float64]:
    """Natural breaks of all municipalities take a second: kept per data version."""
    choice = shown.choice
    if choice.method == "own" and choice.own:
        return chosen_breaks(shown.rows["value"], choice.own, shown.digits)
    return session.result(
        _computed_breaks,
        *_numbers(shown),
        "quantiles" if choice.method == "own" else choice.method,
        choice.count,
        choice.scale,
    )


def _numbers(shown: IndicatorView) -> tuple[Asked, bool, int]:
    """What its numbers depend on: what was asked for, whether divided, digits."""
    choice = shown.choice
    asked = (choice.indicator, choice.period, choice.level)
    return asked, choice.per_inhabitant, shown.digits


def _rows(asked: Asked, divided: bool) -> pd.DataFrame:
    return _divided(*asked) if divided else results.values(*asked)


def _readings(asked: Asked, divided: bool, digits: int) -> AreaValues:
    """The same for every choice of colours: computed once per data version."""
    keys = map_parts.layer(LAYERS[asked[2]]).keys
    return readings(keys, _rows(asked, divided)[["ags", "value", "missing"]], digits)


def _computed_breaks(
    asked: Asked, divided: bool, digits: int, method: str, count: int, scale: str
) -> NDArray[np.float64]:
    values = _rows(asked, divided)["value"]
    if scale == "sequential":
        return breaks_of(values, method, count, digits)
    reference = 0.0 if scale == "zero" else float(values.median())
    return parted_breaks(values, reference, method, count, digits)


def _colours(scheme: Scheme, shown: IndicatorView, breaks: NDArray[np.float64]) -> SchemeColours:
    classes = len(breaks) + 1
    if shown.choice.scale == "sequential":
        return map_parts.colours(scheme, classes, shown.choice.ramp)
    values = shown.rows["value"]
    reference = 0.0 if shown.choice.scale == "zero" else float(values.median())
    below = int((breaks <= round(reference, shown.digits)).sum())
    row = indicator_choice.record(shown.choice.indicator)
    more_is_worse = float(str(row["direction"])) < 0
    return map_parts.parted_colours(
        scheme, below, classes - below, more_is_worse, shown.choice.ramp
    )


def _class_words(visit: Visit, shown: IndicatorView, low: float, high: float) -> str:
    return visit.words(
        "map.class_range",
        low=visit.formats.number(low, shown.digits),
        high=visit.formats.number(high, shown.digits),
    )


def _faces(
    visit: Visit, shown: IndicatorView, values: AreaValues, breaks: NDArray[np.float64]
) -> Faces:
    choice = shown.choice
    own = {name: visit.words(f"map.face_{name}") for name in FACE_WORDS}
    words = FaceWords(
        **own,
        list=visit.words(f"map.face_list_{choice.level}"),
        standing=visit.words(f"map.standing_{choice.level}", low="{low}", high="{high}"),
        absent=_absent(visit, shown),
        source=publishers(visit, shown),
        period=visit.formats.date(choice.period),
        play=visit.words("map.play"),
        pause=visit.words("map.pause"),
    )
    return Faces(
        words=words,
        limits=_limits(visit, shown, values, breaks),
        interval=visit.words("map.class_range", low="{low}", high="{high}"),
        places=_listed(shown, values.without_outline),
        kinds={kind: visit.words(f"map.kind_of.{kind}") for kind in KINDS},
        period=choice.periods.index(choice.period),
        periods=len(choice.periods),
    )


def _limits(
    visit: Visit, shown: IndicatorView, values: AreaValues, breaks: NDArray[np.float64]
) -> tuple[str, ...]:
    found = limits_of(values, breaks)
    return tuple(visit.formats.number(one, shown.digits) for one in found)


def look(visit: Visit, shown: IndicatorView) -> Look | None:
    """How the values look by other classes or colours; ``None`` where that takes long to tell."""
    choice = shown.choice
    if choice.method == "natural" and choice.level == "municipality":
        return None
    breaks = _breaks(shown)
    values = session.result(_readings, *_numbers(shown))
    return Look(
        tuple(breaks.tolist()),
        _limits(visit, shown, values, breaks),
        _colours("light", shown, breaks).classes,
        _colours("dark", shown, breaks).classes,
    )


def publishers(visit: Visit, shown: IndicatorView) -> str:
    """Who published the values, as one short sentence."""
    names = session.result(_publishers, *_numbers(shown)[:2])
    return f"{visit.words('common.source')}: {visit.formats.listing(names)}." if names else ""


def _publishers(asked: Asked, divided: bool) -> list[str]:
    publisher = session.table("sources").set_index("source_id")["publisher"]
    known = set(_rows(asked, divided)["source"].unique()) & set(publisher.index)
    return list(dict.fromkeys(publisher[one] for one in sorted(known)))


def _listed(shown: IndicatorView, keys: tuple[str, ...]) -> tuple[ListedPlace, ...]:
    """Places with a row but without an outline."""
    if not keys:
        return ()
    rows = shown.rows.set_index("ags").loc[list(keys)]
    return tuple(
        ListedPlace(
            ags=str(ags),
            name=results.name_of(str(ags)),
            detail="",
            number=round(float(value), shown.digits),
            missing=(str(missing) or "not_reported") if pd.isna(value) else "",
        )
        for ags, value, missing in zip(rows.index, rows["value"], rows["missing"], strict=True)
    )
