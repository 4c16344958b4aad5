"""Signs that stand where a number is missing, each with its own meaning.

Official tables of Germany use: ``-`` nothing there, ``.`` unknown or kept secret,
``...`` follows later, ``x`` makes no sense here, ``/`` not certain enough, ``( )``
uncertain value, ``*`` kept secret, ``:`` not available (Eurostat). Missing is never zero:
``-`` becomes a zero only where the caller knows that the place existed and things were
counted.
"""

from __future__ import annotations

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


@dataclass(frozen=True)
class Sign:
    """What one cell without a plain number means.

    Attributes:
        kind: kind of missing value; empty when the cell holds a value after all.
        is_nil: the cell says "nothing there" (``-``); zero or not applicable.
        number: the number inside parentheses, as text; empty otherwise.
    """

    kind: MissingKind | Literal[""] = ""
    is_nil: bool = False
    number: str = ""


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
    if text.startswith("(") and text.endswith(")"):
        inside = text[1:-1].strip()
        return Sign(number=inside) if inside else Sign(kind="unreliable")
    return None
