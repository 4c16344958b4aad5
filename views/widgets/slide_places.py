"""Slides of places: one indicator on the map or over time, a profile, before and after."""

from __future__ import annotations

import pandas as pd

from views import results, session
from views.exports.slide import ChartPicture, FiguresPicture, MapPicture, Series, TablePicture
from views.session import Visit
from views.texts import bare, plain
from views.widgets import (
    comparison,
    comparison_choice,
    comparison_likeness,
    indicator_choice,
    indicator_map,
    map_choice,
    map_place,
    outcome_results,
    outcome_words,
    profile,
    profile_choice,
    profile_results,
)
from views.widgets.comparison import Question
from views.widgets.comparison_series import Shape, shaped
from views.widgets.slide_content import Content, Parameters, of_sources

MOST_LINES = 5
PROFILE_ROWS = 5
SIMILAR = 7


def map_of_indicator(visit: Visit, parameters: Parameters) -> Content:
    """One indicator in all districts.

    Raises:
        NothingHeld: no indicator has a value.
    """
    offered = indicator_choice.labels(visit, "district")
    if not offered:
        raise session.NothingHeld
    indicator = parameters.get("indicator", "")
    if indicator not in offered:
        default = map_choice.DEFAULT_INDICATOR
        indicator = default if default in offered else next(iter(offered))
    periods = results.periods(indicator, "district")
    asked = parameters.get("period", "")
    period = asked if asked in periods else periods[-1]
    shown = indicator_map.view(visit, map_choice.agreed(indicator, period, tuple(periods)))
    known = shown.rows[shown.rows["value"].notna()]
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    facts = {
        "indicator": visit.names("indicator", indicator),
        "period": visit.formats.date(period),
        "low": indicator_choice.amount(visit, indicator, low["value"]),
        "low_place": results.name_of(low["ags"]),
        "high": indicator_choice.amount(visit, indicator, high["value"]),
        "high_place": results.name_of(high["ags"]),
        "median": indicator_choice.amount(visit, indicator, known["value"].median()),
    }
    picked = parameters.get("place", visit.ags[:5])
    return Content(
        visit.words("stage.map_headline", **facts),
        bare(indicator_map.reading(visit, shown)),
        MapPicture(indicator_map.description(visit, shown, picked)),
        map_place.twin_table(visit, shown, map_place.place_names(visit, "district")),
        of_sources(visit, sorted(shown.rows["source"].unique())),
        date=facts["period"],
        facts=facts,
    )


def compare(visit: Visit, parameters: Parameters) -> Content | None:
    """One indicator over the years in a few places; ``None`` when none of them has a value."""
    offered = indicator_choice.labels(visit, "district")
    indicator = parameters.get("indicator", "")
    if indicator not in offered:
        indicator = comparison_choice.DEFAULT_INDICATOR
    question = _question(visit, parameters)
    found = comparison.view(visit, indicator, question) if question.towns else None
    if found is None:
        return None
    rows = shaped(indicator, question.towns, question.shape)
    picture = _lines(visit, indicator, question, rows)
    facts = {
        "indicator": visit.names("indicator", indicator),
        "first": picture.categories[0],
        "last": picture.categories[-1],
    }
    return Content(
        visit.words("stage.compare_headline", n=len(picture.series), **facts),
        bare(found.reading),
        picture,
        found.twin,
        of_sources(visit, sorted(set(rows["source"]))),
        date=facts["last"],
        facts=facts,
    )


def _question(visit: Visit, parameters: Parameters) -> Question:
    """Places, group and form of the lines as the address asks for them.

    Slides are shared by all visitors: what a visitor chose without the address does not count.
    """
    kinds = comparison_choice.GROUPS if visit.ags else comparison_choice.GROUPS_WITHOUT_TOWN
    kind = parameters.get("group", "") if parameters.get("group", "") in kinds else kinds[0]
    known = comparison.district_labels(visit)
    asked = [ags for ags in parameters.get("places", "").split("-") if ags in known]
    weights = comparison_likeness.weights_of(parameters.get(comparison_likeness.ADDRESS, ""))
    towns = tuple(asked or comparison_choice.proposed_places(visit, kind, weights))[:MOST_LINES]
    base = session.whole_number(parameters.get("base", ""))
    shape = Shape(base, parameters.get("per_inhabitant") == "1")
    group = comparison_choice.members(visit, kind, towns, weights)
    return Question(towns, group, kind, shape)


def _lines(visit: Visit, indicator: str, question: Question, rows: pd.DataFrame) -> ChartPicture:
    """One line per place that has a value."""
    wide = rows.pivot_table(index="period", columns="ags", values="value", aggfunc="last")
    wide = _with_gaps(wide.sort_index())
    labels, shape = comparison.district_labels(visit), question.shape
    return ChartPicture(
        "lines",
        tuple(visit.formats.date(str(period)) for period in wide.index),
        tuple(Series(labels[ags], _values(wide[ags])) for ags in question.towns if ags in wide),
        comparison.shown_unit(visit, indicator, shape),
        comparison.digits_of(indicator, shape),
    )


