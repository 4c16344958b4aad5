"""Official keys of German places (AGS), kept as text.

``07312000`` is the municipality Kaiserslautern, ``07312`` the district-free city as a
district, ``07`` the state, ``DG`` the nation. Leading zeros are part of a key.
"""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["nation", "state", "region", "district", "municipality"]

NATION = "DG"
_LEVEL_BY_LENGTH: dict[int, Level] = {
    2: "state",
    3: "region",
    5: "district",
    8: "municipality",
}
_STATE = re.compile(r"(0[1-9]|1[0-6])\d*")


def level_of(text: str) -> Level | None:
    """Level of a key, or ``None`` when the text is no key."""
    if text == NATION:
        return "nation"
    level = _LEVEL_BY_LENGTH.get(len(text))
    return level if level and _STATE.fullmatch(text) else None
