"""What an upload is checked against: places, indicators, units, sources, known spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from loaders.keys import NATION
from loaders.references import WORD_KINDS

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store import Store

_REGISTERS = ("municipalities", "districts", "states")


@dataclass(frozen=True)
class Spellings:
    """Words a person may have written instead of an id; all folded, see ``folded``.

    Attributes:
        indicators: indicator id by id, German name and English name.
    """

    indicators: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """What the store knew at one version.

    Attributes:
        places: keys of today's municipalities, districts and states, and the nation.
        units: unit by indicator.
        sources: day at which the keys of a source are valid (ISO, or empty), by source.
        limits: least and greatest value (``None``: open) by unit.
        spellings: names of indicators.
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
    registers = [table(store, kind, version)["ags"].astype(object) for kind in _REGISTERS]
    names = [table(store, kind, version) for kind in WORD_KINDS]
    return Catalogue(
        places=frozenset({NATION}.union(*registers)),
        units=dict(zip(indicators["indicator_id"], indicators["unit"], strict=True)),
        sources=dict(zip(sources["source_id"], sources["territorial_status"], strict=True)),
        limits=store.schema("observations").field("value").limits_by_unit,
        spellings=Spellings(_indicator_names(indicators, names)),
        today=today or date.today(),
    )


def folded(text: str) -> str:
    """A word without capitals, accents of composition and doubled blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


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
