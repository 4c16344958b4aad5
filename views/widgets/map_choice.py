"""What the map shows and how: every choice stands in the address as an id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast

import streamlit as st

from loaders.boundaries.layers import read_layers
from loaders.languages import language
from loaders.numbers import ENGLISH, GERMAN, NotANumber, NumberStyle, parse_number
from views import results, session
from views.maps.description import Look, Mode
from views.results import Level
from views.session import Visit
from views.texts import plain
from views.theme import DEFAULT_RAMP, RAMPS
from views.widgets import choices_part, indicator_choice
from views.widgets.choices_part import Answer, Question
from views.widgets.comparison_series import POPULATION, is_count, year_of

Scale = Literal["sequential", "zero", "median"]

DEFAULT_INDICATOR = "population_density"
LEVEL, PERIOD, CLASSES, COUNT = "level", "period", "classes", "count"
BREAKS, SCALE, MODE, PER, PLACES = "breaks", "scale", "mode", "per", "places_shown"
RAMP = "ramp"
# Key of the questions about classes and colours.
COLOURING = "map_colouring"
MODES: tuple[Mode, ...] = ("areas", "symbols")
METHODS = ("quantiles", "equal", "natural", "own")
SCALES: tuple[Scale, ...] = ("sequential", "zero", "median")
COUNTS = tuple(str(number) for number in range(3, 8))
DEFAULT_COUNT = "5"
LAYERS: dict[Level, str] = {"district": "districts", "municipality": "municipalities"}
MOST_BREAKS = 6
# How far the shorter side of zero must reach, against the longer one, to part the colours.
LEAST_SIDE = 0.1


@dataclass(frozen=True)
class MapChoice:
    """One map.

    Attributes:
        level: districts or municipalities.
        indicator, period: what is shown; ``periods`` all times there are, oldest first.
        method, count: how values become classes; ``own`` the breaks of one's own.
        scale: colours from little to much, or apart at zero or at the median.
        ramp: name of the colours, one of ``theme.RAMPS``.
        mode: areas or circles.
        per_inhabitant: whether counts are divided by the inhabitants.
        with_places: whether the programme's places stand above.
    """

    level: Level
    indicator: str
    period: str
    periods: tuple[str, ...]
    method: str
    count: int
    own: tuple[float, ...]
    scale: Scale
    ramp: str
    mode: Mode
    per_inhabitant: bool
    with_places: bool


def choose(visit: Visit, first: Any, further: Any) -> tuple[MapChoice, Any]:
    """What is shown, and the container for the choices of ``classed``; classes as agreed.

    Args:
        visit: this run.
        first: container for what is shown: level, indicator, time.
        further: container for how it is shown.
    """
    with first:
        level = _level(visit)
        indicator = indicator_choice.choose(visit, level, DEFAULT_INDICATOR)
        periods = tuple(results.periods(indicator, level))
        period = _period(visit, level, indicator, periods)
    with further:
        mode = _mode(visit)
        with_places = _toggle(visit, PLACES)
        with st.popover(visit.words("map.how"), icon=":material/palette:", width="stretch"):
            colouring = st.container()
            per = can_divide(indicator, period, level) and _toggle(visit, PER)
    plain_choice = agreed(indicator, period, periods, level)
    choice = replace(plain_choice, mode=mode, per_inhabitant=per, with_places=with_places)
    return choice, colouring


def classed(visit: Visit, choice: MapChoice) -> MapChoice:
    """The choice with the classes and colours chosen; what is not offered is as agreed.

    Read before the controls are drawn: the map need not wait for them.
    """
    method = _chosen(CLASSES, METHODS, METHODS[0])
    own = _own(visit)[0] if method == "own" else ()
    count = DEFAULT_COUNT if method == "own" else _chosen(COUNT, COUNTS, DEFAULT_COUNT)
    return replace(
        choice,
        method=method,
        count=int(count),
        own=own,
        scale=cast(Scale, _chosen(SCALE, *_scales(choice))),
        ramp=_chosen(RAMP, tuple(RAMPS), DEFAULT_RAMP),
    )


def offer_classes(
    visit: Visit, choice: MapChoice, *, target: str, look: Callable[[MapChoice], Look | None]
) -> None:
    """The controls that change colours alone: classes, their number, one or two directions.

    Args:
        visit: this run.
        choice: what is shown, ``classed``.
        target: key of the map.
        look: how the map looks by another choice, ``None`` where that is not known yet.
    """
    questions = _questions(visit, choice, look)
    defaults = {CLASSES: METHODS[0], COUNT: DEFAULT_COUNT, RAMP: DEFAULT_RAMP}
    defaults[SCALE] = _scales(choice)[1]

    def keep(name: str, option: str) -> None:
        session.keep(name, "" if option == defaults[name] else option)

    choices_part.show(questions, key=COLOURING, target=target, on_choose=keep)
    if choice.method == "own":
        _offer_breaks(visit)


def _questions(
    visit: Visit, choice: MapChoice, look: Callable[[MapChoice], Look | None]
) -> list[Question]:
    others: dict[str, list[MapChoice]] = {
        CLASSES: [replace(choice, method=one) for one in METHODS],
        COUNT: [replace(choice, count=int(one)) for one in COUNTS],
        SCALE: [replace(choice, scale=one) for one in _scales(choice)[0]],
        RAMP: [replace(choice, ramp=one) for one in RAMPS],
    }
    if choice.method == "own":
        del others[COUNT]
    return [
        Question(
            name,
            visit.words(f"map.{name}"),
            tuple(_answer(visit, name, one, look) for one in changed),
            _id(name, choice),
        )
        for name, changed in others.items()
    ]


def _answer(
    visit: Visit, name: str, choice: MapChoice, look: Callable[[MapChoice], Look | None]
) -> Answer:
    option = _id(name, choice)
    words = option if name == COUNT else visit.words(f"map.{name}_{option}")
    seen = look(choice) if choice.method != "own" else None
    return Answer(option, words, None if seen is None else asdict(seen))


def _id(name: str, choice: MapChoice) -> str:
    ids = {CLASSES: choice.method, COUNT: choice.count, SCALE: choice.scale, RAMP: choice.ramp}
    return str(ids[name])


def _chosen(name: str, options: Sequence[str], default: str) -> str:
    """What address or session keep; what is not offered is forgotten."""
    kept = session.kept(name)
    if kept and kept not in options:
        session.keep(name, "")
    return kept if kept in options else default


def agreed(
    indicator: str, period: str, periods: tuple[str, ...], level: Level = "district"
) -> MapChoice:
    """The map as it is when nothing else was chosen."""
    return MapChoice(
        level=level,
        indicator=indicator,
        period=period,
        periods=periods,
        method=METHODS[0],
        count=int(DEFAULT_COUNT),
        own=(),
        scale=_natural_scale(indicator, period, level),
        ramp=DEFAULT_RAMP,
        mode=MODES[0],
        per_inhabitant=False,
        with_places=False,
    )


def view_ids(choice: MapChoice) -> dict[str, str]:
    """What an address must hold to show the same map; defaults stay out."""
    natural = _natural_scale(choice.indicator, choice.period, choice.level)
    return {
        LEVEL: "" if choice.level == "district" else choice.level,
        indicator_choice.INDICATOR: choice.indicator,
        PERIOD: choice.period,
        CLASSES: "" if choice.method == METHODS[0] else choice.method,
        COUNT: "" if str(choice.count) == DEFAULT_COUNT else str(choice.count),
        BREAKS: _written(choice.own),
        SCALE: "" if choice.scale == natural else choice.scale,
        RAMP: "" if choice.ramp == DEFAULT_RAMP else choice.ramp,
        MODE: "" if choice.mode == MODES[0] else choice.mode,
        PER: "1" if choice.per_inhabitant else "",
        PLACES: "1" if choice.with_places else "",
    }


def _written(breaks: tuple[float, ...]) -> str:
    return "_".join(f"{number:.10g}" for number in breaks)


def levels() -> tuple[Level, ...]:
    """Levels with outlines and values; municipalities only where an operator built the layer."""
    built = session.result(_built_layers)
    held = set(results.holdings().query("values > 0")["level"])
    return tuple(level for level, layer in LAYERS.items() if layer in built and level in held)


def _built_layers() -> frozenset[str]:
    return frozenset(read_layers(session.boundaries_folder()))


def _level(visit: Visit) -> Level:
    offered = levels()
    if len(offered) < 2:
        return "district"
    return cast(Level, _segments(visit, LEVEL, offered, "district"))


def _period(visit: Visit, level: Level, indicator: str, periods: tuple[str, ...]) -> str:
    """The time shown: newest first, kept while the indicator has it."""
    linked = session.newly_asked(PERIOD)
    if linked and linked not in periods:
        session.say_unknown(PERIOD, linked)
    asked = session.kept(PERIOD, periods[-1])
    if asked not in periods:
        asked = periods[-1]
    if len(periods) == 1:
        st.markdown(f"{visit.words('map.period')}  \n**{visit.formats.date(periods[0])}**")
        return periods[0]
    key = _slider(level, indicator)
    session.seed_widget(key, asked)
    chosen = st.select_slider(
        visit.words("map.period"), periods, format_func=visit.formats.date, key=key
    )
    session.keep(PERIOD, str(chosen))
    return str(chosen)


def _slider(level: Level, indicator: str) -> str:
    return f"period_{level}_{indicator}"


def step_to(choice: MapChoice) -> Callable[[int], None]:
    """What playing calls: moves slider and address to a time by its number."""

    def step(number: int) -> None:
        period = choice.periods[max(0, min(len(choice.periods) - 1, number))]
        session.keep(PERIOD, period)
        session.set_widget(_slider(choice.level, choice.indicator), period)

    return step


def _mode(visit: Visit) -> Mode:
    return cast(Mode, _segments(visit, MODE, MODES, MODES[0]))


def _scales(choice: MapChoice) -> tuple[tuple[Scale, ...], Scale]:
    """What is offered and what is natural: zero parts colours where both sides have values."""
    spread = results.statistics(choice.indicator, choice.period, choice.level)
    crosses = spread.min < 0 < spread.max
    offered = SCALES if crosses else tuple(one for one in SCALES if one != "zero")
    return offered, _natural_scale(choice.indicator, choice.period, choice.level)


def _natural_scale(indicator: str, period: str, level: Level) -> Scale:
    spread = results.statistics(indicator, period, level)
    ends = (-spread.min, spread.max)
    return "zero" if min(ends) >= LEAST_SIDE * max(ends) > 0 else "sequential"


def can_divide(indicator: str, period: str, level: Level) -> bool:
    """Whether the unit is a count and inhabitants of the same year are held."""
    return is_count(indicator) and bool(population_period(period, level))


def population_period(period: str, level: Level) -> str:
    """The newest time of the same year with inhabitants; empty when there is none."""
    same = [one for one in results.periods(POPULATION, level) if year_of(one) == year_of(period)]
    return same[-1] if same else ""


def _own(visit: Visit) -> tuple[tuple[float, ...], list[str]]:
    """Breaks typed by the visitor, and the parts that are no number."""
    typed = session.shown_by(_breaks_key(visit))
    found: list[float] = []
    wrong: list[str] = []
    text = _kept_breaks(visit) if typed is None else str(typed)
    for part in filter(None, (part.strip() for part in text.split(";"))):
        try:
            found.append(parse_number(part, _style(visit)))
        except NotANumber:
            wrong.append(part)
    return tuple(sorted(set(found))[:MOST_BREAKS]), wrong


def _offer_breaks(visit: Visit) -> None:
    """The field for breaks of one's own; what is no number is said and left out."""
    st.text_input(
        visit.words("map.breaks"),
        value=_kept_breaks(visit),
        help=visit.words("map.breaks_help"),
        key=_breaks_key(visit),
    )
    chosen, wrong = _own(visit)
    for part in wrong:
        st.caption(visit.words("map.breaks_wrong", text=plain(part)))
    session.keep(BREAKS, _written(chosen))


