"""Transfers on a map of folium: an arrow per transfer, years that play, what bears no year."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from views import results, session, theme
from views.maps.folium_map import Mark
from views.maps.spread_map import Arrow, Dated, SpreadMap, Step
from views.session import Visit
from views.texts import plain
from views.widgets import chart, folium_part, frame, map_parts, transfer_marks
from views.widgets.solution_sources import source_note
from views.widgets.transfer_head import adopted, counts, reading, twin, year_words

MAP_HEIGHT = 540
ALL_YEARS = "all"
PICKED = "transfer_place"


def show(visit: Visit, rows: pd.DataFrame) -> None:
    """Sentence, map with its years, the place picked, what is not on the map, table."""
    sentence = st.empty()
    year = spread(visit, rows, key="transfer", height=MAP_HEIGHT)
    shown = until(rows, year)
    said = f"{reading(visit, shown)} {_undated_words(visit, rows, year)}".strip()
    sentence.markdown(said)
    _picked_place(visit, rows, session.kept(PICKED, visit.ags))
    with st.container(key="fine_transfer_map"):
        day = visit.formats.date(results.data_date().isoformat())
        st.caption(visit.words("transfer.source", day=day))
    chart.twin_table(visit, twin(visit, shown), key="transfer", title=reading(visit, shown))


def spread(visit: Visit, rows: pd.DataFrame, *, key: str, height: int) -> str:
    """Map, places that stand beside it; gives the year chosen, or ``all``.

    Args:
        visit: this run.
        rows: transfers, see ``transfer_results``.
        key: identity of the map on this page.
        height: pixels of the map without slider and legend.
    """
    asked = session.kept("until", ALL_YEARS)
    known = {step.id for step in _steps(visit, rows)}
    asked = asked if asked in known else ALL_YEARS
    solutions = tuple(sorted(set(rows["solution_id"])))
    stamp = (visit.lang, visit.scheme, solutions)
    # What the reader chooses in the frame must not draw the frame anew.
    start = session.draft(f"start_{key}", stamp, lambda: asked)
    shown = _description(visit, rows, start)
    said = {} if shown.empty else folium_part.show_spread(shown, key=key, height=height)
    if said.get("until") in known:
        asked = said["until"]
        session.keep("until", "" if asked == ALL_YEARS else asked)
    if said.get("place"):
        session.keep(PICKED, said["place"])
    _beside(visit, rows, shown.empty)
    return asked


def until(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    """The transfers dated up to a year; all of them, dated or not, for ``all``."""
    return rows if year == ALL_YEARS else rows[rows["year"] <= int(year)]


def _undated_words(visit: Visit, rows: pd.DataFrame, year: str) -> str:
    undated = int(rows["year"].isna().sum())
    if not undated:
        return ""
    key = "transfer.undated_in" if year == ALL_YEARS else "transfer.undated_out"
    return visit.words(key, n=undated)


def _description(visit: Visit, rows: pd.DataFrame, start: str) -> SpreadMap:
    colours = theme.palette(visit.scheme)
    return SpreadMap(
        origins=_origins(visit, rows),
        takers=_takers(visit, rows),
        arrows=_arrows(visit, rows),
        steps=_steps(visit, rows),
        start=start,
        ground=map_parts.layer("states"),
        legend=transfer_marks.legend(visit, rows),
        words=folium_part.words(visit, visit.words("transfer.map_label")),
        colours=colours,
    )


def _steps(visit: Visit, rows: pd.DataFrame) -> list[Step]:
    """From the first year, or the start of a single solution, to the last, then all."""
    years = sorted(set(rows["year"].dropna().astype(int)))
    solutions = set(rows["solution_id"])
    if years and len(solutions) == 1:
        years = sorted({*years, *_starts().loc[list(solutions)].dropna().astype(int)})
    found = [
        Step(str(year), str(year), _step_words(visit, until(rows, str(year)), year), year, False)
        for year in (range(years[0], years[-1] + 1) if years else ())
    ]
    if found and rows["year"].notna().all():
        return [*found[:-1], replace(found[-1], id=ALL_YEARS)]
    label = visit.words("transfer.all_years")
    said = visit.words("transfer.step_all", **counts(visit, rows))
    return [*found, Step(ALL_YEARS, label, said, years[-1] if years else 0, True)]


def _step_words(visit: Visit, rows: pd.DataFrame, year: int) -> str:
    if rows.empty:
        return visit.words("transfer.step_none", year=year)
    return visit.words("transfer.step", year=year, **counts(visit, rows))


def _starts() -> pd.Series:
    starts: pd.Series = session.table("solutions").set_index("solution_id")["start_year"]
    return pd.to_numeric(starts, errors="coerce")


def _origins(visit: Visit, rows: pd.DataFrame) -> list[Dated]:
    """Places of origin, shown from the start of their first solution or the first transfer."""
    ink = theme.palette(visit.scheme).ink
    found = []
    for ags, own in rows.dropna(subset=["from_lat"]).groupby("from_ags", sort=True):
        known = [*own["year"].dropna(), *_starts().loc[own["solution_id"].unique()].dropna()]
        head = own.iloc[0]
        lines = tuple(
            visit.words("transfer.note_from", name=name, adopted=adopted(visit, each))
            for name, each in own.groupby("name", sort=True)
        )
        place = (str(ags), head["from_place"], head["from_lat"], head["from_lon"])
        mark = Mark(*place, "star", "full", ink, lines)
        found.append(Dated(mark, int(min(known)) if known else None))
    return found


def _takers(visit: Visit, rows: pd.DataFrame) -> list[Dated]:
    paints = transfer_marks.colours(visit.scheme)
    sizes = rows.groupby("decision")["to_place"].transform("nunique")
    found = []
    drawn = rows.assign(size=sizes).dropna(subset=["to_lat"])
    for row in drawn.to_dict("records"):
        shape, filling = (
            transfer_marks.SHAPES[row["adoption_type"]],
            transfer_marks.FILLINGS[row["state"]],
        )
        place = (row["to_ags"], row["to_place"], row["to_lat"], row["to_lon"])
        lines = _popup_lines(visit, row)
        mark = Mark(*place, shape, filling, paints[row["state"]], lines)
        found.append(Dated(mark, _year(row["year"])))
    return found


def _popup_lines(visit: Visit, row: dict[str, object]) -> tuple[str, ...]:
    words = visit.words
    what = (row["name"], words("transfer.popup_from", place=row["from_place"]))
    lines = [", ".join(str(one) for one in what) if row["from_place"] else str(row["name"])]
    kind = visit.names("adoption_type", str(row["adoption_type"]))
    state = words(f"transfer.state.{row['state']}")
    lines.append(f"{kind}, {state}, {year_words(visit, row['year'])}")
    others = int(str(row["size"])) - 1
    if others:
        lines.append(words("transfer.popup_joint", n=others))
    if row["note"]:
        mark = "" if visit.lang == "de" else f" {words('solution.in_german')}"
        lines.append(f"{row['note']}{mark}")
    return tuple(lines)


def _year(year: float) -> int | None:
    return None if pd.isna(year) else int(year)


def _arrows(visit: Visit, rows: pd.DataFrame) -> list[Arrow]:
    paints = transfer_marks.colours(visit.scheme)
    drawn = rows.dropna(subset=["from_lat", "to_lat"])
    drawn = drawn[drawn["from_ags"] != drawn["to_ags"]]
    return [
        Arrow(
            (row["from_lat"], row["from_lon"]),
            (row["to_lat"], row["to_lon"]),
            paints[row["state"]],
            _year(row["year"]),
        )
        for row in drawn.to_dict("records")
    ]


def _beside(visit: Visit, rows: pd.DataFrame, no_map: bool) -> None:
    """What bears no year, what has no place and where no arrow begins."""
    undated = rows[rows["year"].isna()]
    with st.container(key="fine_beside_spread"):
        if len(undated):
            title = visit.words("transfer.undated_title", n=len(undated))
            with st.expander(title, expanded=len(undated) <= 12 or no_map):
                st.markdown("\n".join(_undated_lines(visit, undated)))
        st.caption(_without(visit, rows))


def _undated_lines(visit: Visit, undated: pd.DataFrame) -> list[str]:
    """A line per solution and state with its places."""
    lines = []
    for (name, state), own in undated.groupby(["name", "state"], sort=False):
        named = visit.formats.listing([plain(one) for one in sorted(own["to_place"].unique())])
        lines.append(f"- {plain(name)}, {visit.words(f'transfer.state.{state}')}: {named}")
    return lines


def _picked_place(visit: Visit, rows: pd.DataFrame, picked: str) -> None:
    took = rows[rows["to_ags"] == picked] if picked else rows.head(0)
    gave = rows[rows["from_ags"] == picked] if picked else rows.head(0)
    if took.empty and gave.empty:
        st.caption(visit.words("transfer.hint"))
        return
    place = gave["from_place"].iloc[0] if took.empty else took["to_place"].iloc[0]
    with st.container(border=True, key="card_transfer_place"):
        st.markdown(f"**{plain(place)}**")
        for row in took.to_dict("records"):
            said = visit.words(
                "transfer.note_to",
                name=plain(row["name"]),
                origin=plain(row["from_place"]),
                state=visit.words(f"transfer.state.{row['state']}"),
                year=year_words(visit, row["year"]),
            )
            st.markdown(f"{said} {source_note(visit, row['evidence_url'], '')}")
        for _, own in gave.groupby("solution_id", sort=False):
            name, given = plain(own["name"].iloc[0]), adopted(visit, own)
            st.markdown(visit.words("transfer.note_from", name=name, adopted=given))
        solutions = {*took["solution_id"], *gave["solution_id"]}
        names = dict(zip(rows["solution_id"], rows["name"], strict=True))
        with st.container(horizontal=True):
            for solution in sorted(solutions, key=names.__getitem__):
                frame.page_link(visit, "solution", plain(names[solution]), solution=solution)


def _without(visit: Visit, rows: pd.DataFrame) -> str:
    """Places that have no official key, and solutions without one place of origin."""
    places = rows.loc[rows["to_lat"].isna(), "to_place"].unique()
    solutions = rows.loc[rows["from_lat"].isna(), "name"].unique()
    parts = []
    if len(places):
        named = visit.formats.listing([plain(one) for one in places])
        parts.append(visit.words("transfer.without_place", n=len(places), places=named))
    if len(solutions):
        named = visit.formats.listing([plain(one) for one in solutions])
        parts.append(visit.words("transfer.without_origin", solutions=named))
    if rows[["from_lat", "to_lat"]].notna().all(axis=1).any():
        parts.append(visit.words("transfer.first_origin"))
    return " ".join(parts)
