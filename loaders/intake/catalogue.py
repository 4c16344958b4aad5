"""What an upload is checked against: places, indicators, units, sources, known spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from loaders.keys import NATION

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store import Store

_REGISTERS = ("municipalities", "districts", "states")
_KINDS = re.compile(
    r"^(?:(?:kreisfreie )?stadt(?: landkreis)?|landkreis|kreis|landeshauptstadt|hansestadt|"
    r"freie und hansestadt|universitätsstadt|gemeinde|markt|stadtkreis)\s+",
)


@dataclass(frozen=True)
class Spellings:
    """Words a person may have written instead of a key or an id; all folded, see ``folded``.

    Attributes:
        places: official key by name; names that several places bear are left out.
        indicators: indicator id by id, German name and English name.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """What the store knew at one version.

    Attributes:
        places: keys of today's municipalities, districts and states, and the nation.
        units: unit by indicator.
        sources: day at which the keys of a source are valid (ISO, or empty), by source.
        limits: least and greatest value (``None``: open) by unit.
        spellings: names of places and indicators.
        today: day after which a period lies in the future.
    """

    places: frozenset[str]
    units: Mapping[str, str]
    sources: Mapping[str, str]
    limits: Mapping[str, tuple[float | None, float | None]]
    spellings: Spellings
    today: date


def catalogue_of(store: Store, version: int | None = None, today: date | None = None) -> Catalogue:
    """The catalogue as it stood at a version of the store.

    Args:
        store: the opened store.
        version: ``None`` for the newest state.
        today: the present day when ``None``.
    """
    from loaders.store.queries import table

    indicators = table(store, "indicators", version)
    sources = table(store, "sources", version)
    registers = [table(store, kind, version) for kind in _REGISTERS]
    names = [table(store, kind, version) for kind in ("names_de", "names_en")]
    return Catalogue(
        places=frozenset({NATION}.union(*(set(register["ags"]) for register in registers))),
        units=dict(zip(indicators["indicator_id"], indicators["unit"], strict=True)),
        sources=dict(zip(sources["source_id"], sources["territorial_status"], strict=True)),
        limits=store.schema("observations").field("value").limits_by_unit,
        spellings=Spellings(_place_names(registers), _indicator_names(indicators, names)),
        today=today or date.today(),
    )


def folded(text: str) -> str:
    """A word without capitals, accents of composition, kind words and doubled blanks."""
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().replace(",", " ").split())
    return _KINDS.sub("", plain)


def _place_names(registers: list[pd.DataFrame]) -> dict[str, str]:
    """Key by name; a district-free city counts once, under its municipality key."""
    keys: dict[str, set[str]] = {}
    for register in registers:
        for name, ags in zip(register["name"], register["ags"], strict=True):
            keys.setdefault(folded(name), set()).add(ags)
    return {name: max(found, key=len) for name, found in keys.items() if _is_one_place(found)}


def _is_one_place(keys: set[str]) -> bool:
    """Whether keys of several levels mean the same territory: ``02``, ``02000``, ``02000000``."""
    longest = max(keys, key=len)
    return all(longest == key.ljust(len(longest), "0") for key in keys)


def _indicator_names(indicators: pd.DataFrame, names: list[pd.DataFrame]) -> dict[str, str]:
    known = set(indicators["indicator_id"])
    spelt = {folded(indicator): indicator for indicator in known}
    spelt |= {folded(indicator.replace("_", " ")): indicator for indicator in known}
    for words in names:
        words = words[(words["vocabulary"] == "indicator") & words["word_id"].isin(known)]
        unique = words[~words["word"].map(folded).duplicated(keep=False)]
        spelt |= {
            folded(word): indicator
            for indicator, word in zip(unique["word_id"], unique["word"], strict=True)
        }
    return spelt
