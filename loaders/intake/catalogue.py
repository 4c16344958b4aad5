"""What an upload is checked against: places, indicators, units, sources, known spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from loaders.intake.long_text import REMARKS
from loaders.keys import NATION
from loaders.languages import WORD_KINDS

if TYPE_CHECKING:
    import pandas as pd

    from loaders.schemas import TableSchema
    from loaders.store import Store

_REGISTERS = ("municipalities", "districts", "states")


@dataclass(frozen=True)
class Spellings:
    """Words a person may have written instead of an id; all folded, see ``folded``.

    Attributes:
        indicators: indicator id by id, German name and English name.
        tables: by kind of our other tables the columns a header must have, and all there are.
    """

    indicators: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[Sequence[str], Sequence[str]]] = field(default_factory=dict)


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
        spellings=Spellings(_indicator_names(indicators, names), _headers(store)),
        today=today or date.today(),
    )


def table_kinds(store: Store) -> list[str]:
    """Kinds of tables told by their header.

    Not the words: both languages have the same header, and pages read them from ``data/names``.
    """
    return [kind for kind in store.kinds() if kind not in ("observations", *WORD_KINDS)]


def header_of(schema: TableSchema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns a header of a kind of table must have, and all it may have.

    Remarks that stood in a file given back (``REMARKS``) may come along.
    """
    needed = tuple(one.name for one in schema.fields if schema.is_needed(one.name))
    return needed, (*schema.columns, *REMARKS)


def _headers(store: Store) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    return {kind: header_of(store.schema(kind)) for kind in table_kinds(store)}


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
