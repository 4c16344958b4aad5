"""Gates that no score can offset: legal basis, data protection, licence, prerequisites.

Method: ``docs/methods/adoption``.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.derived import has_own_software
from analysis.fit import Checklist, sort_answers
from analysis.verdict import GATES, Gate, GateState


def gate_states(
    solution: Mapping[str, str],
    seen: Mapping[str, str],
    mandatory: list[str],
    checklist: Checklist,
) -> dict[Gate, GateState]:
    """State of every gate for one solution.

    A recorded state wins. Without one, data protection is not needed where the solution holds
    no personal data, the licence not where it has no software of its own, and mandatory
    prerequisites follow the town's checklist (none declared: not needed). All else is unknown.

    Args:
        solution: row of the catalogue.
        seen: recorded state per gate, ``met`` or ``not_met``.
        mandatory: prerequisite ids marked mandatory.
        checklist: the town's answers.
    """
    told: dict[Gate, GateState] = {
        "legal_basis": "unknown",
        "data_protection": "not_needed" if solution["data_sensitivity"] == "none" else "unknown",
        "licence_reuse": "unknown" if has_own_software(solution) else "not_needed",
        "mandatory_prerequisite": _prerequisites(mandatory, checklist),
    }
    return {gate: _recorded(seen.get(gate, ""), told[gate]) for gate in GATES}


def all_gate_states(
    solutions: pd.DataFrame,
    gates: pd.DataFrame,
    prerequisites: pd.DataFrame,
    checklist: Checklist | None = None,
) -> dict[str, dict[Gate, GateState]]:
    """State of every gate per solution, see ``gate_states``."""
    recorded: dict[str, dict[str, str]] = {}
    rows = zip(gates["solution_id"], gates["gate"], gates["state"], strict=True)
    for solution_id, gate, state in rows:
        recorded.setdefault(solution_id, {})[gate] = state
    required = prerequisites[prerequisites["mandatory"] == "yes"]
    mandatory = required.groupby("solution_id")["prerequisite_id"].agg(list).to_dict()
    states = {}
    for row in solutions[["solution_id", *_used(solutions)]].to_dict("records"):
        solution = {str(name): str(value) for name, value in row.items()}
        key = solution["solution_id"]
        states[key] = gate_states(
            solution, recorded.get(key, {}), mandatory.get(key, []), checklist or {}
        )
    return states


def _used(solutions: pd.DataFrame) -> list[str]:
    wanted = ("data_sensitivity", "open_source", "own_software")
    return [name for name in wanted if name in solutions]


def _prerequisites(mandatory: list[str], checklist: Checklist) -> GateState:
    answers = sort_answers(mandatory, checklist)
    if answers["not_met"]:
        return "not_met"
    if answers["unknown"]:
        return "unknown"
    return "met" if mandatory else "not_needed"


def _recorded(state: str, otherwise: GateState) -> GateState:
    if state == "met":
        return "met"
    return "not_met" if state == "not_met" else otherwise
