"""How sure the order of a composite is: rank ranges, survival, which choice matters, both means."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.composite import Composite
from analysis.robustness import RankRange
from views import results, theme
from views.charts.ranks import RankRow, ranks_figure
from views.charts.sobol import sobol_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, profile_results
from views.widgets.profile_choice import Subject
from views.widgets.profile_results import Summary


def say_town(visit: Visit, subject: Subject, found: RankRange) -> None:
    """My town first: between which ranks it lies."""
    st.markdown(
        visit.words(
            "profile.rank_town",
            town=subject.name,
            low=found.low,
            high=found.high,
            places=found.places,
        )
    )
    st.caption(visit.words("fixed.rank", draws=visit.formats.number(profile_results.DRAWS)))


def show(visit: Visit, subject: Subject, found: Summary) -> dict[str, pd.DataFrame]:
    """All parts of the robustness; gives the tables shown, by file name."""
    _warn(visit, found)
    return {
        "ranks": _ranks(visit, subject, found),
        "order": _order(visit, found),
        "sensitivity": _sensitivity(visit, subject, found),
        "aggregations": _aggregations(visit, subject, found),
    }


def _name(key: str) -> str:
    return results.place(key).name


def _warn(visit: Visit, found: Summary) -> None:
    """Everything left out, pulled in or not assessable is said."""
    listing = visit.formats.listing
    if found.arithmetic.not_assessable:
        names = listing([plain(_name(key)) for key in found.arithmetic.not_assessable])
        st.info(visit.words("profile.not_assessable", names=names))
    if found.arithmetic.dropped:
        names = listing([plain(visit.names("indicator", one)) for one in found.arithmetic.dropped])
        st.info(visit.words("profile.dropped", names=names))
    if found.arithmetic.dominant:
        names = listing([plain(visit.names("indicator", one)) for one in found.arithmetic.dominant])
        st.warning(visit.words("profile.dominant", names=names), icon=":material/balance:")
    touched = [plain(visit.names("indicator", one)) for one in found.touched]
    if touched:
        st.caption(visit.words("profile.touched", names=listing(touched)))


def _ranks(visit: Visit, subject: Subject, found: Summary) -> pd.DataFrame:
    st.subheader(visit.words("profile.ranks"))
    table = found.ranges.table
    by_middle = table.sort_values(["median", "low", "high"], kind="stable").index
    order = [subject.ags, *(str(key) for key in by_middle if key != subject.ags)]
    rows = [_rank_row(visit, table, key, mine=key == subject.ags) for key in order]
    mine = found.town
    apart = int(((table["high"] < mine.low) | (table["low"] > mine.high)).sum())
    twin = pd.DataFrame(
        {
            visit.words("compare.column_place"): [row.name for row in rows],
            visit.words("profile.column_rank"): [f"{row.low}–{row.high}" for row in rows],
            visit.words("profile.column_quarter"): [
                visit.formats.percent(float(table.loc[key, "top_quarter"])) for key in order
            ],
        }
    )
    chart.show(
        visit,
        ranks_figure(
            rows, visit.words("profile.rank_axis"), theme.palette(visit.scheme), visit.lang
        ),
        key="profile_ranks",
        reading=visit.words(
            "profile.rank_reading", town=subject.name, apart=apart, others=len(rows) - 1
        ),
        source=visit.words(
            "profile.rank_source",
            draws=visit.formats.number(found.ranges.draws),
            seed=found.ranges.seed,
            error=visit.formats.percent(found.ranges.monte_carlo_error, 1),
        ),
        twin=twin,
    )
    return twin


def _rank_row(visit: Visit, table: pd.DataFrame, key: str, *, mine: bool) -> RankRow:
    low, median, high = (int(table.loc[key, column]) for column in ("low", "median", "high"))
    said = visit.words("profile.rank_said", town=_name(key), low=low, high=high)
    return RankRow(_name(key), low, median, high, mine, said)


def _order(visit: Visit, found: Summary) -> pd.DataFrame:
    st.subheader(visit.words("profile.order"))
    neighbours = found.order.neighbours
    twin = pd.DataFrame(
        {
            visit.words("profile.column_ahead"): [_name(first) for first, _ in neighbours.index],
            visit.words("profile.column_behind"): [_name(then) for _, then in neighbours.index],
            visit.words("profile.column_share"): [
                visit.formats.percent(float(share)) for share in neighbours
            ],
        }
    )
    sure = int((neighbours >= 0.95).sum())
    reading = visit.words(
        "profile.order_reading",
        whole=visit.formats.percent(found.order.whole),
        sure=sure,
        pairs=len(neighbours),
    )
    st.markdown(reading)
    chart.twin_table(visit, twin, key="profile_order", title=reading)
    return twin


def _sensitivity(visit: Visit, subject: Subject, found: Summary) -> pd.DataFrame:
    st.subheader(visit.words("profile.choices"))
    table = found.sensitivity.table
    names = [visit.words(f"profile.choice_{choice}") for choice in table.index]
    number = visit.formats.number
    twin = _sensitivity_twin(visit, names, found)
    if not found.sensitivity.indices.varies[1]:
        st.markdown(visit.words("profile.no_choice", town=subject.name))
        chart.twin_table(visit, twin, key="profile_sobol", title=visit.words("profile.choices"))
        return twin
    strongest = names[int(table["place_total"].to_numpy().argmax())]
    chart.show(
        visit,
        sobol_figure(
            names,
            list(table["place_first"]),
            list(table["place_total"]),
            (visit.words("profile.alone"), visit.words("profile.together")),
            theme.palette(visit.scheme),
            visit.lang,
        ),
        key="profile_sobol",
        reading=visit.words(
            "profile.choice_reading",
            town=subject.name,
            choice=strongest,
            shift=number(found.sensitivity.mean_shift, 1),
        ),
        source=visit.words(
            "profile.choice_source",
            runs=number(found.sensitivity.indices.runs),
            seed=found.sensitivity.indices.seed,
        ),
        twin=twin,
    )
    return twin


def _sensitivity_twin(visit: Visit, names: list[str], found: Summary) -> pd.DataFrame:
    """Each index with its interval, per choice."""
    table, number = found.sensitivity.table, visit.formats.number
    ranges = (found.sensitivity.indices.first_range, found.sensitivity.indices.total_range)
    columns = {visit.words("profile.column_choice"): names}
    for place, column in enumerate(table.columns):
        output, kind = divmod(place, 2)
        columns[visit.words(f"profile.column_{column}")] = [
            f"{number(value, 2)} ({number(low, 2)} … {number(high, 2)})"
            for value, low, high in zip(
                table[column], ranges[kind][0][:, output], ranges[kind][1][:, output], strict=True
            )
        ]
    return pd.DataFrame(columns)


def _aggregations(visit: Visit, subject: Subject, found: Summary) -> pd.DataFrame:
    st.subheader(visit.words("profile.aggregations"))
    held = found.arithmetic.table.index
    order = [subject.ags, *sorted((str(k) for k in held if k != subject.ags), key=_name)]
    twin = pd.DataFrame(
        {
            visit.words("compare.column_place"): [_name(key) for key in order],
            visit.words("profile.column_arithmetic"): _scores(visit, found.arithmetic, order),
            visit.words("profile.column_geometric"): _scores(visit, found.geometric, order),
            visit.words("profile.column_coverage"): [
                visit.formats.percent(float(found.arithmetic.coverage[key])) for key in order
            ],
        }
    )
    st.markdown(visit.words("profile.aggregation_reading"))
    reading = visit.words("profile.aggregation_reading")
    chart.table(visit, twin, key="profile_scores", title=reading)
    return twin


def _scores(visit: Visit, one: Composite, order: list[str]) -> list[str]:
    """Bounds as whole numbers of 100; equal ends mean that every value is known."""
    missing = set(one.not_assessable)
    return [
        visit.words("profile.not_assessable_cell")
        if key in missing
        else visit.formats.hundredths(float(one.low[key]), float(one.high[key]))
        for key in order
    ]
