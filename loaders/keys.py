"""Official keys of German places (AGS), kept as text.

``07312000`` is the municipality Kaiserslautern, ``07312`` the district-free city as a
district, ``07`` the state, ``DG`` the nation. Leading zeros are part of a key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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


class MalformedKey(ValueError):
    """The text is no official key; carries the text as ``text``."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no official key (2, 3, 5 or 8 digits, or DG)")
        self.text = text


@dataclass(frozen=True, order=True)
class Ags:
    """One official key; refuses to exist when malformed.

    Raises:
        MalformedKey: not ``DG`` and not 2, 3, 5 or 8 digits beginning with 01 to 16.
    """

    text: str

    def __post_init__(self) -> None:
        if self.text == NATION:
            return
        if len(self.text) not in _LEVEL_BY_LENGTH or not _STATE.fullmatch(self.text):
            raise MalformedKey(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def level(self) -> Level:
        """Level told from the number of digits."""
        return "nation" if self.text == NATION else _LEVEL_BY_LENGTH[len(self.text)]

    @property
    def state(self) -> str:
        """Two-digit key of the state, ``DG`` for the nation."""
        return self.text[:2]

    @property
    def district(self) -> str:
        """Five-digit key of the district a municipality lies in, or the key itself.

        Raises:
            MalformedKey: the key stands above the district level.
        """
        if len(self.text) < 5:
            raise MalformedKey(self.text)
        return self.text[:5]


def level_of(text: str) -> Level | None:
    """Level of a key, or ``None`` when the text is no key."""
    try:
        return Ags(text).level
    except MalformedKey:
        return None
