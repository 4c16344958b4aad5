"""Keys as they stand in files, brought to the official form or refused with a reason.

Lost zeros come back, regional keys (ARS, 9 or 12 digits) become municipality keys (AGS),
spellings of the nation become ``DG``. Boroughs, associations and special territories are
no places of ours and are refused; a dissolved district keeps its key and is named with
the reform that ended it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from loaders.keys import NATION, Level, level_of

Repair = Literal["", "lost_zero", "regional_key", "filled_up"]
Refusal = Literal["", "no_key", "borough", "association", "special_territory"]
_NATION_SPELLINGS = frozenset({"DG", "00", "DE", "DG000000", "00000000", "000000000000"})
_FULL_LENGTH_BY_SHORT = {1: 2, 4: 5, 7: 8, 11: 12}
_BERLIN = "11000000"
_REFORMS_FILE = Path(__file__).parent / "reforms.toml"


@dataclass(frozen=True)
class PlaceKey:
    """A key as read.

    Attributes:
        ags: the official key, empty when refused.
        repair: what was done to reach it.
        refusal: why there is none.
    """

    ags: str = ""
    repair: Repair = ""
    refusal: Refusal = ""


@dataclass(frozen=True)
class Reform:
    """A reform of territories that ended districts.

    Attributes:
        name: name of the reform in German, as offices call it.
        date: day from which the old keys were gone (ISO).
        successors: keys that took over, empty when territories were split up anew.
        formed: keys that were formed where territories were split up anew, else empty.
    """

    name: str
    date: str
    successors: tuple[str, ...]
    formed: tuple[str, ...] = ()


def read_place_key(text: str, level: Level | None = None) -> PlaceKey:
    """The official key a cell means, or why it means none.

    Args:
        text: the cell; blanks around it do not matter.
        level: level of all keys of this table where the file states it; needed where
            districts are written with eight digits (``01001000``) or the zero is lost.
    """
    key = text.strip()
    if key.upper() in _NATION_SPELLINGS:
        return PlaceKey(NATION)
    if not re.fullmatch(r"\d{1,12}", key):
        return PlaceKey(refusal="no_key")
    if level == "district":
        return _district(key)
    full = key.zfill(_FULL_LENGTH_BY_SHORT.get(len(key), len(key)))
    repair: Repair = "lost_zero" if full != key else ""
    if len(full) in (9, 12):
        return _from_regional_key(full)
    return _checked(full, repair)


def _district(key: str) -> PlaceKey:
    """A district written with five digits, with eight digits ending in 000, or without zero."""
    full = key.zfill(8) if len(key) > 5 else key.zfill(5)
    if len(full) == 8 and not full.endswith("000"):
        return PlaceKey(refusal="no_key")
    repair: Repair = "lost_zero" if full != key else ""
    return _checked(full[:5], repair or ("filled_up" if len(full) == 8 else ""))


def _from_regional_key(full: str) -> PlaceKey:
    is_single_municipality = full[5] == "0"
    if len(full) == 9 and not is_single_municipality:
        return PlaceKey(refusal="association")
    tail = full[9:12] if len(full) == 12 else full[6:9]
    return _checked(full[:5] + tail, "regional_key")


def _checked(key: str, repair: Repair) -> PlaceKey:
    if key.startswith("11") and len(key) == 8 and key != _BERLIN:
        return PlaceKey(refusal="borough")
    if len(key) == 8 and key.endswith("999"):
        return PlaceKey(refusal="special_territory")
    if level_of(key) is None:
        return PlaceKey(refusal="no_key")
    return PlaceKey(key, repair)


@dataclass(frozen=True)
class FormerPlace:
    """A place that has ended and whose name is known.

    Attributes:
        ags: its key.
        name: its name without addition.
        is_city: it was a district-free city.
    """

    ags: str
    name: str
    is_city: bool


@cache
def _entries() -> tuple[tuple[Reform, dict[str, str]], ...]:
    """Every reform with the keys it ended and their names (empty where unknown)."""
    entries = tomllib.loads(_REFORMS_FILE.read_text(encoding="utf-8"))["reform"]
    return tuple(
        (
            Reform(
                entry["name"],
                entry["date"],
                tuple(entry.get("successors", ())),
                tuple(entry.get("formed", ())),
            ),
            dict(entry["dissolved"])
            if isinstance(entry["dissolved"], dict)
            else dict.fromkeys(entry["dissolved"], ""),
        )
        for entry in entries
    )


@cache
def _reforms() -> dict[str, Reform]:
    return {old: reform for reform, ended in _entries() for old in ended}


def reform_of(ags: str) -> Reform | None:
    """The reform that ended a place, ``None`` for a key that was not dissolved."""
    return _reforms().get(ags)


@cache
def _makers() -> dict[str, Reform]:
    return {new: reform for reform, _ in reversed(_entries()) for new in reform.successors}


def reform_that_made(ags: str) -> Reform | None:
    """The reform whose successor a key is; names keys younger than a register."""
    return _makers().get(ags)


@cache
def former_places() -> tuple[FormerPlace, ...]:
    """Places that have ended and whose names are known."""
    return tuple(
        FormerPlace(ags, name, len(ags) == 5)
        for _, ended in _entries()
        for ags, name in ended.items()
        if name and not (len(ags) == 8 and ags[:5] in _reforms())
    )
