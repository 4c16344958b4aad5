"""Adoptions as decisions: a joint roll-out of one association counts once.

Method: ``docs/methods/diffusion``.
"""

from __future__ import annotations

import pandas as pd

OWN_OPERATION = ("reuse", "joint_rollout")
RUNNING_PHASES = ("P4", "P5")


def with_decisions(adoptions: pd.DataFrame) -> pd.DataFrame:
    """The adoptions with a column ``decision``: equal for rows that are one decision.

    All joint roll-out rows of one solution are one decision (one association or contract);
    every other row is its own.
    """
    place = adoptions["adopter_ags"].where(
        adoptions["adopter_ags"] != "", adoptions["adopter_municipality"]
    )
    own = adoptions["solution_id"] + "/" + place
    joint = adoptions["solution_id"] + "/joint_rollout"
    is_joint = adoptions["adoption_type"] == "joint_rollout"
    return adoptions.assign(decision=joint.where(is_joint, own))


def decisions_elsewhere(adoptions: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """Adoptions that count as running elsewhere (measure C7.1), with their decision.

    Counted: status operation and type reuse or joint roll-out, and members of a community whose
    own operation is evidenced by a deployment in phase P4 or P5 with its own link. Announced,
    ended, trial, joint project and mere membership never count.
    """
    running = adoptions[adoptions["status"] == "operation"]
    own = running["adoption_type"].isin(OWN_OPERATION)
    member = (running["adoption_type"] == "community_member") & _evidenced(running, phases)
    return with_decisions(running[own | member])


def _evidenced(adoptions: pd.DataFrame, phases: pd.DataFrame) -> pd.Series:
    """Whether a deployment in operation with its own link is recorded for the adopter."""
    runs = phases[phases["phase"].isin(RUNNING_PHASES) & (phases["evidence_url"] != "")]
    links = runs.groupby(["solution_id", "municipality"])["evidence_url"].agg(set).to_dict()
    rows = zip(
        adoptions["solution_id"],
        adoptions["adopter_municipality"],
        adoptions["evidence_url"],
        strict=True,
    )
    return pd.Series(
        [bool(links.get((solution, town), set()) - {url}) for solution, town, url in rows],
        index=adoptions.index,
        dtype=bool,
    )
