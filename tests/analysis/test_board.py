"""Deployments as decisions: one row each, in the furthest phase of their places."""

from __future__ import annotations

import pandas as pd

from analysis.board import decision_board


def deployment(decision: str, place: str, phase: str, source: str = "phase") -> dict[str, str]:
    solution, part = decision.split("/")
    return {
        "solution_id": solution,
        "municipality": place,
        "role": "origin" if part == "origin" else "adopter",
        "phase": phase,
        "as_of": "2024",
        "decision": decision,
        "evidence_url": "",
        "source": source,
    }


def test_a_joint_roll_out_stands_once_in_its_furthest_phase() -> None:
    table = decision_board(
        pd.DataFrame(
            [
                deployment("rain/joint_rollout", "Cdorf", "P3"),
                deployment("rain/joint_rollout", "Adorf", "P4", "adoption"),
                deployment("rain/joint_rollout", "Bdorf", "stopped"),
                deployment("rain/origin", "Kreis", "P5"),
            ]
        )
    )
    assert table["decision"].tolist() == ["rain/origin", "rain/joint_rollout"]
    joint = table.iloc[1]
    assert (joint["phase"], joint["places"], joint["names"]) == ("P4", 3, "Adorf; Bdorf; Cdorf")


def test_stopped_only_when_every_place_is() -> None:
    rows = [deployment("a/1", "X", "stopped"), deployment("a/1", "Y", "stopped")]
    assert decision_board(pd.DataFrame(rows))["phase"].tolist() == ["stopped"]
    rows.append(deployment("a/1", "Z", "P1"))
    assert decision_board(pd.DataFrame(rows))["phase"].tolist() == ["P1"]


def test_a_phase_from_a_bare_status_is_not_evidenced() -> None:
    rows = [deployment("a/origin", "X", "P4", "status"), deployment("b/origin", "Y", "P4")]
    assert decision_board(pd.DataFrame(rows))["evidenced"].tolist() == [False, True]


def test_unknown_phase_stays_unknown() -> None:
    table = decision_board(pd.DataFrame([deployment("a/origin", "X", "", "status")]))
    assert table["phase"].tolist() == [""]
