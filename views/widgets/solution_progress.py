"""How far a solution is: deployments by phase, milestones, who took it over, how it is used."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.catalogue import ADOPTION_TYPES, PHASES
from analysis.decisions import RUNNING_PHASES, decisions_elsewhere, with_decisions
from views.session import Visit
from views.texts import plain
from views.widgets import transfer_map, transfer_results
from views.widgets.solution_head import section
from views.widgets.solution_results import of_solution
from views.widgets.solution_sources import (
    SITE_NAME,
    adoptions_words,
    age,
    links,
    phase_words,
    source_note,
    text_in,
)

MEASURES_OF_AN_END = ("C5.1", "C3.2", "C3.3")
SPREAD_HEIGHT = 460
# A long table ends in the middle of a row: that it goes on is seen.
WHOLE_ROWS, LONG_HEIGHT = 16, 437
MILESTONES = tuple(f"M{number}" for number in range(1, 9))


def stage(visit: Visit, row: pd.Series) -> None:
    """Phase per deployment and the milestones reached."""
    section(visit, "stage")
    phases = of_solution("phases", row["solution_id"])
    if phases.empty:
        st.markdown(_derived(visit, row))
    else:
        st.markdown(_phase_sentence(visit, phases))
        _reported_only(visit, row["solution_id"], phases)
        _phase_table(visit, phases)
    _stopped(visit, row)
    _milestones(visit, of_solution("milestones", row["solution_id"]))


def _derived(visit: Visit, row: pd.Series) -> str:
    if not row["phase"]:
        return visit.words("solution.stage_unknown")
    note = source_note(visit, row["source_url"], row["status_as_of"])
    return (
        visit.words("solution.stage_derived", phase=phase_words(visit, row["phase"]))
        + f"  \n{note}"
    )


def _phase_sentence(visit: Visit, phases: pd.DataFrame) -> str:
    counts = phases["phase"].value_counts()
    order = [phase for phase in (*reversed(PHASES), "stopped") if phase in counts]
    said = [f"{phase_words(visit, phase)}: {counts[phase]}" for phase in order]
    return visit.words("solution.deployments", n=len(phases), counts=" · ".join(said))


def _reported_only(visit: Visit, solution_id: str, phases: pd.DataFrame) -> None:
    """Why fewer places count as own operation than are reported in operation."""
    counted = decisions_elsewhere(of_solution("adoptions", solution_id), phases)
    if phases["phase"].isin(RUNNING_PHASES).sum() > len(counted) > 0:
        st.caption(visit.words("solution.deployments_reported"))


def _phase_table(visit: Visit, phases: pd.DataFrame) -> None:
    rank = phases["phase"].map({phase: place for place, phase in enumerate(PHASES)}).fillna(-1)
    rows = phases.assign(rank=rank).sort_values(["rank", "municipality"], ascending=[False, True])
    words = visit.words
    twin = pd.DataFrame(
        {
            words("solution.column_place"): rows["municipality"],
            words("solutions.phase"): [visit.names("phase", one) for one in rows["phase"]],
            words("solution.column_as_of"): [age(visit, one) for one in rows["as_of"]],
            words("common.source"): rows["evidence_url"],
        }
    )
    show_table(visit, twin, "phases", words("solution.table_phases"))


def show_table(visit: Visit, table: pd.DataFrame, key: str, title: str) -> None:
    """A table with a column of addresses, shown by their host."""
    source = st.column_config.LinkColumn(display_text=SITE_NAME)
    st.dataframe(
        table,
        hide_index=True,
        key=f"table_{key}",
        alt=title,
        height="content" if len(table) <= WHOLE_ROWS else LONG_HEIGHT,
        column_config={visit.words("common.source"): source},
    )


def _stopped(visit: Visit, row: pd.Series) -> None:
    if not row["stopped"]:
        return
    with st.container(border=True, key="card_stopped"):
        st.markdown(visit.words("solution.stopped"))
        reasons = _reasons(visit, row["solution_id"])
        st.markdown("\n".join(reasons) or visit.words("common.not_reported"))


def _reasons(visit: Visit, solution_id: str) -> list[str]:
    """Why it was stopped: lessons of failure, else what the evidence says of its end."""
    lessons = of_solution("lessons", solution_id)
    failed = lessons[lessons["kind"] == "did_not_work"]
    said = zip(
        failed[f"lesson_{visit.text_lang}"],
        failed["source_url"],
        failed["source_date"],
        strict=True,
    )
    if failed.empty:
        rows = of_solution("evidence", solution_id).set_index("measure_id")
        rows = rows.loc[[one for one in MEASURES_OF_AN_END if one in rows.index]]
        said = zip(
            rows[f"statement_{visit.text_lang}"],
            rows["evidence_url"],
            rows["evidence_date"],
            strict=True,
        )
    return [f"- {plain(text)} {source_note(visit, url, date)}" for text, url, date in said]


def _milestones(visit: Visit, reached: pd.DataFrame) -> None:
    st.subheader(visit.words("solution.milestones"), anchor=False)
    n = reached["milestone"].nunique()
    if not n:
        st.markdown(visit.words("solution.milestones_none"))
        return
    st.markdown(visit.words("solution.milestones_reached", n=n, unknown=len(MILESTONES) - n))
    st.markdown("\n".join(_milestone(visit, one, reached) for one in MILESTONES))


def _milestone(visit: Visit, milestone: str, reached: pd.DataFrame) -> str:
    name = plain(visit.names("milestone", milestone))
    rows = reached[reached["milestone"] == milestone].sort_values("date")
    if rows.empty:
        return f"- :material/help: {name}: {visit.words('common.not_reported')}"
    said = []
    for row in rows.to_dict("records"):
        note = f"; {text_in(visit, row['note'])}" if row["note"] else ""
        date = visit.formats.date(row["date"]) or visit.words("solution.date_missing")
        said.append(
            f"{plain(row['municipality'])}, {date} :small[({links(row['evidence_url'])}{note})]"
        )
    return f"- :material/check_circle: **{name}**: " + "; ".join(said)


def spread(visit: Visit, row: pd.Series) -> None:
    """Adopters by type; a joint roll-out is one decision."""
    section(visit, "spread")
    adoptions = of_solution("adoptions", row["solution_id"])
    if adoptions.empty:
        st.markdown(visit.words("solution.spread_none"))
        return
    counted = decisions_elsewhere(adoptions, of_solution("phases", row["solution_id"]))
    places = adoptions["adopter_municipality"].nunique()
    decided = _running_words(visit, adoptions, counted)
    st.markdown(f"{visit.words('solution.spread', n=places)} {decided}")
    _spread_map(visit, transfer_results.of_solution(row["solution_id"]))
    st.markdown("\n".join(_types(visit, adoptions)))
    _adopter_table(visit, adoptions)
    st.caption(visit.words("solution.spread_lower_bound"))


def _running_words(visit: Visit, adoptions: pd.DataFrame, counted: pd.DataFrame) -> str:
    """Decisions that count as operation, and those that run on the word of one source."""
    running = with_decisions(adoptions[adoptions["status"] == "operation"])
    decisions = counted["decision"].nunique()
    others = running["decision"].nunique() - decisions
    if not decisions and not others:
        return visit.words("solution.spread_not_running")
    if not decisions:
        return visit.words("solution.spread_not_counted", n=others)
    adopted = adoptions_words(visit, len(counted), decisions)
    said = visit.words("solution.spread_decisions", adopted=adopted)
    return f"{said} {visit.words('solution.spread_uncounted', n=others)}" if others else said


def _spread_map(visit: Visit, rows: pd.DataFrame) -> None:
    """From whom to whom; the table below holds the same adoptions."""
    if rows[["from_lat", "to_lat"]].notna().any(axis=None):
        transfer_map.spread(visit, rows, key="spread", height=SPREAD_HEIGHT)


def _types(visit: Visit, adoptions: pd.DataFrame) -> list[str]:
    lines = []
    for kind in ADOPTION_TYPES:
        n = int((adoptions["adoption_type"] == kind).sum())
        if n:
            what = plain(visit.names.explain("adoption_type", kind))
            name = plain(visit.names("adoption_type", kind))
            lines.append(f"- **{name}: {visit.words('solution.places_of_type', n=n)}.** {what}")
    return lines


def _adopter_table(visit: Visit, adoptions: pd.DataFrame) -> None:
    rank = adoptions["adoption_type"].map({kind: n for n, kind in enumerate(ADOPTION_TYPES)})
    rows = adoptions.assign(rank=rank).sort_values(["rank", "adopter_municipality"])
    words = visit.words
    years = rows["year"].map(lambda year: _year(visit, year))
    twin = pd.DataFrame(
        {
            words("solution.column_place"): rows["adopter_municipality"],
            words("solution.column_type"): [
                visit.names("adoption_type", one) for one in rows["adoption_type"]
            ],
            words("solution.column_state"): [
                visit.names("adoption_status", one) for one in rows["status"]
            ],
            words("solution.column_year"): years,
            words("common.source"): rows["evidence_url"],
            words("solution.column_note"): rows["note"],
        }
    )
    show_table(visit, twin, "adopters", words("solution.table_adopters"))


def _year(visit: Visit, year: object) -> str:
    text = "" if isinstance(year, float) and pd.isna(year) else str(year).removesuffix(".0")
    return text or visit.words("common.not_reported")
