"""Places side by side: one panel per indicator, each with sentence, figure, source and table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from views import results, session, theme
from views.charts.series import Band, Mark, PlaceLine, bars_figure, series_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, indicator_choice
from views.widgets.comparison_series import (
    SMALL_GROUP,
    Break,
    Shape,
    breaks,
    broken,
    is_count,
    shaped,
    spread,
    year_of,
)

if TYPE_CHECKING:
    from views.charts.base import Figure


@dataclass(frozen=True)
class Question:
    """What one view of the page compares.

    Attributes:
        towns: districts drawn as lines.
        group: districts whose range is shown.
        kind: which group that is, see ``comparison_choice.GROUPS``.
        shape: form of the values.
        marks: years to mark.
    """

    towns: tuple[str, ...]
    group: tuple[str, ...]
    kind: str
    shape: Shape
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class SeriesView:
    """One comparison, ready to show: the sentence, the figure and the table say the same."""

    reading: str
    figure: Figure
    source: str
    twin: pd.DataFrame


def district_label(visit: Visit, ags: str) -> str:
    """Name of a district with its kind, since names alone are not unique."""
    return district_labels(visit)[ags]


def district_labels(visit: Visit) -> dict[str, str]:
    """Labels of all districts at once, for lists of 400 at every run; by key."""
    return session.result(_district_labels, visit.words("frame.kind_city"))


def _district_labels(city: str) -> dict[str, str]:
    index = results.places()
    names = {ags: index.place(ags).name for ags in session.table("districts")["ags"]}
    return {
        ags: name if index.twin(ags) is None else f"{name} ({city})" for ags, name in names.items()
    }


def show_panels(
    visit: Visit, indicators: tuple[str, ...], question: Question
) -> dict[str, pd.DataFrame]:
    """A panel per indicator as small multiples; gives the tables shown, by indicator."""
    shown: dict[str, pd.DataFrame] = {}
    columns = 1 if len(indicators) == 1 else 2
    with st.grid(columns, min_column_width=360, gap="large"):
        for indicator in indicators:
            with st.container(key=f"panel_{indicator}"):
                st.subheader(visit.names("indicator", indicator))
                found = view(visit, indicator, question)
                if found is None:
                    has_districts = bool(results.periods(indicator, "district"))
                    key = "nothing_here" if has_districts else "only_municipal"
                    st.info(visit.words(f"compare.{key}"))
                    continue
                chart.show(
                    visit,
                    found.figure,
                    key=f"series_{indicator}",
                    reading=found.reading,
                    source=found.source,
                    twin=found.twin,
                )
                st.caption(indicator_choice.meaning(visit, indicator))
                shown[indicator] = found.twin
    return shown


def view(visit: Visit, indicator: str, question: Question) -> SeriesView | None:
    """The series of some places, or ``None`` when none of them has a value."""
    everybody = tuple(sorted({*question.towns, *question.group}))
    rows = shaped(indicator, everybody, question.shape)
    own = rows[rows["ags"].isin(question.towns)]
    if own["value"].notna().sum() == 0:
        return None
    unit = shown_unit(visit, indicator, question.shape)
    colours = theme.palette(visit.scheme)
    lines = _lines(visit, own, question.towns)
    band = spread(rows[rows["ags"].isin(question.group)])
    if own.loc[own["value"].notna(), "period"].nunique() == 1:
        figure = bars_figure(lines, unit, colours, visit.lang)
    else:
        named = Band(band_name(visit, question), band)
        figure = series_figure(lines, named, unit, colours, visit.lang, question.marks)
    return SeriesView(
        reading=_reading(visit, indicator, own, question, band),
        figure=figure,
        source=indicator_choice.source_line(visit, indicator, sorted(set(own["source"]))),
        twin=_twin(visit, indicator, own, question, band),
    )


def shown_unit(visit: Visit, indicator: str, shape: Shape) -> str:
    """Unit of the values in the shape asked for."""
    if shape.base_year:
        return visit.words("compare.unit_index", year=shape.base_year)
    unit = indicator_choice.unit(visit, indicator)
    if shape.per_inhabitant and is_count(indicator):
        return visit.words("compare.unit_per_1000", unit=unit)
    return unit


def band_name(visit: Visit, question: Question) -> str:
    """What the shaded area is: the range of a small group, the middle half of a large one."""
    size = "all" if len(question.group) <= SMALL_GROUP else "half"
    return visit.words(f"compare.band_{size}", group=visit.words(f"compare.of_{question.kind}"))


def _lines(visit: Visit, rows: pd.DataFrame, towns: tuple[str, ...]) -> list[PlaceLine]:
    mine = visit.ags[:5]
    colours = theme.town_colours(towns, visit.scheme, mine)
    dashes = theme.town_dashes(towns, mine)
    return [
        PlaceLine(
            name=district_label(visit, ags),
            rows=broken(rows[rows["ags"] == ags]),
            colour=colours[ags],
            dash=dashes[ags],
            width=4 if ags == mine else 2.5,
        )
        for ags in towns
    ]


def _amount(visit: Visit, indicator: str, shape: Shape, value: float) -> str:
    unit = "" if shape.base_year else shown_unit(visit, indicator, shape)
    return visit.formats.value(value, unit, digits_of(indicator, shape))


def digits_of(indicator: str, shape: Shape) -> int:
    """Digits after the separator of values in the shape asked for."""
    changed = shape.base_year or (shape.per_inhabitant and is_count(indicator))
    return 1 if changed else indicator_choice.decimals(indicator)


def _reading(
    visit: Visit, indicator: str, rows: pd.DataFrame, question: Question, band: pd.DataFrame
) -> str:
    known = rows[rows["value"].notna()]
    first = next(ags for ags in question.towns if ags in set(known["ags"]))
    own = known[known["ags"] == first]
    sentences = [_place_sentence(visit, indicator, question.shape, first, own)]
    last = str(own["period"].iloc[-1])
    at_last = band[band["period"] == last]
    if not at_last.empty:
        ends = at_last.iloc[0]
        sentences.append(
            visit.words(
                "compare.reading_band",
                band=band_name(visit, question),
                period=visit.formats.date(last),
                q1=_amount(visit, indicator, question.shape, ends["q1"]),
                q3=_amount(visit, indicator, question.shape, ends["q3"]),
            )
        )
    return " ".join([*sentences, *_break_sentences(visit, breaks(own))])


def _break_sentences(visit: Visit, found: list[Break]) -> list[str]:
    """Where the line ends and why; all gaps share one sentence that names the years."""
    gaps = [one for one in found if one.reason == "gap"]
    years = [year for one in gaps for year in range(year_of(one.before) + 1, year_of(one.after))]
    labels = [str(year) for year in range(min(years, default=0), max(years, default=0) + 1)]
    named = visit.formats.spans(labels, [labels.index(str(year)) for year in years])
    said = [visit.words("compare.break_gap", n=len(years), years=named)] if years else []
    return said + [
        visit.words(
            f"compare.break_{one.reason}",
            before=visit.formats.date(one.before),
            after=visit.formats.date(one.after),
        )
        for one in found
        if one.reason != "gap"
    ]


def _place_sentence(visit: Visit, indicator: str, shape: Shape, ags: str, own: pd.DataFrame) -> str:
    first, last = own.iloc[0], own.iloc[-1]
    words = {
        "name": f"**{plain(district_label(visit, ags))}**",
        "last": _amount(visit, indicator, shape, last["value"]),
        "last_period": visit.formats.date(last["period"]),
    }
    if first["period"] == last["period"]:
        return visit.words("compare.reading_one", **words)
    return visit.words(
        "compare.reading_two",
        **words,
        first=_amount(visit, indicator, shape, first["value"]),
        first_period=visit.formats.date(first["period"]),
        change=_change(visit, indicator, shape, last["value"] - first["value"]),
    )


def _change(visit: Visit, indicator: str, shape: Shape, value: float) -> str:
    """A change with sign and unit; differences of percentages are percentage points."""
    written = visit.formats.signed(value, digits_of(indicator, shape))
    if shape.base_year:
        return f"{written}\u00a0{visit.words('compare.index_points')}"
    points = indicator_choice.record(indicator)["unit"] == "percent"
    unit = visit.words("outcomes.points") if points else shown_unit(visit, indicator, shape)
    return f"{written}\u00a0{unit}"


def _twin(
    visit: Visit, indicator: str, rows: pd.DataFrame, question: Question, band: pd.DataFrame
) -> pd.DataFrame:
    labels, digits = district_labels(visit), digits_of(indicator, question.shape)
    unit = shown_unit(visit, indicator, question.shape)
    column = visit.words("compare.column_value")
    table = pd.DataFrame(
        {
            visit.words("compare.column_place"): rows["ags"].map(labels),
            visit.words("compare.column_period"): rows["period"].map(visit.formats.date),
            f"{column} ({unit})": rows["value"].map(lambda v: visit.formats.number(v, digits)),
            visit.words("compare.column_missing"): [
                _missing(visit, kind, raw, value)
                for kind, raw, value in zip(
                    rows["missing"], rows["raw"], rows["value"], strict=True
                )
            ],
        }
    )
    ends = band.set_index("period")[["q1", "q3"]]
    written = {
        period: f"{visit.formats.number(q1, digits)}–{visit.formats.number(q3, digits)}"
        for period, q1, q3 in ends.itertuples()
    }
    table[band_name(visit, question)] = [written.get(period, "") for period in rows["period"]]
    return table


def _missing(visit: Visit, kind: str, raw: float, value: float) -> str:
    if kind:
        return visit.names("missing", kind)
    return visit.words("compare.no_base") if pd.isna(value) and not pd.isna(raw) else ""