def _with_gaps(wide: pd.DataFrame) -> pd.DataFrame:
    """Whole years without a value as empty rows: a line must end where years are missing."""
    if not all(len(str(period)) == 4 for period in wide.index):
        return wide
    years = range(int(wide.index[0]), int(wide.index[-1]) + 1)
    return wide.reindex([str(year) for year in years])


def _values(column: pd.Series) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(value) else float(value) for value in column)


def profile_of_town(visit: Visit, parameters: Parameters) -> Content:
    """A town's indicators beside the places most like it: what lies outside comes first."""
    ags = profile_choice.EXAMPLE
    if visit.ags:
        wants_own = parameters.get("level") == "municipality"
        ags = visit.ags if wants_own or len(visit.ags) == 5 else visit.ags[:5]
    count = session.whole_number(parameters.get("peers", ""))
    similar = count if 3 <= count <= 20 else SIMILAR
    peers = results.peers_weighted(ags, (), similar)
    group = peers.keys if peers else ()
    town = results.name_of(ags)
    subject = profile_choice.Subject(ags, plain(town), group, "similar", not visit.ags)
    found = profile_results.profile(ags, group)
    if found.empty:
        return Content(
            visit.words("profile.title", town=town),
            visit.words("profile.nothing", town=town),
            FiguresPicture(()),
            found,
            (),
        )
    ranged = found[found["low"].notna()]
    outside = (ranged["value"] > ranged["high"]) | (ranged["value"] < ranged["low"])
    order = [*ranged.index[outside], *ranged.index[~outside]][:PROFILE_ROWS]
    rows = tuple(_profile_row(visit, str(one), found.loc[one]) for one in order)
    columns = (
        visit.words("profile.column_indicator"),
        town,
        visit.words("stage.column_similar", n=len(group)),
    )
    return Content(
        visit.words("stage.profile_headline", town=town, n=int(outside.sum()), all=len(ranged)),
        bare(profile.reading(visit, subject, found)),
        TablePicture(columns, rows),
        profile.table(visit, found),
        of_sources(visit, sorted(set(found["source"]))),
        date=visit.formats.date(max(str(period) for period in found["period"])),
        facts={"town": town, "outside": visit.formats.number(int(outside.sum()))},
    )


def _profile_row(visit: Visit, indicator: str, row: pd.Series) -> tuple[str, str, str]:
    amount, digits = indicator_choice.amount, indicator_choice.decimals(indicator)
    span = visit.words(
        "progress.from_to",
        low=visit.formats.number(row["low"], digits),
        high=amount(visit, indicator, row["high"]),
    )
    return visit.names("indicator", indicator), amount(visit, indicator, row["value"]), span


def outcomes(visit: Visit, parameters: Parameters) -> Content | None:
    """A place with a solution beside the mean of places without it; ``None`` without a start."""
    solution, indicator = parameters.get("solution", ""), parameters.get("indicator", "")
    if solution not in outcome_results.solutions():
        solution, indicator = outcome_results.best_pair()
    stated = outcome_results.intended(solution)
    if indicator not in stated:
        indicator = next(iter(stated), outcome_results.PLACEBO_TESTS[0])
    if indicator not in set(session.table("indicators")["indicator_id"]):
        return None
    starts = {one.place: one for one in outcome_results.starts(solution, indicator)}
    if not starts:
        return None
    start = starts.get(parameters.get("place", "")) or next(iter(starts.values()))
    found = outcome_results.finding(
        solution,
        indicator,
        start.place,
        start.year,
        unfunded=parameters.get("unfunded") == "1",
    )
    held = found.panel.dropna(axis=1, how="all")
    panel = _with_gaps(held.set_axis(held.columns.astype(str), axis=1).T).T
    facts = {
        "town": results.name_of(found.place),
        "solution": outcome_results.solutions()[solution],
        "indicator": visit.names("indicator", indicator),
        "start": str(start.year),
    }
    said = bare(outcome_words.sentence(visit, indicator, found))
    keys = tuple(str(key) for key in panel.index)
    return Content(
        visit.words("stage.outcomes_headline", **facts),
        f"{said} {visit.words('stage.no_cause')}",
        _beside_others(visit, indicator, panel, found.place),
        outcome_words.panel_table(visit, indicator, found),
        of_sources(visit, sorted(set(results.series(indicator, keys)["source"]))),
        date=str(panel.columns[-1]),
        facts=facts,
    )


def _beside_others(visit: Visit, indicator: str, panel: pd.DataFrame, place: str) -> ChartPicture:
    others = panel.drop(index=place)
    mean = visit.words("stage.mean_of_others", n=len(others))
    return ChartPicture(
        "lines",
        tuple(str(year) for year in panel.columns),
        (
            Series(results.name_of(place), _values(panel.loc[place])),
            Series(mean, _values(others.mean())),
        ),
        outcome_words.unit(visit, indicator),
        max(1, indicator_choice.decimals(indicator)),
    )
