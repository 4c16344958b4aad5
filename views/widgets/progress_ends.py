"""What was stopped and why, and how long it took until regular operation."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.errors import TooFewDeployments
from analysis.time_to_operation import Waiting
from views import session, theme
from views.charts.incidence import StepLine, steps_figure
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, progress_results
from views.widgets.progress_board import source
from views.widgets.solution_results import of_solution
from views.widgets.solution_sources import age, source_note, text_in

REASON_MEASURES = ("C5.1", "C3.2", "C3.3")


def stopped(visit: Visit, field: str, cohort: str) -> None:
    """What was ended, each with its published reason: a result, not a gap."""
    rows = progress_results.wanted(progress_results.deployments(), field, cohort)
    rows = rows[rows["phase"] == "stopped"]
    st.header(visit.words("progress.stopped_title"), anchor="stopped")
    if rows.empty:
        st.markdown(visit.words("progress.stopped_none"))
        return
    solutions = rows["solution_id"].nunique()
    st.markdown(visit.words("progress.stopped", n=len(rows), solutions=solutions))
    with st.grid(min_column_width=320, gap="small", key="progress_stopped"):
        for solution, own in rows.groupby("solution_id"):
            with st.container(
                border=True, key=f"card_stopped_{solution}", height="stretch", gap="xsmall"
            ):
                _stopped_card(visit, str(solution), own)


def _stopped_card(visit: Visit, solution: str, own: pd.DataFrame) -> None:
    frame.page_link(visit, "solution", f"**{plain(own['name'].iloc[0])}**", solution=solution)
    places = visit.formats.listing([plain(name) for name in own["municipality"]])
    dates = sorted({age(visit, day) for day in own["as_of"]})
    st.markdown(f":small[:material/stop_circle: {places} · {', '.join(dates)}]")
    reasons = _reasons(visit, solution, own)
    st.markdown(
        "\n\n".join(reasons) or visit.words("progress.reason_none"),
    )


def _reasons(visit: Visit, solution: str, own: pd.DataFrame) -> list[str]:
    """Lessons of failure, else statements on its end; for adopters what the source notes."""
    if (own["role"] == "adopter").all():
        rows = of_solution("adoptions", solution)
        rows = rows[rows["adopter_municipality"].isin(own["municipality"])]
        kinds = rows["adoption_type"].unique()
        named = [plain(visit.names.explain("adoption_type", kind)) for kind in kinds]
        return [f"{' '.join(named)} {source_note(visit, rows['evidence_url'].iloc[0], '')}"]
    lessons = of_solution("lessons", solution)
    failed = lessons[lessons["kind"] == "did_not_work"]
    if not failed.empty:
        return [
            f"{plain(row[f'lesson_{visit.text_lang}'])} "
            f"{source_note(visit, row['source_url'], row['source_date'])}"
            for row in failed.to_dict("records")
        ]
    rows = of_solution("evidence", solution)
    rows = rows[rows["measure_id"].isin(REASON_MEASURES)].drop_duplicates(
        f"statement_{visit.text_lang}"
    )
    said = [
        f"{plain(row[f'statement_{visit.text_lang}'])} "
        f"{source_note(visit, row['evidence_url'], row['evidence_date'])}"
        for row in rows.to_dict("records")
    ]
    notes = of_solution("phases", solution)["note"]
    return said or [text_in(visit, note) for note in notes if note]


def time_to_operation(visit: Visit) -> None:
    """The incidence curve where the data carry it; else why there is none."""
    st.header(visit.words("progress.wait_title"), anchor="wait")
    found = progress_results.cases()
    try:
        curves = found.curves()
    except TooFewDeployments:
        st.markdown(_why_not(visit, found))
    else:
        _curve(visit, found, curves)
    frame.page_link(
        visit,
        "methods",
        visit.words("common.how"),
        icon=":material/functions:",
        topic="progress",
    )


def _why_not(visit: Visit, found: Waiting) -> str:
    return visit.words(
        "progress.wait_none",
        dated=found.events,
        undated=found.undated,
        before=found.before,
        look=found.without_look,
    )


def _curve(visit: Visit, found: Waiting, curves: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    colours = theme.palette(visit.scheme)
    paints = {"operation": (colours.primary, "solid"), "stopped": (colours.muted, "dash")}
    names = {kind: visit.words(f"progress.wait_{kind}") for kind in paints}
    lines = [
        StepLine(
            f"{names[kind]} ({visit.words(f'progress.wait_{end}')})",
            table["month"].tolist(),
            table[kind].tolist(),
            colour=paint,
            dash=dash if end == "early" else "dot",
        )
        for kind, (paint, dash) in paints.items()
        for end, table in zip(("early", "late"), curves, strict=True)
    ]
    last = curves[1].iloc[-1]
    chart.show(
        visit,
        steps_figure(
            lines,
            (visit.words("progress.title_clock"), visit.words("progress.wait_share")),
            colours,
            visit.lang,
            whole=False,
            until=float(last["month"]),
        ),
        key="incidence",
        reading=visit.words(
            "progress.wait_reading",
            cases=len(found.cases),
            month=round(float(last["month"])),
            operation=visit.formats.percent(float(last["operation"])),
            stopped=visit.formats.percent(float(last["stopped"])),
        ),
        source=source(visit, "progress.wait_share"),
        twin=curve_table(visit, curves),
    )


def curve_table(visit: Visit, curves: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Both curves by month of any event, with all dates early and late; a dash where one ends."""
    every = sorted({month for table in curves for month in table["month"]})
    twin = {visit.words("progress.title_clock"): [visit.formats.number(one, 1) for one in every]}
    for kind in ("operation", "stopped"):
        for end, table in zip(("early", "late"), curves, strict=True):
            shares = table.set_index("month")[kind].reindex(every, method="ffill").fillna(0.0)
            shares[shares.index > table["month"].max()] = float("nan")
            name = visit.words(f"progress.wait_{kind}")
            twin[f"{name} ({visit.words(f'progress.wait_{end}')})"] = [
                visit.formats.percent(share) for share in shares
            ]
    return pd.DataFrame(twin)


def undated_places(visit: Visit) -> None:
    """How many places of use have no date at all; they stand in the lists only."""
    rows = progress_results.deployments()
    n = int((rows["as_of"] == "").sum())
    with st.container(key="fine_undated"):
        st.caption(visit.words("progress.undated_places", n=n, total=len(rows)))
        st.caption(
            visit.words(
                "progress.no_project", n=int((session.table("solutions")["project_id"] == "").sum())
            )
        )
