"""Which of our indicators a label of an official table is, as far as we have carried it before."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from loaders.intake.catalogue import Catalogue, folded
from loaders.readers.reading import Reading

_PLAN = Path(__file__).parents[1] / "carry_plan.toml"


@dataclass(frozen=True)
class LabelProposal:
    """What labels of a file mean.

    Attributes:
        indicators: our indicator by label.
        source: source id, where this very edition is in the catalogue; otherwise empty.
    """

    indicators: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


def proposed_labels(reading: Reading, catalogue: Catalogue) -> LabelProposal:
    """Our indicators for the labels of a reading: those of the same table, and equal names.

    Args:
        reading: what a reader made of the file.
        catalogue: what the store knows.
    """
    labels = [str(label) for label in reading.observations["indicator"].unique()]
    names = catalogue.spellings.indicators
    named = {label: names[folded(label)] for label in labels if folded(label) in names}
    if not reading.table:
        return LabelProposal(named)
    planned = [entry for entry in _plan() if entry.get("table") == reading.table]
    carried = {
        label: entry["columns"][label]
        for entry in planned
        for label in labels
        if label in entry["columns"]
    }
    same = {e["source"] for e in planned if reading.edition and _is_edition(e, reading)}
    source = same.pop() if len(same) == 1 else ""
    known = source if source in catalogue.sources else ""
    fitting = {label: one for label, one in carried.items() if one in catalogue.units}
    return LabelProposal({**named, **fitting}, known)


def _is_edition(entry: Mapping[str, Any], reading: Reading) -> bool:
    edition: str = entry.get("edition", "")
    return reading.edition.startswith(edition)


@cache
def _plan() -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(_PLAN.read_text(encoding="utf-8"))["table"]
    return tables
