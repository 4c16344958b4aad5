"""Deployments as decisions on a board: one row per decision in its furthest phase."""

from __future__ import annotations

import pandas as pd

LANES = ("P1", "P2", "P3", "P4", "P5", "stopped", "")
_RANK = {"P5": 6, "P4": 5, "P3": 4, "P2": 3, "P1": 2, "stopped": 1, "": 0}


def decision_board(deployments: pd.DataFrame) -> pd.DataFrame:
    """One row per decision: a joint roll-out, or the origins of one solution, stand once.

    Args:
        deployments: see ``analysis.deployments``.

    Returns:
        Columns decision, solution_id, role, phase (the furthest of its places; ``stopped``
        only when all are), as_of (of that place), evidence_url, evidenced (whether that phase
        has evidence of its own and does not follow from a bare status), places (number),
        names (places joined by "; "), sorted by solution, origin before adopters, name.
    """
    rows = deployments.assign(rank=deployments["phase"].map(_RANK))
    rows = rows.sort_values(["rank", "municipality"], ascending=[False, True], kind="stable")
    grouped = rows.groupby("decision", sort=False)
    table = grouped[["solution_id", "role", "phase", "as_of", "source", "evidence_url"]].first()
    table["evidenced"] = table.pop("source") != "status"
    table["places"] = grouped.size()
    table["names"] = grouped["municipality"].agg(lambda names: "; ".join(sorted(set(names))))
    table = table.reset_index().assign(is_adopter=table["role"].to_numpy() != "origin")
    table = table.sort_values(["solution_id", "is_adopter", "names"], ignore_index=True)
    return table.drop(columns="is_adopter")