def _kept_breaks(visit: Visit) -> str:
    kept = [_plain_number(part) for part in session.kept(BREAKS).split("_")]
    known = [number for number in kept if number is not None]
    return "; ".join(f"{number:.10g}".replace(".", _style(visit).decimal) for number in known)


def _breaks_key(visit: Visit) -> str:
    return f"map_breaks_{visit.lang}"


def _style(visit: Visit) -> NumberStyle:
    return GERMAN if language(visit.lang).decimal == "," else ENGLISH


def _plain_number(text: str) -> float | None:
    try:
        return parse_number(text, ENGLISH)
    except NotANumber:
        return None


def _segments(
    visit: Visit,
    name: str,
    options: Sequence[str],
    default: str,
) -> str:
    asked = session.kept(name) or default
    chosen = st.segmented_control(
        visit.words(f"map.{name}"),
        options,
        default=asked if asked in options else default,
        required=True,
        format_func=lambda one: visit.words(f"map.{name}_{one}"),
        key=f"map_{name}",
    )
    session.keep(name, "" if chosen == default else str(chosen))
    return str(chosen)


def _toggle(visit: Visit, name: str) -> bool:
    chosen = st.toggle(
        visit.words(f"map.{name}"), value=session.kept(name) == "1", key=f"map_{name}"
    )
    session.keep(name, "1" if chosen else "")
    return bool(chosen)
