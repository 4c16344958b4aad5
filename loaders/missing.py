"""Signs that stand where a number is missing, each with its own meaning.

Official tables of Germany use: ``-`` nothing there, ``.`` unknown or kept secret,
``...`` follows later, ``x`` makes no sense here, ``/`` not certain enough, ``( )``
uncertain value, ``*`` kept secret, ``:`` not available (Eurostat). Offices also write "k. A."
(no statement) and "n. v." (not available). Missing is never zero:
``-`` becomes a zero only where the caller knows that the place existed and things were
counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MissingKind = Literal[
    "not_reported", "suppressed", "not_applicable", "not_yet_available", "unreliable"
]
MISSING_KINDS: tuple[MissingKind, ...] = (
    "not_reported",
    "suppressed",
    "not_applicable",
    "not_yet_available",
    "unreliable",
)
NIL_FLAG = "nil"
UNCERTAIN_FLAG = "uncertain"
_NIL_SIGNS = frozenset({"-", "–", "—"})
_KIND_BY_SIGN: dict[str, MissingKind] = {
    "": "not_reported",
    ".": "suppressed",
    "*": "suppressed",
    "...": "not_yet_available",
    "…": "not_yet_available",
    "x": "not_applicable",
    "X": "not_applicable",
    "/": "unreliable",
    ":": "not_reported",
    "-9999": "not_reported",
}
_WORDS_FOR_NOTHING = frozenset({"k.a.", "keineangabe", "keineangaben", "n.v.", "nichtverfügbar"})
# Letters behind a number: break, confidential, definition, estimated, forecast, see notes,
# not significant, provisional, revised, estimated by Eurostat, unreliable, not applicable.
_FLAGGED = re.compile(r"(:|[+−–-]?\d[\d.,\s]*?)\s+([bcdefinprsuz]{1,3})")
_KIND_BY_FLAG: dict[str, MissingKind] = {
    "c": "suppressed",
    "u": "unreliable",
    "n": "not_applicable",
    "z": "not_applicable",
}


@dataclass(frozen=True)
class Sign:
    """What one cell without a plain number means.

    Attributes:
        kind: kind of missing value; empty when the cell holds a value after all.
        is_nil: the cell says "nothing there" (``-``); zero or not applicable.
        number: the number inside parentheses or before a flag, as text; empty otherwise.
        flag: letters behind a number or a sign (``b`` break in series, ``p`` provisional).
    """

    kind: MissingKind | Literal[""] = ""
    is_nil: bool = False
    number: str = ""
    flag: str = ""


def read_sign(cell: str) -> Sign | None:
    """The meaning of a cell that stands for a missing or uncertain value.

    Args:
        cell: the cell as it stands in the file.

    Returns:
        The sign, or ``None`` when the cell is none of the known signs.
    """
    text = cell.strip()
    if text in _NIL_SIGNS:
        return Sign(kind="not_applicable", is_nil=True)
    if text in _KIND_BY_SIGN:
        return Sign(kind=_KIND_BY_SIGN[text])
    if text[0].isalpha() and "".join(text.split()).casefold() in _WORDS_FOR_NOTHING:
        return Sign(kind="not_reported")
    if match := _FLAGGED.fullmatch(text):
        return _flagged(match[1].strip(), match[2])
    if text.startswith("(") and text.endswith(")"):
        inside = text[1:-1].strip()
        return Sign(number=inside) if inside else Sign(kind="unreliable")
    return None


def kind_of_flag(flag: str) -> MissingKind:
    """Why a value is missing that the flag letters of Eurostat stand for."""
    return next((_KIND_BY_FLAG[sign] for sign in flag if sign in _KIND_BY_FLAG), "not_reported")


def _flagged(before: str, flag: str) -> Sign:
    if before == ":":
        return Sign(kind=kind_of_flag(flag), flag=flag)
    return Sign(number=before, flag=flag)
