"""Tables of other kinds than values: solutions, adoptions, lessons, milestones, evidence ..."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import pandas as pd

from loaders.intake.catalogue import table_kinds
from loaders.schemas import Field, TableSchema
from views import session
from views.session import Visit

# Kinds a town or an association keeps itself; registers and catalogues of codes come last.
FIRST: Final = (
    "observations",
    "solutions",
    "adoptions",
    "lessons",
    "milestones",
    "phases",
    "evidence",
    "gates",
    "prerequisites",
    "progress",
)


def kinds() -> list[str]:
    """All kinds of table that can be uploaded, the most common first."""
    held = ["observations", *table_kinds(session.store())]
    return [*(one for one in FIRST if one in held), *(one for one in held if one not in FIRST)]


def kind_title(visit: Visit, kind: str, *, explained: bool = False) -> str:
    """Name of a kind of table; with what it means where the field's word does not say it."""
    if explained and kind == "observations":
        return visit.words("upload.kind_observations")
    schema = session.store().schema(kind)
    return schema.title_de if visit.lang == "de" else schema.title_en


def field_title(visit: Visit, schema: TableSchema, name: str) -> str:
    """Name of a column in the language of the page."""
    field = schema.field(name)
    return field.title_de if visit.lang == "de" else field.title_en


def row_table(visit: Visit, kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of any kind with the headings and words of the language."""
    schema = session.store().schema(kind)
    shown = {
        heading: [_cell(visit, schema.field(name), one) for one in rows[name]]
        for name, heading in _headings(visit, schema).items()
    }
    return pd.DataFrame(shown)


def _headings(visit: Visit, schema: TableSchema) -> dict[str, str]:
    """Heading of each column; two columns of one name keep their own."""
    titles = {name: field_title(visit, schema, name) for name in schema.columns}
    twice = {one for one in titles.values() if [*titles.values()].count(one) > 1}
    return {name: f"{one} ({name})" if one in twice else one for name, one in titles.items()}


def _cell(visit: Visit, field: Field, content: Hashable) -> str:
    if field.is_number:
        value = float(str(content))
        if pd.isna(value) or field.type == "year":
            return "" if pd.isna(value) else f"{value:.0f}"
        return visit.formats.number(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))
    text = str(content)
    return visit.names(field.vocabulary, text) if field.vocabulary and text else text
