"""The top of the transfer page: the answer, the lower bound, the choice of solution."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from views import session
from views.session import Visit
from views.texts import link
from views.widgets import transfer_results
from views.widgets.kept_choice import known, one_view
from views.widgets.solution_sources import adoptions_words

PICTURES = ("map", "network", "matrix")
PROGRAMME_COUNT = (
    "https://www.smart-city-dialog.de/aktuelles/news/"
    "nachnutzen-statt-neu-erfinden-smart-city-loesungen-wirken-weiter"
)


def title(visit: Visit) -> None:
    """How much is documented, and that it is a lower bound."""
    rows = transfer_results.rows()
    st.title(
        visit.words(
            "transfer.title",
            solutions=rows["solution_id"].nunique(),
            places=rows["to_place"].nunique(),
        )
    )
    with st.container(key="lead_transfer"):
        st.markdown(
            visit.words(
                "transfer.lead",
                rows=len(rows),
                decisions=rows["decision"].nunique(),
                adopted=adopted(visit, rows[rows["counts"]]),
                source=link("smart-city-dialog.de", PROGRAMME_COUNT),
            )
        )


def nothing(visit: Visit) -> None:
    """No transfer is held at all."""
    st.info(visit.words("transfer.nothing"))


def choose(visit: Visit) -> tuple[str, str]:
    """Solution ("" for all) and picture; both stand in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="transfer_filters"):
        names = transfer_results.offered()
        ids = ["", *names]
        kept = known(visit, "solution", session.asked("solution"), ids)
        solution = st.selectbox(
            visit.words("transfer.solution"),
            ids,
            index=ids.index(kept),
            format_func=lambda one: names[one] if one else visit.words("solutions.all"),
            key="transfer_solution",
            width=340,
        )
        session.address(solution=solution)
        picture = one_view(
            visit,
            "picture",
            PICTURES,
            label=visit.words("progress.picture"),
            words="transfer.picture_",
            key="transfer_picture",
        )
    return solution, picture


def reading(visit: Visit, rows: pd.DataFrame) -> str:
    """What the picture shows, in one sentence."""
    joint = rows[rows["adoption_type"] == "joint_rollout"]
    said = visit.words("transfer.reading", **counts(visit, rows))
    if joint.empty:
        return said
    return f"{said} " + visit.words(
        "transfer.joint", n=joint["decision"].nunique(), places=len(joint)
    )


def counts(visit: Visit, rows: pd.DataFrame) -> dict[str, object]:
    """How many, from how many decisions, how many are said to run, count as own, or ended."""
    return {
        "adopted": adopted(visit, rows),
        "running": int((rows["state"] == "operation").sum()),
        "own": int(rows["counts"].sum()),
        "ended": int((rows["state"] == "ended").sum()),
    }


def adopted(visit: Visit, rows: pd.DataFrame) -> str:
    """Adoptions and decisions of some transfers in words; of none, that none is reported."""
    if rows.empty:
        return visit.words("common.not_reported")
    return adoptions_words(visit, len(rows), rows["decision"].nunique())


def year_words(visit: Visit, year: float) -> str:
    """A year, or that none is published."""
    return visit.words("transfer.no_year") if pd.isna(year) else str(int(year))


def twin(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """All transfers as a table: the accessible form of map, network and matrix."""
    words = visit.words
    return pd.DataFrame(
        {
            words("solutions.column_name"): rows["name"],
            words("transfer.column_from"): rows["from_place"],
            words("transfer.column_to"): rows["to_place"],
            words("solution.column_type"): [
                visit.names("adoption_type", one) for one in rows["adoption_type"]
            ],
            words("solution.column_state"): [
                words(f"transfer.state.{one}") for one in rows["state"]
            ],
            words("solution.column_year"): [year_words(visit, one) for one in rows["year"]],
            words("transfer.column_decision"): _decision_numbers(rows),
            words("transfer.column_sources"): rows["sources"],
            words("common.source"): rows["evidence_url"],
        }
    )


def _decision_numbers(rows: pd.DataFrame) -> list[int]:
    """A number per decision, equal for the members of a joint one."""
    return [int(code) + 1 for code in pd.factorize(rows["decision"])[0]]
