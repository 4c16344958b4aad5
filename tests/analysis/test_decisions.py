"""Adoptions counted by decision: what is one decision, and which run elsewhere."""

import numpy as np
import pandas as pd

from analysis.decisions import decisions_elsewhere, with_decisions


def adoption(solution: str, town: str, kind: str, status: str = "operation", year: float = np.nan):
    return {
        "solution_id": solution,
        "adopter_municipality": town,
        "adopter_ags": "",
        "year": year,
        "status": status,
        "adoption_type": kind,
        "evidence_url": f"https://example.org/{town}",
    }


ADOPTIONS = pd.DataFrame(
    [
        adoption("flood", "A", "joint_rollout", year=2023),
        adoption("flood", "B", "joint_rollout", year=2024),
        adoption("flood", "C", "joint_rollout"),
        adoption("app", "D", "reuse", year=2021),
        adoption("app", "E", "reuse", year=2021),
        adoption("app", "F", "reuse", "announced", 2024),
        adoption("app", "G", "trial", "ended", 2022),
        adoption("app", "H", "community_member"),
        adoption("app", "I", "community_member"),
    ]
)
PHASES = pd.DataFrame(
    [
        ("app", "H", "", "P4", "https://example.org/H"),
        ("app", "I", "", "P4", "https://example.org/own-page-of-I"),
    ],
    columns=["solution_id", "municipality", "ags", "phase", "evidence_url"],
)


def test_one_roll_out_is_one_decision() -> None:
    decisions = with_decisions(ADOPTIONS).groupby("solution_id")["decision"].nunique()
    assert decisions.to_dict() == {"app": 6, "flood": 1}


def test_announced_ended_and_bare_members_do_not_count_as_running() -> None:
    running = decisions_elsewhere(ADOPTIONS, PHASES)
    towns = running.groupby("solution_id")["adopter_municipality"].agg("".join)
    assert towns.to_dict() == {"app": "DEI", "flood": "ABC"}
    assert running.groupby("solution_id")["decision"].nunique().to_dict() == {"app": 3, "flood": 1}
